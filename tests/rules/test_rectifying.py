"""A listed problem is 已整改 when later rounds prove it, and by nothing less."""

from __future__ import annotations

from datetime import date

import pytest

from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.months import Judged
from rules.problems import Family
from rules.rectifying import PROVABLE, Failure, Repair, repair_of

FAILED, NEWEST = date(2022, 6, 13), date(2022, 5, 20)
FIRST, SECOND, THIRD = date(2022, 6, 20), date(2022, 6, 27), date(2022, 7, 6)
QUOTA = ("quota:2", "seven_days:3")


def ok(
    newest: date | None = date(2022, 6, 18), outcome: Outcome = Outcome.READ, *signs: str
) -> Judged:
    return Judged(Verdict(Truth.OK, newest=newest, signs=signs), outcome)


BAD = Judged(Verdict(Truth.VIOLATION, rule="P01", newest=NEWEST), Outcome.READ)
UNKNOWN = Judged(Verdict(Truth.UNKNOWN, UnknownReason.BLOCKED), Outcome.CHALLENGE)


def repair(*later: tuple[date, Judged], family: Family = Family.STALE) -> Repair:
    return repair_of(Failure(family, NEWEST, FAILED), later)


def test_the_first_round_that_proves_it_dates_the_repair_and_the_last_bears_it_out() -> None:
    assert repair((SECOND, ok()), (FIRST, ok()), (THIRD, ok())) == Repair(FIRST, THIRD)


def test_a_round_that_could_not_read_proves_nothing_and_undoes_nothing() -> None:
    assert repair((FIRST, UNKNOWN)) == Repair()
    assert repair((FIRST, ok()), (SECOND, UNKNOWN)) == Repair(FIRST, FIRST)


def test_a_relapse_opens_it_again_and_a_second_repair_is_dated_anew() -> None:
    assert repair((FIRST, ok()), (SECOND, BAD)) == Repair(failed_on=SECOND)
    assert repair((FIRST, ok()), (SECOND, BAD), (THIRD, ok())) == Repair(THIRD, THIRD, SECOND)


def test_what_was_seen_up_to_the_failing_round_repairs_nothing() -> None:
    assert repair((FAILED, ok()), (date(2022, 6, 6), ok())) == Repair()


@pytest.mark.parametrize(
    ("family", "judged", "proves"),
    [
        (Family.STALE, ok(NEWEST), False),  # only the limit is another now
        (Family.STALE, ok(None), False),
        (Family.STALE, ok(date(2022, 5, 21)), True),
        (Family.UNREACHABLE, ok(None), True),
        (Family.UNREACHABLE, ok(None, Outcome.TIMEOUT), False),
        (Family.BLANK, ok(None), True),
        (Family.BLANK, ok(None, Outcome.EMPTY), False),
        (Family.UNDATED, ok(None), False),
        (Family.UNDATED, ok(), True),
        (Family.ACCOUNT_STALE, ok(), True),
        (Family.ACCOUNT_STALE, ok(None), False),  # cleared by a counter: nobody knows when
        (Family.ACCOUNT_STALE, ok(date(2022, 6, 18), Outcome.READ, "not_due"), False),
        (Family.ACCOUNT_QUOTA, ok(date(2022, 6, 18), Outcome.READ, *QUOTA), True),
        (Family.ACCOUNT_QUOTA, ok(), False),  # nothing is owed any more
        (Family.INCOMPATIBLE, ok(), False),
        (Family.SITE_COLUMNS, ok(), False),
    ],
)
def test_each_problem_has_its_own_proof(family: Family, judged: Judged, proves: bool) -> None:
    assert (repair((FIRST, judged), family=family).since is not None) is proves
    assert not proves or family in PROVABLE
