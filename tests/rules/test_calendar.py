"""Check days, and which round is due when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import (
    check_days,
    due_round,
    latest_check_day,
    missed_rounds,
    month_check_days,
    next_check_day,
    start_of,
    survey_month,
)
from rules.facts import SHANGHAI
from rules.register import Rounds

ROUNDS = Rounds()


def shanghai(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@pytest.mark.parametrize("month", ["2022-06", "2022-02", "2024-02", "2022-12", "2023-01"])
def test_every_month_has_its_four_check_days(month: str) -> None:
    days = month_check_days(ROUNDS, month)
    assert [day.day for day in days] == [6, 13, 20, 27]
    assert {f"{day:%Y-%m}" for day in days} == {month}
    assert check_days(ROUNDS, days[2]) == days


@pytest.mark.parametrize(
    ("today", "latest"),
    [
        (date(2022, 6, 6), date(2022, 6, 6)),
        (date(2022, 6, 5), date(2022, 5, 27)),
        (date(2022, 6, 30), date(2022, 6, 27)),
        (date(2022, 7, 1), date(2022, 6, 27)),
        (date(2022, 3, 1), date(2022, 2, 27)),
        (date(2024, 2, 29), date(2024, 2, 27)),
        (date(2023, 1, 3), date(2022, 12, 27)),
    ],
)
def test_the_latest_check_day(today: date, latest: date) -> None:
    assert latest_check_day(ROUNDS, today) == latest


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2022, 6, 6), date(2022, 6, 13)),
        (date(2022, 6, 27), date(2022, 7, 6)),
        (date(2022, 2, 27), date(2022, 3, 6)),
        (date(2022, 12, 27), date(2023, 1, 6)),
        (date(2024, 1, 31), date(2024, 2, 6)),
    ],
)
def test_the_next_check_day(day: date, following: date) -> None:
    assert next_check_day(ROUNDS, day) == following


def test_a_round_starts_at_the_registers_hour_in_shanghai() -> None:
    assert start_of(ROUNDS, date(2022, 6, 6)) == datetime(2022, 6, 6, 0, 0, tzinfo=UTC)


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SIXTH, THIRTEENTH, TWENTIETH = date(2022, 6, 6), date(2022, 6, 13), date(2022, 6, 20)


@pytest.mark.parametrize(
    ("now", "statuses", "due"),
    [
        (shanghai(SIXTH, 7, 59), {}, date(2022, 5, 27)),
        (shanghai(SIXTH, 7, 59), {date(2022, 5, 27): "complete"}, None),
        (shanghai(SIXTH), {}, SIXTH),
        (shanghai(SIXTH), {SIXTH: "open"}, SIXTH),
        (shanghai(SIXTH), {SIXTH: "incomplete"}, SIXTH),
        (shanghai(SIXTH), {SIXTH: "blind"}, SIXTH),
        (shanghai(SIXTH), {SIXTH: "complete"}, None),
        (shanghai(SIXTH), {SIXTH: "missed"}, None),
        # Catching up lasts until the next check day starts.
        (shanghai(date(2022, 6, 10)), {SIXTH: "blind"}, SIXTH),
        (shanghai(THIRTEENTH, 7, 59), {SIXTH: "blind"}, SIXTH),
        (shanghai(THIRTEENTH), {SIXTH: "blind"}, THIRTEENTH),
    ],
)
def test_which_round_is_due(now: datetime, statuses: dict[date, str], due: date | None) -> None:
    assert due_round(ROUNDS, now, statuses) == due
    assert due_round(ROUNDS, now.astimezone(UTC), statuses) == due


@pytest.mark.parametrize(
    ("now", "statuses", "missed"),
    [
        (shanghai(TWENTIETH), {}, ()),
        (shanghai(TWENTIETH), {SIXTH: "complete"}, (THIRTEENTH,)),
        (shanghai(TWENTIETH, 7, 59), {SIXTH: "complete"}, ()),
        (shanghai(TWENTIETH), {SIXTH: "open", THIRTEENTH: "blind"}, (SIXTH, THIRTEENTH)),
        (shanghai(TWENTIETH), {SIXTH: "missed", THIRTEENTH: "complete"}, ()),
        (shanghai(TWENTIETH), {SIXTH: "complete", TWENTIETH: "open"}, (THIRTEENTH,)),
        # A round asked for on another day of the month is the ledger's, too.
        (shanghai(TWENTIETH), {date(2022, 6, 8): "incomplete"}, (date(2022, 6, 8), THIRTEENTH)),
        (
            shanghai(date(2022, 7, 7)),
            {THIRTEENTH: "complete"},
            (TWENTIETH, date(2022, 6, 27)),
        ),
    ],
)
def test_what_is_missed_once_the_next_check_day_starts(
    now: datetime, statuses: dict[date, str], missed: tuple[date, ...]
) -> None:
    assert missed_rounds(ROUNDS, now, statuses) == missed


@given(
    st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: LONG_AGO + timedelta(minutes=minutes)),
    st.lists(st.integers(1, 28), min_size=1, max_size=5, unique=True),
)
def test_a_round_is_due_at_every_instant_and_its_end_is_the_next_ones_start(
    now: datetime, days: list[int]
) -> None:
    rounds = Rounds(days=tuple(sorted(days)))
    due = due_round(rounds, now, {})
    assert due is not None
    assert start_of(rounds, due) <= now < start_of(rounds, next_check_day(rounds, due))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_walking_the_check_days_skips_none(day: date) -> None:
    following = next_check_day(ROUNDS, day)
    assert latest_check_day(ROUNDS, following) == following
    assert latest_check_day(ROUNDS, following - timedelta(days=1)) <= day


@pytest.mark.parametrize(
    ("now", "statuses", "month"),
    [
        (datetime(2022, 6, 27, 12, tzinfo=SHANGHAI), {date(2022, 6, 27): "complete"}, "2022-06"),
        (datetime(2022, 7, 5, 23, tzinfo=SHANGHAI), {date(2022, 6, 27): "missed"}, "2022-06"),
        (datetime(2022, 6, 28, 12, tzinfo=SHANGHAI), {date(2022, 6, 27): "incomplete"}, None),
        (datetime(2022, 6, 28, 12, tzinfo=SHANGHAI), {}, None),
        (datetime(2022, 6, 21, 12, tzinfo=SHANGHAI), {date(2022, 6, 20): "complete"}, None),
        (datetime(2022, 7, 6, 12, tzinfo=SHANGHAI), {date(2022, 6, 27): "complete"}, None),
    ],
)
def test_a_month_is_surveyed_after_its_last_round_and_before_the_next_one(
    now: datetime, statuses: dict[date, str], month: str | None
) -> None:
    assert survey_month(ROUNDS, now, statuses) == month
