"""The pages of one disclosure platform in one pass: fetched once, by HTTP and, where asked, seen.

A page is what all looks at it show together: what one client shows is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urldefrag

from crawler.look import Look
from crawler.reading.decoding import decode
from crawler.reading.paging import goes_on, next_page
from crawler.reading.ways import Way, frames, text_size, ways
from rules.facts import Client, Item, Outcome
from spiders.survey.asking import Asker
from spiders.survey.pages import FILLED_LATER, SHOWN

# A platform that lies on another host than its site, as the portal's, is judged there.
READABLE = SHOWN | {Outcome.MOVED}
LEAST_TEXT = 60  # characters of text that are something to read
MOST_FRAMES = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One address as this pass had it. `ways` are all its words with where they lead."""

    url: str
    looks: tuple[Look, ...]
    ways: tuple[Way, ...]

    @property
    def shown(self) -> tuple[Look, ...]:
        """The looks that got a page of the site."""
        return tuple(look for look in self.looks if is_shown(look))

    @property
    def is_gone(self) -> bool:
        """Whether every look found that there is no such page."""
        return all(look.outcome is Outcome.NOT_FOUND for look in self.looks)

    @property
    def is_empty(self) -> bool:
        """Whether every look found a column with nothing in it."""
        return all(look.outcome is Outcome.EMPTY for look in self.looks)

    @property
    def client(self) -> Client:
        """Who has seen it: the browser, if it is among those that got an answer to judge by."""
        told = [look for look in self.looks if is_shown(look) or look.outcome is Outcome.NOT_FOUND]
        seen = any(look.client is Client.BROWSER for look in told)
        return Client.BROWSER if seen else Client.HTTP

    @property
    def items(self) -> tuple[Item, ...]:
        """The entries of its main list."""
        return max((look.reading.items for look in self.shown), key=len, default=())

    @property
    def has_text(self) -> bool:
        """Whether there is anything to read: a list, or some text."""
        return any(look.reading.items for look in self.shown) or any(
            text_size(look.answer.body, content_type=type_of(look)) >= LEAST_TEXT
            for look in self.shown
        )

    @property
    def goes_on(self) -> bool:
        """Whether it is but one page of several."""
        return any(
            next_page(look.answer.body, look.answer.final_url, type_of(look)) is not None
            or goes_on(look.answer.body, type_of(look))
            for look in self.shown
        )

    @property
    def addresses(self) -> frozenset[str]:
        """What it goes by: the address asked for, and where that led."""
        return frozenset(
            plain(url) for look in self.shown for url in (self.url, look.answer.final_url)
        ) or frozenset((plain(self.url),))


class Sheets:
    """The pages of one pass. `again`: it is the second, and pages may be seen in the browser."""

    def __init__(self, ask: Asker, *, again: bool) -> None:
        self._ask = ask
        self._again = again
        self._had: dict[tuple[str, bool], Sheet] = {}

    async def at(self, url: str, *, see: bool = False) -> Sheet:
        """A page; in the second pass, with `see`, as the browser shows it as well."""
        see = see and self._again
        known = self._had.get((url, True)) or self._had.get((url, see))
        if known is None:
            known = self._had[url, see] = await self._fetched(url, see=see)
        return known

    async def _fetched(self, url: str, *, see: bool) -> Sheet:
        looks = [await self._ask.get(url)]
        if see or looks[0].outcome in FILLED_LATER:
            seen = await self._ask.see(url)
            looks += [seen] if seen is not None else []
        found: dict[Way, None] = {}
        for look in filter(is_shown, looks):
            found |= dict.fromkeys(ways_of(look))
        for inner in await self._framed(looks):
            found |= dict.fromkeys(ways_of(inner))
        return Sheet(url, tuple(looks), tuple(found))

    async def _framed(self, looks: Iterable[Look]) -> list[Look]:
        """The pages that it shows within itself."""
        inner = [
            address
            for look in looks
            if is_shown(look)
            for address in frames(
                look.answer.body, url=look.answer.final_url, content_type=type_of(look)
            )
        ]
        asked = [await self._ask.get(one) for one in dict.fromkeys(inner[:MOST_FRAMES])]
        return [look for look in asked if is_shown(look)]


def ways_of(look: Look) -> tuple[Way, ...]:
    """The ways of one look."""
    return ways(look.answer.body, url=look.answer.final_url, content_type=type_of(look))


def is_shown(look: Look) -> bool:
    """Whether a look got a page that a visitor would have before them."""
    status = look.answer.status or 0
    return look.outcome in READABLE and bool(look.answer.body) and 200 <= status < 300


def is_file(look: Look) -> bool:
    """Whether a look got a file that is no page: an attachment."""
    status = look.answer.status or 0
    if not (200 <= status < 300 and look.answer.body):
        return False
    return "not_text" in decode(look.answer.body, type_of(look)).signs


def type_of(look: Look) -> str | None:
    """The type that an answer says it is of."""
    return (look.answer.headers or {}).get("content-type")


def plain(url: str) -> str:
    """An address without what makes no difference to where it leads."""
    bare = urldefrag(url).url.partition("://")[2].removeprefix("www.")
    for name in ("index.html", "index.htm", "index.shtml", "index.jsp"):
        bare = bare.removesuffix(name)
    return bare.rstrip("/")
