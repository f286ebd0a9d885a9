"""What every page of a site carries, whatever its skin: head, crumbs, menus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from demo.data import CityNames, group_names
from demo.listing import Row, newest_rows
from demo.pages.dates import chinese_date
from demo.plan import Column, Site

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Page:
    """One page before it is dressed. `main` is the markup of its main area."""

    city: CityNames
    site: Site
    today: date
    title: str
    main: str
    column: Column | None = None
    meta: tuple[tuple[str, str], ...] = ()
    head_extra: str = ""


def link(href: str, text: str, extra: str = "") -> str:
    """An anchor; `extra` are ready attributes with a leading blank."""
    return f'<a href="{escape(href)}"{extra}>{escape(text)}</a>'


def clock_words(today: date) -> str:
    """The masthead's clock."""
    return f"今天是：{chinese_date(today)} 星期{WEEKDAYS[today.weekday()]}"


def site_title(page: Page) -> str:
    """What the banner says: the full official name."""
    name = page.site.name
    return name if name.endswith("人民政府") else f"{page.city.name}{name.removeprefix('市')}"


def meta_tags(page: Page) -> str:
    """The page tags of the indicator 页面标签."""
    column = page.column
    if column and page.site.planted == "no_tags":
        return '<meta name="generator" content="cms">'
    pairs = [
        ("SiteName", site_title(page)),
        ("SiteDomain", page.site.host),
        ("SiteIDCode", page.site.code),
    ]
    if column:
        pairs += [
            ("ColumnName", column.name),
            ("ColumnDescription", f"{site_title(page)}{column.name}栏目"),
            ("ColumnKeywords", column.name),
            ("ColumnType", column.name),
        ]
    pairs += page.meta
    return "\n".join(f'<meta name="{name}" content="{escape(words)}">' for name, words in pairs)


def charset_tag(page: Page) -> str:
    """What the page says of its own bytes; one sort of site says nothing."""
    said = {"gb2312_meta": "gb2312", "gbk_header": "gbk", "gbk_silent": ""}
    name = said.get(page.site.charset, "utf-8")
    return f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' if name else ""


PALETTES = (
    ("#c8161d", "#8e0f14", "#1b5fa8"),
    ("#1c63b7", "#0f3f7d", "#0d4d95"),
    ("#b5121b", "#d8434a", "#a50f17"),
    ("#0a6e5c", "#0b4f6c", "#0b4f6c"),
    ("#2f74c0", "#7fb2e5", "#255f9f"),
)


def palette(page: Page) -> str:
    """The colours of a site's banner and menu."""
    top, bottom, menu = PALETTES[int(page.site.code) % len(PALETTES)]
    return f".banner{{background:linear-gradient({top},{bottom})}}.nav{{background:{menu}}}"


def head(page: Page, style: str) -> str:
    """Everything between <head> and </head>."""
    shown = f"{page.title} - {site_title(page)}" if page.title else site_title(page)
    return (
        f"<head>\n{charset_tag(page)}\n<title>{escape(shown)}</title>\n{meta_tags(page)}\n"
        f'<link rel="shortcut icon" href="/favicon.ico">\n'
        f"<style>{style}{palette(page)}</style>\n{page.head_extra}</head>"
    )


def top_entries(site: Site) -> list[tuple[str, str]]:
    """(name, address) of the top menu: home, then the first column of each group."""
    entries = [("首页", "/")]
    for group, name in group_names().items():
        first = next((c for c in site.columns if c.concept.group == group), None)
        if first:
            entries.append((name, site.system.first(first.key)))
    return entries


def side_entries(page: Page) -> list[tuple[str, str]]:
    """(name, address) of the columns beside this one."""
    group = page.column.concept.group if page.column else "xwzx"
    return [
        (column.name, page.site.system.first(column.key))
        for column in page.site.columns
        if column.concept.group == group
    ]


def crumbs(page: Page) -> str:
    """您现在的位置."""
    if page.column is None:
        return ""
    group = group_names()[page.column.concept.group]
    last = link(page.site.system.first(page.column.key), page.column.name)
    return f"您现在的位置：{link('/', '首页')} &gt; {escape(group)} &gt; {last}"


def hot_rows(page: Page, how_many: int = 7) -> Sequence[Row]:
    """What the sidebar calls hot: the newest items of another column of the site."""
    other = next(
        column
        for column in page.site.columns
        if column.concept.key in ("unit_news", "notice") and column is not page.column
    )
    return newest_rows(page.city, page.site, other, page.today, how_many)


def friend_links() -> str:
    """Links out of the city."""
    return (
        '友情链接：<a href="http://www.gov.cn/">中国政府网</a> '
        '<a href="http://www.henan.gov.cn/">省政府门户网站</a>'
    )
