"""The rows of a file of signed checks: each one check, or what is wrong in it and what to write.

Pure. Good rows are kept whatever stands beside them; rows that nobody has filled in yet are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache

from rules.checks import Check
from rules.facts import Outcome
from rules.notes import Notes
from rules.register import Register
from rules.sheets import Line, Sheet, bare, civil_day, lines_of, names_of, plain_word
from rules.words import catalogue, say

# What may stand above the columns; the last three are for the reader of the template alone.
KEYS = (
    "site",
    "column",
    "target",
    "checked_on",
    "seen",
    "person",
    "picture",
    "note",
    "unit",
    "reason",
    "url",
)
REQUIRED = (("site", "target"), ("column", "target"), ("checked_on",), ("seen",), ("person",))
FILLED = ("checked_on", "seen", "person", "picture")  # by whoever checked
LONGEST = {"person": 40, "note": 500}
EARLIEST = date(2000, 1, 1)  # of what is seen: no older list is on a site of today
OLDEST = timedelta(days=366)  # of a check: an older one is a slip of the year
SUGGESTIONS = 50  # names for which the nearest known ones are sought


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """One good row. `picture` is the screenshot's file as written, empty without one."""

    line: Line
    check: Check
    picture: str


@cache
def seen_words() -> dict[str, Outcome]:
    """What may be written for what was seen, where it was no date: word -> outcome."""
    return {
        bare(word): Outcome(key.removeprefix("seen."))
        for key, words in catalogue().items()
        if key.startswith("seen.")
        for word in words.split("、")
    }


@dataclass(slots=True)
class _Known:
    """The register's columns by what people call them."""

    targets: dict[str, str]
    columns: dict[str, dict[str, str]]
    names: dict[str, list[str]]
    sites: list[str]
    sought: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, register: Register) -> _Known:
        sites = register.sites
        return cls(
            targets={bare(one.id): one.id for site in sites for one in site.columns},
            columns={
                bare(site.name): {bare(one.name): one.id for one in site.columns} for site in sites
            },
            names={bare(site.name): [one.name for one in site.columns] for site in sites},
            sites=[site.name for site in sites],
        )

    def near(self, name: str, known: list[str]) -> str:
        """The known names nearest to one, for a message; empty where none is, or too many asked."""
        self.sought.add(name)
        if len(self.sought) > SUGGESTIONS:
            return ""
        return "、".join(get_close_matches(name, known, n=3, cutoff=0.4))


def written_checks(
    sheet: Sheet, register: Register, today: date, notes: Notes
) -> Iterator[WrittenCheck]:
    """The good rows of a sheet; mistakes go to `notes`. `today` is the Shanghai date."""
    known = _Known.of(register)
    first: dict[tuple[str, date], int] = {}
    for line in lines_of(sheet, KEYS, REQUIRED, notes):
        if not any(line[key] for key in FILLED) or line["site"] == say("checks.example_site"):
            continue
        check = _check(line, known, today, notes)
        if check is None:
            continue
        before = first.setdefault((check.target, check.checked_on), line.number)
        if before != line.number:
            line.wrong(notes, "checked_on", "check_doubled", first=before)
            continue
        yield WrittenCheck(line, check, line["picture"])


def _check(line: Line, known: _Known, today: date, notes: Notes) -> Check | None:
    """The check of a row, or None with every mistake of the row noted."""
    before = len(notes.mistakes)
    target = _target(line, known, notes)
    checked_on = _checked_on(line, today, notes)
    seen = _seen(line, checked_on, notes)
    for key in ("person", "note"):
        if key == "person" and not line[key]:
            line.wrong(notes, key, "check_missing")
        elif len(line[key]) > LONGEST[key]:
            line.wrong(notes, key, "check_long", limit=LONGEST[key])
    if len(notes.mistakes) > before or target is None or checked_on is None or seen is None:
        return None
    return Check(target, checked_on, *seen, person=line["person"], note=line["note"])


def _target(line: Line, known: _Known, notes: Notes) -> str | None:
    """The target of a row: by its identity where that is written, else by site and column."""
    if line["target"]:
        found = known.targets.get(bare(line["target"]))
        if found is None:
            line.wrong(notes, "target", "check_no_target", name=line["target"])
        return found
    for key in ("site", "column"):
        if not line[key]:
            line.wrong(notes, key, "check_missing")
            return None
    site, name = line["site"], line["column"]
    columns = known.columns.get(bare(site))
    if columns is None:
        near = known.near(site, known.sites)
        line.wrong(notes, "site", "check_no_site", name=site, known=near or say("checks.register"))
        return None
    if bare(name) not in columns:
        near = known.near(name, known.names[bare(site)])
        near = near or say("checks.register")
        line.wrong(notes, "column", "check_no_column", site=site, name=name, known=near)
    return columns.get(bare(name))


def _checked_on(line: Line, today: date, notes: Notes) -> date | None:
    written = line["checked_on"]
    if not written:
        line.wrong(notes, "checked_on", "check_missing")
        return None
    day = civil_day(written)
    if day is None:
        line.wrong(notes, "checked_on", "check_day", found=written[:40])
    elif day > today:
        line.wrong(notes, "checked_on", "check_future", found=day, today=today)
    elif today - day > OLDEST:
        line.wrong(notes, "checked_on", "check_old", found=day, oldest=today - OLDEST)
    else:
        return day
    return None


def _seen(line: Line, checked_on: date | None, notes: Notes) -> tuple[Outcome, date | None] | None:
    written = line["seen"]
    if not written:
        line.wrong(notes, "seen", "check_missing")
        return None
    outcome = seen_words().get(plain_word(written))
    if outcome is not None:
        return outcome, None
    day = civil_day(written)
    if day is None:
        line.wrong(notes, "seen", "check_seen", found=written[:40], known=seen_words_to_write())
    elif day < EARLIEST:
        line.wrong(notes, "seen", "check_old", found=day, oldest=EARLIEST)
    elif checked_on is not None and day > checked_on:
        line.wrong(notes, "seen", "check_later", found=day, checked=checked_on)
    else:
        return Outcome.READ, day
    return None


def seen_words_to_write() -> str:
    """One word for each thing that may be seen."""
    firsts = (words for key, words in catalogue().items() if key.startswith("seen."))
    return "、".join(words.split("、")[0] for words in firsts)


def headings() -> tuple[str, ...]:
    """The headings to write, in the order of `KEYS`."""
    return tuple(names_of(key)[0] for key in KEYS)
