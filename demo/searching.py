"""A site's own search: page 1 of what it finds among the titles of its lists. Pure.

Its index lags some days behind; that of one site finds nothing at all (demo.surveying).
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from html import escape
from urllib.parse import parse_qs, urlsplit

from demo.exchange import CHARSETS, Answer, Visit, html
from demo.founding import city_of
from demo.listing import Row, row_of
from demo.pages.frame import Page, link
from demo.pages.homes import SEARCH
from demo.pages.skins import dressed

LAGS = timedelta(days=3)
PAGE = 15


def searched(visit: Visit) -> Answer | None:
    """The answer to a question for the site's search, if it is one."""
    parts = urlsplit(visit.request.address)
    if parts.path != SEARCH:
        return None
    query = parse_qs(parts.query, encoding=CHARSETS[visit.site.charset][0])
    words = " ".join(query.get("q", [""])[0].split())
    return html(visit, _results(visit, words))


def _results(visit: Visit, words: str) -> str:
    found = () if visit.site.planted == "lost_search" else _found(visit, words)
    entries = "".join(_entry(row, words) for row in found)
    told = f"搜索“{escape(words)}”，为您找到 {len(found)} 条结果"
    nothing = "<li>没有找到相关结果</li>"
    main = f'<h3>搜索结果</h3><p>{told}</p><ul class="result">{entries or nothing}</ul>'
    return dressed(Page(visit.city.names, visit.site, visit.day, "搜索结果", main))


def _found(visit: Visit, words: str) -> tuple[Row, ...]:
    known = visit.day - LAGS
    rows = (row for row in _indexed(visit.city.seed, visit.site.host) if row.day <= known)
    return tuple(row for row in rows if words and words in row.title)[:PAGE]


@lru_cache(maxsize=8)
def _indexed(seed: int, host: str) -> tuple[Row, ...]:
    """All items of a site, newest first."""
    city = city_of(seed)
    site = city.by_host[host]
    rows = [
        row_of(city.names, site, column, serial)
        for column in site.columns
        for serial in range(len(column.days))
    ]
    return tuple(sorted(rows, key=lambda row: row.day, reverse=True))


def _entry(row: Row, words: str) -> str:
    marked = escape(row.title).replace(escape(words), f"<em>{escape(words)}</em>")
    return f"<li>{link(row.href, '')[:-4]}{marked}</a> <span>{row.stated}</span></li>"
