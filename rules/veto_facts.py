"""What a month knows of one site, as its vetoes (单项否决) are judged from it. Plain values.

Civil dates are Asia/Shanghai. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from rules.availability import Availability
from rules.months import Judged
from rules.problems import VETOES, Family
from rules.register import Column, Site
from rules.site_checks import SiteCheck


class VetoStanding(StrEnum):
    """What a month says of one veto of one site."""

    OK = "ok"
    WARN = "warn"  # past the warning line, or waiting for review
    FAILED = "failed"
    PROPOSED = "proposed"  # seen, but only a person may conclude it
    UNCHECKED = "unchecked"
    EXEMPT = "exempt"  # does not apply to the site
    DISMISSED = "dismissed"  # a person said that it was none


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the month's survey of a site found on one check, and on which day."""

    check: SiteCheck
    day: date


@dataclass(frozen=True, slots=True)
class Fault:
    """A violation of one of the site's columns, as the month lists it."""

    column: Column
    family: Family
    days: int | None
    confirmed: bool
    rounds: tuple[date, ...]
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person filled in for one indicator of a site and month: points taken (扣分) or given
    (加分); for a veto whether it was hit (`points` 1 or 0)."""

    month: str
    site: str
    code: str
    points: Decimal
    reason: str
    person: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteMonth:
    """One site in one month. `days` are the judged check days, `seen` the verdicts on its columns
    on each, `weeks` the availability before each check day, `entries` what people filled in."""

    site: Site
    days: tuple[date, ...] = ()
    seen: Mapping[date, Mapping[str, Judged]] = field(default_factory=dict)
    weeks: Mapping[date, Availability] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    survey: Mapping[str, Surveyed] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def newest_dates(self) -> Iterator[date]:
        """Every newest date that any round read off any column."""
        for judged in self.seen.values():
            for one in judged.values():
                if one.verdict.newest is not None:
                    yield one.verdict.newest


@dataclass(frozen=True, slots=True)
class VetoFinding:
    """One veto of one site in one month. `why` names its words (`veto_why`), which `numbers` fill;
    `days` are the failing check days; `evidence` the columns that it rests on, or addresses."""

    rule: str
    standing: VetoStanding
    why: str
    numbers: Mapping[str, object] = field(default_factory=dict)
    days: tuple[date, ...] = ()
    newest: date | None = None
    evidence: tuple[str, ...] = ()
    outcome: str = "read"

    @property
    def family(self) -> Family:
        return VETOES[self.rule]


def site_target(site: Site) -> str:
    """A site's identity among all targets: one for good, also in the month of its renaming."""
    return f"site:{site.was or site.name}"


def site_names(site: Site) -> tuple[str, ...]:
    """The names under which a month may have kept something of a site."""
    return (site.name, site.was) if site.was else (site.name,)
