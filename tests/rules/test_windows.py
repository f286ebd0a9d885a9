"""The windows of accounts: where they begin and end, in every kind of month."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import SHANGHAI
from rules.profiles import Suspension
from rules.windows import Period, midnight, touched, windows_of
from tests.rules.reads import at


def days_of(period: Period) -> tuple[date, date]:
    """The first and the last full day of a window."""
    last = period.window.until - timedelta(seconds=1)
    return period.window.since.date(), last.date()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("check", "long", "seven", "natural"),
    [
        # A Monday: both readings of a week are one.
        ("2022-06-20", "2022-06-06 06-19", "2022-06-13 06-19", "2022-06-13 06-19"),
        # A Wednesday after a month of 30 days.
        ("2022-07-06", "2022-06-22 07-05", "2022-06-29 07-05", "2022-06-27 07-03"),
        # A Sunday: its own week is not over, and does not count.
        ("2022-11-06", "2022-10-23 11-05", "2022-10-30 11-05", "2022-10-24 10-30"),
        # After the 28 and the 29 days of February.
        ("2022-03-06", "2022-02-20 03-05", "2022-02-27 03-05", "2022-02-21 02-27"),
        ("2024-03-06", "2024-02-21 03-05", "2024-02-28 03-05", "2024-02-26 03-03"),
        # Over the turn of a year.
        ("2023-01-06", "2022-12-23 01-05", "2022-12-30 01-05", "2022-12-26 01-01"),
    ],
)
def test_the_windows_of_a_check_day(check: str, long: str, seven: str, natural: str) -> None:
    windows = windows_of(day(check), 14)
    told = [days_of(one) for one in (windows.two_weeks, *windows.weekly)]
    assert [f"{since} {until:%m-%d}" for since, until in told] == [long, seven, natural]


@pytest.mark.parametrize(
    ("instant", "long", "seven", "natural"),
    [
        ("06-21 23:59", False, False, False),
        ("06-22 00:00", True, False, False),
        ("06-26 23:59", True, False, False),
        ("06-27 00:00", True, False, True),
        ("06-28 23:59", True, False, True),
        ("06-29 00:00", True, True, True),
        ("07-03 23:59", True, True, True),
        ("07-04 00:00", True, True, False),
        ("07-05 23:59", True, True, False),
        ("07-06 00:00", True, True, False),  # the check day counts in the unit's favour
        ("07-06 23:59", True, True, False),
        ("07-07 00:00", True, False, False),  # later: fewer days have passed, that is all
    ],
)
def test_where_an_update_counts_around_a_wednesday(
    instant: str, long: bool, seven: bool, natural: bool
) -> None:
    windows = windows_of(date(2022, 7, 6), 14)
    periods = (windows.two_weeks, *windows.weekly)
    assert [one.counted.holds(at(instant)) for one in periods] == [long, seven, natural]


def test_on_a_monday_both_weeks_take_the_check_day_in() -> None:
    windows = windows_of(date(2022, 6, 20), 14)
    assert windows.seven_days == windows.natural_week
    assert all(week.counted.holds(at("06-20 23:59")) for week in windows.weekly)
    assert not any(week.counted.holds(at("06-21 00:00")) for week in windows.weekly)


def test_a_window_of_seven_days_of_its_own_is_open_at_its_end_and_the_week_is_not() -> None:
    windows = windows_of(date(2022, 6, 20), 7)
    assert windows.two_weeks.window == windows.seven_days.window
    assert windows.two_weeks.counted.holds(at("06-25 12:00"))
    assert not windows.seven_days.counted.holds(at("06-25 12:00"))


@pytest.mark.parametrize(("days", "since"), [(14, "06-22"), (30, "06-06"), (3, "06-27")])
def test_a_source_must_be_read_back_to_the_earliest_window(days: int, since: str) -> None:
    reach = windows_of(date(2022, 7, 6), days).reach
    assert reach.since == at(f"{since} 00:00")
    assert reach.until == at("07-06 00:00")


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.integers(1, 366))
def test_every_window_is_of_whole_days_in_shanghai_and_ends_by_the_check_day(
    check: date, days: int
) -> None:
    windows = windows_of(check, days)
    assert windows.two_weeks.window.since == midnight(check - timedelta(days=days))
    assert windows.natural_week.window.since.weekday() == 0
    for period in (windows.two_weeks, *windows.weekly):
        for end in (period.window.since, period.window.until):
            assert end.tzinfo is SHANGHAI
            assert (end.hour, end.minute, end.second) == (0, 0, 0)
        assert period.window.since < period.window.until <= midnight(check)
        assert period.window.until <= period.counts_until


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.integers(0, 60), st.integers(1, 60))
def test_the_two_weeks_are_the_arithmetic_of_days(check: date, back: int, limit: int) -> None:
    posted = datetime.combine(check - timedelta(days=back), datetime.max.time(), SHANGHAI)
    window = windows_of(check, limit).two_weeks.counted
    assert window.holds(posted) is ((check - posted.date()).days <= limit)


@pytest.mark.parametrize(
    ("since", "until", "touches"),
    [
        ("2022-06-01", "2022-06-05", False),
        ("2022-06-01", "2022-06-06", True),
        ("2022-06-10", "2022-06-10", True),
        ("2022-06-19", "2022-06-30", True),
        ("2022-06-20", "2022-06-30", False),
        ("2022-05-01", "2022-07-30", True),
    ],
)
def test_a_suspension_touches_by_its_days(since: str, until: str, touches: bool) -> None:
    found = touched({"春节": Suspension(day(since), day(until))}, windows_of(day("2022-06-20"), 14))
    assert bool(found) is touches
