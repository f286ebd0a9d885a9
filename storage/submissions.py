"""What units handed in, as it is remembered: corrected by handing it in again.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.submissions import Adjusted, Form, HandedIn, Submission
from storage.models import SubmissionRow, storable

_FIELDS = tuple(one.name for one in fields(Submission))


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of some submissions: new ones, known ones, and those that corrected another."""

    new: int
    same: int
    corrected: int


def keep_submissions(session: Session, found: Iterable[Submission], at: datetime) -> Kept:
    """Write submissions; one of the same unit, month, form and key is corrected by its new row."""
    new = same = corrected = 0
    for one in found:
        row = session.scalars(
            select(SubmissionRow).where(
                SubmissionRow.month == one.month,
                SubmissionRow.unit == one.unit,
                SubmissionRow.form == one.form,
                SubmissionRow.key == storable(one.key),
            )
        ).one_or_none()
        if row is not None and submission_of(row) == one:
            same += 1
            continue
        new, corrected = new + (row is None), corrected + (row is not None)
        row = row or SubmissionRow()
        for name in _FIELDS:
            setattr(row, name, getattr(one, name))
        row.imported_at = at
        session.add(row)
    session.flush()
    return Kept(new, same, corrected)


def submission_of(row: SubmissionRow) -> Submission:
    """The plain submission that a row stands for."""
    values = {name: getattr(row, name) for name in _FIELDS}
    counts_for = None if row.counts_for is None else Adjusted(row.counts_for)
    return Submission(**values | {"form": Form(row.form), "counts_for": counts_for})


def forms_known(session: Session) -> Mapping[tuple[str, str], Form]:
    """How each unit's month was handed in so far: as a count, or item by item."""
    query = select(SubmissionRow.month, SubmissionRow.unit, SubmissionRow.form)
    rows = session.execute(query.where(SubmissionRow.form != Form.ADJUSTMENT).distinct())
    return {(month, unit): Form(form) for month, unit, form in rows}


def handed_in(session: Session, month: str) -> Sequence[HandedIn]:
    """What each unit handed in that month, by unit; without adjustments."""
    summed = (func.sum(SubmissionRow.submitted), func.sum(SubmissionRow.adopted))
    query = (
        select(SubmissionRow.unit, *summed)
        .where(SubmissionRow.month == month, SubmissionRow.form != Form.ADJUSTMENT)
        .group_by(SubmissionRow.unit)
        .order_by(SubmissionRow.unit)
    )
    return [
        HandedIn(unit, int(sent), None if used is None else int(used))
        for unit, sent, used in session.execute(query)
    ]


def adjustments(session: Session, month: str) -> Sequence[Submission]:
    """The adjustments of a month, in the order they came in."""
    query = select(SubmissionRow).where(
        SubmissionRow.month == month, SubmissionRow.form == Form.ADJUSTMENT
    )
    return [submission_of(row) for row in session.scalars(query.order_by(SubmissionRow.id))]
