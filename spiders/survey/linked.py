"""The addresses that the sampled pages name, each once, with the pages that name it: bounded.

Own addresses and those of other hosts apart; the home page's first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crawler.addresses import host_of
from crawler.reading.page_links import LinkKind, PageLink, page_links, shape_of
from rules.site_checks import Place
from spiders.survey.further import shown_of
from spiders.survey.pages import Pages

AT_ONCE = 6
SAME_SHAPE = 5  # broken addresses that look alike from which they have one cause
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """An address with the first page that names it, and how many pages do."""

    link: PageLink
    parent: str
    home: bool
    pages: int
    own: bool

    def place(self, what: str) -> Place:
        """As the place of a problem."""
        words = f"{what} {self.link.words}".strip()
        more = f" (+{self.pages - 1})" if self.pages > 1 else ""
        return Place(self.link.url, self.parent, words + more, self.home, self.link.url)


def named_on(pages: Pages, site_url: str) -> tuple[Named, ...]:
    """Everything that the pages of a pass name."""
    own = bare_host(site_url)
    found: dict[str, Named] = {}
    for page in pages.shown:
        on_page: dict[str, PageLink] = {}
        for shown in shown_of(page):
            for link in page_links(shown.body, url=shown.url, content_type=shown.content_type):
                on_page.setdefault(link.url, link)
        for url, link in on_page.items():
            first = found.get(url)
            found[url] = Named(
                link,
                first.parent if first else page.url,
                page.is_home or (first.home if first else False),
                (first.pages if first else 0) + 1,
                bare_host(url) == own,
            )
    return tuple(sorted(found.values(), key=lambda one: not one.home))


def bare_host(url: str) -> str:
    """A host without its leading www."""
    return host_of(url).removeprefix("www.")


def of_kind(named: Iterable[Named], kind: LinkKind, *, own: bool, most: int) -> tuple[Named, ...]:
    """The first of a kind, on the site's own host or on others."""
    return tuple(one for one in named if one.link.kind is kind and one.own is own)[:most]


def of_places(places: Iterable[Place], kind: LinkKind, *, own: bool) -> tuple[Named, ...]:
    """What an earlier pass found, to be looked at again."""
    return tuple(
        Named(PageLink(place.url, kind), place.parent, place.home, 1, own) for place in places
    )


async def each(named: Sequence[Named], look: Callable[[Named], Awaitable[T]]) -> list[T]:
    """Some at a time; how fast is the host group's matter."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(it: Named) -> T:
        async with places:
            return await look(it)

    return list(await asyncio.gather(*(one(it) for it in named)))


def by_cause(places: Sequence[Place]) -> list[Place]:
    """One place a cause: addresses that one bad code makes on one page look the same but for their
    numbers, and count once."""
    groups: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        groups.setdefault((shape_of(place.url), place.parent), []).append(place)
    found: list[Place] = []
    for (shape, parent), alike in groups.items():
        if len(alike) < SAME_SHAPE:
            found += alike
            continue
        first = alike[0]
        what = f"{first.what} (x{len(alike)})"
        found.append(Place(first.url, parent, what, any(one.home for one in alike), shape))
    return found
