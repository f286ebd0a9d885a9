"""A register as one line of JSON and back. Only what differs from the defaults is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from rules.durations import parse_duration, write_duration
from rules.facts import Hint
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.register.entries import (
    Account,
    AccountRole,
    Column,
    ControlAccount,
    DisclosurePlatform,
    Exemption,
    Letter,
    Register,
    Rounds,
    Site,
    SiteRole,
    Standing,
    Unit,
    UnitGroup,
)


def write(register: Register) -> str:
    """The normalised JSON of a register."""
    return json.dumps(_written(register), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Register:
    """The register in `text`. Raises ValueError, KeyError or TypeError for any other text."""
    raw = json.loads(text)
    raw["rounds"] = _rounds(raw.get("rounds", {}))
    raw["controls"] = tuple(raw.get("controls", ()))
    raw["units"] = tuple(map(_unit, raw.get("units", ())))
    raw["sites"] = tuple(map(_site, raw.get("sites", ())))
    raw["accounts"] = tuple(map(_account, raw.get("accounts", ())))
    raw["control_accounts"] = tuple(map(_control, raw.get("control_accounts", ())))
    raw["disclosure"] = tuple(DisclosurePlatform(**one) for one in raw.get("disclosure", ()))
    return Register(**raw)


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, object], ...]:
    return tuple((one.name, one.default) for one in fields(kind))


def _written(value: object) -> object:
    if isinstance(value, str | int | float) or value is None:
        return value
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _written(one) for name, one in value.items()}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return write_duration(value)
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{value!r} has no place in a snapshot")
    found: dict[str, object] = {}
    for name, default in _defaults(type(value)):
        one = getattr(value, name)
        if (default is MISSING or one != default) and one != {}:
            found[name] = _written(one)
    return found


def _rounds(raw: Mapping[str, Any]) -> Rounds:
    found = dict(raw)
    if "days" in found:
        found["days"] = tuple(found["days"])
    if "start" in found:
        found["start"] = time.fromisoformat(found["start"])
    return Rounds(**found)


def _unit(raw: dict[str, Any]) -> Unit:
    if "group" in raw:
        raw["group"] = UnitGroup(raw["group"])
    raw["aliases"] = tuple(raw.get("aliases", ()))
    return Unit(**raw)


def _site(raw: dict[str, Any]) -> Site:
    raw["columns"] = tuple(map(_column, raw.get("columns", ())))
    raw["adopts"] = tuple(raw.get("adopts", ()))
    if "role" in raw:
        raw["role"] = SiteRole(raw["role"])
    if "status" in raw:
        raw["status"] = Standing(raw["status"])
    if "letter" in raw:
        raw["letter"] = Letter(**{key: date.fromisoformat(on) for key, on in raw["letter"].items()})
    return Site(**raw)


def _column(raw: dict[str, Any]) -> Column:
    raw["kind"] = ColumnKind(raw["kind"])
    if "exempt" in raw:
        raw["exempt"] = _exemption(raw["exempt"])
    if "hint" in raw:
        raw["hint"] = Hint(**raw["hint"])
    return Column(**raw)


def _exemption(raw: dict[str, Any]) -> Exemption:
    if "until" in raw:
        raw["until"] = date.fromisoformat(raw["until"])
    return Exemption(**raw)


def _control(raw: dict[str, Any]) -> ControlAccount:
    raw["platform"] = Platform(raw["platform"])
    raw["sources"] = tuple(raw.get("sources", ()))
    if "every" in raw:
        raw["every"] = parse_duration(raw["every"])
    return ControlAccount(**raw)


def _account(raw: dict[str, Any]) -> Account:
    raw["platform"] = Platform(raw["platform"])
    raw["sources"] = tuple(raw.get("sources", ()))
    raw["aliases"] = tuple(raw.get("aliases", ()))
    if "role" in raw:
        raw["role"] = AccountRole(raw["role"])
    if "status" in raw:
        raw["status"] = Standing(raw["status"])
    return Account(**raw)
