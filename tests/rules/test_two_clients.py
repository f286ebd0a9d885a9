"""What the browser, a learned data call, opened articles and a signed check prove, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.facts import Client, Outcome, Sight, Truth, UnknownReason
from rules.judging import needs_another_look
from rules.kinds import ColumnKind
from rules.marks import (
    ARTICLES_DATE,
    ARTICLES_UNDATED,
    ARTICLES_UNORDERED,
    BACKDATED,
    ENDPOINT,
    FIRST_SEEN,
    HAD_ITEMS,
    INCOMPATIBLE,
    SCREENSHOT,
)
from tests.rules.sights import CHECK_DAY, KAIFENG, days_ago, duty, judged, read, saw, twice

STALE, FRESH = days_ago(40), days_ago(3)
BROWSER, PERSON = Client.BROWSER, Client.PERSON


def undated(minute: int, client: Client, *signs: str) -> Sight:
    return read(None, minute=minute, client=client, signs=signs, confidence=0.3)


def test_an_accusation_that_the_browser_confirms_stands() -> None:
    verdict = judged(duty(14), *twice(STALE), read(STALE, minute=120, client=BROWSER))
    assert (verdict.truth, verdict.newest) == (Truth.VIOLATION, STALE)


def test_something_newer_in_the_browser_clears() -> None:
    verdict = judged(duty(14), *twice(STALE), read(FRESH, minute=120, client=BROWSER))
    assert verdict.truth is Truth.OK


@pytest.mark.parametrize(
    "outcome", [Outcome.TIMEOUT, Outcome.CHALLENGE, Outcome.NOT_FOUND, Outcome.EMPTY]
)
def test_a_browser_that_does_not_show_the_same_leaves_it_open(outcome: Outcome) -> None:
    verdict = judged(duty(14), *twice(STALE), saw(outcome, minute=120, client=BROWSER))
    assert (verdict.truth, verdict.reason) == (Truth.UNKNOWN, UnknownReason.DISAGREEMENT)


def test_a_doubtful_other_date_in_the_browser_leaves_it_open() -> None:
    other = read(days_ago(60), minute=120, client=BROWSER, confidence=0.2)
    assert judged(duty(14), *twice(STALE), other).truth is Truth.UNKNOWN


def test_a_browser_of_ours_that_broke_saw_nothing() -> None:
    broke = saw(Outcome.OUR_FAULT, minute=120, client=BROWSER)
    assert judged(duty(14), *twice(STALE), broke).truth is Truth.VIOLATION


def test_a_first_render_that_was_too_slow_is_made_good_by_a_later_one() -> None:
    slow = saw(Outcome.SCRIPT_SHELL, minute=1, client=BROWSER)
    later = [read(STALE, minute=at, client=BROWSER) for at in (20, 120)]
    verdict = judged(duty(14), saw(Outcome.SCRIPT_SHELL), slow, *later)
    assert verdict.truth is Truth.VIOLATION


def test_a_data_call_alone_never_accuses_and_with_the_browser_it_does() -> None:
    calls = twice(STALE, signs=(ENDPOINT,))
    alone = judged(duty(14), *calls)
    assert (alone.truth, alone.reason) == (Truth.UNKNOWN, UnknownReason.NEEDS_BROWSER)
    proved = judged(duty(14), *calls, read(STALE, minute=120, client=BROWSER))
    assert proved.truth is Truth.VIOLATION
    assert judged(duty(14), read(FRESH, signs=(ENDPOINT,))).truth is Truth.OK


def test_articles_without_dates_count_as_not_updated_once_the_browser_saw_none_either() -> None:
    over_http = [undated(minute, Client.HTTP, ARTICLES_UNDATED) for minute in (0, 20)]
    alone = judged(duty(14), *over_http)
    assert (alone.truth, alone.reason) == (Truth.UNKNOWN, UnknownReason.ONE_CLIENT)
    verdict = judged(duty(14), *over_http, undated(120, BROWSER, ARTICLES_UNDATED))
    assert (verdict.truth, verdict.rule) == (Truth.VIOLATION, "NO_DATE")


@pytest.mark.parametrize("signs", [(), ("undated",)])
def test_one_look_whose_articles_were_not_read_spoils_that_proof(signs: tuple[str, ...]) -> None:
    over_http = [undated(0, Client.HTTP, ARTICLES_UNDATED), undated(20, Client.HTTP, *signs)]
    verdict = judged(duty(14), *over_http, undated(120, BROWSER, ARTICLES_UNDATED))
    assert (verdict.truth, verdict.reason) == (Truth.UNKNOWN, UnknownReason.UNDATED)


def test_new_entries_under_old_dates_wait_for_a_person_but_fresh_dates_clear() -> None:
    verdict = judged(duty(14), *twice(STALE, signs=(BACKDATED,)))
    assert (verdict.truth, verdict.reason) == (Truth.UNKNOWN, UnknownReason.BACKDATED)
    assert judged(duty(14), *twice(FRESH, signs=(BACKDATED,))).truth is Truth.OK


@pytest.mark.parametrize("sign", sorted(INCOMPATIBLE))
def test_what_no_browser_shows_well_is_never_an_automatic_verdict(sign: str) -> None:
    empty = [
        saw(Outcome.EMPTY),
        replace(saw(Outcome.EMPTY, minute=120, client=BROWSER), signs=(sign,)),
    ]
    verdict = judged(duty(14, ColumnKind.NEWS), *empty)
    assert (verdict.truth, verdict.reason) == (Truth.UNKNOWN, UnknownReason.INCOMPATIBLE)
    assert verdict.rule is verdict.wording is None
    assert judged(duty(14), read(FRESH, signs=(sign,))).truth is Truth.OK


def test_a_column_whose_entries_are_remembered_was_emptied_and_is_not_blank() -> None:
    empty = [
        replace(saw(Outcome.EMPTY, minute=minute, client=client), signs=(HAD_ITEMS,))
        for minute, client in ((0, Client.HTTP), (120, BROWSER))
    ]
    verdict = judged(duty(14), *empty)
    assert verdict.truth is Truth.UNKNOWN
    assert judged(duty(14), *(replace(one, signs=()) for one in empty)).rule == "P06"


def test_a_signed_check_with_a_picture_speaks_where_the_machine_is_blocked() -> None:
    blocked = [saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120, client=BROWSER)]
    signed = read(STALE, minute=200, client=PERSON, confidence=1.0, signs=(SCREENSHOT,))
    assert judged(duty(14), *blocked, signed).truth is Truth.VIOLATION
    without = replace(signed, signs=())
    assert judged(duty(14), *blocked, without).truth is Truth.UNKNOWN
    assert judged(duty(14), *blocked, replace(without, newest=FRESH)).truth is Truth.OK


def test_a_signed_check_never_outweighs_something_newer_that_the_machine_read() -> None:
    signed = read(STALE, minute=200, client=PERSON, confidence=1.0, signs=(SCREENSHOT,))
    assert judged(duty(14), *twice(FRESH), signed).truth is Truth.OK


@pytest.mark.parametrize("outcome", [Outcome.READ, Outcome.EMPTY, Outcome.TIMEOUT])
def test_a_check_without_a_picture_is_no_second_sight(outcome: Outcome) -> None:
    newest = STALE if outcome is Outcome.READ else None
    seen = replace(read(newest), outcome=outcome)
    person = replace(seen, client=PERSON, at=read(minute=200).at, confidence=1.0)
    assert judged(duty(14), seen, person).truth is Truth.UNKNOWN
    assert judged(duty(14), person, person).reason is UnknownReason.ONE_SIGHT
    signed = replace(person, signs=(SCREENSHOT,))
    assert judged(duty(14), seen, signed).truth is Truth.VIOLATION


def test_with_a_browser_nothing_is_settled_before_it_has_looked() -> None:
    sights = twice(STALE)
    assert not needs_another_look(duty(14), sights, CHECK_DAY, KAIFENG)
    assert needs_another_look(duty(14), sights, CHECK_DAY, KAIFENG, browser=True)
    seen = (*sights, read(STALE, minute=120, client=BROWSER))
    assert not needs_another_look(duty(14), seen, CHECK_DAY, KAIFENG, browser=True)
    assert not needs_another_look(duty(14), [read(FRESH)], CHECK_DAY, KAIFENG, browser=True)


@pytest.mark.parametrize("sign", [FIRST_SEEN, ARTICLES_UNORDERED])
def test_dates_of_first_sights_and_of_articles_in_no_order_clear_and_never_accuse(
    sign: str,
) -> None:
    def looks(newest: date) -> list[Sight]:
        clients = (Client.HTTP, Client.HTTP, BROWSER)
        return [
            read(newest, minute=60 * n, client=client, signs=(sign,))
            for n, client in enumerate(clients)
        ]

    verdict = judged(duty(14), *looks(STALE))
    assert (verdict.truth, verdict.reason) == (Truth.UNKNOWN, UnknownReason.UNDATED)
    assert judged(duty(14), *looks(FRESH)).truth is Truth.OK


def test_dates_that_articles_show_from_new_to_old_may_accuse() -> None:
    clients = ((0, Client.HTTP), (20, Client.HTTP), (120, BROWSER))
    looks = [read(STALE, minute=at, client=who, signs=(ARTICLES_DATE,)) for at, who in clients]
    assert judged(duty(14), *looks).truth is Truth.VIOLATION
