"""Home pages: blocks of the newest items of several columns, the way to the disclosures."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from demo.data import CityNames
from demo.disclosure import platform_by_site
from demo.listing import newest_rows
from demo.pages.disclosure import entry_markup
from demo.pages.frame import Page, link
from demo.pages.skins import dressed
from demo.plan import Column, Site

FORGOTTEN = timedelta(days=50)  # how long ago the template of a forgotten block was made
SEARCH = "/search/"  # of every site, whatever its skin
SEARCH_BOX = (
    f'<form action="{SEARCH}" method="get" align="right"><input name="q" placeholder="关键词">'
    '<input type="submit" value="搜索"></form>'
)
BLOCKS = ("unit_news", "notice", "policy", "grassroots_news", "interpretation", "messages")


def home_page(city: CityNames, site: Site, today: date) -> str:
    """The home page of a site."""
    shown = [column for column in site.columns if column.concept.key in BLOCKS]
    blocks = "".join(_block(city, site, column, today) for column in shown)
    entry = entry_markup(platform_by_site(site.seed).get(site.name))
    box = "" if site.skin == "xhtml" else SEARCH_BOX  # that skin has one on every page
    main = f'{box}<p align="center">{entry}</p>{blocks}<div style="clear:both"></div>'
    return dressed(Page(city, site, today, "", main))


def _block(city: CityNames, site: Site, column: Column, today: date) -> str:
    """A block of one column. A forgotten one shows what was new long ago; its list goes on."""
    shown = today - FORGOTTEN if column.twist == "old_home_block" else today
    rows = "".join(
        f'<li><span class="date">{row.typed:%Y-%m-%d}</span>{link(row.href, row.title[:18])}</li>'
        for row in newest_rows(city, site, column, shown, 6)
    )
    more = link(site.system.first(column.key), "更多>>", ' class="right"')
    return (
        f'<div style="float:left;width:48%;margin-right:2%"><h3>{escape(column.name)}{more}</h3>'
        f"<ul>{rows}</ul></div>"
    )


# The sections of a disclosure platform: label, concept whose column it is.
SECTIONS = (
    ("政府信息公开指南", "guide_doc"),
    ("政府信息公开制度", "rules_doc"),
    ("法定主动公开内容", "disclosure"),
    ("政府信息公开年报", "annual_report"),
)


def disclosure_page(city: CityNames, site: Site, today: date) -> str:
    """The disclosure platform: its sections and a form for search."""
    by_concept = {column.concept.key: column for column in site.columns}
    sections = "".join(
        f"<li>{link(site.system.first(by_concept[key].key), label)}</li>"
        for label, key in SECTIONS
        if key in by_concept
    )
    form = '<form action="/search/"><input name="q"><input type="submit" value="检索"></form>'
    main = f"<h2>政府信息公开</h2><ul>{sections}</ul>{form}"
    return dressed(Page(city, site, today, "政府信息公开", main))


def site_map(city: CityNames, site: Site, today: date) -> str:
    """All columns of a site."""
    rows = "".join(f"<li>{link(site.system.first(c.key), c.name)}</li>" for c in site.columns)
    return dressed(Page(city, site, today, "网站地图", f"<h2>网站地图</h2><ul>{rows}</ul>"))
