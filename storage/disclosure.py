"""Rows of annex 6: written by the monthly survey, read by the notice, decided on by people.

Every function takes a session; the caller owns the transaction. What people decided and the id
outlive every further survey of a month; a row that says something else then is a candidate again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.disclosure import Built, Row
from rules.facts import SHANGHAI, Truth
from storage.models import DisclosureRow, ObservationRow, Round, ViolationStatus


@dataclass(frozen=True, slots=True)
class FoundPlatform:
    """What a month's survey found of one platform. `claims` is plain JSON, for whoever asks why."""

    target: str
    site: str
    url: str
    row: Row
    claims: dict[str, Any]
    evidence: tuple[str, ...]
    seen_at: datetime


def keep_platform(session: Session, month: str, found: FoundPlatform) -> None:
    """Write a platform's row for a month in place of what stood there."""
    query = select(DisclosureRow).where(
        DisclosureRow.month == month, DisclosureRow.target == found.target
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        row = DisclosureRow(month=month, target=found.target)
        session.add(row)
    elif row_of(row) != found.row:
        row.status = ViolationStatus.CANDIDATE
    told = found.row
    row.unit, row.site, row.url = told.unit, found.site, found.url
    row.home_entry, row.search = told.home_entry, told.search
    row.browse, row.updated = told.browse, told.updated
    row.built, row.remark = told.built, told.remark
    row.missing, row.empty = list(told.missing), list(told.empty)
    row.claims, row.evidence = found.claims, list(found.evidence)
    row.seen_at = found.seen_at
    session.flush()


def platforms(session: Session, month: str | None = None) -> list[DisclosureRow]:
    """The rows of a month (of all), in the order in which they were first found."""
    query = select(DisclosureRow).order_by(DisclosureRow.month, DisclosureRow.id)
    if month is not None:
        query = query.where(DisclosureRow.month == month)
    return list(session.scalars(query))


def accusing(rows: Iterable[DisclosureRow]) -> list[DisclosureRow]:
    """Those of some rows that say something against a unit: only they need a person's decision."""
    return [row for row in rows if row_of(row).accuses]


def row_of(stored: DisclosureRow) -> Row:
    """A stored row as the rules know it."""
    return Row(
        unit=stored.unit,
        home_entry=Truth(stored.home_entry),
        built=Built(stored.built) if stored.built is not None else None,
        search=Truth(stored.search),
        browse=Truth(stored.browse),
        updated=Truth(stored.updated),
        missing=tuple(stored.missing),
        empty=tuple(stored.empty),
        remark=stored.remark,
    )


def seen_on(stored: DisclosureRow) -> date:
    """The Shanghai date of the look that a row rests on."""
    return stored.seen_at.astimezone(SHANGHAI).date()


def newest_read(
    session: Session, month: str, columns: Iterable[str], floor: float
) -> dict[str, date]:
    """The newest date that the month's rounds read on each of these columns, if any could be read
    with at least this confidence."""
    query = (
        select(ObservationRow.target, func.max(ObservationRow.newest))
        .join(Round, ObservationRow.round_id == Round.id)
        .where(
            ObservationRow.target.in_(list(columns)),
            ObservationRow.newest.is_not(None),
            ObservationRow.confidence >= floor,
            Round.check_date.between(*_days_of(month)),
        )
        .group_by(ObservationRow.target)
    )
    return {target: newest for target, newest in session.execute(query) if newest is not None}


def _days_of(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
