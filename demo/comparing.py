"""The notice that the checker wrote beside the one that was published: what differs, and why.

The published one stands in data/published.yaml with its slips and their corrections. Corrected, its
annexes must be those of the checker row for row; what then still differs is explained by nobody.
Annex 1 has no order of its own, so that its rows may stand in the register's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from demo.data import published_file

Row: TypeAlias = tuple[str, ...]

PARTS: Mapping[str, Row] = {
    "annex1": ("site", "unit", "column", "problem"),
    "annex2": ("account", "unit", "platform", "problem"),
    "annex3": ("account", "unit", "platform", "problem"),
    "annex4": ("unit", "submitted", "adopted"),
    "annex5": ("unit", "submitted", "adopted"),
    "annex6": (
        *("unit", "home_entry", "none", "lacking", "matching"),
        *("search", "browse", "updated", "remark"),
    ),
}
UNORDERED = frozenset({"annex1"})
FORMATS = ("未建设", "已建设不符合", "已建设符合")
NUMERALS = "零一二三四五六七八九十"
# Where the sentences of the text tell a figure.
SAID: Mapping[str, str] = {
    "last_day": r"截至(\d+月\d+日)",
    "sites_rate": r"政府网站共计[^。]*。经检查[^。]*合格率为([\d.]+%)",
    "accounts_rate": r"政务新媒体共计[^。]*。经检查[^。]*?合格率为([\d.]+%)",
    "adopted_rate": r"采用率为([\d.]+%)",
    "best_counties": r"县区有：([^；。]+)",
    "best_others": r"部门有：([^；。]+)",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two notices differ; `why` is empty where nobody knows."""

    place: str
    printed: str
    ours: str
    why: str = ""


def differences(notice: Mapping[str, Any], text: str) -> tuple[Difference, ...]:
    """All of them: first the published one's slips, then what nothing explains."""
    found: list[Difference] = []
    ours = _ours(notice, text)
    for place, printed in _printed().items():
        right, slips = _corrected(place, printed)
        found += slips
        found += _unexplained(place, right, ours[place])
    return tuple(sorted(found, key=lambda one: not one.why))


def remarks() -> Sequence[str]:
    """What else is to be known of the published notice."""
    told: list[str] = published_file()["remarks"]
    return told


def _printed() -> dict[str, list[Row]]:
    """The published figures and annexes, each a list of rows of text."""
    published = published_file()
    rows = {name: [tuple(map(str, row)) for row in published[name]] for name in PARTS}
    rows["annex1"] = [(*row[:2], _joined(row[2].split("、")), row[3]) for row in rows["annex1"]]
    figures: list[Row] = [(name, str(value)) for name, value in published["figures"].items()]
    return {"figures": figures, **rows}


def _ours(notice: Mapping[str, Any], text: str) -> dict[str, list[Row]]:
    said = {name: re.search(pattern, text) for name, pattern in SAID.items()}
    known = {**notice["figures"], **{name: one[1] for name, one in said.items() if one}}
    figures: list[Row] = [(name, str(known.get(name, "—"))) for name in published_file()["figures"]]
    return {
        "figures": figures,
        **{name: [_row(name, row) for row in notice[name]] for name in PARTS},
    }


def _row(annex: str, row: Mapping[str, Any]) -> Row:
    """A row of the checker's as it is printed."""
    told = dict(row)
    columns = row.get("column")
    if isinstance(columns, list):
        told["column"] = _joined(columns)
        told["problem"] = f"{NUMERALS[len(columns)]}个栏目{row['problem']}"
    if annex == "annex6":
        told |= dict(
            zip(PARTS[annex][2:5], (int(row["format"] == one) for one in FORMATS), strict=True)
        )
    return tuple(str(told[part]) for part in PARTS[annex])


def _joined(columns: Iterable[str]) -> str:
    """The columns that share a row: their order says nothing."""
    return "、".join(sorted(columns))


def _corrected(place: str, printed: list[Row]) -> tuple[list[Row], list[Difference]]:
    """The published rows without their slips, and the slips."""
    slips: list[Difference] = []
    rows = list(printed)
    for one in published_file()["corrections"]:
        where, part = one["in"].split(".")
        if where != place:
            continue
        spot = 1 if place == "figures" else PARTS[place].index(part)
        for number, row in enumerate(rows):
            named = row[0] == (part if place == "figures" else one.get("row", row[0]))
            if named and row[spot] == str(one["printed"]):
                rows[number] = (*row[:spot], str(one["right"]), *row[spot + 1 :])
                slips.append(_slip(place, part, row, one))
    return rows, slips


def _slip(place: str, part: str, row: Row, one: Mapping[str, Any]) -> Difference:
    whose = "" if place == "figures" else f" {row[0]}"
    where = f"{_named(place)}{whose} {_named(part)}"
    return Difference(where, str(one["printed"]), str(one["right"]), one["why"])


def _named(what: str) -> str:
    """What an annex, a part of its rows or a figure is called."""
    name: str = published_file()["names"][what]
    return name


def _unexplained(place: str, right: list[Row], ours: list[Row]) -> Iterator[Difference]:
    if place in UNORDERED:
        right, ours = sorted(right), sorted(ours)
    where = _named(place)
    lacking, further = Counter(right) - Counter(ours), Counter(ours) - Counter(right)
    yield from (Difference(where, _told(place, row), "") for row in lacking.elements())
    yield from (Difference(where, "", _told(place, row)) for row in further.elements())
    if not lacking and not further:
        moved = ((one, other) for one, other in zip(right, ours, strict=True) if one != other)
        yield from (Difference(where, _told(place, a), _told(place, b)) for a, b in moved)


def _told(place: str, row: Row) -> str:
    return " ".join((_named(row[0]), *row[1:]) if place == "figures" else row)
