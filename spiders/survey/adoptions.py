"""What a portal published in a month of what units handed in: walks the columns that the register
names, page by page down to the month's first day, and reads the source that each piece names.

Whole or not at all: a column that could not be walked to the end leaves the month uncounted, for a
smaller number would be printed beside a unit's name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crawler.addresses import host_of
from crawler.look import Look
from crawler.reading.paging import goes_on, next_page
from crawler.reading.sources import article_source
from rules.adoptions import Found, pieces_of
from rules.facts import Item, Outcome
from rules.register import Column
from rules.submissions import UnitBook
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand
from spiders.survey.surveyor import Surveyor
from storage.adoptions import keep_adoptions

MOST_PAGES = 200  # of one column
AT_ONCE = 4
GONE = frozenset({404, 410})
OPEN = frozenset({Outcome.READ, Outcome.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Counted:
    """One pass: the pieces of the month, those of them whose page could not be had (by address),
    and the columns that could not be walked to the month's first day."""

    pieces: tuple[Found, ...] = ()
    unread: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """What walking one column has found so far."""

    entries: dict[str, Item] = field(default_factory=dict)
    whole: bool = False


async def survey(errand: Errand, ask: Asker, before: Counted | None) -> Counted:
    """One pass; the second asks again for what the first one did not get."""
    site, earlier = errand.site, before or Counted()
    if site is None:
        return Counted()
    entries: dict[str, Item] = {}
    broken = []
    for column in site.columns:
        if column.name not in (site.adopts if before is None else earlier.broken):
            continue
        walk = await _walk(errand, ask, column)
        entries |= walk.entries
        if not walk.whole:
            broken.append(column.name)
    known = {piece.url: piece for piece in earlier.pieces if piece.url not in earlier.unread}
    asked = [one for one in earlier.pieces if one.url in earlier.unread]
    asked += [Found(one.url, one.title, one.date, None) for one in entries.values() if one.date]
    final = before is not None
    read = await _read_all([one for one in asked if one.url not in known], ask, final=final)
    known |= {piece.url: piece for piece, _ in read}
    unread = [piece.url for piece, was_read in read if not was_read]
    return Counted(tuple(known.values()), tuple(unread), tuple(broken))


async def _walk(errand: Errand, ask: Asker, column: Column) -> _Walk:
    """The entries of a column's list that are of the month; undated ones cannot be placed."""
    first, walk = date.fromisoformat(f"{errand.month}-01"), _Walk()
    url: str | None = column.url
    walked: set[str] = set()
    while url is not None and url not in walked and len(walked) < MOST_PAGES:
        walked.add(url)
        look = await ask.get(url)
        items = look.reading.items if look.outcome is Outcome.READ else ()
        days = [item.date for item in items if item.date and not item.pinned]
        if not days or len(days) < sum(not item.pinned for item in items) or days[0] < days[-1]:
            return walk  # not to be placed in a month, or not the newest first
        walk.entries |= {
            item.url: item for item in items if item.date and f"{item.date:%Y-%m}" == errand.month
        }
        url = _next(look)
        if _is_past(days, first) or (url is None and not _goes_on(look)):
            walk.whole = True
            return walk
    return walk


def _is_past(days: list[date], first: date) -> bool:
    """Whether a list has come to days before the month: one old entry at the foot of a page whose
    days do not fall is none of them."""
    return max(days) < first or (days[-1] < first and days == sorted(days, reverse=True))


def _next(look: Look) -> str | None:
    return next_page(look.answer.body, look.answer.final_url, _content_type(look))


def _goes_on(look: Look) -> bool:
    """Whether there is more of a list than links lead to."""
    return goes_on(look.answer.body, _content_type(look))


def _content_type(look: Look) -> str | None:
    return (look.answer.headers or {}).get("content-type")


async def _read_all(entries: list[Found], ask: Asker, *, final: bool) -> list[tuple[Found, bool]]:
    """The entries with their sources, a few at once, and whether their pages were had; one that is
    gone in the `final` pass, too, has none."""
    places = asyncio.Semaphore(AT_ONCE)

    async def read(one: Found) -> tuple[Found, bool]:
        async with places:
            look = await ask.get(one.url)
        if look.outcome not in OPEN or look.answer.status != 200:
            return one, final and look.answer.status in GONE
        return replace(one, source=article_source(look.answer.body, _content_type(look))), True

    return list(await asyncio.gather(*map(read, entries)))


def again(found: Counted) -> bool:
    """Whether anything is missing that may be had later."""
    return bool(found.unread or found.broken)


def write(found: Counted) -> dict[str, Any]:
    """A pass as plain JSON."""
    pieces = [{**asdict(piece), "day": piece.day.isoformat()} for piece in found.pieces]
    return {"pieces": pieces, "unread": list(found.unread), "broken": list(found.broken)}


def read(plain: Mapping[str, Any]) -> Counted:
    """What `write` wrote."""
    pieces = (
        Found(**{**piece, "day": date.fromisoformat(piece["day"])}) for piece in plain["pieces"]
    )
    return Counted(tuple(pieces), tuple(plain["unread"]), tuple(plain["broken"]))


def keep(session: Session, errand: Errand, found: Counted) -> None:
    """Write the month's pieces, if all of them are there. What stands on other hosts, which may
    refuse us for good, counts as a piece without a source."""
    if errand.site is None or found.broken:
        return
    own = host_of(errand.site.url)
    if any(host_of(url) == own for url in found.unread):
        return
    pieces = pieces_of(found.pieces, errand.month, UnitBook.of(errand.register))
    keep_adoptions(session, errand.month, errand.site.name, pieces, errand.at)


SURVEYOR = Surveyor(survey, again, write, read, keep)
