"""Signed checks as they are remembered: one a target and day, corrected by writing it again.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.checks import Check
from rules.facts import Outcome
from storage.kept import Kept
from storage.models import ItemRow, ManualCheck

ROWS_AT_ONCE = 500  # databases bound the parameters of one statement
_FIELDS = tuple(one.name for one in fields(Check))


def keep_checks(session: Session, checks: Iterable[Check], at: datetime) -> Kept[Check]:
    """Write checks; one of a target and day that stands already is corrected by its new row."""
    new, same, corrected = 0, 0, []
    for check in checks:
        row = session.scalars(
            select(ManualCheck).where(
                ManualCheck.target == check.target, ManualCheck.checked_on == check.checked_on
            )
        ).one_or_none()
        if row is None:
            session.add(ManualCheck(**_values(check), imported_at=at))
            session.flush()
            new += 1
        elif check_of(row) == check:
            same += 1
        else:
            corrected.append(check_of(row))
            for name, value in _values(check).items():
                setattr(row, name, value)
            row.imported_at = at
    session.flush()
    return Kept(new, same, tuple(corrected))


def _values(check: Check) -> dict[str, object]:
    return {name: getattr(check, name) for name in _FIELDS}


def check_of(row: ManualCheck) -> Check:
    """The plain check that a row stands for."""
    return Check(
        target=row.target,
        checked_on=row.checked_on,
        outcome=Outcome(row.outcome),
        newest=row.newest,
        person=row.person,
        screenshot=row.screenshot,
        note=row.note,
    )


def checks_between(
    session: Session, since: date, until: date, target: str | None = None
) -> Mapping[str, Sequence[Check]]:
    """The checks made between two civil dates (both inclusive), by target, by day; or of one
    target alone."""
    query = select(ManualCheck).where(ManualCheck.checked_on.between(since, until))
    if target is not None:
        query = query.where(ManualCheck.target == target)
    found: dict[str, list[Check]] = defaultdict(list)
    for row in session.scalars(query.order_by(ManualCheck.checked_on, ManualCheck.id)):
        found[row.target].append(check_of(row))
    return found


def known_to_have_had_items(session: Session, targets: Sequence[str]) -> frozenset[str]:
    """Those of some targets on which an entry was seen, by the machine or by a person."""
    found: set[str] = set()
    for start in range(0, len(targets), ROWS_AT_ONCE):
        some = targets[start : start + ROWS_AT_ONCE]
        found.update(
            session.scalars(select(ItemRow.target).where(ItemRow.target.in_(some)).distinct()),
            session.scalars(
                select(ManualCheck.target).where(
                    ManualCheck.target.in_(some), ManualCheck.outcome == Outcome.READ
                )
            ),
        )
    return frozenset(found)
