"""What a portal published of what units handed in (采用): pieces by the source they name. Pure.

A piece counts once, under whatever addresses it stands: it is known by its day, title and unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.sheets import bare
from rules.submissions import UnitBook


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the portal's lists, published on `day`, and the source that its page names."""

    url: str
    title: str
    day: date
    source: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a month; `unit` is the printed name that its source stands for, or None."""

    url: str
    title: str
    day: date
    source: str | None
    unit: str | None


def pieces_of(found: Iterable[Found], month: str, units: UnitBook) -> Iterator[Piece]:
    """The pieces of a month (YYYY-MM) among some entries, each once."""
    seen: set[tuple[date, str, str | None]] = set()
    for one in found:
        unit = units.names.get(bare(one.source)) if one.source else None
        key = (one.day, bare(one.title), unit)
        if f"{one.day:%Y-%m}" == month and key not in seen:
            seen.add(key)
            yield Piece(one.url, one.title, one.day, one.source, unit)
