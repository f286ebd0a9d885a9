"""What a register (台账) holds: units, sites with their columns, accounts, rounds, controls.

Frozen values. Addresses are absolute; a unit is named by its printed name. Civil dates and clock
times are Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from rules.facts import Hint, TargetKind
from rules.kinds import ColumnKind
from rules.platforms import Platform


class SiteRole(StrEnum):
    """政府门户网站 or 部门网站: the scored indicators apply to portals only."""

    PORTAL = "portal"
    DEPARTMENT = "department"


class Standing(StrEnum):
    """运行, 临时关停, 已关停, 已注销, 迁移: only what runs is due."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MOVED = "moved"


class AccountRole(StrEnum):
    """发布 or 服务: an account that serves never fails by itself (standard 2.2)."""

    PUBLISHING = "publishing"
    SERVICE = "service"


class UnitGroup(StrEnum):
    """县区 (annex 4) or 市直 (annex 5)."""

    COUNTY = "county"
    DEPARTMENT = "department"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rounds:
    """The check days of each month and the hour they start (Asia/Shanghai)."""

    days: tuple[int, ...] = (6, 13, 20, 27)
    start: time = time(8, 0)
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Unit:
    """An office named in the notice. `short_name` is for annexes 4 and 5, `full_name` for annex 6;
    `aliases` resolve to `name`."""

    name: str
    full_name: str | None = None
    group: UnitGroup | None = None
    aliases: tuple[str, ...] = ()
    short_name: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it goes by, once each, its printed name first."""
        names = (self.name, self.full_name, self.short_name, *self.aliases)
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a column has no duty, who said so, and until which day (inclusive; None: for good)."""

    reason: str
    by: str | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the exemption holds on a day."""
        return self.until is None or on <= self.until


@dataclass(frozen=True, slots=True)
class Letter:
    """The office's letter to a site's unit, asking to let the checker in (both days inclusive).

    While it is open, the site's blocked columns do not count against the round's budget.
    """

    sent: date
    until: date

    def is_open(self, on: date) -> bool:
        """Whether the unit still has time to answer on a day."""
        return self.sent <= on <= self.until


@dataclass(frozen=True, slots=True)
class Column:
    """A list or page of a site. `id` is its identity for good; `limit` (days) is its own limit."""

    id: str
    name: str
    url: str
    kind: ColumnKind
    level: int = 1
    limit: int | None = None
    exempt: Exemption | None = None
    was: str | None = None
    hint: Hint | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A registered site. `robots_ignored` holds the reason why robots.txt is not obeyed, if so.

    `services`: whether it serves the public at all (办事服务); ministries without do not owe it.
    `adopts`: its columns that publish what units hand in (信息报送), each piece under its source.
    """

    name: str
    unit: str
    url: str
    role: SiteRole = SiteRole.DEPARTMENT
    code: str | None = None
    status: Standing = Standing.RUNNING
    robots_ignored: str | None = None
    hosted_on: str | None = None
    was: str | None = None
    letter: Letter | None = None
    services: bool = True
    adopts: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An account; its identity is (platform, id), never its name.

    `sources` are names in the order to ask; `options` are those of them that have any, by name.
    """

    name: str
    unit: str
    platform: Platform
    id: str
    role: AccountRole = AccountRole.PUBLISHING
    kind: str | None = None
    weekly_min: int | None = None
    window_days: int | None = None
    sources: tuple[str, ...] = ()
    status: Standing = Standing.RUNNING
    aliases: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @property
    def target(self) -> str:
        """Its identity among all targets: platform:id."""
        return f"{self.platform.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class ControlAccount:
    """An account known to be busy (对照账号): read beside the others, it shows that its platform's
    sources are live. `every`: it publishes at least once in so long. Its identity is as an
    account's."""

    platform: Platform
    id: str
    name: str
    every: timedelta = timedelta(days=3)
    sources: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    def as_account(self) -> Account:
        """As it is read: like any account, though nobody is judged by it."""
        return Account(
            name=self.name,
            unit="",
            platform=self.platform,
            id=self.id,
            sources=self.sources,
            options=self.options,
        )


@dataclass(frozen=True, slots=True)
class DisclosurePlatform:
    """A unit's 政府信息公开平台, entered from the home page of a registered `site`.

    `url` is None where it is found from that page. It is printed by the unit's full name.
    """

    unit: str
    site: str
    url: str | None = None

    @property
    def target(self) -> str:
        """Its identity among all targets: platform:unit."""
        return f"platform:{self.unit}"


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register of one city, as its files said."""

    city: str = ""
    profile: str = "national"
    rounds: Rounds = field(default_factory=Rounds)
    controls: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    sites: tuple[Site, ...] = ()
    accounts: tuple[Account, ...] = ()
    control_accounts: tuple[ControlAccount, ...] = ()
    disclosure: tuple[DisclosurePlatform, ...] = ()

    def full_name(self, unit: str) -> str:
        """What a unit is printed as in annex 6: its full name, or what it is called elsewhere."""
        found = (one for one in self.units if one.name == unit)
        return next((one.full_name or one.name for one in found), unit)

    def unlisted_units(self) -> tuple[str, ...]:
        """The units that sites and accounts name and `units` does not hold: perhaps misspelt."""
        listed = {unit.name for unit in self.units}
        named = [*(site.unit for site in self.sites), *(one.unit for one in self.accounts)]
        return tuple(unit for unit in dict.fromkeys(named) if unit not in listed)

    def to_snapshot(self) -> str:
        """The register as normalised JSON: equal registers give equal text, fit for a hash."""
        from rules.register.snapshot import write

        return write(self)

    @classmethod
    def from_snapshot(cls, text: str) -> Register:
        """The register that `to_snapshot` wrote."""
        from rules.register.snapshot import read

        return read(text)


@dataclass(frozen=True, slots=True)
class Target:
    """What is due in a round: an address to look at, under a stable identity.

    A column has its `site` and its name; an account has its name and `platform`, and an empty
    `url` where its platform shows no page of it.
    """

    id: str
    kind: TargetKind
    site: str | None
    column: str | None
    url: str
    robots_obey: bool = True
    hosted_on: str | None = None
    hint: Hint | None = None
    account: str | None = None
    platform: Platform | None = None
