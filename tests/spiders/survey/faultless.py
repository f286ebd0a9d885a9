# ruff: noqa: E501 - markup reads better unbroken
"""A site at which nothing is to be found, page by page; tests change what they are about."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from rules.kinds import ColumnKind
from tests.spiders.survey.town import (
    HOME,
    Page,
    article,
    column,
    listing,
    page,
)

NOTICES = column("tzgg", ColumnKind.NOTICE)
GUIDES = column("bszn", ColumnKind.GUIDE)
LETTERS = column("lygk", ColumnKind.MESSAGES, "留言公开")
REPORTS = column("ndbb", ColumnKind.SITE_REPORT)
EVERY = (
    NOTICES,
    GUIDES,
    LETTERS,
    REPORTS,
    column("zcwj", ColumnKind.POLICY),
    column("zcjd", ColumnKind.INTERPRETATION),
)
SPAM = '<div style="display:none"><a href="http://www.bc88.test/">澳门新葡京官网</a></div>'
TITLES = [f"关于做好第{n}号重点工作有关事项的通知" for n in range(1, 6)]


def home(main: str = "") -> str:
    """A home page with its news."""
    rows = [
        (f"/n/{n}.html", f"我市召开第{n}次重点工作推进会", f"2022-06-{n:02d}") for n in range(1, 7)
    ]
    return listing(*rows, more=main)


def notices(**changed: Page) -> dict[str, Page]:
    """A home page, a list of five notices, and their pages."""
    rows = [(f"/a/{n}.html", title, f"2022-05-{n:02d}") for n, title in enumerate(TITLES, 1)]
    pages: dict[str, Page] = {
        HOME: home('<a href="/hdjl/">互动交流</a>'),
        f"{HOME}tzgg/": listing(*rows),
        **{f"{HOME}a/{n}.html": article(title, "") for n, title in enumerate(TITLES, 1)},
    }
    return pages | {HOME + path: markup for path, markup in changed.items()}


FULL = "".join(
    f"<p>{name}：{value}</p>"
    for name, value in {
        "事项名称": "登记", "设定依据": "有关法律", "申请条件": "符合条件的公民", "办理材料": "身份证", "办理地点": "市民之家",
        "办理机构": "市局", "收费标准": "不收费", "办理时间": "五个工作日", "联系电话": "0378-1", "办理流程": "申请、受理、办结",
    }.items()
)  # fmt: skip
SHORT = (
    "<p>办理材料：身份证</p><p>办理地点：市民之家</p><p>办理机构：市局</p><p>联系电话：0378-1</p>"
)


def guide_pages(*mains: str) -> dict[str, Page]:
    rows = [(f"/g/{n}.html", f"第{n}项登记备案办事指南", "2021-05-01") for n in range(len(mains))]
    found = {
        f"{HOME}g/{n}.html": article(rows[n][1], main, "2021-05-01") for n, main in enumerate(mains)
    }
    return notices() | {f"{HOME}bszn/": listing(*rows), **found}


ROW = '<tr><td><a href="/l/{n}.html">{t}</a></td><td>{a}</td><td>{b}</td><td>{s}</td></tr>'
DONE = (
    "<p>留言时间：2022-05-01</p><p>留言内容：{t}</p><p>办理状态：已办结</p><p>答复单位：市局</p>"
    "<p>答复时间：2022-05-09</p><p>答复内容：您好，您反映的问题已经处理，感谢关注。</p>"
)
WAITS = "<p>留言时间：{a}</p><p>留言内容：路灯不亮已经很久了</p><p>办理状态：办理中</p>"


def letter_pages(asked: str, own: str, *, second: bool = False) -> dict[str, Page]:
    """Three answered letters and one that waits, on the first page of the list or its second."""
    done = "".join(
        ROW.format(
            n=n, t=f"反映第{n}小区停车问题", a="2022-05-01", b=f"2022-05-{9 + n:02d}", s="已办结"
        )
        for n in range(1, 4)
    )
    waits = ROW.format(n=9, t="反映路灯不亮的问题", a=asked, b="", s="办理中")
    head = "<tr><th>标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr>"
    more = '<div class="page"><a href="/lygk/2.html">下一页</a></div>'
    first = page(f"<table>{head}{done}{'' if second else waits}</table>{more if second else ''}")
    pages: dict[str, Page] = {
        f"{HOME}lygk/": first,
        f"{HOME}lygk/2.html": page(f"<table>{head}{done.replace('/l/', '/m/')}{waits}</table>"),
        f"{HOME}l/9.html": article("反映路灯不亮的问题", own),
        **{
            f"{HOME}l/{n}.html": article(f"反映第{n}小区停车问题", DONE.format(t="停车难"))
            for n in range(1, 4)
        },
    }
    return notices() | pages


def report_pages(*years: int) -> dict[str, Page]:
    rows = [(f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y + 1}-01-20") for y in years]
    return notices() | {f"{HOME}ndbb/": listing(*rows)}


FORM = '<form action="/search"><input name="q"><input type="submit" value="搜索"></form>'


def results(*titles: str) -> str:
    rows = "".join(f'<li><a href="/s/{n}">{title}</a></li>' for n, title in enumerate(titles))
    return page(f"<h3>搜索结果</h3><ul>{rows}</ul>" if titles else "<p>没有找到相关结果</p>")


class Engine:
    """A search that knows these titles; without any, whatever it is asked for."""

    def __init__(self, pages: dict[str, Page], known: tuple[str, ...] | None = None) -> None:
        self.pages, self.known = pages, known

    def __call__(self, url: str) -> Page:
        if not url.startswith(f"{HOME}search?"):
            return self.pages.get(url, (404, "404"))
        asked = parse_qs(urlsplit(url).query)["q"][0]
        return results(*(self.known if self.known is not None else (asked,)))


POLICIES = column("zcwj", ColumnKind.POLICY)
READINGS = column("zcjd", ColumnKind.INTERPRETATION)
RULED = "关于印发《示例市防汛应急工作方案》的通知"


def policy_pages(
    *, told: str = "《示例市防汛应急工作方案》政策解读", link: str = "", back: str = ""
) -> dict[str, Page]:
    """A policy and an interpretation, with what links the one to the other."""
    others = [
        (f"/z/{n}.html", f"关于召开第{n}次会议的通知", f"2022-04-{n:02d}") for n in range(2, 6)
    ]
    reads = [(f"/j/{n}.html", f"第{n}期在线访谈", f"2022-04-{n:02d}") for n in range(2, 6)]
    return notices() | {
        f"{HOME}zcwj/": listing(("/z/1.html", RULED, "2022-05-01"), *others),
        f"{HOME}zcjd/": listing(("/j/1.html", told, "2022-05-02"), *reads),
        f"{HOME}z/1.html": article(RULED, back),
        f"{HOME}j/1.html": article(told, link),
    }


THERE, BACK = f'<a href="/z/1.html">{RULED}</a>', '<a href="/j/1.html">政策解读</a>'


def faultless() -> dict[str, Page]:
    """A site at which nothing is to be found, whatever is asked."""
    pages = guide_pages(FULL, FULL, FULL)
    pages |= letter_pages("2022-05-01", WAITS.format(a="2022-05-01"))
    pages |= policy_pages(link=THERE, back=BACK)
    pages |= report_pages(2021, 2020, 2019)
    return pages | {HOME: home(FORM)}
