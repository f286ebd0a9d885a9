"""Appeals (申诉) as they are remembered, append-only, and what follows from their decisions.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.appealing import AppealStep
from rules.reviewing import Decision, Dismissal, Reference, Ruling, Subject
from storage.models import AppealRow, Violation
from storage.models import ViolationStatus as Status
from storage.reviews import decide
from storage.vetoes import conclude_columns

_AS_DECISION: Mapping[AppealStep, tuple[Decision, Dismissal | None]] = {
    AppealStep.REDUCED: (Decision.DISMISSED, Dismissal.APPEAL),
    AppealStep.MAINTAINED: (Decision.CONFIRMED, None),
}


@dataclass(frozen=True, slots=True)
class AppealFile:
    """An attachment: the name it came under, its path in the evidence folder, hash and size."""

    name: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says in one step of an appeal: what, who, on which day (Shanghai)."""

    text: str
    person: str
    day: date
    files: tuple[AppealFile, ...] = ()


def lodge(session: Session, row: Violation, said: Saying, at: datetime) -> None:
    """Take a unit's appeal: until it is decided the violation stands in no notice."""
    _write(session, row, AppealStep.LODGED, said, at)
    row.status = Status.APPEALED
    session.flush()
    conclude_columns(session, row.month)  # the veto counts what is confirmed


def settle_appeal(
    session: Session, row: Violation, step: AppealStep, said: Saying, at: datetime
) -> None:
    """Decide an appeal: 核减 dismisses the violation, 维持 confirms it anew, as a review does."""
    decision, reason = _AS_DECISION[step]
    _write(session, row, step, said, at)
    ruling = Ruling(Reference(Subject.VIOLATION, row.id), decision, reason, said.text, said.person)
    decide(session, [ruling], at)


def _write(session: Session, row: Violation, step: AppealStep, said: Saying, at: datetime) -> None:
    session.add(
        AppealRow(
            month=row.month,
            target=row.target,
            family=row.family,
            step=step,
            text=said.text,
            person=said.person,
            day=said.day,
            files=[asdict(one) for one in said.files],
            at=at,
        )
    )


def appeals(session: Session, row: Violation | None = None) -> Sequence[AppealRow]:
    """The steps of one violation's appeals, or of all, oldest first."""
    query = select(AppealRow).order_by(AppealRow.id)
    if row is not None:
        query = query.where(
            AppealRow.month == row.month,
            AppealRow.target == row.target,
            AppealRow.family == row.family,
        )
    return session.scalars(query).all()
