"""The file in which people fill in what only they can tell of a site's indicators. Pure.

Good rows are kept whatever stands beside them; rows without 分值 are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.indicators import Form, Indicator, On, Part, indicators
from rules.notes import Notes
from rules.register import Register, Standing
from rules.score_facts import Entry
from rules.sheets import Line, Sheet, bare, lines_of, names_of, plain_word
from rules.veto_facts import site_names
from rules.words import say

KEYS = (
    "month",
    "site",
    "target",
    "indicator",
    "item",
    "maximum",
    "score_points",
    "note",
    "filler",
)
REQUIRED = (("site", "target"), ("indicator",), ("score_points",), ("filler",))
LONGEST = {"note": 200, "filler": 40}
_POINTS = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
HIT, NOT_HIT = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Named:
    """What rows may write (bare) for the running sites, with the site's own name; and for accounts,
    by their identity (platform:id)."""

    sites: Mapping[str, str]
    accounts: Mapping[str, str]

    @classmethod
    def of(cls, register: Register) -> Named:
        runs = [site for site in register.sites if site.status is Standing.RUNNING]
        return cls(
            {bare(name): site.name for site in runs for name in site_names(site)},
            {
                bare(one.target): one.target
                for one in register.accounts
                if one.status is Standing.RUNNING
            },
        )


def fillable() -> tuple[Indicator, ...]:
    """The indicators that take a person's entry, in the order of the table."""
    return tuple(one for one in indicators() if one.form is Form.SCORE)


def headings() -> tuple[str, ...]:
    """The headings to write, in the order of `KEYS`."""
    return tuple(names_of(key)[0] for key in KEYS)


def written_entries(sheet: Sheet, named: Named, month: str | None, notes: Notes) -> Iterator[Entry]:
    """The good rows of a sheet; mistakes go to `notes`. `month` is that of rows that name none."""
    first: dict[tuple[str, str, str], int] = {}
    for line in lines_of(sheet, KEYS, REQUIRED, notes):
        if not line["score_points"]:
            continue
        before = len(notes.mistakes)
        entry = _entry(line, named, month, notes)
        if entry is None or len(notes.mistakes) > before:
            continue
        earlier = first.setdefault((entry.month, entry.site, entry.code), line.number)
        if earlier != line.number:
            line.wrong(notes, "indicator", "score_doubled", first=earlier)
            continue
        yield entry


def _entry(line: Line, named: Named, month: str | None, notes: Notes) -> Entry | None:
    """The entry of a row, or None with every mistake of the row noted."""
    one = _indicator(line, notes)
    owner = _owner(line, one, named, notes)
    written = unicodedata.normalize("NFKC", line["month"]).strip() or month or ""
    if not _MONTH.fullmatch(written):
        line.wrong(notes, "month", "submission_month", found=written[:40])
    for key, limit in LONGEST.items():
        if len(line[key]) > limit:
            line.wrong(notes, key, "check_long", limit=limit)
    if not line["filler"]:
        line.wrong(notes, "filler", "check_missing")
    points = None if one is None else _points(line, one, notes)
    if points and not line["note"]:
        line.wrong(notes, "note", "check_missing")
    if owner is None or one is None or points is None:
        return None
    return Entry(written, owner, one.code, points, line["note"], line["filler"])


def _owner(line: Line, one: Indicator | None, named: Named, notes: Notes) -> str | None:
    """The site that a row is about, by its name; or the account, by its identity."""
    is_account = one is not None and one.on is On.ACCOUNT
    key, known = ("target", named.accounts) if is_account else ("site", named.sites)
    owner = known.get(bare(line[key]))
    if owner is None:
        line.wrong(notes, key, f"score_{'account' if is_account else 'site'}", name=line[key][:40])
    return owner


def _indicator(line: Line, notes: Notes) -> Indicator | None:
    written = bare(line["indicator"])
    found = [one for one in fillable() if bare(one.code) == written]
    if not found:
        known = "、".join(one.code for one in fillable())
        line.wrong(notes, "indicator", "score_indicator", found=line["indicator"][:40], known=known)
        return None
    return found[0]


def _points(line: Line, one: Indicator, notes: Notes) -> Decimal | None:
    """The points of a row; of a veto whether it was hit."""
    written = line["score_points"]
    if one.part is Part.VETO:
        word = plain_word(written)
        for word_of, hit in (("hit.yes", HIT), ("hit.no", NOT_HIT)):
            if word in map(bare, say(word_of).split("、")):
                return hit
        line.wrong(notes, "score_points", "score_hit", found=written[:40])
        return None
    text = unicodedata.normalize("NFKC", written).strip().removesuffix("分")
    points = Decimal(text) if _POINTS.fullmatch(text) else None
    if points is None or points > (one.points or NOT_HIT):
        line.wrong(notes, "score_points", "score_points", found=written[:40], most=one.points)
        return None
    return points
