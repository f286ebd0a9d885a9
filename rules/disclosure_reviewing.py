"""What a person's decision makes of a row of annex 6. Pure.

A row is confirmed or dismissed as a whole; the note of a confirmation may spare some of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from rules.disclosure import Built, Cell, Row, breaches, with_remark
from rules.facts import Truth
from rules.reviewing import Dismissal
from rules.words import say

LONGEST_REMARK = 200  # characters

# What a dismissal says of the zeros that it lifts: they were none, or nobody knows.
LIFTED: Mapping[Dismissal, Truth] = MappingProxyType(
    {
        Dismissal.MISREAD: Truth.OK,
        Dismissal.MOVED: Truth.OK,
        Dismissal.EXEMPT: Truth.OK,
        Dismissal.UPDATED: Truth.OK,
        Dismissal.WRONG_OWNER: Truth.UNKNOWN,
        Dismissal.OUR_LINE: Truth.UNKNOWN,
        Dismissal.OTHER: Truth.UNKNOWN,
    }
)


def lifted(row: Row, to: Truth) -> Row:
    """The row without what it says against the unit: its zeros become `to`, its missing labels go.

    With `to` unknown a format that accused becomes unknown, too; with ok it is 已建设符合.
    """
    built = row.built
    if built in (Built.ABSENT, Built.NONCONFORMING):
        built = Built.CONFORMING if to is Truth.OK else None
    cells = {one.value: to for one in row.zeros}
    return with_remark(replace(row, built=built, missing=(), empty=(), **cells))


@dataclass(frozen=True, slots=True)
class Edits:
    """What a reviewer's note changes in a confirmed row: the words of its remark, and what of it
    does not stand after all."""

    remark: str = ""
    spared: tuple[str, ...] = ()


def edits_of(note: str) -> Edits:
    """The edits in a note: `不认定：…、…` for cells and labels, then `说明：…` for the remark.

    Anything else in it is for the file only."""
    told, spare = say("disclosure.edit_remark"), say("disclosure.edit_spare")
    before, _, remark = note.replace(":", "：").partition(told)
    spared = before.partition(spare)[2].replace("，", "、").rstrip("；;。 \n")
    names = (name.strip() for name in spared.split("、"))
    return Edits(remark.strip()[:LONGEST_REMARK], tuple(name for name in names if name))


def edited(row: Row, edits: Edits) -> Row:
    """The row as a reviewer confirmed it: what was spared is ok, and the remark is theirs if it
    tells all that the row says; else it is what follows from the cells."""
    if row.built is Built.ABSENT:
        return _worded(row, edits.remark)
    names = {say(f"disclosure.{one}"): one for one in Cell}
    cells = {names[name].value: Truth.OK for name in edits.spared if name in names}
    cells = {name: truth for name, truth in cells.items() if Cell(name) in row.zeros}
    missing, empty = _without(row.missing, edits), _without(row.empty, edits)
    built = row.built
    if built is Built.NONCONFORMING and not missing and not empty:
        built = Built.CONFORMING
    changed = replace(row, built=built, missing=missing, empty=empty, **cells)
    return _worded(with_remark(changed), edits.remark)


def _without(names: tuple[str, ...], edits: Edits) -> tuple[str, ...]:
    return tuple(name for name in names if name not in edits.spared)


def _worded(row: Row, remark: str) -> Row:
    worded = replace(row, remark=remark or row.remark)
    return row if breaches(worded) else worded
