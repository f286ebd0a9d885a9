"""The monthly survey as it is remembered: what is to be surveyed, and what was found on sites.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from rules.facts import Truth
from rules.site_checks import CHECKS, SiteCheck
from storage.models import SiteCheckRow, SurveyRow

CRASHES_ALLOWED = 2  # then a target is left alone: it is our own fault, and nobody's problem
VOIDS_ALLOWED = 3  # passes without a living control, before a run leaves a target to a later one


class SurveyState(StrEnum):
    """Where one target of a month's survey stands."""

    PENDING = "pending"  # never looked at
    AGAIN = "again"  # something negative is looked at again, not before `not_before`
    DONE = "done"
    GIVEN_UP = "given_up"  # children died on it


OPEN = (SurveyState.PENDING, SurveyState.AGAIN)


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """One target of a month's survey that may be looked at, with what the pass before found."""

    id: int
    kind: str
    target: str
    passes: int
    found: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class FoundCheck:
    """A check of a site in a month, as it stands."""

    month: str
    site: str
    check: SiteCheck
    at: datetime


def owe(
    session: Session,
    month: str,
    targets: Iterable[tuple[str, str]],
    *,
    simulated: bool,
    again: bool = False,
) -> None:
    """Write what a month's survey owes, given as kind and target; what stands there stays, unless
    it is to be done `again`. A new run gives every target its chances anew."""
    known = {(row.kind, row.target): row for row in rows_of(session, month)}
    for kind, target in targets:
        row = known.get((kind, target))
        if row is None:
            row = SurveyRow(month=month, kind=kind, target=target, simulated=simulated)
            session.add(row)
            continue
        row.voids = 0
        if again:
            row.state, row.passes, row.found = SurveyState.PENDING, 0, None
            row.not_before, row.crashes = None, 0


def rows_of(session: Session, month: str) -> list[SurveyRow]:
    """Everything a month's survey owes or has done."""
    query = select(SurveyRow).where(SurveyRow.month == month)
    return list(session.scalars(query.order_by(SurveyRow.id)))


def has_surveys(session: Session, *, simulated: bool) -> bool:
    """Whether any survey of this sort was ever begun."""
    query = select(SurveyRow.id).where(SurveyRow.simulated == simulated).limit(1)
    return session.scalar(query) is not None


def tasks(session: Session, ids: Collection[int]) -> list[SurveyTask]:
    """The tasks of a child, in the order in which they were owed."""
    query = select(SurveyRow).where(SurveyRow.id.in_(ids)).order_by(SurveyRow.id)
    return [
        SurveyTask(row.id, row.kind, row.target, row.passes, row.found)
        for row in session.scalars(query)
    ]


def record(
    session: Session,
    task: SurveyTask,
    *,
    state: SurveyState,
    found: dict[str, Any] | None,
    at: datetime,
    not_before: datetime | None,
) -> None:
    """Write down one finished pass over a target."""
    values = {"state": state, "found": found, "at": at, "not_before": not_before, "voids": 0}
    session.execute(
        update(SurveyRow).where(SurveyRow.id == task.id).values(passes=task.passes + 1, **values)
    )


def record_void(session: Session, task: SurveyTask, not_before: datetime) -> None:
    """A pass near which no control answered: it counts for nothing, and comes again."""
    session.execute(
        update(SurveyRow)
        .where(SurveyRow.id == task.id)
        .values(voids=SurveyRow.voids + 1, not_before=not_before)
    )


def note_crashes(session: Session, ids: Iterable[int]) -> None:
    """Children died with these in hand; who was in hand too often is given up."""
    for one in ids:
        row = session.get_one(SurveyRow, one)
        row.crashes += 1
        if row.crashes >= CRASHES_ALLOWED and row.state in OPEN:
            row.state = SurveyState.GIVEN_UP


def keep_checks(
    session: Session, month: str, site: str, checks: Iterable[SiteCheck], at: datetime
) -> None:
    """Write what was found on a site in a month in place of what stood there by the same codes."""
    kept = list(checks)
    codes = [check.code for check in kept]
    session.execute(
        delete(SiteCheckRow).where(
            SiteCheckRow.month == month, SiteCheckRow.site == site, SiteCheckRow.code.in_(codes)
        )
    )
    session.add_all(_row(month, site, check, at) for check in kept)


def site_checks(
    session: Session, month: str | None = None, site: str | None = None
) -> list[FoundCheck]:
    """What surveys found, by month and site, in the order of the table of checks."""
    query = select(SiteCheckRow)
    if month is not None:
        query = query.where(SiteCheckRow.month == month)
    if site is not None:
        query = query.where(SiteCheckRow.site == site)
    order = {code: place for place, code in enumerate(CHECKS)}
    rows = [row for row in session.scalars(query.order_by(SiteCheckRow.id)) if row.code in order]
    rows.sort(key=lambda row: (row.month, row.site, order[row.code]))
    return [FoundCheck(row.month, row.site, _check(row), row.at) for row in rows]


def last_survey(session: Session) -> str | None:
    """The latest month of which anything was surveyed."""
    return session.scalar(select(func.max(SurveyRow.month)))


def _row(month: str, site: str, check: SiteCheck, at: datetime) -> SiteCheckRow:
    plain = check.to_plain()
    return SiteCheckRow(
        month=month,
        site=site,
        code=check.code,
        truth=check.truth,
        decides=check.by,
        count=check.count,
        places=[dict(place) for place in plain["places"]],
        reason=check.reason,
        evidence=list(check.evidence),
        at=at,
    )


def _check(row: SiteCheckRow) -> SiteCheck:
    fields = {
        "code": row.code,
        "truth": Truth(row.truth),
        "count": row.count,
        "places": row.places,
        "reason": row.reason,
        "evidence": row.evidence,
    }
    return SiteCheck.from_plain(fields)
