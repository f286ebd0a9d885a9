"""The national indicators as data: rules/indicators/national.toml, read once. Pure."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from rules.indicators.entries import (
    ANY_KIND,
    By,
    Form,
    Indicator,
    Inner,
    On,
    Part,
    Times,
    spoken_of,
)

__all__ = [
    "ANY_KIND",
    "By",
    "Form",
    "Indicator",
    "Inner",
    "On",
    "Part",
    "Times",
    "indicator",
    "indicators",
    "spoken_of",
    "unmapped",
    "veto_name",
]


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every row of the national table, in its order."""
    return tuple(map(_indicator, _table()["indicator"]))


@cache
def unmapped() -> dict[str, str]:
    """The problem types (P-codes) that feed no indicator of the table, with the reason."""
    return dict(_table()["unmapped"])


@cache
def _table() -> dict[str, Any]:
    text = files("rules.indicators").joinpath("national.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def indicator(code: str) -> Indicator:
    """The row of a code. Raises KeyError where there is none."""
    found = {one.code: one for one in indicators()}
    return found[code]


@cache
def veto_name(rule: str) -> str:
    """The printed name of a site's veto by its number (V4 for V4a, V4b and V4c)."""
    for one in indicators():
        if one.part is Part.VETO and one.code in (rule, f"{rule}a"):
            return one.name
    raise KeyError(rule)


def _indicator(raw: dict[str, Any]) -> Indicator:
    made: dict[str, Any] = {
        "part": Part(raw["part"]),
        "on": On(raw["on"]),
        "by": By(raw["by"]),
        "checks": tuple(raw["checks"]),
        "problems": tuple(raw["problems"]),
        "points": _points(raw.get("points")),
        "form": Form(raw["form"]) if "form" in raw else None,
        "inner": tuple(map(_inner, raw.get("inner", ()))),
    }
    return Indicator(**raw | made)


def _inner(raw: dict[str, Any]) -> Inner:
    made: dict[str, Any] = {
        "points": Decimal(raw["points"]),
        "home": _points(raw.get("home")),
        "by": By(raw["by"]),
        "times": Times(raw.get("times", Times.ONCE)),
        "kinds": tuple(raw.get("kinds", ())),
    }
    return Inner(**raw | made)


def _points(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
