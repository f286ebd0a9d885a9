"""The violation table: written from a month's records, read by every report.

The machine only proposes. What people have decided about a row (its status) and the id under
which they know it outlive every rewriting; a row that is no longer true goes only while nobody
has decided anything. A dismissal holds for the check days that it was made on: a row that failed
on another day since is a candidate again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rules.problems import ROUND_FAMILIES
from rules.reviewing import PROPOSED_FAMILIES, Subject
from storage.models import ProposalRow, ReviewRow, Violation, ViolationStatus

if TYPE_CHECKING:
    from rules.months import ViolationRecord

# What a record says anew each time; `status` is kept by others.
_TOLD = (
    "site",
    "account",
    "unit",
    "column",
    "kind",
    "platform",
    "problem",
    "rule",
    "newest",
    "days",
    "limit",
    "url",
    "outcome",
    "first_failed",
    "last_failed",
)


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which rows are asked for; None leaves a door open. `month` is YYYY-MM, `site` a full name."""

    month: str | None = None
    round: date | None = None
    site: str | None = None


# Says where the evidence of a target on some check days lies: paths in the evidence folder.
Paths = Callable[[Session, str, Iterable[date]], list[str]]


def replace_month(
    session: Session,
    month: str,
    records: Iterable[ViolationRecord],
    paths: Paths | None = None,
    *,
    families: Collection[str] = ROUND_FAMILIES,
) -> None:
    """Make the violations of `month` (YYYY-MM) what `records` say, with what proves them.

    Only rows of `families` are touched: what rounds conclude, unless it is said otherwise.

    A row that was there keeps its id and status; one that no record tells of any more is removed
    while it is a candidate, and else no longer upheld. What came from a confirmed proposal is none
    of the records' and stays. The same records again change nothing.
    """
    decided = last_decisions(session, month, Subject.VIOLATION)
    standing = {
        (row.target, row.family): row
        for row in session.scalars(select(Violation).where(Violation.month == month))
        if row.family in families
    }
    for record in records:
        row = standing.pop((record.target, record.family), None)
        if row is None:
            row = Violation(month=month, target=record.target, family=record.family)
            session.add(row)
        _tell(row, record)
        if is_reopened(row, decided.get((row.target, row.family))):
            row.status = ViolationStatus.CANDIDATE
        if paths is not None:
            row.evidence = paths(session, record.target, record.rounds)
    for row in standing.values():
        if row.status == ViolationStatus.CANDIDATE:
            session.delete(row)
        elif row.family not in PROPOSED_FAMILIES:
            row.upheld = False
    session.flush()


def last_decisions(
    session: Session, month: str, subject: Subject
) -> Mapping[tuple[str, str], ReviewRow]:
    """The decision that holds on each violation, or proposal, of a month: by target and family."""
    query = select(ReviewRow).where(ReviewRow.month == month, ReviewRow.subject == subject)
    rows = session.scalars(query.order_by(ReviewRow.id))
    return {(row.target, row.family): row for row in rows}


def is_reopened(row: Violation | ProposalRow, decided: ReviewRow | None) -> bool:
    """Whether a dismissed row failed on a check day that nobody had seen when dismissing it."""
    return (
        row.status == ViolationStatus.DISMISSED
        and decided is not None
        and not set(row.rounds) <= set(decided.rounds)
    )


def _tell(row: Violation, record: ViolationRecord) -> None:
    for name in _TOLD:
        setattr(row, name, getattr(record, name))
    row.on_list = record.list
    row.upheld = True
    row.rounds = [day.isoformat() for day in record.rounds]


def violations(session: Session, narrow: Narrow | None = None) -> list[Violation]:
    """The violations by month and id, narrowed. `narrow.round` means: it failed on that day."""
    narrow = narrow or Narrow()
    rows = session.scalars(_narrowed(narrow).order_by(Violation.month, Violation.id))
    if narrow.round is None:
        return list(rows)
    return [row for row in rows if narrow.round.isoformat() in row.rounds]


def _narrowed(narrow: Narrow) -> Select[Violation]:
    query = select(Violation)
    if narrow.month is not None:
        query = query.where(Violation.month == narrow.month)
    if narrow.site is not None:
        query = query.where(Violation.site == narrow.site)
    if narrow.round is not None:
        query = query.where(Violation.first_failed <= narrow.round)
        query = query.where(Violation.last_failed >= narrow.round)
    return query
