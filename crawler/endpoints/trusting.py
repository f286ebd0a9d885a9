"""When the answer of a learned call must not be believed, though it came and was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from crawler.endpoints.matching import norm
from crawler.endpoints.recipe import Seen
from rules.facts import CONFIDENCE_FLOOR, Item, PageReading, PageState

MOST_TITLES = 40


def newest_of(items: Iterable[Item], today: date) -> date | None:
    """The newest date that a list prints, those later than tomorrow apart."""
    bound = today + timedelta(days=1)
    return max((item.date for item in items if item.date and item.date <= bound), default=None)


def seen_of(items: Sequence[Item], today: date) -> Seen | None:
    """What is remembered of a list to be compared with the next; None of one without a date."""
    newest = newest_of(items, today)
    return None if newest is None else Seen(newest, len(items), digests(items))


def digests(items: Iterable[Item]) -> tuple[str, ...]:
    """Short digests of the first titles."""
    names = [norm(item.title) for item in items][:MOST_TITLES]
    return tuple(
        hashlib.blake2s(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        for name in names
    )


def is_surprise(reading: PageReading, seen: Seen) -> bool:
    """Whether an answer is no list, lost its newest entry or half of its entries, or is another
    list altogether. A list that moved on by a whole page is none."""
    if reading.state is not PageState.LIST or reading.confidence < CONFIDENCE_FLOOR:
        return True
    if reading.newest is None or reading.newest < seen.newest:
        return True
    if 2 * len(reading.items) < seen.count:
        return True
    if not set(seen.titles).isdisjoint(digests(reading.items)):
        return False
    return any(item.date is None or item.date < seen.newest for item in reading.items)
