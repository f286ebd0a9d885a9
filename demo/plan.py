"""The city of a seed: its sites and columns, with what is odd or wrong about each. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from demo.addresses import FAMILIES, Family
from demo.data import CityNames, Concept, rhythm_rules
from demo.naming import Body
from demo.rhythm import Quiet, publication_days
from demo.submitting import pieces


@dataclass(frozen=True, slots=True)
class Exempt:
    """Why a column is let off, and until when."""

    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a column. `newest` and `until` bound its silence; `since` a dead page.

    problem: stale, incompatible or dead. `rank` is its place in the order of the published rows.
    """

    problem: str
    rank: int
    newest: date | None = None
    until: date | None = None
    since: date | None = None
    how: str | None = None


@dataclass(frozen=True)
class Column:
    """One column. `key` is what all its addresses share; `number` stands in its articles' ids."""

    seed: int
    site: str
    name: str
    concept: Concept
    number: int
    key: str
    style: str
    opened: date
    path: str
    twist: str | None = None
    quiet: tuple[Quiet, ...] = ()
    limit: int | None = None
    exempt: Exempt | None = None
    fault: Fault | None = None

    @property
    def identity(self) -> str:
        """Its id in the register."""
        return f"{self.site}/{self.name}"

    @property
    def collects(self) -> str | None:
        """The group of units whose pieces it publishes, if it does that."""
        return rhythm_rules()[self.concept.rhythm].collects

    def source(self, serial: int) -> str | None:
        """Whom an item of a column that collects names as its source; None: nobody but the site."""
        return pieces(self.seed, self.collects)[serial].source if self.collects else None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of all its items, ascending; the index of a day is an item's serial."""
        if self.collects:
            return tuple(piece.day for piece in pieces(self.seed, self.collects))
        rule = rhythm_rules()[self.concept.rhythm]
        return publication_days(rule, self.opened, self.quiet, f"{self.seed}|{self.identity}")


@dataclass(frozen=True)
class Site:
    """One site: who runs it and how it is built."""

    seed: int
    body: Body
    code: str
    family: str
    skin: str
    charset: str
    platform: str | None
    columns: tuple[Column, ...]
    robots_closed: bool = False
    planted: str | None = None  # what the monthly survey finds on it (demo.surveying)

    @property
    def host(self) -> str:
        """Its host name."""
        return self.body.host

    @property
    def name(self) -> str:
        """Its name in the register."""
        return self.body.site

    @property
    def system(self) -> Family:
        """Its content system."""
        return FAMILIES[self.family]

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Columns by the shared part of their addresses (of two on one address, the first)."""
        return MappingProxyType({column.key: column for column in reversed(self.columns)})

    @cached_property
    def by_number(self) -> Mapping[int, Column]:
        """Columns by the number in their articles' ids."""
        return MappingProxyType({column.number: column for column in self.columns})


@dataclass(frozen=True)
class City:
    """The whole city."""

    seed: int
    names: CityNames
    sites: tuple[Site, ...]
    closed: Body
    by_host: Mapping[str, Site] = field(repr=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order of the register."""
        return tuple(column for site in self.sites for column in site.columns)
