"""What units handed in: annexes 4 and 5, and the table that analysts ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reports.tables import Table
from rules.register import Register, Standing, UnitGroup
from rules.submissions import HandedIn, Submission, Total, ranked, rate
from rules.veto_facts import site_names
from storage.adoptions import adopted, counted_sites, without_source
from storage.submissions import adjustments, handed_in

FIELDS = ("unit", "group", "submitted", "adopted", "rate", "adjustments")


@dataclass(frozen=True, slots=True)
class Differing:
    """A unit whose file says another number of adopted pieces than the portal's own pages."""

    unit: str
    told: int
    found: int


@dataclass(frozen=True, slots=True)
class Submissions:
    """A month's submissions: counties (annex 4) and all others (annex 5), each in its order.

    Units go by their short names here, as the annexes print them. `missing` are the units of the
    register with a group of these two that nothing came in for, `uncounted` those whose file
    leaves what was adopted to the portal, which nobody has counted: they stand in no annex.
    `more` are units of which more was adopted than they handed in.
    """

    counties: tuple[Total, ...]
    others: tuple[Total, ...]
    adjustments: tuple[Submission, ...]
    missing: tuple[str, ...]
    uncounted: tuple[str, ...] = ()
    differing: tuple[Differing, ...] = ()
    unsourced: int = 0  # pieces on the portal that name no source

    @property
    def are_there(self) -> bool:
        """Whether anything was handed in at all."""
        return bool(self.counties or self.others)

    @property
    def more(self) -> tuple[str, ...]:
        """Units of which more was adopted than they handed in."""
        return tuple(
            one.unit for one in (*self.counties, *self.others) if one.adopted > one.submitted
        )


def submissions(session: Session, month: str, register: Register) -> Submissions:
    """The submissions of a month (YYYY-MM), under the groups of a register."""
    place = {unit.name: number for number, unit in enumerate(register.units)}
    told = sorted(handed_in(session, month), key=lambda one: place.get(one.unit, len(place)))
    portal = _published(session, month, register)
    counted = [one for one in (_total(one, portal) for one in told) if one is not None]
    groups, short = _groups(register), _short_names(register)

    def printed(*, counties: bool) -> tuple[Total, ...]:
        chosen = [one for one in counted if _is_county(groups, one.unit) is counties]
        return ranked(replace(one, unit=short.get(one.unit, one.unit)) for one in chosen)

    return Submissions(
        counties=printed(counties=True),
        others=printed(counties=False),
        adjustments=tuple(
            replace(one, unit=short.get(one.unit, one.unit)) for one in adjustments(session, month)
        ),
        missing=tuple(
            name
            for name, group in groups.items()
            if name not in {one.unit for one in told}
            and group in (UnitGroup.COUNTY, UnitGroup.DEPARTMENT)
        ),
        uncounted=tuple(one.unit for one in told if _total(one, portal) is None),
        differing=tuple(_differing(told, portal)),
        unsourced=without_source(session, month),
    )


def _published(session: Session, month: str, register: Register) -> Mapping[str | None, int]:
    """What all portals together published, by unit; nothing while one of several is not counted,
    for what is missing would be missing from somebody's number."""
    known = counted_sites(session, month)
    adopting = [one for one in register.sites if one.adopts and one.status is Standing.RUNNING]
    is_whole = all(known.intersection(site_names(one)) for one in adopting)
    return adopted(session, month) if is_whole else {}


def _total(one: HandedIn, portal: Mapping[str | None, int]) -> Total | None:
    """What a unit's month comes to; None where what was adopted is nowhere to be had."""
    if one.adopted is not None:
        return Total(one.unit, one.submitted, one.adopted)
    return Total(one.unit, one.submitted, portal.get(one.unit, 0)) if portal else None


def _differing(told: Sequence[HandedIn], portal: Mapping[str | None, int]) -> Iterator[Differing]:
    for one in told:
        found = portal.get(one.unit, 0)
        if portal and one.adopted is not None and one.adopted != found:
            yield Differing(one.unit, one.adopted, found)


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
