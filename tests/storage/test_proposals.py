"""What waits for review is kept as people left it, and goes when nobody has decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, update

from rules.months import ProposalRecord
from storage.engine import reading, transaction
from storage.models import ProposalRow
from storage.proposals import proposals, replace_proposals
from storage.violations import Narrow
from tests.months import DAYS, NEWS, STATS

RECORD = ProposalRecord(
    month="2022-06",
    target=NEWS,
    rule="P11",
    problem="网页不兼容",
    site="甲区政府网",
    account=None,
    unit="甲区政府",
    column="基层动态",
    kind="news",
    platform=None,
    url="http://jia.example.test/dt/",
    signs=("incompatible_plugin",),
    rounds=(DAYS[0], DAYS[1]),
)
OTHER = replace(RECORD, target=STATS, site="乙局网", rounds=(DAYS[1],))


def write(engine: Engine, *records: ProposalRecord) -> None:
    with transaction(engine) as session:
        replace_proposals(session, "2022-06", records)


def found(engine: Engine, narrow: Narrow | None = None) -> Sequence[ProposalRow]:
    with reading(engine) as session:
        return proposals(session, narrow)


def test_a_record_waits_for_review(engine: Engine) -> None:
    write(engine, RECORD)
    (row,) = found(engine)
    assert (row.target, row.problem, row.status) == (NEWS, "网页不兼容", "candidate")
    assert row.rounds == ["2022-06-06", "2022-06-13"]


def test_writing_again_keeps_the_row_and_tells_what_is_new(engine: Engine) -> None:
    write(engine, RECORD)
    (before,) = found(engine)
    write(engine, replace(RECORD, rounds=DAYS))
    (after,) = found(engine)
    assert (after.id, after.rounds) == (before.id, [day.isoformat() for day in DAYS])


@pytest.mark.parametrize(("status", "left"), [("candidate", 0), ("dismissed", 1), ("confirmed", 1)])
def test_only_what_nobody_has_decided_falls(engine: Engine, status: str, left: int) -> None:
    write(engine, RECORD)
    with transaction(engine) as session:
        session.execute(update(ProposalRow).values(status=status))
    write(engine)
    assert [row.status for row in found(engine)] == [status] * left


@pytest.mark.parametrize(
    ("narrow", "targets"),
    [
        (Narrow(), [NEWS, STATS]),
        (Narrow(month="2022-05"), []),
        (Narrow(site="乙局网"), [STATS]),
        (Narrow(round=DAYS[0]), [NEWS]),
        (Narrow(round=date(2022, 6, 27)), []),
    ],
)
def test_rows_are_narrowed(engine: Engine, narrow: Narrow, targets: list[str]) -> None:
    write(engine, RECORD, OTHER)
    assert [row.target for row in found(engine, narrow)] == targets
