"""What people decide is written down once, holds as long as its facts do, and is never undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from rules.months import ProposalRecord, ViolationRecord
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from storage.engine import reading, transaction
from storage.models import ProposalRow, ReviewRow, Violation
from storage.proposals import replace_proposals
from storage.reviews import Decided, confirm_by_setting, decide, standing
from storage.violations import replace_month
from tests.months import DAYS, NEWS, STATS, UNREACHABLE, record, write_june
from tests.storage.test_proposals import RECORD

JUNE, NOW = "2022-06", datetime(2022, 6, 28, tzinfo=UTC)


def write(
    engine: Engine,
    violations: Sequence[ViolationRecord] = (),
    proposals: Sequence[ProposalRecord] = (),
) -> None:
    with transaction(engine) as session:
        replace_month(session, JUNE, violations)
        replace_proposals(session, JUNE, proposals)


def rule(engine: Engine, *ids: str, dismissed: bool = False, by: str = "张三") -> Decided:
    rulings = [
        Ruling(
            Reference(Subject.VIOLATION if one[0] == "V" else Subject.PROPOSAL, int(one[1:])),
            Decision.DISMISSED if dismissed else Decision.CONFIRMED,
            Dismissal.MISREAD if dismissed else None,
            "",
            by,
        )
        for one in ids
    ]
    with transaction(engine) as session:
        return decide(session, rulings, NOW)


def stand(engine: Engine) -> dict[str, str]:
    with reading(engine) as session:
        return {str(one): found.status for one, found in standing(session).items()}


def listed(engine: Engine) -> list[tuple[str, str, str, bool]]:
    with reading(engine) as session:
        rows = session.scalars(select(Violation).order_by(Violation.id))
        return [(row.target, row.family, row.status, row.upheld) for row in rows]


def test_a_decision_holds_and_is_written_down_with_who_and_when(engine: Engine) -> None:
    write(engine, [record(), UNREACHABLE])
    assert rule(engine, "V1", dismissed=True) == Decided(new=1, same=0)
    assert stand(engine) == {"V1": "dismissed", "V2": "candidate"}
    with reading(engine) as session:
        (row,) = session.scalars(select(ReviewRow))
    assert (row.month, row.subject, row.target, row.family) == (JUNE, "violation", NEWS, "stale")
    assert (row.decision, row.reason, row.reviewer) == ("dismissed", "misread", "张三")
    assert (row.at, row.rounds) == (NOW, ["2022-06-06", "2022-06-13"])


def test_the_same_decision_again_changes_nothing_and_another_is_added(engine: Engine) -> None:
    write(engine, [record()])
    rule(engine, "V1")
    assert rule(engine, "V1") == Decided(new=0, same=1)
    assert rule(engine, "V1", dismissed=True) == Decided(new=1, same=0)
    assert stand(engine) == {"V1": "dismissed"}
    with reading(engine) as session:
        assert len(session.scalars(select(ReviewRow)).all()) == 2


def test_a_dismissed_violation_stays_so_when_its_month_is_written_anew(engine: Engine) -> None:
    write(engine, [record()])
    rule(engine, "V1", dismissed=True)
    write(engine, [record(days=30)])
    write(engine, [record(rounds=(DAYS[0],), last_failed=DAYS[0])])
    assert stand(engine) == {"V1": "dismissed"}


def test_a_dismissed_violation_is_a_candidate_again_once_it_failed_on_another_day(
    engine: Engine,
) -> None:
    write(engine, [record()])
    rule(engine, "V1", dismissed=True)
    write(engine, [record(rounds=DAYS, last_failed=DAYS[2])])
    assert stand(engine) == {"V1": "candidate"}


def test_a_confirmed_violation_stays_confirmed_on_another_failing_day(engine: Engine) -> None:
    write(engine, [record()])
    rule(engine, "V1")
    write(engine, [record(rounds=DAYS, last_failed=DAYS[2])])
    assert stand(engine) == {"V1": "confirmed"}


def test_what_was_confirmed_and_is_no_longer_found_is_kept_but_not_upheld(engine: Engine) -> None:
    write(engine, [record()])
    rule(engine, "V1")
    write(engine)
    assert listed(engine) == [(NEWS, "stale", "confirmed", False)]
    write(engine, [record()])
    assert listed(engine) == [(NEWS, "stale", "confirmed", True)]


def test_a_confirmed_proposal_enters_the_violations_and_stays_when_the_month_is_written_anew(
    engine: Engine,
) -> None:
    write(engine, [UNREACHABLE], [RECORD])
    with transaction(engine) as session:
        session.scalars(select(ProposalRow)).one().evidence = ["a/1.png"]
    rule(engine, "P1")
    write(engine, [UNREACHABLE], [RECORD])
    assert listed(engine) == [
        (STATS, "unreachable", "candidate", True),
        (NEWS, "incompatible", "confirmed", True),
    ]
    with reading(engine) as session:
        row = session.scalars(select(Violation).where(Violation.rule == "P11")).one()
    assert (row.on_list, row.problem, row.evidence) == ("site", "网页不兼容", ["a/1.png"])
    assert (row.rounds, row.newest) == (["2022-06-06", "2022-06-13"], None)
    assert (row.first_failed, row.last_failed) == DAYS[:2]


def test_a_confirmed_proposal_stays_when_nothing_proposes_it_any_more(engine: Engine) -> None:
    write(engine, [], [RECORD])
    rule(engine, "P1")
    write(engine)
    assert listed(engine) == [(NEWS, "incompatible", "confirmed", True)]


def test_a_confirmed_proposal_of_an_account_stands_among_its_problems(engine: Engine) -> None:
    account = replace(RECORD, site=None, column=None, account="甲发布", platform="weibo")
    write(engine, [], [account])
    rule(engine, "P1")
    with reading(engine) as session:
        assert session.scalars(select(Violation)).one().on_list == "account_problem"


def test_a_proposal_and_its_violation_stand_and_fall_together(engine: Engine) -> None:
    write(engine, [], [RECORD])
    rule(engine, "P1")
    rule(engine, "V1", dismissed=True)
    assert stand(engine) == {"V1": "dismissed", "P1": "dismissed"}
    rule(engine, "P1")
    assert stand(engine) == {"V1": "confirmed", "P1": "confirmed"}


def test_a_dismissed_proposal_waits_again_once_it_was_seen_on_another_day(engine: Engine) -> None:
    write(engine, [], [RECORD])
    rule(engine, "P1", dismissed=True)
    write(engine, [], [RECORD])
    assert stand(engine) == {"P1": "dismissed"}
    write(engine, [], [replace(RECORD, rounds=DAYS)])
    assert stand(engine) == {"P1": "candidate"}


def test_a_dismissed_proposal_leaves_no_violation(engine: Engine) -> None:
    write(engine, [], [RECORD])
    rule(engine, "P1", dismissed=True)
    assert listed(engine) == []


def test_a_setting_confirms_its_families_where_nobody_has_decided(engine: Engine) -> None:
    write(engine, [record(), UNREACHABLE])
    with transaction(engine) as session:
        assert confirm_by_setting(session, ("stale",), "设置", NOW) == 1
    assert stand(engine) == {"V1": "confirmed", "V2": "candidate"}
    rule(engine, "V1", dismissed=True)
    write(engine, [record(rounds=DAYS, last_failed=DAYS[2])])
    with transaction(engine) as session:
        assert confirm_by_setting(session, ("stale",), "设置", NOW) == 0
    assert stand(engine)["V1"] == "candidate"


def test_a_proposal_enters_with_what_its_last_round_saw(engine: Engine) -> None:
    write_june(engine)
    write(engine, [], [RECORD])
    rule(engine, "P1")
    with reading(engine) as session:
        row = session.scalars(select(Violation).where(Violation.family == "incompatible")).one()
    assert (row.outcome, row.last_failed) == ("read", date(2022, 6, 13))
