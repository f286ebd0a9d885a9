"""What a reading is worth against the truth: counts, never opinions. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from rules.facts import CONFIDENCE_FLOOR

BINS = (0.0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Result:
    """One page, its truth and what was read. `group` is the host, or the kind of mutation.

    `milliseconds` holds one measurement a round. `hidden` says what a made page does not show.
    """

    id: str
    kind: str
    group: str
    truth: date | None
    read: date | None
    confidence: float
    state: str
    states: tuple[str, ...] = ()
    count: int | None = None
    items: int = 0
    milliseconds: tuple[float, ...] = ()
    hidden: str | None = None
    raised: str | None = None

    @property
    def answered(self) -> bool:
        """A date was given, and one may rest on it."""
        return self.read is not None and self.confidence >= CONFIDENCE_FLOOR

    @property
    def exact(self) -> bool:
        """The answer is the truth; where there is no date, that none was given."""
        return self.answered and self.read == self.truth if self.truth else not self.answered

    @property
    def older(self) -> bool:
        """A confident answer older than the truth: it would accuse somebody falsely."""
        return bool(self.answered and self.truth and self.read and self.read < self.truth)

    @property
    def wrong(self) -> bool:
        """A confident answer that is not the truth."""
        return self.answered and self.read != self.truth

    @property
    def blank(self) -> bool:
        """Surely called EMPTY though a careful person would not: the other false accusation."""
        return self.hollow and self.confidence >= CONFIDENCE_FLOOR

    @property
    def hollow(self) -> bool:
        """Called EMPTY, surely or in doubt, though a careful person would not."""
        return self.state == "EMPTY" and bool(self.states) and "EMPTY" not in self.states


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a group of pages."""

    pages: int
    answered: int
    exact: int
    wrong: int
    older: int
    items_right: int
    items_known: int


def tally(results: Iterable[Result]) -> Tally:
    """Counts over pages with a truth to compare with."""
    rows = list(results)
    known = [row for row in rows if row.count is not None]
    return Tally(
        pages=len(rows),
        answered=sum(row.answered for row in rows),
        exact=sum(row.exact for row in rows),
        wrong=sum(row.wrong for row in rows),
        older=sum(row.older for row in rows),
        items_right=sum(row.items == row.count for row in known),
        items_known=len(known),
    )


def by_group(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by host or by kind of mutation, in alphabetical order."""
    groups: dict[str, list[Result]] = {}
    for row in results:
        groups.setdefault(row.group, []).append(row)
    return dict(sorted(groups.items()))


def reliability(results: Iterable[Result]) -> list[tuple[float, float, int, int]]:
    """(from, to, right, wrong) for every bin of confidence, over pages where a date was read."""
    rows = [row for row in results if row.read is not None and row.truth is not None]
    table = []
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row.confidence < high]
        right = sum(row.read == row.truth for row in inside)
        table.append((low, min(high, 1.0), right, len(inside) - right))
    return table


def ranking(results: Iterable[Result]) -> float | None:
    """How often a right date has more confidence than a wrong one (0.5: chance; None: no pair)."""
    rows = [row for row in results if row.read is not None and row.truth is not None]
    right = [row.confidence for row in rows if row.read == row.truth]
    wrong = [row.confidence for row in rows if row.read != row.truth]
    if not right or not wrong:
        return None
    wins = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong)
    return wins / (len(right) * len(wrong))


def confusion(results: Iterable[Result]) -> Counter[tuple[str, str]]:
    """(accepted states joined, state read) -> number of pages."""
    return Counter(("|".join(row.states), row.state) for row in results)


def share(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its 95 % interval (Wilson): what so few pages can say."""
    if not whole:
        return 0.0, 0.0, 1.0
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return p, max(0.0, middle - half), min(1.0, middle + half)


def quantile(numbers: Sequence[float], at: float) -> float:
    """The value at a share of the sorted numbers; 0 where there are none."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))] if ordered else 0.0
