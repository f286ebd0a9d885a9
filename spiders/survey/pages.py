"""The pages of a site that a survey looks at, once a pass: home, five columns, five articles.

Which columns and articles is drawn by the month, the same in both passes. A page that scripts fill
is seen in the browser where there is one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.addresses import host_of
from crawler.look import Look
from rules.facts import Item, Outcome
from rules.kinds import ColumnKind
from rules.register import Column, Site
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand

MOST_COLUMNS, MOST_ARTICLES = 5, 5
# What counts as a page that a visitor has before them. One that is empty of news is a page, too.
SHOWN = frozenset({Outcome.READ, Outcome.EMPTY, Outcome.UNREADABLE})
FILLED_LATER = frozenset({Outcome.SCRIPT_SHELL, Outcome.FORWARD})
NO_PAGES = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar|wps|jpe?g|png|mp4)$", re.IGNORECASE)


class PageKind(StrEnum):
    """What a page is on its site."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site as plain HTTP gave it (`look`), and as the browser did (`seen`; None where
    it was not needed or there is none)."""

    kind: PageKind
    url: str
    look: Look
    seen: Look | None = None
    column: Column | None = None

    @property
    def is_shown(self) -> bool:
        """Whether a visitor would have a page of the site before them."""
        return any(
            one.outcome in SHOWN and bool(one.answer.body) and 200 <= (one.answer.status or 0) < 300
            for one in self.looks
        )

    @property
    def looks(self) -> tuple[Look, ...]:
        """Everything that was had of it."""
        return (self.look,) if self.seen is None else (self.look, self.seen)

    @property
    def is_home(self) -> bool:
        """Whether it is the home page."""
        return self.kind is PageKind.HOME

    @property
    def items(self) -> tuple[Item, ...]:
        """The entries of its main list."""
        return max((one.reading.items for one in self.looks), key=len)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site that this pass has fetched."""

    home: Page
    columns: tuple[Page, ...] = ()
    articles: tuple[Page, ...] = ()
    more: dict[str, Page] = field(default_factory=dict)

    @property
    def every(self) -> tuple[Page, ...]:
        """Home, columns and articles, in this order."""
        return (self.home, *self.columns, *self.articles)

    @property
    def shown(self) -> tuple[Page, ...]:
        """Those of them that a visitor would have before them."""
        return tuple(page for page in self.every if page.is_shown)


async def fetch_pages(errand: Errand, site: Site, ask: Asker) -> Pages:
    """The pages of a pass. Pages that could not be had are among them, too."""
    home = await page_at(ask, PageKind.HOME, site.url)
    columns = [
        await page_at(ask, PageKind.COLUMN, column.url, column)
        for column in columns_of(site, errand.month)
    ]
    articles = [
        await page_at(ask, PageKind.ARTICLE, url)
        for url in articles_of(columns, site.url, errand.month)
    ]
    return Pages(home, tuple(columns), tuple(articles))


async def page_at(ask: Asker, kind: PageKind, url: str, column: Column | None = None) -> Page:
    """One page: by plain HTTP, and in the browser where scripts fill it."""
    look = await ask.get(url)
    seen = await ask.see(url) if look.outcome in FILLED_LATER else None
    return Page(kind, url, look, seen, column)


def columns_of(site: Site, month: str) -> list[Column]:
    """The columns of the month, each address once; columns that lead to other sites are none."""
    own = host_of(site.url)
    by_url = {
        column.url: column
        for column in site.columns
        if column.kind is not ColumnKind.LINKOUT and host_of(column.url) == own
    }
    return [by_url[url] for url in drawn(by_url, month, MOST_COLUMNS)]


def articles_of(columns: Sequence[Page], home: str, month: str) -> list[str]:
    """The articles of the month, from the lists of these columns, one column after the other."""
    own = host_of(home)
    queues = [
        drawn((item.url for item in page.items if _is_article(item.url, own)), month, MOST_ARTICLES)
        for page in columns
    ]
    turns = (queue[turn] for turn in range(MOST_ARTICLES) for queue in queues if turn < len(queue))
    return list(dict.fromkeys(turns))[:MOST_ARTICLES]


def _is_article(url: str, own: str) -> bool:
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return host_of(url) == own and NO_PAGES.search(path) is None


def drawn(urls: Iterable[str], month: str, most: int) -> list[str]:
    """Some of the addresses, others each month, the same in every pass of one."""
    unique = dict.fromkeys(urls)
    return sorted(unique, key=lambda url: hashlib.sha256(f"{month} {url}".encode()).digest())[:most]
