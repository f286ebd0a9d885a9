"""When a column publishes: all its days, past and to come, as a pure function of its name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.data import RhythmRule

LAST = date(2022, 8, 5)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing appears between `after` and `until`; both days have an item. None: never again."""

    after: date
    until: date | None = None


def publication_days(
    rule: RhythmRule, start: date, quiet: tuple[Quiet, ...], name: str
) -> tuple[date, ...]:
    """The days of all items from `start` to the end of the city's time, ascending.

    A day may stand twice: two items on one day.
    """
    draw = chance("days", name)
    days = sorted(_days(rule, start, draw))
    for gap in quiet:
        days = _with_gap(days, gap)
    return tuple(days)


def _days(rule: RhythmRule, start: date, draw: Random) -> Iterator[date]:
    if rule.months:
        yield from _monthly(rule, start, draw)
    elif rule.every:
        yield from _every(rule.every, start, draw)


def _monthly(rule: RhythmRule, start: date, draw: Random) -> Iterator[date]:
    # One fixed day, so that two neighbours never lie further apart than the months do.
    day = draw.randint(*rule.days)
    for year in range(start.year, LAST.year + 1):
        for month in rule.months:
            if start <= date(year, month, day) <= LAST:
                yield date(year, month, day)


def _every(span: tuple[int, int], start: date, draw: Random) -> Iterator[date]:
    day = start
    while day <= LAST:
        yield _workday(day, span)
        if span[1] <= 3 and draw.random() < 0.25:
            yield _workday(day, span)
        day += timedelta(days=draw.randint(*span))


def _workday(day: date, span: tuple[int, int]) -> date:
    """Offices rest at weekends, unless that would stretch a short rhythm."""
    late = day.weekday() - SATURDAY + 1
    return day - timedelta(days=late) if late > 0 and span[1] > 3 else day


def _with_gap(days: list[date], gap: Quiet) -> list[date]:
    before = days[: bisect_left(days, gap.after)]
    after = [] if gap.until is None else [gap.until, *days[bisect_right(days, gap.until) :]]
    return [*before, gap.after, *after]
