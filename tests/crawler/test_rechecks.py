"""Looking again: when, how often, and what a void sight counts for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.rechecks import next_look, wave_at
from rules.facts import Client, NextLook, Outcome, Purpose, Sight

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


def step(*sights: Sight, **more: object) -> NextLook | None:
    options: dict[str, object] = {"wanted": True, "recheck_after": SCHEDULE, "browser": True}
    return next_look(sights, **{**options, **more})  # type: ignore[arg-type]


def seen(
    outcome: Outcome, minutes: float, client: Client, purpose: Purpose, **more: object
) -> Sight:
    at = BEGAN + timedelta(minutes=minutes)
    return Sight(at, client, outcome, purpose=purpose, controls_ok=True, **more)  # type: ignore[arg-type]


def over_http(outcome: Outcome, minutes: float = 0, **more: object) -> Sight:
    return seen(outcome, minutes, Client.HTTP, Purpose.READ, **more)


@pytest.mark.parametrize("recheck_after", [SCHEDULE, SCHEDULE[1:]])
def test_the_last_re_check_is_the_browsers(recheck_after: tuple[timedelta, ...]) -> None:
    sights = [over_http(Outcome.NOT_FOUND)]
    clients = []
    while found := step(*sights, recheck_after=recheck_after):
        clients.append((found.client, found.purpose))
        minutes = (found.at - BEGAN).total_seconds() / 60
        sights.append(seen(Outcome.NOT_FOUND, minutes, found.client, found.purpose))
    assert clients[:-1] == [(Client.HTTP, Purpose.PROVE)] * (len(recheck_after) - 1)
    assert clients[-1] == (Client.BROWSER, Purpose.PROVE)


@pytest.mark.parametrize(
    "first",
    [
        over_http(Outcome.SCRIPT_SHELL),
        over_http(Outcome.FORWARD),
        over_http(Outcome.CHALLENGE),
        over_http(Outcome.READ, confidence=0.2),
    ],
)
def test_what_plain_http_cannot_read_goes_to_the_browser_at_once(first: Sight) -> None:
    assert step(first) == NextLook(BEGAN, Client.BROWSER, Purpose.READ)
    later = NextLook(BEGAN + SCHEDULE[0], Client.HTTP, Purpose.PROVE)
    assert step(first, browser=False) == later
    assert step(first, worth_rendering=False) == later


def test_a_render_costs_no_re_check_and_what_it_alone_could_read_stays_with_the_browser() -> None:
    shell = over_http(Outcome.SCRIPT_SHELL)
    rendered = seen(Outcome.READ, 1, Client.BROWSER, Purpose.READ, confidence=0.9)
    assert step(shell, rendered) == NextLook(
        rendered.at + SCHEDULE[0], Client.BROWSER, Purpose.PROVE
    )
    in_vain = seen(Outcome.SCRIPT_SHELL, 1, Client.BROWSER, Purpose.READ)
    assert step(shell, in_vain) == NextLook(in_vain.at + SCHEDULE[0], Client.HTTP, Purpose.PROVE)


def test_a_void_render_is_taken_again_by_the_browser() -> None:
    shell = over_http(Outcome.SCRIPT_SHELL)
    void = Sight(BEGAN, Client.BROWSER, Outcome.TIMEOUT, controls_ok=False)
    assert step(shell, void) == NextLook(BEGAN + SCHEDULE[0], Client.BROWSER, Purpose.READ)


def test_a_failure_is_no_matter_for_the_browser_before_the_last_re_check() -> None:
    assert step(over_http(Outcome.TIMEOUT)) == NextLook(
        BEGAN + SCHEDULE[0], Client.HTTP, Purpose.PROVE
    )


def test_one_wave_takes_what_comes_due_together_and_leaves_the_laggard() -> None:
    waiting = [BEGAN + timedelta(seconds=seconds) for seconds in (0, 30, 85, 600)]
    assert wave_at(waiting) == BEGAN + timedelta(seconds=85)
    assert wave_at([]) is None


@pytest.mark.parametrize(
    "outcome", [Outcome.EMPTY, Outcome.SCRIPT_SHELL, Outcome.UNREADABLE, Outcome.CHALLENGE]
)
def test_a_page_that_plain_http_read_lately_is_seen_by_the_browser_last(outcome: Outcome) -> None:
    looks = [over_http(outcome), seen(outcome, 20, Client.HTTP, Purpose.PROVE)]
    steps = [step(*looks[:count], plain_lately=True) for count in (1, 2)]
    assert [(one.client, one.purpose) for one in steps if one] == [
        (Client.HTTP, Purpose.PROVE),
        (Client.BROWSER, Purpose.PROVE),
    ]


@pytest.mark.parametrize(("outcome", "signs"), [(Outcome.EMPTY, ()), (Outcome.READ, ("cut_off",))])
def test_what_may_pass_by_itself_is_asked_once_more_before_it_is_rendered(
    outcome: Outcome, signs: tuple[str, ...]
) -> None:
    first, second = (
        seen(outcome, at, Client.HTTP, Purpose.READ, signs=signs, confidence=0.4) for at in (0, 20)
    )
    steps = [step(first), step(first, second)]
    assert [(one.client, one.purpose) for one in steps if one] == [
        (Client.HTTP, Purpose.PROVE),
        (Client.BROWSER, Purpose.READ),
    ]


def test_without_a_schedule_the_browser_is_asked_at_once() -> None:
    found = step(over_http(Outcome.EMPTY), plain_lately=True, recheck_after=())
    assert found is not None
    assert found.client is Client.BROWSER
