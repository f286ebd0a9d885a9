"""What units handed in: annexes 4 and 5, and the table that analysts ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reports.tables import Table
from rules.register import Register, UnitGroup
from rules.submissions import Submission, Total, ranked, rate
from storage.submissions import adjustments, totals

FIELDS = ("unit", "group", "submitted", "adopted", "rate", "adjustments")


@dataclass(frozen=True, slots=True)
class Submissions:
    """A month's submissions: counties (annex 4) and all others (annex 5), each in its order.

    Units go by their short names here, as the annexes print them. `missing` are the units of the
    register with a group of these two that nothing came in for.
    """

    counties: tuple[Total, ...]
    others: tuple[Total, ...]
    adjustments: tuple[Submission, ...]
    missing: tuple[str, ...]

    @property
    def are_there(self) -> bool:
        """Whether anything was handed in at all."""
        return bool(self.counties or self.others)


def submissions(session: Session, month: str, register: Register) -> Submissions:
    """The submissions of a month (YYYY-MM), under the groups of a register."""
    place = {unit.name: number for number, unit in enumerate(register.units)}
    counted = sorted(totals(session, month), key=lambda one: place.get(one.unit, len(place)))
    groups = _groups(register)
    known, short = {one.unit for one in counted}, _short_names(register)

    def printed(*, counties: bool) -> tuple[Total, ...]:
        chosen = [one for one in counted if _is_county(groups, one.unit) is counties]
        return ranked(replace(one, unit=short.get(one.unit, one.unit)) for one in chosen)

    adjusted = adjustments(session, month)
    return Submissions(
        counties=printed(counties=True),
        others=printed(counties=False),
        adjustments=tuple(replace(one, unit=short.get(one.unit, one.unit)) for one in adjusted),
        missing=tuple(
            name
            for name, group in groups.items()
            if name not in known and group in (UnitGroup.COUNTY, UnitGroup.DEPARTMENT)
        ),
    )


def _short_names(register: Register) -> Mapping[str, str]:
    return {unit.name: unit.short_name for unit in register.units if unit.short_name}


def _groups(register: Register) -> Mapping[str, UnitGroup]:
    return {unit.name: unit.group for unit in register.units if unit.group is not None}


def _is_county(groups: Mapping[str, UnitGroup], unit: str) -> bool:
    return groups.get(unit) is UnitGroup.COUNTY


def submission_table(session: Session, month: str, register: Register) -> Table:
    """A month's units in the order of the annexes, counties first, with their adjustments."""
    found, short = submissions(session, month, register), _short_names(register)
    groups = {short.get(name, name): group for name, group in _groups(register).items()}
    rows = tuple(
        {
            "unit": one.unit,
            "group": groups.get(one.unit, UnitGroup.OTHER).value,
            "submitted": one.submitted,
            "adopted": one.adopted,
            "rate": rate(one.adopted, one.submitted),
            "adjustments": _adjusted(found.adjustments, one.unit),
        }
        for one in (*found.counties, *found.others)
    )
    return Table("submissions", FIELDS, rows, FIELDS, words={"group": "unit_group"})


def _adjusted(found: Sequence[Submission], unit: str) -> list[str]:
    return [f"{one.amount:+d} {one.reason}" for one in found if one.unit == unit]
