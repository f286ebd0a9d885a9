"""Annex 6 of a notice: the rows of the month's survey as far as people confirmed them.

A fault that nobody has confirmed is printed as 未核实, never as 0; a draft shows it, marked. A row
that contradicts itself stops the notice: it is never printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from rules.disclosure import Built, Cell, Row, breaches
from rules.disclosure_reviewing import LIFTED, edited, edits_of, lifted
from rules.errors import XunjianError
from rules.facts import Truth
from rules.register import Register, Standing
from rules.reviewing import Dismissal, Reference, Subject
from rules.words import say
from storage.disclosure import platforms, row_of
from storage.models import DisclosureRow, ReviewRow, ViolationStatus
from storage.violations import last_decisions

DIGIT: Mapping[Truth, int | None] = MappingProxyType(
    {Truth.OK: 1, Truth.VIOLATION: 0, Truth.UNKNOWN: None}
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One row as it is printed. `waits`: it shows faults that nobody has confirmed (drafts)."""

    row: Row
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Disclosures:
    """The rows of annex 6, the rows that wait for a decision, the units whose site has no platform
    in the register (`gaps`), and those whose platform was not surveyed this month."""

    rows: tuple[Printed, ...] = ()
    unreviewed: tuple[Reference, ...] = ()
    gaps: tuple[str, ...] = ()
    unsurveyed: tuple[str, ...] = ()

    def to_json(self) -> tuple[Mapping[str, Any], ...]:
        """The contract of design, section 5: cells are 1, 0, or null where nobody could verify."""
        marked = {"status": str(ViolationStatus.CANDIDATE)}
        return tuple(_plain(one.row) | (marked if one.waits else {}) for one in self.rows)


def disclosures(session: Session, month: str, register: Register, *, draft: bool) -> Disclosures:
    """Annex 6 of a month, in the register's order. Raises XunjianError for a row that contradicts
    itself."""
    found = platforms(session, month)
    decided = last_decisions(session, month, Subject.DISCLOSURE)
    order = {one.target: place for place, one in enumerate(register.disclosure)}
    found.sort(key=lambda row: (order.get(row.target, len(order)), row.id))
    rows, waiting = [], []
    for stored in found:
        printed, waits = _settled(stored, decided.get((stored.target, Subject.DISCLOSURE)))
        if waits:
            waiting.append(Reference(Subject.DISCLOSURE, stored.id))
            printed = row_of(stored) if draft else printed
        rows.append(Printed(_sound(printed), waits and draft))
    return Disclosures(
        rows=tuple(rows),
        unreviewed=tuple(waiting),
        gaps=tuple(_gaps(register)),
        unsurveyed=tuple(_unsurveyed(register, found)),
    )


def _settled(stored: DisclosureRow, decided: ReviewRow | None) -> tuple[Row, bool]:
    """What is known of a row by people's decisions, and whether one is still to be made."""
    row = row_of(stored)
    if not row.accuses:
        return row, False
    if decided is None or stored.status != decided.decision:
        return lifted(row, Truth.UNKNOWN), True
    if stored.status == ViolationStatus.CONFIRMED:
        return edited(row, edits_of(decided.note)), False
    reason = Dismissal(decided.reason) if decided.reason else Dismissal.OTHER
    return lifted(row, LIFTED.get(reason, Truth.UNKNOWN)), False


def _sound(row: Row) -> Row:
    """The row, which agrees with itself. Raises XunjianError for one that does not."""
    broken = breaches(row)
    if broken:
        rules = "；".join(say(f"disclosure.breach_{rule}") for rule in broken)
        raise XunjianError(say("notice.disclosure_breach", unit=row.unit, rules=rules))
    return row


def _gaps(register: Register) -> Iterator[str]:
    """The units that have a running site and no platform in the register."""
    known = {one.site for one in register.disclosure}
    units = (
        site.unit
        for site in register.sites
        if site.status is Standing.RUNNING and site.name not in known
    )
    yield from dict.fromkeys(map(register.full_name, units))


def _unsurveyed(register: Register, found: Sequence[DisclosureRow]) -> Iterator[str]:
    done = {row.target for row in found}
    for one in register.disclosure:
        if one.target not in done:
            yield register.full_name(one.unit)


def _plain(row: Row) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "home_entry": DIGIT[row.home_entry],
        "format": None if row.built is None else built_word(row.built),
        "search": DIGIT[row.search],
        "browse": DIGIT[row.browse],
        "updated": DIGIT[row.updated],
        "remark": row.remark,
    }


def built_word(built: Built) -> str:
    """The heading of the format cell that is 1."""
    return say(f"disclosure.built_{built}")


def cells_of(row: Row) -> tuple[str, ...]:
    """The cells of a row as documents print them, without unit and remark: no blanks."""
    unknown = say("disclosure.built_unknown")
    formats = tuple(unknown if row.built is None else str(int(row.built is one)) for one in Built)
    entry, *others = (_digit(row.cell(one), unknown) for one in Cell)
    return (entry, *formats, *others)


def _digit(truth: Truth, unknown: str) -> str:
    digit = DIGIT[truth]
    return unknown if digit is None else str(digit)


def notes_of(found: Disclosures, named: str, *, draft: bool) -> Iterator[str]:
    """What whoever signs must know of annex 6. `named` are the references that wait, in words."""
    if not found.rows:
        yield say("notice.no_annex6")
    if found.unreviewed:
        key = "notice.platforms_drafted" if draft else "notice.platforms_unreviewed"
        yield say(key, count=len(found.unreviewed), named=named)
    if found.rows and found.unsurveyed:
        yield say("notice.platforms_unsurveyed", units="、".join(found.unsurveyed))
    unknown = [one.row.unit for one in found.rows if one.row.built is None or one.row.unverified]
    if unknown:
        yield say("notice.platforms_unverified", units="、".join(unknown))
    if found.gaps:
        yield say("notice.platforms_missing", units="、".join(found.gaps))
