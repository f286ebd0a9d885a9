"""The data files of the city as frozen values. Read once; nothing here depends on a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Concept:
    """What a column is about, whatever it is called: `names` are (name, path) pairs."""

    key: str
    kind: str
    group: str
    rhythm: str
    names: tuple[tuple[str, str], ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class RhythmRule:
    """How often a column publishes: days between items, or fixed days of some months, or never.

    `collects`: it publishes what a group of units hands in, whenever they do.
    """

    collects: str | None = None
    every: tuple[int, int] | None = None
    months: tuple[int, ...] = ()
    days: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Role:
    """Which concepts the sites of one role have."""

    always: tuple[str, ...]
    some: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One fault to plant: `newest`, `until` and `since` are spans of days to draw from."""

    site: int
    role: str
    problem: str
    concept: str
    newest: tuple[date, date] | None = None
    until: tuple[date, date] | None = None
    since: tuple[date, date] | None = None
    limit: int | None = None
    twist: str | None = None
    how: str | None = None
    exempt: Mapping[str, Any] | None = None
    pin: Mapping[str, date] | None = None
    other: Mapping[str, Any] | None = None

    def instead(self) -> FaultRule:
        """What a second city may have in its place."""
        return replace(self, **_tuples(self.other or {}))


@dataclass(frozen=True, slots=True)
class TwistRule:
    """An innocent look-alike. `http`, `browser`: what a checker must answer; `may`: what it may.

    `browser` None means as `http`; an empty tuple means ok. `rounds`: the check days it looks so on
    (empty: all of them); on the others the column is ok.
    """

    twist: str
    concepts: tuple[str, ...]
    count: int
    http: tuple[str, ...] = ()
    browser: tuple[str, ...] | None = None
    may: tuple[str, ...] = ()
    browser_may_pass: bool = False
    rounds: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PlatformRule:
    """A site platform: how many sites live on it, and how many of them may have faults."""

    name: str
    sites: int
    faults: int = 3


@dataclass(frozen=True, slots=True)
class Office:
    """A body that has a site. `other`: names that a second city may give it."""

    host: str
    name: str
    full_name: str = ""
    short: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CityNames:
    """What the whole city goes by."""

    name: str
    short: str
    host: str
    code: str
    letter: str
    phone: str
    plate: str


def _file(name: str) -> Any:
    text = files("demo").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


def _pair(words: str) -> tuple[str, str]:
    name, path = words.split()
    return name, path


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}


@cache
def city_file() -> Mapping[str, Any]:
    """city.yaml as it stands."""
    return dict(_file("city.yaml"))


@cache
def units_file() -> Mapping[str, Any]:
    """units.yaml as it stands."""
    return dict(_file("units.yaml"))


@cache
def names_file() -> Mapping[str, Any]:
    """names.yaml as it stands."""
    return dict(_file("names.yaml"))


@cache
def words_file() -> Mapping[str, Any]:
    """words.yaml as it stands."""
    return dict(_file("words.yaml"))


@cache
def published_file() -> Mapping[str, Any]:
    """published.yaml as it stands."""
    return dict(_file("published.yaml"))


@cache
def disclosure_file() -> Mapping[str, Any]:
    """disclosure.yaml as it stands."""
    return dict(_file("disclosure.yaml"))


@cache
def accounts_file() -> Mapping[str, Any]:
    """accounts.yaml as it stands."""
    return dict(_file("accounts.yaml"))


@cache
def survey_file() -> Mapping[str, Any]:
    """survey.yaml as it stands."""
    return dict(_file("survey.yaml"))


@cache
def default_seed() -> int:
    """The seed of the city that has the published names."""
    return int(city_file()["default_seed"])


@cache
def check_days() -> tuple[date, ...]:
    """The check days of the month that the truth speaks of."""
    return tuple(city_file()["rounds"])


@cache
def group_names() -> Mapping[str, str]:
    """Parents in the breadcrumb: path -> name."""
    return dict(city_file()["groups"])


@cache
def concepts() -> Mapping[str, Concept]:
    """All concepts by key."""
    return {
        key: Concept(key=key, **{**row, "names": tuple(map(_pair, row["names"]))})
        for key, row in city_file()["concepts"].items()
    }


@cache
def rhythm_rules() -> Mapping[str, RhythmRule]:
    """All rhythms by name."""
    return {name: RhythmRule(**_tuples(row)) for name, row in city_file()["rhythms"].items()}


@cache
def roles() -> Mapping[str, Role]:
    """All roles by name."""
    return {name: Role(**_tuples(row)) for name, row in city_file()["roles"].items()}


@cache
def fault_rules() -> tuple[FaultRule, ...]:
    """The faults to plant, in the order of `published_places`."""
    return tuple(FaultRule(**_tuples(row)) for row in city_file()["faults"])


@cache
def published_places() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Site and (column, path) of each fault in the default city."""
    return tuple((site, _pair(column)) for site, column in city_file()["published"])


@cache
def twist_rules() -> tuple[TwistRule, ...]:
    """The innocent look-alikes."""
    return tuple(TwistRule(**_tuples(row)) for row in city_file()["twists"])


@cache
def platform_rules() -> tuple[PlatformRule, ...]:
    """The site platforms."""
    return tuple(PlatformRule(**row) for row in city_file()["platforms"])


def office(row: Mapping[str, Any]) -> Office:
    """One row of units.yaml."""
    return Office(**_tuples(row))
