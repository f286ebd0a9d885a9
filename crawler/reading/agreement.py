"""Whether the witnesses of a column's newest date agree: list, addresses, articles, first sight.

For the judge's callers. Pure: the caller brings the articles' dates and the ledger's first
sights. Any witness may clear a column; none may accuse alone against another (standard 5.0, 5.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crawler.reading.dates import address_date
from rules.facts import CONFIDENCE_FLOOR, PageReading, PageState

# An article may be put on the list the day after it was written, or dated by another clock.
NEAR = timedelta(days=3)
# An item that appears this long after its printed date was not added on that date.
LATE = timedelta(days=14)


class Doubt(StrEnum):
    """Why no date may be relied on."""

    NO_LIST = "no_list"
    UNDATED = "undated"
    LOW_CONFIDENCE = "low_confidence"
    YEAR_INFERRED = "year_inferred"
    ARTICLES_DIFFER = "articles_differ"
    ADDRESSES_NEWER = "addresses_newer"
    SEEN_LATER = "seen_later"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`newest` may be relied on, or it is None and `doubt` says why.

    `latest` is the latest date that any witness supports: if even that is too old nobody can
    clear the column; if it is fresh, the column is cleared whatever the others say.
    """

    newest: date | None
    latest: date | None
    doubt: Doubt | None = None


def agree(
    reading: PageReading,
    *,
    today: date,
    articles: Mapping[str, date | None] | None = None,
    first_seen: Mapping[str, date] | None = None,
) -> Agreement:
    """Compare the witnesses of one list.

    `articles` holds the publish date read on the articles that were opened, by address, None
    where an article shows none. `first_seen` holds the Shanghai date on which an item was first
    seen, only for items that appeared after the list was first read. Dates after tomorrow are
    left out.
    """
    bound = today + timedelta(days=1)
    shown = {u: d for u, d in (articles or {}).items() if d is not None and d <= bound}
    seen = {u: d for u, d in (first_seen or {}).items() if d <= bound}
    newest = _with_year_of_article(reading, shown)
    latest = max((d for d in (newest, *shown.values()) if d is not None), default=None)
    doubt = _doubt(reading, newest, shown, seen, today)
    return Agreement(None if doubt else newest, latest, doubt)


def _with_year_of_article(reading: PageReading, shown: Mapping[str, date]) -> date | None:
    """The list's newest date; where its year is inferred, the year its own article shows."""
    newest = reading.newest
    if newest is None or "year_inferred" not in reading.signs:
        return newest
    for item in reading.items:
        there = shown.get(item.url)
        if item.date == newest and there and (there.month, there.day) == (newest.month, newest.day):
            return there
    return newest


def _doubt(
    reading: PageReading,
    newest: date | None,
    shown: Mapping[str, date],
    seen: Mapping[str, date],
    today: date,
) -> Doubt | None:
    if reading.state is not PageState.LIST:
        return Doubt.NO_LIST
    if newest is None:
        return Doubt.UNDATED
    confirmed = any(item.date and shown.get(item.url) == newest for item in reading.items)
    if reading.confidence < CONFIDENCE_FLOOR and not confirmed:
        return Doubt.LOW_CONFIDENCE
    if "year_inferred" in reading.signs and not confirmed:
        return Doubt.YEAR_INFERRED
    if any(there > newest + NEAR for there in shown.values()):
        return Doubt.ARTICLES_DIFFER
    if not confirmed and _addresses_newer(reading, newest, today):
        return Doubt.ADDRESSES_NEWER
    if any(_came_late(item.date, seen.get(item.url)) for item in reading.items):
        return Doubt.SEEN_LATER
    return None


def _addresses_newer(reading: PageReading, newest: date, today: date) -> bool:
    """Whether some address is clearly newer, in a list whose addresses otherwise fit its dates."""
    pairs = [(i.date, address_date(i.url, today)) for i in reading.items if i.date]
    known = [(shown, there) for shown, there in pairs if there]
    close = sum(1 for shown, there in known if abs(shown - there) <= NEAR)
    return close * 2 > len(known) and any(there > newest + LATE for _, there in known)


def _came_late(printed: date | None, first: date | None) -> bool:
    return printed is not None and first is not None and first > printed + LATE
