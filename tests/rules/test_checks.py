"""What a person's signed check may say in a round, and what it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.checks import Check, judge_checked, speaks, window
from rules.duties import Duty
from rules.facts import Client, Outcome, Sight, Truth, UnknownReason
from rules.judging import conclude
from rules.kinds import ColumnKind
from rules.marks import HAD_ITEMS, MANUAL_CHECK, SCREENSHOT
from rules.months import Judged
from rules.profiles import LimitWord
from rules.register import Rounds
from tests.rules.sights import CHECK_DAY, KAIFENG, days_ago, duty, read, saw, twice

STALE, FRESH = days_ago(40), days_ago(3)
BLOCKED = (saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120, client=Client.BROWSER))
PICTURE = "ab" * 32


def june(day: int) -> date:
    return date(2022, 6, day)


def check(
    newest: date | None = STALE,
    *,
    on: date = CHECK_DAY,
    outcome: Outcome = Outcome.READ,
    signed: bool = True,
) -> Check:
    picture = PICTURE if signed else None
    return Check("示例区/动态", on, outcome, newest, "张三", picture)


def negative(outcome: Outcome, day: int, signed: bool = True) -> Check:
    return check(None, on=june(day), outcome=outcome, signed=signed)


def judged(
    sights: tuple[Sight, ...], *checks: Check, owed: Duty | None = None, had_items: bool = False
) -> Judged:
    seen = conclude(sights)
    return judge_checked(owed or duty(14), seen, checks, CHECK_DAY, KAIFENG, had_items=had_items)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (june(6), date(2022, 5, 28), june(12)),
        (june(13), june(7), june(19)),
        (june(20), june(14), june(26)),
        (june(27), june(21), date(2022, 7, 3)),
    ],
)
def test_a_check_speaks_from_the_day_after_the_last_check_day_to_six_days_after_this_one(
    day: date, first: date, last: date
) -> None:
    assert window(Rounds(), day) == (first, last)


def test_the_next_check_day_ends_it_sooner() -> None:
    assert window(Rounds(days=(20, 23)), june(20)) == (date(2022, 5, 24), june(22))


# Where the machine is blocked.


def test_a_signed_stale_date_of_the_check_day_accuses() -> None:
    found = judged(BLOCKED, check())
    assert (found.verdict.truth, found.verdict.newest) == (Truth.VIOLATION, STALE)
    assert found.outcome is Outcome.READ
    assert speaks(found.verdict)
    assert MANUAL_CHECK in found.verdict.signs


@pytest.mark.parametrize(
    "one",
    [check(signed=False), check(on=june(19)), check(on=june(19), signed=False)],
    ids=["without a picture", "before the check day", "neither"],
)
def test_without_a_picture_or_before_the_check_day_it_accuses_nobody(one: Check) -> None:
    found = judged(BLOCKED, one)
    assert (found.verdict.truth, found.verdict.reason) == (Truth.UNKNOWN, UnknownReason.BLOCKED)
    assert MANUAL_CHECK not in found.verdict.signs


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("day", [17, 20, 23])
def test_a_fresh_date_clears_with_a_picture_or_without(day: int, signed: bool) -> None:
    found = judged(BLOCKED, check(june(16), on=june(day), signed=signed))
    assert (found.verdict.truth, found.verdict.days) == (Truth.OK, 4)
    assert speaks(found.verdict) is (signed and day >= 20)


def test_an_older_check_clears_only_for_as_long_as_its_date_does() -> None:
    assert judged(BLOCKED, check(june(6), on=june(14))).verdict.truth is Truth.OK
    assert judged(BLOCKED, check(june(5), on=june(14))).verdict.truth is Truth.UNKNOWN


def test_what_was_published_after_the_check_day_is_a_repair_where_staleness_was_signed() -> None:
    repaired = check(june(22), on=june(23))
    assert judged(BLOCKED, check(), repaired).verdict.truth is Truth.VIOLATION
    assert judged(BLOCKED, repaired).verdict.truth is Truth.OK  # nobody knows how it was before


@pytest.mark.parametrize("signed", [True, False])
def test_another_check_that_saw_something_newer_leaves_it_open_or_clears(signed: bool) -> None:
    newer = check(june(1), on=june(19), signed=signed)
    found = judged(BLOCKED, check(), newer)
    assert (found.verdict.truth, found.verdict.reason) == (
        Truth.UNKNOWN,
        UnknownReason.DISAGREEMENT,
    )
    assert judged(BLOCKED, check(), replace(newer, newest=FRESH)).verdict.truth is Truth.OK


def test_a_list_without_dates_accuses_nobody() -> None:
    found = judged(BLOCKED, check(None))
    assert (found.verdict.truth, found.verdict.reason) == (Truth.UNKNOWN, UnknownReason.UNDATED)
    no_limit = duty(LimitWord.NONE, ColumnKind.TOPIC)
    assert judged(BLOCKED, check(None), owed=no_limit).verdict.truth is Truth.OK


@pytest.mark.parametrize(
    ("outcome", "rule"), [(Outcome.EMPTY, "P06"), (Outcome.CONNECT_FAILURE, "P07")]
)
def test_blank_and_down_need_two_visits(outcome: Outcome, rule: str) -> None:
    once = judged(BLOCKED, negative(outcome, 20))
    assert (once.verdict.truth, once.verdict.reason) == (Truth.UNKNOWN, UnknownReason.BLOCKED)
    twice_seen = judged(BLOCKED, negative(outcome, 20), negative(outcome, 22))
    assert (twice_seen.verdict.truth, twice_seen.verdict.rule) == (Truth.VIOLATION, rule)
    assert twice_seen.outcome is outcome


@pytest.mark.parametrize("outcome", [Outcome.EMPTY, Outcome.CONNECT_FAILURE])
def test_of_two_visits_both_need_a_picture_and_the_check_day(outcome: Outcome) -> None:
    for other in (negative(outcome, 22, signed=False), negative(outcome, 19)):
        assert judged(BLOCKED, negative(outcome, 20), other).verdict.truth is Truth.UNKNOWN


def test_blank_on_one_day_and_down_on_another_prove_neither() -> None:
    checks = (negative(Outcome.EMPTY, 20), negative(Outcome.TIMEOUT, 22))
    assert judged(BLOCKED, *checks).verdict.truth is Truth.UNKNOWN


def test_who_saw_it_open_before_clears_nothing_that_was_seen_closed_since() -> None:
    closed = (negative(Outcome.NOT_FOUND, 20), negative(Outcome.CONNECT_FAILURE, 22))
    before = check(FRESH, on=june(17))
    assert judged(BLOCKED, *closed, before).verdict.rule == "P07"
    assert judged(BLOCKED, closed[0], before).verdict.truth is Truth.UNKNOWN
    since = check(FRESH, on=june(21), signed=False)
    assert judged(BLOCKED, *closed, since).verdict.truth is Truth.OK


def test_a_column_that_had_entries_was_emptied_and_is_not_blank() -> None:
    checks = (negative(Outcome.EMPTY, 20), negative(Outcome.EMPTY, 22))
    found = judged(BLOCKED, *checks, had_items=True)
    assert (found.verdict.truth, found.verdict.rule) == (Truth.UNKNOWN, None)
    assert HAD_ITEMS in found.verdict.signs


def test_a_log_in_form_or_maintenance_says_why_and_accuses_nobody() -> None:
    found = judged(BLOCKED, negative(Outcome.SUSPENDED, 20))
    assert (found.verdict.truth, found.verdict.reason) == (Truth.UNKNOWN, UnknownReason.SUSPENDED)


# Where the machine failed or saw it empty, with one client only.


@pytest.mark.parametrize("outcome", [Outcome.EMPTY, Outcome.NOT_FOUND])
def test_a_person_is_the_second_client_of_a_machine_without_a_browser(outcome: Outcome) -> None:
    over_http = (saw(outcome), saw(outcome, minute=20))
    assert judged(over_http, negative(outcome, 20)).verdict.truth is Truth.VIOLATION
    assert judged(over_http, negative(outcome, 20, signed=False)).verdict.truth is Truth.UNKNOWN
    void = tuple(replace(sight, controls_ok=False) for sight in over_http)
    assert judged(void, negative(outcome, 20)).verdict.truth is Truth.UNKNOWN


# Where the machine read the column itself.


@pytest.mark.parametrize(
    "one",
    [check(), check(signed=False), negative(Outcome.EMPTY, 20), check(days_ago(90))],
)
def test_what_the_machine_read_as_fresh_stays_ok(one: Check) -> None:
    found = judged(twice(FRESH), one, replace(one, checked_on=june(22)))
    assert found.verdict.truth is Truth.OK
    assert MANUAL_CHECK not in found.verdict.signs


@pytest.mark.parametrize(
    "one",
    [
        check(FRESH, signed=False),
        check(FRESH, on=june(19)),
        check(june(22), on=june(23)),
        check(days_ago(90)),
        negative(Outcome.EMPTY, 20),
        negative(Outcome.CONNECT_FAILURE, 20),
    ],
    ids=["without a picture", "before", "a repair", "older", "blank", "down"],
)
def test_what_the_machine_proved_stands(one: Check) -> None:
    found = judged(twice(STALE), one)
    assert (found.verdict.truth, found.verdict.newest) == (Truth.VIOLATION, STALE)
    assert MANUAL_CHECK not in found.verdict.signs


def test_a_signed_check_that_contradicts_a_proof_leaves_it_unknown_and_never_clears() -> None:
    found = judged(twice(STALE), check(FRESH))
    assert (found.verdict.truth, found.verdict.reason) == (
        Truth.UNKNOWN,
        UnknownReason.DISAGREEMENT,
    )
    assert found.verdict.rule is found.verdict.wording is None


def test_a_signed_check_of_the_same_date_joins_the_proof() -> None:
    found = judged(twice(STALE), check())
    assert found.verdict.truth is Truth.VIOLATION
    assert speaks(found.verdict)


def test_a_column_that_two_clients_found_down_is_open_to_a_person_on_that_day_only() -> None:
    down = (saw(Outcome.NOT_FOUND), saw(Outcome.NOT_FOUND, minute=120, client=Client.BROWSER))
    assert judged(down).verdict.rule == "P07"
    assert judged(down, check(FRESH)).verdict.reason is UnknownReason.DISAGREEMENT
    assert judged(down, check(FRESH, on=june(21))).verdict.rule == "P07"
    assert judged(down, check(FRESH, signed=False)).verdict.rule == "P07"
    assert speaks(judged(down, negative(Outcome.TIMEOUT, 21)).verdict)


def test_beside_one_stale_reading_of_the_machine_a_signed_check_is_the_second() -> None:
    once = (read(STALE),)
    assert judged(once).verdict.reason is UnknownReason.ONE_SIGHT
    assert judged(once, check()).verdict.truth is Truth.VIOLATION
    assert judged(once, check(days_ago(50))).verdict.reason is UnknownReason.DISAGREEMENT
    assert judged(once, check(FRESH)).verdict.truth is Truth.OK
    for unheard in (check(FRESH, signed=False), check(june(22), on=june(23)), check(signed=False)):
        assert judged(once, unheard).verdict.reason is UnknownReason.ONE_SIGHT


def test_a_doubtful_newer_date_of_the_machine_outweighs_a_signed_stale_one() -> None:
    doubtful = (read(FRESH, confidence=0.2), read(FRESH, minute=20, confidence=0.2))
    assert judged(doubtful, check()).verdict.reason is UnknownReason.DISAGREEMENT


def test_an_empty_page_of_the_machine_and_a_signed_date_contradict_each_other() -> None:
    empty = (saw(Outcome.EMPTY), saw(Outcome.EMPTY, minute=20))
    assert judged(empty, check()).verdict.reason is UnknownReason.DISAGREEMENT


def test_signs_of_a_check_say_who_looked() -> None:
    weak = judged(BLOCKED, check(FRESH, signed=False)).verdict
    assert MANUAL_CHECK in weak.signs
    assert SCREENSHOT not in weak.signs
