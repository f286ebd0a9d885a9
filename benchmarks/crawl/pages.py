"""The list pages of the benchmark and the register of their columns. Pure.

Every page is whole and up to date, so that a round does for each what it does for most: fetch it,
read it, keep it, judge it, write it down. It is about as large as the median of the saved real
lists (24 kB), and takes about as long to read (3 ms).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rules.kinds import ColumnKind
from rules.register import Column, Register, Site

COLUMNS = 20  # of one site
ENTRIES = 20  # of one list
NAMES = ("部门动态", "通知公告", "政策文件", "财政预决算", "人事信息", "规划计划", "行政许可")
VERBS = ("印发", "公布", "调整", "开展", "组织", "推进", "加强", "落实")
HEAD = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}-第{site}局</title>"
    "<link rel='stylesheet' href='/style.css'><script src='/jquery.js'></script>{script}</head>"
    "<body>"
    "<div class='header'><a href='/'><img src='/logo.png' alt='第{site}局'></a></div>{menu}"
    "<div class='place'>当前位置：<a href='/'>首页</a> &gt; <a href='{path}'>{name}</a></div>"
)
MENU, FRIENDS = 60, 40  # links around the list
CODE = "function open{0}(id){{var box=document.getElementById(id);box.style.display='block';}}\n"
SCRIPT = f"<script>{''.join(map(CODE.format, range(140)))}</script>"
FOOT = (
    "<div class='page'><a href='{path}'>上一页</a><span>1</span><a href='{path}?2'>2</a></div>"
    "<div class='footer'><p>主办：示例市第{site}局　地址：示例市中山路{site}号</p>"
    "<p>网站标识码：4102{site:06}　豫公网安备4102{site:010}号</p></div></body></html>"
)


def register(wanted: int) -> Register:
    """So many columns, a few on each site."""
    sites = [
        Site(
            f"第{site}局",
            f"第{site}局",
            f"{address(site)}/",
            columns=tuple(
                _column(site, place) for place in range(min(COLUMNS, wanted - COLUMNS * site))
            ),
        )
        for site in range(-(-wanted // COLUMNS))
    ]
    return Register(city="示例市", sites=tuple(sites))


def _column(site: int, place: int) -> Column:
    return Column(
        f"第{site}局/栏目{place}",
        f"{NAMES[place % len(NAMES)]}{place}",
        f"{address(site)}{path_of(place)}",
        ColumnKind.NEWS,
        limit=90,
    )


def address(site: int) -> str:
    """Where a site lies."""
    return f"http://s{site}.bench.test"


def path_of(place: int) -> str:
    """Where one of its columns lies."""
    return f"/col/{place}/index.html"


def addresses(wanted: int) -> list[str]:
    """The addresses of all columns."""
    return [column.url for site in register(wanted).sites for column in site.columns]


def page(site: int, path: str, newest: date) -> bytes:
    """The list page at a path of a site."""
    place = int(path.split("/")[2])
    name = f"{NAMES[place % len(NAMES)]}{place}"
    rows = "".join(_rows(site, place, newest))
    head = HEAD.format(name=name, site=site, path=path, menu=_links("nav", MENU), script=SCRIPT)
    foot = FOOT.format(site=site, path=path)
    return f"{head}<ul class='list'>{rows}</ul>{_links('friends', FRIENDS)}{foot}".encode()


def _links(kind: str, count: int) -> str:
    links = (
        f"<li><a href='{path_of(n)}' target='_blank'>{NAMES[n % len(NAMES)]}{n}</a></li>"
        for n in range(count)
    )
    return f"<ul class='{kind}'>{''.join(links)}</ul>"


def _rows(site: int, place: int, newest: date) -> Iterator[str]:
    for number in range(ENTRIES):
        day = newest - timedelta(days=2 * number)
        verb = VERBS[(number + place) % len(VERBS)]
        title = f"关于{verb}第{site}局{day.year}年第{200 - number - place}号工作安排的通知"
        yield (
            f"<li><a href='/art/{day:%Y/%m/%d}/{place}_{number}.html' title='{title}'>{title}</a>"
            f"<span>{day.isoformat()}</span></li>"
        )
