"""Looking again: when, how often, and what a void sight counts for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.rechecks import next_look, wave_at
from rules.facts import Client, Outcome, Sight

BEGAN = datetime(2022, 6, 6, 0, 30, tzinfo=UTC)
SCHEDULE = (timedelta(minutes=20), timedelta(hours=2))


def failed(minutes: float, controls_ok: bool | None = True) -> Sight:
    at = BEGAN + timedelta(minutes=minutes)
    return Sight(at, Client.HTTP, Outcome.TIMEOUT, controls_ok=controls_ok)


def after(sights: list[Sight], **more: object) -> float | None:
    found = next_look(sights, wanted=True, recheck_after=SCHEDULE, **more)  # type: ignore[arg-type]
    return None if found is None else (found.at - BEGAN).total_seconds() / 60


def test_what_needs_no_other_look_stands_at_once() -> None:
    assert next_look([failed(0)], wanted=False, recheck_after=SCHEDULE) is None


@pytest.mark.parametrize(
    ("minutes", "again"), [([0], 20), ([0, 20], 120), ([0, 25], 125), ([0, 20, 120], None)]
)
def test_re_checks_are_counted_from_the_first_look(
    minutes: list[float], again: float | None
) -> None:
    assert after([failed(minute) for minute in minutes]) == again


def test_a_void_sight_does_not_count() -> None:
    assert after([failed(0, controls_ok=False)]) == 20
    assert after([failed(0, controls_ok=False), failed(20)]) == 40


def test_a_server_may_ask_us_to_wait_longer_but_not_to_come_sooner() -> None:
    assert after([failed(0)], retry_after=3600) == 60
    assert after([failed(0)], retry_after=1) == 20


def test_without_a_schedule_the_first_valid_look_stands() -> None:
    assert next_look([failed(0)], wanted=True, recheck_after=()) is None


def test_one_wave_takes_what_comes_due_together_and_leaves_the_laggard() -> None:
    waiting = [BEGAN + timedelta(seconds=seconds) for seconds in (0, 30, 85, 600)]
    assert wave_at(waiting) == BEGAN + timedelta(seconds=85)
    assert wave_at([]) is None
