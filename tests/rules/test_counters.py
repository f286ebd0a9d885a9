"""The profile's counter as a second witness."""

from __future__ import annotations

import pytest

from rules.counters import CounterRead, growths, reads_of
from rules.windows import windows_of
from tests.rules.reads import MONDAY, at, partial, shown

TWO_WEEKS = windows_of(MONDAY, 14).two_weeks.counted


def reads(*told: tuple[str, int], source: str = "a") -> list[CounterRead]:
    return [CounterRead(source, at(time), total) for time, total in told]


@pytest.mark.parametrize(
    ("told", "amounts"),
    [
        ([("06-06 08:00", 10), ("06-13 08:00", 12), ("06-20 08:00", 12)], [2]),
        ([("06-13 08:00", 12), ("06-06 08:00", 10)], [2]),
        ([("06-06 08:00", 10), ("06-13 08:00", 9), ("06-20 08:00", 10)], [1]),
        ([("06-06 08:00", 10), ("06-20 08:00", 10)], []),
        ([("06-06 08:00", 10), ("06-20 08:00", 9)], []),
        # A read before the window: nobody knows on which side of its edge the post was.
        ([("06-05 23:59", 10), ("06-20 08:00", 11)], []),
        ([("06-20 08:00", 10)], []),
        ([("06-13 08:00", 0), ("06-20 08:00", 40)], []),
        ([("06-13 08:00", 40), ("06-13 08:00", 41)], []),
        ([("06-13 08:00", 41), ("06-13 08:00", 40), ("06-20 08:00", 42)], [1]),
    ],
)
def test_growth_between_two_reads_inside_the_window(
    told: list[tuple[str, int]], amounts: list[int]
) -> None:
    assert [one.amount for one in growths(reads(*told), TWO_WEEKS)] == amounts


def test_two_sources_count_different_things() -> None:
    told = [*reads(("06-06 08:00", 10)), *reads(("06-20 08:00", 99), source="b")]
    assert growths(told, TWO_WEEKS) == ()


def test_a_read_is_of_when_the_origin_was_read() -> None:
    stale = shown(profile_total=7, fresh_as_of=at("06-18 08:00"))
    unknown = partial(profile_total=8, fresh_as_of=None)
    assert reads_of([stale, unknown, shown()]) == (
        CounterRead(stale.source, at("06-18 08:00"), 7),
        CounterRead(unknown.source, at("06-20 08:00"), 8),
    )
