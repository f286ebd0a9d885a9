"""What a score sheet holds: its lines, what a person filled in, and the total with its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rules.indicators import Indicator
from rules.register import Site
from rules.veto_facts import Entry, VetoFinding, VetoStanding

__all__ = ["NOTHING", "Cost", "Entry", "LineStanding", "ScoreSheet", "SheetLine", "VetoLine"]

NOTHING = Decimal(0)


class LineStanding(StrEnum):
    """How an item stands."""

    FULL = "full"  # nothing taken, nothing open
    TAKEN = "taken"  # points taken, nothing open
    OPEN = "open"  # something is not checked, waits for review, or for a person
    EXEMPT = "exempt"  # does not apply to the site


@dataclass(frozen=True, slots=True)
class Cost:
    """What one inner row costs: points taken for sure, and points that may yet be. `why` says for
    what, `places` where."""

    taken: Decimal = NOTHING
    open: Decimal = NOTHING
    why: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One item on a sheet. `taken` are points off (of a bonus: points given), `open` those of which
    nobody knows yet; `why` are words, `places` where the proof lies."""

    indicator: Indicator
    standing: LineStanding
    taken: Decimal = NOTHING
    open: Decimal = NOTHING
    why: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VetoLine:
    """One veto on a sheet; `status` is that of its violation, empty where there is none."""

    finding: VetoFinding
    standing: VetoStanding
    status: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The sheet of a site and month. `low` and `high` bound the total (with the bonuses that were
    filled in); both None where a veto holds, or the site is not scored at all."""

    site: Site
    month: str
    vetoes: tuple[VetoLine, ...]
    lines: tuple[SheetLine, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    taken: Decimal = NOTHING
    open: Decimal = NOTHING
    pass_mark: int = 60
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def is_failed(self) -> bool:
        """Whether a confirmed veto fails the site, or its best total is under the pass mark."""
        vetoed = any(one.standing is VetoStanding.FAILED for one in self.vetoes)
        return vetoed or (self.high is not None and self.high < self.pass_mark)
