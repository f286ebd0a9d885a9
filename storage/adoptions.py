"""What a portal published in a month, by its sources: the other half of annexes 4 and 5.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from rules.adoptions import Piece
from storage.models import AdoptionRow


def keep_adoptions(
    session: Session, month: str, site: str, pieces: Iterable[Piece], at: datetime
) -> None:
    """Write what a portal published in a month, in the place of what was known before."""
    session.execute(delete(AdoptionRow).where(AdoptionRow.month == month, AdoptionRow.site == site))
    session.add_all(
        AdoptionRow(
            month=month,
            site=site,
            url=piece.url,
            title=piece.title,
            day=piece.day,
            source=piece.source,
            unit=piece.unit,
            seen_at=at,
        )
        for piece in pieces
    )
    session.flush()


def adopted(session: Session, month: str) -> Mapping[str | None, int]:
    """How many pieces of a month (YYYY-MM) name each unit; under None those that name nobody
    known. Empty: no portal was counted."""
    query = select(AdoptionRow.unit, func.count()).where(AdoptionRow.month == month)
    return {unit: count for unit, count in session.execute(query.group_by(AdoptionRow.unit))}  # noqa: C416  rows are typed


def counted_sites(session: Session, month: str) -> frozenset[str]:
    """The sites whose pieces of a month (YYYY-MM) were counted."""
    query = select(AdoptionRow.site).where(AdoptionRow.month == month).distinct()
    return frozenset(session.scalars(query))


def without_source(session: Session, month: str) -> int:
    """How many of a month's pieces name no source or could not be read: they count for nobody."""
    query = select(func.count()).select_from(AdoptionRow)
    return (
        session.scalar(query.where(AdoptionRow.month == month, AdoptionRow.source.is_(None))) or 0
    )


def strangers(session: Session, month: str) -> Mapping[str, int]:
    """Sources of a month's pieces that are no unit of the register, most frequent first."""
    query = (
        select(AdoptionRow.source, func.count())
        .where(AdoptionRow.month == month, AdoptionRow.unit.is_(None))
        .where(AdoptionRow.source.is_not(None))
        .group_by(AdoptionRow.source)
        .order_by(func.count().desc(), AdoptionRow.source)
    )
    return {str(source): count for source, count in session.execute(query)}
