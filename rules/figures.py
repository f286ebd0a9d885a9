"""The false-accusation figure: of the findings that people decided on, how many were none. Pure.

Of what was dismissed because its unit had updated (`updated`), that is no false accusation which
was updated after its check day only; where nobody knows when, it is one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.reviewing import Decision, Dismissal

ALL = "all"  # the rule under which all rules of a month are summed


@dataclass(frozen=True, slots=True)
class Decided:
    """One finding with the decision that holds on it: its month (YYYY-MM) and P-code, and why it
    was dismissed, if it was."""

    month: str
    rule: str
    decision: Decision
    reason: Dismissal | None = None
    was_so: bool = False  # dismissed, though it was so on its check day


@dataclass(frozen=True, slots=True)
class Figure:
    """What people made of a month's findings under one rule, or under all of them."""

    month: str
    rule: str
    confirmed: int = 0
    reasons: Mapping[Dismissal, int] = field(default_factory=dict)
    were_so: int = 0

    @property
    def dismissed(self) -> int:
        """How many were dismissed, for whatever reason."""
        return sum(self.reasons.values())

    @property
    def decided(self) -> int:
        """How many were decided at all."""
        return self.confirmed + self.dismissed

    @property
    def false(self) -> int:
        """How many were no problem on their check day."""
        return self.dismissed - self.were_so


def figures(found: Iterable[Decided]) -> tuple[Figure, ...]:
    """The figures by month, each month's sum before its rules."""
    groups: dict[tuple[str, str], list[Decided]] = defaultdict(list)
    for one in found:
        groups[one.month, ALL].append(one)
        groups[one.month, one.rule].append(one)
    ordered = sorted(groups, key=lambda key: (key[0], key[1] != ALL, key[1]))
    return tuple(_figure(*key, groups[key]) for key in ordered)


def _figure(month: str, rule: str, found: Iterable[Decided]) -> Figure:
    some = list(found)
    return Figure(
        month=month,
        rule=rule,
        confirmed=sum(one.decision is Decision.CONFIRMED for one in some),
        were_so=sum(_is_dismissed(one) and one.was_so for one in some),
        reasons=Counter(one.reason or Dismissal.OTHER for one in some if _is_dismissed(one)),
    )


def _is_dismissed(one: Decided) -> bool:
    return one.decision is Decision.DISMISSED
