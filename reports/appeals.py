"""The appeals as a table: what units say, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.tables import Cell, Table
from rules.appealing import AppealStep
from rules.reviewing import Reference, Subject
from storage.appeals import appeals
from storage.models import AppealRow, Violation

FIELDS = (
    "id",
    "month",
    "site",
    "account",
    "unit",
    "column",
    "problem",
    "appeal",
    "lodged_on",
    "lodged_by",
    "appeal_text",
    "files",
    "decided_on",
    "decided_by",
    "decided_why",
)
SHOWN = ("id", "unit", "problem", "appeal", "lodged_on", "lodged_by", "decided_on", "decided_by")


def appeal_table(session: Session, month: str | None) -> Table:
    """Every appeal (against the violations of a month, YYYY-MM), oldest first."""
    rows = tuple(_rows(session, month))
    return Table("appeals", FIELDS, rows, SHOWN, words={"appeal": "appeal_step"})


def _rows(session: Session, month: str | None) -> Iterator[Mapping[str, Cell]]:
    known = {(row.month, row.target, row.family): row for row in session.scalars(select(Violation))}
    waiting: dict[tuple[str, str, str], AppealRow] = {}
    found: list[tuple[AppealRow, AppealRow | None]] = []
    for step in appeals(session):
        key = (step.month, step.target, step.family)
        if step.step == AppealStep.LODGED:
            waiting[key] = step
        elif key in waiting:
            found.append((waiting.pop(key), step))
    found += [(lodged, None) for lodged in waiting.values()]
    for lodged, decided in sorted(found, key=lambda pair: pair[0].id):
        row = known.get((lodged.month, lodged.target, lodged.family))
        if row is not None and month in (None, row.month):
            yield _told(row, lodged, decided)


def _told(row: Violation, lodged: AppealRow, decided: AppealRow | None) -> Mapping[str, Cell]:
    return {
        "id": str(Reference(Subject.VIOLATION, row.id)),
        **{name: getattr(row, name) for name in FIELDS[1:7]},
        "appeal": (decided or lodged).step,
        "lodged_on": lodged.day,
        "lodged_by": lodged.person,
        "appeal_text": lodged.text,
        "files": [str(one["path"]) for one in lodged.files],
        "decided_on": decided and decided.day,
        "decided_by": decided and decided.person,
        "decided_why": decided and decided.text,
    }
