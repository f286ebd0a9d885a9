"""A table that a person filled in: its headings in any of their names, its cells by key. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from rules.facts import SHANGHAI
from rules.notes import Notes
from rules.words import catalogue

_REMARK = re.compile(r"[(\[].*")  # what a heading or a word explains in brackets
# The apostrophe that files we write put before what a spreadsheet would take for a formula.
_GUARD = re.compile(r"^'(?=[=+@＝＋＠-])")
_DAYS = (
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"(\d{4})(年)(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"(\d{4})()(\d{2})(\d{2})"),
)
# 2022-06-20 9:05, 2022年6月20日09:05:30; 9时5分 is written by nobody's export.
_MINUTE = re.compile(r"(.{6,12}?)[ T]*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text. `rows` are the filled ones, each with its number in the file (from 1) and a
    text for each of `headings`; `heading_row` is the number of theirs."""

    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row by key. `places` are the numbers of its cells in the file (from 1), `headings` what
    stands above them; a key without a column is an empty text."""

    number: int
    cells: dict[str, str]
    places: dict[str, int]
    headings: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def wrong(self, notes: Notes, key: str, what: str, **values: object) -> None:
        """Note a mistake in one cell: the words `mistake.WHAT`, told under the cell's heading."""
        heading = self.headings.get(key, names_of(key)[0])
        place = self.places.get(key, 1)
        notes.wrong_at(self.number, place, what, heading=heading, **values)


def bare(text: str) -> str:
    """Text for comparing: plain letters and digits, no spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def plain_word(text: str) -> str:
    """As `bare`, without what is explained in brackets and a full stop behind it."""
    return _REMARK.sub("", bare(text)).rstrip("。.:：")


def names_of(key: str) -> list[str]:
    """The names of a column, the one to write first."""
    return catalogue()[f"heading.{key}"].split("、")


def lines_of(
    sheet: Sheet, keys: Sequence[str], required: Sequence[Sequence[str]], notes: Notes
) -> Iterator[Line]:
    """The rows of a sheet by key; none, with one mistake noted, where its headings are wrong.

    `keys` are those that may stand; of each of `required` at least one must.
    """
    names = {plain_word(name): key for key in keys for name in names_of(key)}
    places: dict[str, int] = {}
    strange: list[str] = []
    for place, heading in enumerate(sheet.headings, start=1):
        key = names.get(plain_word(heading))
        if key is None or key in places:
            strange += [heading] if heading else []
        else:
            places[key] = place
    missing = [some for some in required if not any(key in places for key in some)]
    if strange or missing:
        _wrong_headings(sheet, keys, strange, missing, notes)
        return
    headings = {key: sheet.headings[place - 1] for key, place in places.items()}
    for number, cells in sheet.rows:
        written = {key: _GUARD.sub("", cells[place - 1]) for key, place in places.items()}
        yield Line(number, written, places, headings)


def _wrong_headings(
    sheet: Sheet,
    keys: Sequence[str],
    strange: Sequence[str],
    missing: Sequence[Sequence[str]],
    notes: Notes,
) -> None:
    lacking = "、".join("/".join(names_of(key)[0] for key in some) for some in missing)
    notes.wrong_at(
        sheet.heading_row,
        1,
        "sheet_headings" if missing else "sheet_strange",
        lacking=lacking,
        strange="、".join(strange)[:100],
        known="、".join(names_of(key)[0] for key in keys),
    )


def civil_day(text: str) -> date | None:
    """The day written in one of the usual forms, or None."""
    word = unicodedata.normalize("NFKC", text).strip()
    for form in _DAYS:
        found = form.fullmatch(word)
        if found is not None:
            try:
                return date(int(found[1]), int(found[3]), int(found[4]))
            except ValueError:
                return None
    return None


def civil_minute(text: str) -> datetime | None:
    """The minute written as a day and a time, in Shanghai; None for any other text, a day without
    its time among them."""
    found = _MINUTE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    day = civil_day(found[1]) if found is not None else None
    if found is None or day is None:
        return None
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3])), SHANGHAI)
    except ValueError:
        return None
