"""How a profile is written: the table of its keys. A new key is a row here and in national.yaml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from rules.disclosure_labels import LabelRow, Section
from rules.fields import (
    WRONG,
    Field,
    Reader,
    day,
    flag,
    list_of,
    longest,
    nearest,
    one_of,
    pattern,
    read_mapping,
    share,
    shown,
    text,
    whole,
)
from rules.kinds import ColumnKind
from rules.notes import Notes
from rules.platforms import Platform
from rules.problems import Problem
from rules.profiles.entries import Decides, Level, LimitWord, MonthRule, Scored, Suspension
from rules.register.entries import SiteRole
from rules.register.labels import KIND_LABELS, PLATFORM_LABELS
from rules.yaml_tree import Mapping, Node, Scalar

LONGEST_LIMIT = 36_600
# A profile's name is a file's, too, and never leads out of its folder.
NAME = re.compile(r"\w[\w.-]{0,63}")
_LONGEST = timedelta(days=7)
_SHORTEST_ANSWER, _LONGEST_ANSWER = timedelta(seconds=1), timedelta(minutes=5)


def limit(node: Node, notes: Notes) -> Any:
    """Days, or none, exempt, yearly."""
    if isinstance(node, Scalar):
        word = node.text.strip()
        if word in set(LimitWord):
            return LimitWord(word)
        if re.fullmatch(r"\d{1,6}", word) and 1 <= int(word) <= LONGEST_LIMIT:
            return int(word)
    notes.wrong(node, "not_limit", found=shown(node), high=LONGEST_LIMIT)
    return WRONG


def month_day(node: Node, notes: Notes) -> Any:
    """A day of every year, as 01-31."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", node.text) if isinstance(node, Scalar) else None
    try:
        if found is not None:
            day = date(2001, int(found[1]), int(found[2]))
            return (day.month, day.day)
    except ValueError:
        pass
    notes.wrong(node, "not_month_day", found=shown(node))
    return WRONG


def table(keys: Reader, values: Reader) -> Reader:
    """A mapping whose keys are data; wrong rows are noted and left out."""

    def read(node: Node, notes: Notes) -> Any:
        if not isinstance(node, Mapping):
            notes.wrong(node, "not_mapping", keys="…")
            return WRONG
        found = {}
        for key, value in node.pairs:
            name, one = keys(key, notes), values(value, notes)
            if name is not WRONG and one is not WRONG:
                found[name] = one
        return found

    return read


def _ladder(node: Node, notes: Notes) -> Any:
    found = table(whole(1, LONGEST_LIMIT), one_of(Problem))(node, notes)
    return WRONG if found is WRONG else tuple(sorted(found.items()))


def _suspension(node: Node, notes: Notes) -> Any:
    """Days in which no updates are expected; ones that end before they begin would hide a slip."""
    found = read_mapping(node, SUSPENSION, notes)
    if found is None:
        return WRONG
    if found["until"] < found["since"]:
        notes.wrong(node, "suspension_order", since=found["since"], until=found["until"])
        return WRONG
    return Suspension(**found)


def _kind_row(node: Node, notes: Notes) -> Any:
    found = read_mapping(node, KIND_ROW, notes)
    return WRONG if found is None else found


def _label_row(node: Node, notes: Notes) -> Any:
    found = read_mapping(node, LABEL_ROW, notes)
    if found is None:
        return WRONG
    return LabelRow(found["label"], found.get("short", found["label"]), found.get("also", ()))


def profile_name(node: Node, notes: Notes) -> Any:
    """A name that is also the name of a file."""
    found = text(node, notes)
    if found is WRONG or NAME.fullmatch(found):
        return found
    notes.wrong(node, "unknown_word", word=found, known=nearest("national", ["national"]))
    return WRONG


_KIND = one_of(ColumnKind, KIND_LABELS)

KIND_ROW = {
    "label": Field(text),
    "limit": Field(limit),
    "pattern": Field(pattern),
    "level": Field(one_of(Level)),
    "decides": Field(one_of(Decides)),
    "blank": Field(one_of(Decides)),
    "source": Field(text),
    "firmness": Field(text),
}

LABEL_ROW = {
    "label": Field(text, required=True),
    "short": Field(text),
    "also": Field(list_of(text)),
}

SUSPENSION = {
    "since": Field(day, required=True),
    "until": Field(day, required=True),
    "relief": Field(flag),
}

KEYS: dict[str, Reader] = {
    "name": profile_name,
    "extends": profile_name,
    "title": text,
    "basis": text,
    "independent_after": longest(_LONGEST),
    "unknown_budget": share,
    "answer_within": longest(_LONGEST_ANSWER, _SHORTEST_ANSWER),
    "host_delay": longest(_LONGEST),
    "host_concurrency": whole(1, 64),
    "confidence_floor": share,
    "month_rule": one_of(MonthRule),
    "list_twice": flag,
    "account_days": whole(1, 366),
    "weekly_min": table(one_of(Platform, PLATFORM_LABELS), whole(0, 100)),
    "kind_weekly_min": table(text, whole(0, 100)),
    "account_second_after": longest(_LONGEST),
    "account_pace": share,
    "suspensions": table(text, _suspension),
    "long_days": whole(1, LONGEST_LIMIT),
    "scored": one_of(Scored),
    "pass_mark": whole(0, 100),
    "survey_share": share,
    "warn_at": table(whole(1, LONGEST_LIMIT), whole(1, LONGEST_LIMIT)),
    "warn_share": share,
    "ladder": _ladder,
    "wording": table(one_of(Problem), text),
    "deadlines": table(_KIND, table(one_of(SiteRole), month_day)),
    "limits": table(_KIND, limit),
    "kinds": table(_KIND, _kind_row),
    "disclosure_labels": table(one_of(Section), _label_row),
}

# Keys whose rows add to those of the profile that is extended; all others replace.
ADDED = ("weekly_min", "kind_weekly_min", "suspensions", "warn_at", "wording", "deadlines")
