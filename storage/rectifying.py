"""Repairs (整改) of listed problems: found in later rounds or recorded by a person, append-only.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.facts import Outcome
from rules.months import Judged
from rules.problems import Family
from rules.rectifying import PROVABLE, Failure, Repair, RepairStep, repair_of
from storage.models import RectificationRow, Round, RoundStatus, VerdictRow, Violation
from storage.models import ViolationStatus as Status
from storage.verdicts import verdict_of

WATCHED = timedelta(days=366)  # how long after its last failing round a problem is looked after
Watched = tuple[Violation, list[tuple[date, Judged]]]


@dataclass(frozen=True, slots=True)
class Noted:
    """What one pass over the listed problems changed, by id."""

    rectified: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()


def note_repairs(session: Session, at: datetime) -> Noted:
    """Mark what later complete rounds prove to be repaired, and open again what failed since."""
    session.flush()
    watched = _watched(session)
    last = _last_steps(session) if watched else {}
    rectified: list[int] = []
    reopened: list[int] = []
    for row, later in watched:
        repair = repair_of(Failure(Family(row.family), row.newest, row.last_failed), later)
        step = _step(row, repair, last.get((row.month, row.target, row.family)))
        if step is None:
            continue
        session.add(step)
        step.at = at
        is_repaired = step.step == RepairStep.RECTIFIED
        row.status = Status.RECTIFIED if is_repaired else Status.CONFIRMED
        (rectified if is_repaired else reopened).append(row.id)
    session.flush()
    return Noted(tuple(rectified), tuple(reopened))


def _step(row: Violation, repair: Repair, last: RectificationRow | None) -> RectificationRow | None:
    """What follows for one problem; None if it stands as it should."""
    if row.status == Status.RECTIFIED and last is not None and last.person:
        failed = max(repair.failed_on or row.last_failed, row.last_failed)
        return _reopened(row, failed) if failed > last.day else None
    if repair.since is not None and repair.seen_on is not None:
        if row.status == Status.RECTIFIED and last is not None and last.day == repair.since:
            return None
        return _event(row, RepairStep.RECTIFIED, repair.since, repair.seen_on)
    if row.status == Status.RECTIFIED:
        return _reopened(row, repair.failed_on or row.last_failed)
    return None


def _reopened(row: Violation, day: date) -> RectificationRow:
    return _event(row, RepairStep.REOPENED, day, day)


def _event(
    row: Violation, step: RepairStep, day: date, seen_on: date, person: str = "", note: str = ""
) -> RectificationRow:
    return RectificationRow(
        month=row.month,
        target=row.target,
        family=row.family,
        step=step,
        day=day,
        seen_on=seen_on,
        person=person,
        note=note,
    )


def _watched(session: Session) -> Sequence[Watched]:
    """The listed problems that rounds can show to be repaired, each with what complete rounds
    after its last failing one say of its target, under their own profiles."""
    newest = session.scalar(select(func.max(Round.check_date)))
    if newest is None:
        return ()
    rows = {
        row.id: row
        for row in session.scalars(
            select(Violation)
            .where(Violation.status.in_((Status.CONFIRMED, Status.RECTIFIED)), Violation.upheld)
            .where(Violation.family.in_(PROVABLE), Violation.last_failed >= newest - WATCHED)
            .order_by(Violation.id)
        )
    }
    later = _later(session, newest - WATCHED) if rows else {}
    return [(row, later.get(number, [])) for number, row in rows.items()]


def _later(session: Session, since: date) -> Mapping[int, list[tuple[date, Judged]]]:
    query = (
        select(Violation.id, Round.check_date, VerdictRow)
        .join(Round, Round.check_date > Violation.last_failed)
        .join(
            VerdictRow,
            (VerdictRow.round_id == Round.id) & (VerdictRow.target == Violation.target),
        )
        .where(Violation.status.in_((Status.CONFIRMED, Status.RECTIFIED)), Violation.upheld)
        .where(Violation.last_failed >= since, Round.status == RoundStatus.COMPLETE)
        .where(VerdictRow.profile_hash == Round.profile_hash)
    )
    found: dict[int, list[tuple[date, Judged]]] = defaultdict(list)
    for number, day, verdict in session.execute(query):
        found[number].append((day, Judged(verdict_of(verdict), Outcome(verdict.outcome))))
    return found


def record(
    session: Session, row: Violation, *, person: str, note: str, day: date, at: datetime
) -> None:
    """Write down that a person found a problem repaired on a day (Shanghai)."""
    step = _event(row, RepairStep.RECTIFIED, day, day, person, note)
    step.at = at
    session.add(step)
    row.status = Status.RECTIFIED
    session.flush()


def _last_steps(session: Session) -> Mapping[tuple[str, str, str], RectificationRow]:
    """The step that holds of each repair: by month, target and family."""
    rows = session.scalars(select(RectificationRow).order_by(RectificationRow.id))
    return {(row.month, row.target, row.family): row for row in rows}


def repairs(session: Session, row: Violation) -> Sequence[RectificationRow]:
    """The history of a problem's repair, oldest first."""
    query = select(RectificationRow).where(
        RectificationRow.month == row.month,
        RectificationRow.target == row.target,
        RectificationRow.family == row.family,
    )
    return session.scalars(query.order_by(RectificationRow.id)).all()
