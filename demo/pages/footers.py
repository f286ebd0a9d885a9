"""The foot of every page, in several shapes: the six marks and the 找错 entry (standard, 9).

On a few sites something is wrong with it, or only looks so (demo.surveying).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from demo.pages.frame import Page, link

OLD_ENTRY = "http://121.43.68.40/exposure/jiucuo.html"
ENTRY = "http://zfwzgl.www.gov.cn/exposure/jiucuo.html"
REFUSING = "www.partner-refuses.test"
FOOT_SCRIPT, FOOT_PAGE = "/js/foot.js", "/foot.html"
LOST_PAGE, LOST_PICTURE, FALSE_FILE = "/ywzn/index.html", "/uploads/banner01.jpg", "/help/bzsc.pdf"
SHAKY_PAGE = "/fwjg.html"


def footer_marks(page: Page) -> str:
    """The marks in the shape of the page's site."""
    return SHAPES.get(page.site.planted or "", _plain)(page)


def _plain(page: Page) -> str:
    return _sponsor(page) + _filings(page) + _contact(page) + _conac(page) + _entry(page, ENTRY)


def _sponsor(page: Page) -> str:
    site, city = page.site, page.city
    return (
        f"<p>主办单位：{escape(site.body.full_name)}　承办单位：{escape(site.body.short)}信息中心　"
        f"地址：{escape(city.name)}政府路{int(site.code) % 200}号</p>\n"
    )


def filing_of(page: Page) -> str:
    """The number of the site's ICP filing."""
    return f"{page.city.plate}ICP备{18000000 + int(page.site.code) % 900000:08d}号-1"


def police_of(page: Page) -> str:
    """The number of the site's police filing."""
    return f"{page.city.code}02020{int(page.site.code) % 100000:05d}"


def _filings(page: Page, code: str | None = None) -> str:
    number = police_of(page)
    return (
        f"<p>网站标识码：{code or page.site.code}　"
        f'<a href="http://beian.miit.gov.cn/">{filing_of(page)}</a>　{_police(page, number)}</p>\n'
    )


def _police(page: Page, number: str) -> str:
    return (
        f'<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode={number}">'
        f'<img src="/images/ghs.png" alt="">{page.city.plate}公网安备 {number}号</a>'
    )


def _contact(page: Page) -> str:
    return (
        f"<p>联系电话：{page.city.phone}-{3800000 + int(page.site.code) % 90000}　"
        f"{link('/wzdt.html', '网站地图')}　建议使用1024*768以上分辨率浏览</p>\n"
    )


def _conac(page: Page) -> str:
    number = int(page.site.code)
    written = (
        "document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript "
        f"src='http://dcs.conac.cn/js/17/271/0000/{number % 10**8:08d}/"
        f"CA17271{number % 10**8:08d}.js' type='text/javascript'%3E%3C/script%3E\"));"
    )
    return f'<script type="text/javascript">{written}</script>\n'


def _entry(page: Page, address: str) -> str:
    return (
        f'<span id="_span_jiucuo"><a href="{address}?'
        f'site_code={page.site.code}"><img src="/images/jiucuo.png" alt="政府网站找错"></a></span>'
    )


def _wrong_code(page: Page) -> str:
    """The code of the site that the template was taken from."""
    other = f"{(int(page.site.code) + 7) % 10**10:010d}"
    marks = _sponsor(page) + _filings(page, other) + _contact(page) + _conac(page)
    return marks + _entry(page, ENTRY)


def _no_icp(page: Page) -> str:
    filings = f"<p>网站标识码：{page.site.code}　{_police(page, police_of(page))}</p>\n"
    return _sponsor(page) + filings + _contact(page) + _conac(page) + _entry(page, ENTRY)


def _old_entry(page: Page) -> str:
    marks = _sponsor(page) + _filings(page) + _contact(page) + _conac(page)
    return marks + _entry(page, OLD_ENTRY)


def _pictures(page: Page) -> str:
    """Marks as pictures: their words stand beside them alone."""
    number, site = police_of(page), page.site
    return (
        f'{_sponsor(page)}<p><img src="/images/bszs.png" alt="党政机关">　'
        f"<span>网站<b>标识码</b>：</span><em>{site.code}</em>　{filing_of(page)}　"
        f'<img src="/images/gongan.png" alt="{page.city.plate}公网安备 {number}号"></p>\n'
        f"{_contact(page)}{_entry(page, ENTRY)}"
    )


def _script(_: Page) -> str:
    return f'<div id="foot"></div><script src="{FOOT_SCRIPT}"></script>'


def _frame(_: Page) -> str:
    return f'<iframe src="{FOOT_PAGE}" width="100%" height="150" frameborder="0"></iframe>'


def _and(words: Callable[[Page], str]) -> Callable[[Page], str]:
    return lambda page: f"<p>{words(page)}</p>{_plain(page)}"


SHAPES: Mapping[str, Callable[[Page], str]] = MappingProxyType(
    {
        "wrong_code": _wrong_code,
        "no_icp": _no_icp,
        "old_entry": _old_entry,
        "marks_as_pictures": _pictures,
        "scripted_foot": _script,
        "framed_foot": _frame,
        "lost_page": _and(lambda _: link(LOST_PAGE, "业务指南")),
        "lost_picture": _and(lambda _: f'<img src="{LOST_PICTURE}" alt="" height="40">'),
        "false_file": _and(lambda _: link(FALSE_FILE, "使用帮助")),
        "shaky_page": _and(lambda _: link(SHAKY_PAGE, "服务机构")),
        "partner_refuses": _and(lambda _: link(f"http://{REFUSING}/", "合作单位")),
    }
)


def foot_script(page: Page) -> str:
    """The script that writes the foot of every page of a site."""
    return f"document.getElementById('foot').innerHTML = {json.dumps(_plain(page))};\n"


def foot_page(page: Page) -> str:
    """The foot of every page of a site as a page of its own."""
    return f"<html><head><base target=_parent></head><body>{_plain(page)}</body></html>"
