"""Proposals: what the machine only suspects, written from a month's records, read by review.

What people have decided about a row (its status) and its id outlive every rewriting, as in
`storage.violations`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.months import ProposalRecord
from storage.models import ProposalRow, ViolationStatus
from storage.violations import Narrow, Paths


def replace_proposals(
    session: Session, month: str, records: Iterable[ProposalRecord], paths: Paths | None = None
) -> None:
    """Make the proposals of `month` (YYYY-MM) what `records` say, with what was seen."""
    query = select(ProposalRow).where(ProposalRow.month == month)
    standing = {(row.target, row.rule): row for row in session.scalars(query)}
    for record in records:
        row = standing.pop((record.target, record.rule), None) or ProposalRow()
        told = asdict(record) | {
            "signs": list(record.signs),
            "rounds": [day.isoformat() for day in record.rounds],
        }
        for name, value in told.items():
            setattr(row, name, value)
        if paths is not None:
            row.evidence = paths(session, record.target, record.rounds)
        session.add(row)
    for row in standing.values():
        if row.status == ViolationStatus.CANDIDATE:
            session.delete(row)
    session.flush()


def proposals(session: Session, narrow: Narrow | None = None) -> list[ProposalRow]:
    """The proposals by month and id, narrowed as violations are."""
    narrow = narrow or Narrow()
    query = select(ProposalRow).order_by(ProposalRow.month, ProposalRow.id)
    if narrow.month is not None:
        query = query.where(ProposalRow.month == narrow.month)
    if narrow.site is not None:
        query = query.where(ProposalRow.site == narrow.site)
    rows = session.scalars(query)
    day = narrow.round and narrow.round.isoformat()
    return [row for row in rows if day is None or day in row.rounds]
