"""A profile as one line of JSON and back. Order matters in it: name patterns are tried in turn."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from rules.disclosure_labels import LabelRow, Section
from rules.durations import parse_duration, write_duration
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.problems import Problem
from rules.profiles.entries import (
    Decides,
    KindRow,
    Level,
    LimitWord,
    MonthRule,
    Profile,
    Scored,
    Suspension,
)
from rules.register.entries import SiteRole

_DURATIONS = ("independent_after", "answer_within", "host_delay", "account_second_after")
# What profiles held before they said so.
_SILENT: dict[str, Any] = {
    "answer_within": "15s",
    "account_second_after": "6h",
    "account_pace": 1.0,
    "kind_weekly_min": {},
    "suspensions": {},
    "long_days": 184,
    "scored": "portal",
    "pass_mark": 60,
    "survey_share": 0.2,
    "disclosure_labels": {},
}


def write(profile: Profile) -> str:
    """The normalised JSON of a profile."""
    found = {one.name: getattr(profile, one.name) for one in fields(profile)}
    found |= {name: write_duration(found[name]) for name in _DURATIONS}
    found["kinds"] = [asdict(row) for row in profile.kinds.values()]
    found["disclosure_labels"] = {
        name: asdict(row) for name, row in found["disclosure_labels"].items()
    }
    found["warn_at"] = sorted(profile.warn_at.items())
    found["suspensions"] = {
        name: [one.since.isoformat(), one.until.isoformat(), one.relief]
        for name, one in sorted(profile.suspensions.items())
    }
    for name in ("weekly_min", "kind_weekly_min", "wording", "deadlines"):
        found[name] = dict(sorted(found[name].items()))
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Profile:
    """The profile in `text`. Raises ValueError, KeyError or TypeError for any other text."""
    raw = json.loads(text)
    raw = _SILENT | raw
    raw |= {name: parse_duration(raw[name]) for name in _DURATIONS}
    raw["month_rule"] = MonthRule(raw["month_rule"])
    raw["scored"] = Scored(raw["scored"])
    raw["weekly_min"] = {Platform(key): value for key, value in raw["weekly_min"].items()}
    raw["suspensions"] = {name: _suspension(*one) for name, one in raw["suspensions"].items()}
    raw["warn_at"] = dict(raw["warn_at"])
    raw["ladder"] = tuple((days, Problem(problem)) for days, problem in raw["ladder"])
    raw["wording"] = {Problem(key): value for key, value in raw["wording"].items()}
    raw["deadlines"] = {
        ColumnKind(kind): {SiteRole(role): tuple(day) for role, day in days.items()}
        for kind, days in raw["deadlines"].items()
    }
    raw["disclosure_labels"] = {
        Section(name): LabelRow(one["label"], one["short"], tuple(one["also"]))
        for name, one in raw["disclosure_labels"].items()
    }
    raw["kinds"] = {row.kind: row for row in map(_row, raw["kinds"])}
    return Profile(**raw)


def _suspension(since: str, until: str, relief: bool) -> Suspension:
    return Suspension(date.fromisoformat(since), date.fromisoformat(until), relief)


def _row(raw: dict[str, Any]) -> KindRow:
    limit = raw["limit"]
    return KindRow(
        kind=ColumnKind(raw["kind"]),
        label=raw["label"],
        limit=limit if isinstance(limit, int) else LimitWord(limit),
        pattern=raw["pattern"],
        level=Level(raw["level"]),
        decides=Decides(raw["decides"]),
        blank=Decides(raw["blank"]),
        source=raw["source"],
        firmness=raw["firmness"],
    )
