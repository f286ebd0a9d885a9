"""站点无法访问: the boundaries of the count, what leaves it, and when the next wave is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.availability import (
    LEFT_OUT,
    UNANSWERED,
    Availability,
    ControlProbe,
    DayCount,
    Doubt,
    Probe,
    Standing,
    availability,
    day_counts,
    next_wave,
    week_before,
)
from rules.facts import Outcome

SINCE, UNTIL = date(2022, 6, 13), date(2022, 6, 19)
WEEK = [SINCE + timedelta(days=number) for number in range(7)]
NOON = datetime(2022, 6, 13, 4, tzinfo=UTC)
SITE = "甲网"


def week(a_day: int, fails: int, cause: Outcome = Outcome.TIMEOUT, **first: Any) -> list[DayCount]:
    """Seven days of so many samples each; all failures, and what is odd, on the first."""
    n = first.pop("n", a_day)
    rest = [DayCount(SITE, day, n=a_day) for day in WEEK[1:]]
    return [DayCount(SITE, SINCE, n=n, causes={cause: fails}, **first), *rest]


def concluded(counts: Iterable[DayCount], until: date = UNTIL) -> Availability:
    return availability(SITE, counts, SINCE, until)


@pytest.mark.parametrize(
    ("n", "fails", "standing"),
    [
        (140, 0, Standing.OK),
        (140, 4, Standing.OK),
        (140, 5, Standing.WARN),
        (140, 6, Standing.WARN),
        (140, 7, Standing.VETO),
        (168, 5, Standing.OK),
        (168, 6, Standing.WARN),
        (168, 8, Standing.WARN),
        (168, 9, Standing.VETO),
        (336, 10, Standing.OK),
        (336, 11, Standing.WARN),
        (336, 16, Standing.WARN),
        (336, 17, Standing.VETO),
    ],
)
def test_the_standard_s_own_table(n: int, fails: int, standing: Standing) -> None:
    found = concluded(week(n // 7, fails))
    assert (found.n, found.fails, found.standing, found.doubt) == (n, fails, standing, None)
    assert found.causes == ({Outcome.TIMEOUT: fails} if fails else found.causes)


@given(n=st.integers(20, 200), fails=st.integers(0, 200))
def test_the_veto_is_at_five_in_a_hundred_and_no_sooner(n: int, fails: int) -> None:
    found = concluded(week(n, fails))
    assert (found.standing is Standing.VETO) == (fails * 100 >= 5 * 7 * n)


@pytest.mark.parametrize(
    ("first", "doubt"),
    [
        ({"n": 20}, None),
        ({"n": 19}, Doubt.TOO_FEW),
        ({"n": 0}, Doubt.TOO_FEW),
        ({"n": 19, "left_out": 1}, Doubt.BLOCKED),
        ({"n": 18, "left_out": 1}, Doubt.TOO_FEW),
        ({"n": 19, "dropped": 1}, Doubt.CONTROLS_DOWN),
        ({"n": 0, "left_out": 40}, Doubt.BLOCKED),
    ],
)
def test_every_day_needs_twenty_samples_that_count(
    first: dict[str, Any], doubt: Doubt | None
) -> None:
    found = concluded(week(48, 0, **first))
    assert found.doubt is doubt
    assert found.standing is (Standing.OK if doubt is None else Standing.UNKNOWN)


def test_a_day_without_any_sample_says_nothing_however_many_failed_on_the_others() -> None:
    found = concluded(week(48, 48)[:-1])
    assert (found.standing, found.doubt, found.least) == (Standing.UNKNOWN, Doubt.TOO_FEW, 0)


def test_less_than_a_week_says_nothing() -> None:
    found = concluded(week(48, 48), until=date(2022, 6, 18))
    assert (found.standing, found.doubt) == (Standing.UNKNOWN, Doubt.TOO_SHORT)


@pytest.mark.parametrize("cause", sorted(UNANSWERED))
def test_no_answer_accuses_whatever_kept_it(cause: Outcome) -> None:
    assert concluded(week(20, 7, cause)).standing is Standing.VETO


@pytest.mark.parametrize(
    "cause", [Outcome.NOT_FOUND, Outcome.SERVER_ERROR, Outcome.UNREADABLE, Outcome.REDIRECT_LOOP]
)
def test_error_pages_alone_wait_for_a_browser(cause: Outcome) -> None:
    found = concluded(week(20, 7, cause))
    assert (found.standing, found.doubt) == (Standing.UNKNOWN, Doubt.ONE_CLIENT)
    assert concluded(week(20, 6, cause)).standing is Standing.WARN


# Samples into counts.


def probe(
    *,
    ok: bool = True,
    outcome: Outcome = Outcome.READ,
    milliseconds: int = 800,
    at: datetime = NOON,
) -> Probe:
    return Probe(SITE, at, ok, outcome, milliseconds)


def control(seconds: float, *, ok: bool = True, of: datetime = NOON) -> ControlProbe:
    return ControlProbe(of + timedelta(seconds=seconds), ok)


UP = [control(1)]


def counted(one: Probe, controls: Iterable[ControlProbe] = UP) -> DayCount:
    [count] = day_counts([one], controls)
    return count


@pytest.mark.parametrize(
    ("milliseconds", "fails"), [(0, 0), (14_990, 0), (14_999, 0), (15_000, 1), (15_001, 1)]
)
def test_fifteen_seconds_are_too_late(milliseconds: int, fails: int) -> None:
    count = counted(probe(milliseconds=milliseconds))
    assert (count.n, count.fails) == (1, fails)
    assert count.causes == ({Outcome.TIMEOUT: 1} if fails else {})


def test_a_page_without_usable_html_failed_however_quick() -> None:
    count = counted(probe(ok=False, outcome=Outcome.UNREADABLE))
    assert count.causes == {Outcome.UNREADABLE: 1}


@pytest.mark.parametrize("outcome", sorted(LEFT_OUT))
def test_what_says_nothing_of_the_site_leaves_the_count(outcome: Outcome) -> None:
    for milliseconds in (800, 15_000):
        count = counted(probe(ok=False, outcome=outcome, milliseconds=milliseconds))
        assert (count.n, count.fails, count.left_out) == (0, 0, 1)


@pytest.mark.parametrize(
    ("controls", "n", "dropped"),
    [
        ([control(1)], 1, 0),
        ([control(1, ok=False), control(2)], 1, 0),
        ([control(119)], 1, 0),
        ([control(1, ok=False), control(2, ok=False)], 0, 1),
        ([control(-5)], 0, 1),
        ([control(120)], 0, 1),
        ([], 0, 1),
    ],
    ids=["up", "one of two", "late", "all failed", "only before", "too late", "none"],
)
def test_a_failure_counts_only_if_a_control_asked_after_it_answered(
    controls: list[ControlProbe], n: int, dropped: int
) -> None:
    count = counted(probe(ok=False, outcome=Outcome.TIMEOUT, milliseconds=15_000), controls)
    assert (count.n, count.fails, count.dropped) == (n, n, dropped)


def test_a_page_that_opened_counts_whatever_the_controls_did() -> None:
    assert counted(probe(), [control(1, ok=False)]).n == 1


def test_days_are_those_of_shanghai_and_sites_are_apart() -> None:
    before, after = (datetime(2022, 6, 13, 15, minute, tzinfo=UTC) for minute in (59, 0))
    later = datetime(2022, 6, 13, 16, 0, tzinfo=UTC)
    other = Probe("乙网", after, True, Outcome.READ, 5)
    counts = day_counts([probe(at=before), probe(at=after), probe(at=later), other], [])
    assert [(one.site, one.day.day, one.n) for one in counts] == [
        ("乙网", 13, 1),
        ("甲网", 13, 2),
        ("甲网", 14, 1),
    ]


def test_a_week_of_outages_of_our_own_line_accuses_nobody() -> None:
    instants = [NOON + timedelta(minutes=45 * number) for number in range(7 * 32)]
    probes = [probe(ok=False, outcome=Outcome.CONNECT_FAILURE, at=at) for at in instants]
    down = [control(1, ok=False, of=at) for at in instants]
    found = concluded(day_counts(probes, down))
    assert (found.n, found.fails, found.standing) == (0, 0, Standing.UNKNOWN)


# The clock.


def test_the_week_of_a_check_day_ends_on_the_day_before() -> None:
    assert week_before(date(2022, 6, 20)) == (SINCE, UNTIL)


@given(st.datetimes(datetime(2022, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_next_wave_comes_after_half_an_hour_to_fifty_minutes(last: datetime) -> None:
    due = next_wave(last)
    assert due is not None
    assert timedelta(minutes=30) <= due - last <= timedelta(minutes=50)
    assert due == next_wave(last)


def test_gaps_differ_and_a_day_holds_more_than_twenty_waves_even_with_a_lazy_clock() -> None:
    at, gaps = NOON, set()
    for _ in range(200):
        due = next_wave(at)
        assert due is not None
        gaps.add(due - at)
        at = due + timedelta(minutes=10)  # the alarm clock wakes every ten minutes
    assert len(gaps) > 15
    assert 200 / ((at - NOON) / timedelta(days=1)) > 24


def test_the_first_wave_is_due_at_once() -> None:
    assert next_wave(None) is None
