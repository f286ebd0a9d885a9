"""The violation table says what is true now, and forgets nothing that people decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select, text, update

from rules.months import ViolationRecord
from storage.engine import reading, transaction
from storage.models import Violation
from storage.violations import Narrow, replace_month, violations
from tests.months import DAYS, NEWS, STATS, UNREACHABLE, record, write_june

JUNE = "2022-06"

# The contract of design, section 5.
VIOLATION_FIELDS = (
    *("id", "list", "site", "account", "unit", "column", "kind", "platform", "problem", "rule"),
    *("newest", "days", "limit", "url", "outcome", "rounds", "first_failed", "last_failed"),
    *("status", "evidence"),
)


def write(engine: Engine, *records: ViolationRecord, month: str = JUNE) -> None:
    with transaction(engine) as session:
        replace_month(session, month, records)


def decide(engine: Engine, target: str, status: str) -> None:
    with transaction(engine) as session:
        session.execute(update(Violation).where(Violation.target == target).values(status=status))


def found(engine: Engine, narrow: Narrow | None = None) -> Sequence[Violation]:
    with reading(engine) as session:
        return violations(session, narrow)


def test_a_record_becomes_a_candidate(engine: Engine) -> None:
    write(engine, record())
    (row,) = found(engine)
    assert (row.month, row.target, row.family) == (JUNE, NEWS, "stale")
    assert (row.on_list, row.site, row.problem) == ("site", "甲区政府网", "超过2周未更新")
    assert (row.newest, row.days, row.limit) == (date(2022, 5, 20), 24, 14)
    assert row.rounds == ["2022-06-06", "2022-06-13"]
    assert (row.first_failed, row.last_failed) == (DAYS[0], DAYS[1])
    assert (row.status, row.evidence) == ("candidate", [])


def test_the_same_records_again_change_nothing(engine: Engine) -> None:
    write(engine, record(), UNREACHABLE)
    before = [(row.id, row.target, row.days, row.rounds) for row in found(engine)]
    write(engine, record(), UNREACHABLE)
    assert [(row.id, row.target, row.days, row.rounds) for row in found(engine)] == before


@pytest.mark.parametrize("status", ["candidate", "confirmed", "dismissed", "appealed"])
def test_a_later_round_updates_a_row_and_keeps_its_id_and_status(
    engine: Engine, status: str
) -> None:
    write(engine, record(rounds=(DAYS[0],), last_failed=DAYS[0], days=17))
    (first,) = found(engine)
    decide(engine, NEWS, status)
    write(engine, record())
    (row,) = found(engine)
    assert (row.id, row.status) == (first.id, status)
    assert (row.days, row.last_failed) == (24, DAYS[1])


def test_evidence_of_a_row_survives_its_rewriting(engine: Engine) -> None:
    write(engine, record())
    with transaction(engine) as session:
        for row in session.scalars(select(Violation)):
            row.evidence = ["ab" * 32]
    write(engine, record(days=31))
    assert [row.evidence for row in found(engine)] == [["ab" * 32]]


def test_a_candidate_that_is_no_longer_true_goes(engine: Engine) -> None:
    write(engine, record(), UNREACHABLE)
    write(engine, record())
    assert [row.target for row in found(engine)] == [NEWS]


@pytest.mark.parametrize("status", ["confirmed", "dismissed", "appealed", "rectified"])
def test_what_people_have_decided_on_stays(engine: Engine, status: str) -> None:
    write(engine, record(), UNREACHABLE)
    decide(engine, STATS, status)
    write(engine, record())
    assert [(row.target, row.status) for row in found(engine)] == [
        (NEWS, "candidate"),
        (STATS, status),
    ]


def test_another_month_is_left_alone(engine: Engine) -> None:
    write(engine, record())
    write(engine, month="2022-07")
    write(engine, replace(record(), month="2022-05"), month="2022-05")
    assert [row.month for row in found(engine)] == ["2022-05", JUNE]


def test_an_id_is_never_given_twice(engine: Engine) -> None:
    write(engine, record())
    (gone,) = found(engine)
    write(engine)
    write(engine, record())
    (row,) = found(engine)
    assert row.id > gone.id


@pytest.mark.parametrize(
    ("narrow", "targets"),
    [
        (Narrow(), [NEWS, STATS]),
        (Narrow(month=JUNE), [NEWS, STATS]),
        (Narrow(month="2022-05"), []),
        (Narrow(round=DAYS[0]), [NEWS]),
        (Narrow(round=DAYS[1]), [NEWS, STATS]),
        (Narrow(round=date(2022, 6, 10)), []),  # between two failing check days
        (Narrow(site="乙局网"), [STATS]),
        (Narrow(site="乙"), []),
        (Narrow(JUNE, DAYS[1], "甲区政府网"), [NEWS]),
    ],
)
def test_rows_are_narrowed_by_month_round_and_site(
    engine: Engine, narrow: Narrow, targets: list[str]
) -> None:
    write_june(engine)
    assert [row.target for row in found(engine, narrow)] == targets


def test_the_table_reads_well_in_plain_sql(engine: Engine) -> None:
    """The published columns first, in their order, days and texts as anybody writes them."""
    write_june(engine)
    with engine.connect() as connection:
        result = connection.execute(text("SELECT * FROM violation ORDER BY id"))
        assert tuple(result.keys())[:20] == VIOLATION_FIELDS
        row = result.mappings().first()
    assert row is not None
    assert row["problem"] == "超过2周未更新"
    assert str(row["newest"]) == "2022-05-20"
    assert row["rounds"] in ('["2022-06-06", "2022-06-13"]', ["2022-06-06", "2022-06-13"])
