"""What people decided on findings: an append-only record, and what follows from it.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.problems import FAMILY_OF_RULE
from rules.reviewing import PROPOSED_FAMILIES, Decision, Reference, Ruling, Standing, Subject
from storage.disclosure import accusing, platforms, seen_on
from storage.models import DisclosureRow, ProposalRow, ReviewRow, Violation, ViolationStatus
from storage.proposals import enter, proposals
from storage.rectifying import note_repairs
from storage.vetoes import conclude_columns
from storage.violations import Narrow, violations

Found: TypeAlias = Violation | ProposalRow | DisclosureRow
KINDS: Mapping[Subject, type[Any]] = MappingProxyType(
    {
        Subject.VIOLATION: Violation,
        Subject.PROPOSAL: ProposalRow,
        Subject.DISCLOSURE: DisclosureRow,
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of some rulings: how many were new, how many had been made before."""

    new: int
    same: int


def standing(session: Session, month: str | None = None) -> dict[Reference, Standing]:
    """Every violation and proposal there is (of a month, YYYY-MM), and every row of annex 6 that
    says something against a unit, by the name people use."""
    narrow = Narrow(month=month)
    found = {
        Reference(Subject.VIOLATION, row.id): Standing(
            row.month, row.target, row.problem, tuple(row.rounds), row.status, row.upheld
        )
        for row in violations(session, narrow)
    }
    found |= {
        Reference(Subject.PROPOSAL, row.id): Standing(
            row.month, row.target, row.problem, tuple(row.rounds), row.status
        )
        for row in proposals(session, narrow)
    }
    return found | {
        Reference(Subject.DISCLOSURE, row.id): Standing(
            row.month, row.target, row.remark, tuple(_days(row)), row.status
        )
        for row in accusing(platforms(session, month))
    }


def decide(session: Session, rulings: Iterable[Ruling], at: datetime) -> Decided:
    """Write decisions down and let them hold. One that holds already is not written again.

    A confirmed proposal enters the violation table; the two then stand and fall together. The veto
    that counts confirmed columns (栏目不更新) is concluded anew, and what later rounds have shown
    to be repaired is marked.
    """
    new = same = 0
    months: set[str] = set()
    for ruling in rulings:
        row = _found(session, ruling.reference)
        if _holds(session, row, ruling):
            same += 1
            continue
        session.add(_review(row, ruling, at))
        if not _is_repaired(row, ruling):
            row.status = ViolationStatus(ruling.decision)
            session.flush()
            _follow(session, row)
        months.add(row.month)
        new += 1
    for month in sorted(months):
        conclude_columns(session, month)
    if new:
        note_repairs(session, at)
    return Decided(new, same)


def _found(session: Session, reference: Reference) -> Found:
    found: Found = session.get_one(KINDS[reference.subject], reference.number)
    return found


def _family(row: Found) -> str:
    if isinstance(row, DisclosureRow):
        return Subject.DISCLOSURE
    return row.family if isinstance(row, Violation) else row.rule


def _subject(row: Found) -> Subject:
    return next(subject for subject, kind in KINDS.items() if isinstance(row, kind))


def _days(row: Found) -> list[str]:
    """The days of what is decided on: failing check dates, or the day of the survey."""
    return [seen_on(row).isoformat()] if isinstance(row, DisclosureRow) else list(row.rounds)


def _review(row: Found, ruling: Ruling, at: datetime) -> ReviewRow:
    return ReviewRow(
        month=row.month,
        subject=_subject(row),
        target=row.target,
        family=_family(row),
        rounds=_days(row),
        decision=ruling.decision,
        reason=ruling.reason,
        note=ruling.note,
        reviewer=ruling.reviewer,
        at=at,
    )


def _holds(session: Session, row: Found, ruling: Ruling) -> bool:
    """Whether the row stands as ruled, by this very decision."""
    if row.status != ruling.decision and not _is_repaired(row, ruling):
        return False
    last = _last(session, row)
    return last is not None and (last.decision, last.reason, last.note, last.reviewer) == (
        ruling.decision,
        ruling.reason,
        ruling.note,
        ruling.reviewer,
    )


def reviews(session: Session, row: Violation) -> Sequence[ReviewRow]:
    """Every decision on a violation, and on the proposal that it was, oldest first."""
    names = {row.family, *(rule for rule, family in FAMILY_OF_RULE.items() if family == row.family)}
    query = select(ReviewRow).where(
        ReviewRow.month == row.month, ReviewRow.target == row.target, ReviewRow.family.in_(names)
    )
    return session.scalars(query.order_by(ReviewRow.id)).all()


def _is_repaired(row: Found, ruling: Ruling) -> bool:
    """Whether what is confirmed here has been repaired meanwhile, and stays so."""
    return row.status == ViolationStatus.RECTIFIED and ruling.decision is Decision.CONFIRMED


def _last(session: Session, row: Found) -> ReviewRow | None:
    """The last decision on a row, if there was ever one."""
    query = select(ReviewRow).where(
        ReviewRow.month == row.month,
        ReviewRow.target == row.target,
        ReviewRow.subject == _subject(row),
        ReviewRow.family == _family(row),
    )
    return session.scalars(query.order_by(ReviewRow.id.desc()).limit(1)).one_or_none()


def _follow(session: Session, row: Found) -> None:
    """Let the other row of the same finding stand as this one does."""
    if isinstance(row, ProposalRow):
        enter(session, row)
    elif isinstance(row, Violation) and row.family in PROPOSED_FAMILIES:
        query = select(ProposalRow).where(
            ProposalRow.month == row.month, ProposalRow.target == row.target
        )
        for one in session.scalars(query):
            if FAMILY_OF_RULE.get(one.rule) == row.family:
                one.status = row.status


def confirm_by_setting(
    session: Session, families: Collection[str], reviewer: str, at: datetime
) -> int:
    """Confirm the candidates of some families on which nobody has ever decided; how many."""
    query = select(Violation).where(
        Violation.status == ViolationStatus.CANDIDATE,
        Violation.family.in_(families),
        Violation.upheld,
    )
    rulings = [
        Ruling(Reference(Subject.VIOLATION, row.id), Decision.CONFIRMED, None, "", reviewer)
        for row in session.scalars(query).all()
        if _last(session, row) is None
    ]
    return decide(session, rulings, at).new
