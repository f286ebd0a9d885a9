"""The year of dates written without one.

The latest year that is not in the future and keeps the list in order (standard 5.1). It is an
upper bound, so it never makes a list look older than it may be; addresses and titles confirm it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from crawler.reading.dates import address_date
from crawler.reading.records import Record


def latest(month: int, day: int, bound: date) -> date | None:
    """The latest `month`-`day` not after `bound`."""
    for year in range(bound.year, bound.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= bound:
            return found
    return None


def fill_years(records: Sequence[Record], today: date) -> None:
    """Set `date` of the records whose token has no year.

    Two readings are compared: every date on its own as late as possible, and the list as a chain
    that only runs back. Where they differ on the newest date, the later one stands, marked
    ambiguous: it never makes the list look older than it may be.
    """
    bound = today + timedelta(days=1)
    open_records = [r for r in records if r.no_year and r.token]
    if not open_records:
        return
    for record in open_records:
        record.date = _confirmed(record, today)
    unsure = [r for r in open_records if r.date is None]
    sure = [i for i, r in enumerate(records) if r.date]
    for record in unsure:
        record.date = _own(record, bound)
    if len(sure) >= len(unsure):
        _near_neighbours(records, sure, bound)
    else:
        _compare_chain(unsure, bound)


def _own(record: Record, bound: date) -> date | None:
    assert record.token is not None
    return latest(record.token.written.month, record.token.written.day, bound)


def _near_neighbours(records: Sequence[Record], sure: Sequence[int], bound: date) -> None:
    """Where most years are known, an unknown one is that nearest to the neighbour's date."""
    known = set(sure)
    for place, record in enumerate(records):
        if record.token is None or not record.no_year or place in known:
            continue
        at = bisect_left(sure, place)
        beside = records[min(sure[max(0, at - 1) : at + 1], key=lambda i: abs(i - place))].date
        if beside is not None:
            found = _own(record, min(bound, beside + timedelta(days=183)))
            record.ambiguous = found != record.date
            record.date = found


def _compare_chain(unsure: Sequence[Record], bound: date) -> None:
    newest = max((r.date for r in unsure if r.date), default=None)
    here, chain = bound, []
    for record in unsure:
        if record.pinned:
            continue
        found = _own(record, here)
        if found:
            chain.append((record, found))
            here = found
    if chain and newest and max(day for _, day in chain) != newest:
        for record in unsure:
            record.ambiguous = True
    else:
        for record, day in chain:
            record.date = day


def _confirmed(record: Record, today: date) -> date | None:
    """The date with the year of the record's own address, if month and day fit it closely."""
    href = record.link.get("href") if record.link is not None else ""
    there = address_date(href, today)
    if there is None or record.token is None:
        return None
    found = latest(record.token.written.month, record.token.written.day, there + timedelta(days=31))
    return found if found and abs((found - there).days) <= 62 else None
