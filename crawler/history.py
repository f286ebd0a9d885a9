"""What the first sights of a list's entries say of it: the witness of pages without dates. Pure.

An entry that stands above known ones, and was not there at an earlier look, was added since then,
whatever date it prints or lacks. That may clear a column, or leave it to a person; it never
accuses: the judge takes no age from it that is past the limit (standard 5.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from crawler.look import Look, with_sign
from rules.facts import CONFIDENCE_FLOOR, Item, Outcome, PageReading
from rules.marks import BACKDATED, FIRST_SEEN, HAD_ITEMS, REDATED
from rules.proving import YEAR_INFERRED
from storage.items import MOST, Past, key_of

LATE = timedelta(days=3)  # an entry may be put on its list some days after its printed date
CONTINUED = 0.3  # share of a list that must be known: else it is another list, or keys that change
SEEN_CONFIDENCE = 0.8


def with_history(look: Look, past: Past, *, check_date: date, limit: int | None) -> Look:
    """The look with what the first sights add to it: a date where the list shows none to rest on,
    or the sign that entries came under old dates, or known ones under new dates. `limit` is the
    duty's, in days."""
    if look.outcome is not Outcome.READ or limit is None or not look.reading.items:
        return look
    if _is_fresh_by_new_dates(look.reading, past, check_date, limit):
        return replace(look, reading=with_sign(look.reading, REDATED))
    added = [since for _, since in _added(look.reading.items, past)]
    latest = max(added, default=None)
    if latest is None or (check_date - latest).days > limit:
        return look
    if _is_dated(look.reading):
        backdated = _came_under_old_dates(look.reading.items, past, check_date, limit)
        return replace(look, reading=with_sign(look.reading, BACKDATED)) if backdated else look
    seen = replace(look.reading, newest=latest, confidence=SEEN_CONFIDENCE)
    return replace(look, reading=with_sign(seen, FIRST_SEEN))


def with_memory_of_items(look: Look) -> Look:
    """The look at an empty column that is known to have had entries."""
    return replace(look, reading=with_sign(look.reading, HAD_ITEMS))


def new_items(items: Sequence[Item], past: Past) -> tuple[Item, ...]:
    """The entries that were never seen before, once each."""
    fresh = {key_of(item): item for item in items[:MOST]}
    return tuple(item for key, item in fresh.items() if key not in past.since)


def _is_dated(reading: PageReading) -> bool:
    return reading.newest is not None and reading.confidence >= CONFIDENCE_FLOOR


def _is_fresh_by_new_dates(reading: PageReading, past: Past, check_date: date, limit: int) -> bool:
    """Whether a list would be overdue, were it not for known entries that now print another date
    than at their first sight, a day after it."""
    if not _is_dated(reading) or YEAR_INFERRED in reading.signs:
        return False
    fresh = [one for one in reading.items if one.date and (check_date - one.date).days <= limit]
    return bool(fresh) and all(_has_new_date(one, past, check_date, limit) for one in fresh)


def _has_new_date(item: Item, past: Past, check_date: date, limit: int) -> bool:
    printed, seen_on = past.first.get(key_of(item), (None, date.max))
    overdue = printed is not None and (check_date - printed).days > limit
    return overdue and item.date is not None and item.date > seen_on


def _came_under_old_dates(items: Sequence[Item], past: Past, check_date: date, limit: int) -> bool:
    """Whether an entry was added lately enough to clear the column, but prints an older date."""
    return any(
        item.date is not None
        and item.date + LATE < since
        and (check_date - since).days <= limit < (check_date - item.date).days
        for item, since in _added(items, past)
    )


def _added(items: Sequence[Item], past: Past) -> list[tuple[Item, date]]:
    """Entries with the day since which they were added: those above one that was there before.

    What stands below all known entries may have come up from a page that we never read.
    """
    keys = [key_of(item) for item in items[:MOST]]
    if sum(key in past.since for key in keys) < CONTINUED * len(keys):
        return []
    found = []
    oldest = date.max  # of what was there before, among the entries below
    for item, key in reversed(list(zip(items, keys, strict=False))):
        since = past.since.get(key, past.read_on)
        if since is not None and since > oldest and not item.pinned:
            found.append((item, since))
        if key in past.since:
            oldest = min(oldest, since or date.min)
    return found
