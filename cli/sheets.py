"""Tables that people fill in, .xlsx or .csv, read as rows of text under the headings of row one.

What is in them is hostile: sizes, rows and unpacked sizes are bounded before anything is parsed,
no formula is computed (what Excel stored as its value is taken), nothing outside is followed. What
kind of file it is says its first bytes, not its name.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships no types, nor does anybody for it

from rules.notes import Notes
from rules.sheets import Sheet

LARGEST_FILE = 8 << 20  # bytes
LARGEST_UNPACKED = 32 << 20  # of all parts of a workbook together
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 50
MOST_LINES = 2 * MOST_ROWS  # of a workbook, empty ones among them
# What a parser makes of a tag is far larger than the tag: 40 MiB of empty cells became 3 GiB.
TABLE_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml")
MOST_TAGS, MOST_OTHER_TAGS = 1_000_000, 100_000  # of all parts that hold cells, and of any other
LONGEST_CELL = 2000  # characters; the rest is of no use to anybody
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # kinds of character, by Unicode

# An instant of a workbook and the form of its cell -> the text.
Shown = Callable[[datetime, str], str]

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # .xlsx; .xls and everything encrypted
# Office writes no document types; whoever does wants entities to expand.
BANNED = (b"<!DOCTYPE", b"<!ENTITY")
WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, in which they could hide


def read_sheet(path: Path, notes: Notes, *, to_the_minute: bool = False) -> Sheet | None:
    """The (first) table of a file; None, with a mistake noted, where it cannot be had.

    Of a cell that holds an instant its day is taken, or, `to_the_minute`, that with the time which
    it shows.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            notes.wrong(None, "sheet_large", limit=LARGEST_FILE >> 20)
            return None
        content = path.read_bytes()
    except OSError as error:
        notes.wrong(None, "no_file", why=error.strerror or str(error))
        return None
    if content.startswith(OLE):
        notes.wrong(None, "sheet_old")
        return None
    try:
        return _read(content, notes, _minute if to_the_minute else _day)
    except Exception as error:  # noqa: BLE001 - whatever a forged file makes of the libraries
        notes.wrong(None, "sheet_damaged", why=f"{type(error).__name__}: {error}"[:200])
        return None


def _read(content: bytes, notes: Notes, shown: Shown) -> Sheet | None:
    if not content.startswith(ZIP):
        text = _decoded(content)
        if text is None:
            notes.wrong(None, "sheet_charset")
            return None
        return _sheet(csv.reader(io.StringIO(text, newline="")), notes)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        wrong = _danger(parts)
    if wrong:
        notes.wrong(None, wrong, limit=LARGEST_UNPACKED >> 20)
        return None
    return _sheet(_cells_of_workbook(content, shown), notes)


def _sheet(lines: Iterable[Sequence[str]], notes: Notes) -> Sheet | None:
    cleaned = ([_clean(cell) for cell in cells[:MOST_COLUMNS]] for cells in lines)
    filled = ((place, cells) for place, cells in enumerate(cleaned, start=1) if any(cells))
    heading_row, headings = next(filled, (0, []))
    width = max((place for place, text in enumerate(headings, start=1) if text), default=0)
    if not width:
        notes.wrong(None, "sheet_empty")
        return None
    rows: list[tuple[int, tuple[str, ...]]] = []
    for place, cells in filled:
        if len(rows) >= MOST_ROWS:
            notes.wrong_at(place, 1, "sheet_long", limit=MOST_ROWS)
            return None
        rows.append((place, (*cells[:width], *[""] * (width - len(cells)))))
    return Sheet(heading_row, tuple(headings[:width]), tuple(rows))


def _decoded(content: bytes) -> str | None:
    """UTF-8 with or without its mark, else GB18030: what Excel writes in China."""
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return None


def _danger(parts: zipfile.ZipFile) -> str | None:
    """What is wrong with a workbook's parts, told by their directory before any is unpacked."""
    known = parts.infolist()
    if len(known) > MOST_PARTS or sum(one.file_size for one in known) > LARGEST_UNPACKED:
        return "sheet_bomb"
    tags = 0
    for one in known:  # whatever they are called: which part is what says a part, too
        text = parts.read(one)  # no more than its directory said
        if text.startswith(WIDE) or any(banned in text for banned in BANNED):
            return "sheet_forged"
        is_table = one.filename.startswith(TABLE_PARTS)
        tags += text.count(b"<") if is_table else 0
        if tags > MOST_TAGS or (not is_table and text.count(b"<") > MOST_OTHER_TAGS):
            return "sheet_crowded"
    return None


def _cells_of_workbook(content: bytes, shown: Shown) -> Iterator[list[str]]:
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    try:
        rows = book.worksheets[0].iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS)
        for cells in rows:
            yield [_text(cell, shown) for cell in cells]
    finally:
        book.close()


def _day(at: datetime, _form: str) -> str:
    return at.date().isoformat()


def _minute(at: datetime, form: str) -> str:
    """As the cell shows it: a day alone has no time, though Excel keeps midnight for it."""
    return f"{at:%Y-%m-%d %H:%M}" if "h" in form.lower() else _day(at, form)


def _text(cell: Any, shown: Shown) -> str:
    """A cell as its reader saw it: a date as 2022-06-20, a whole number without its point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return shown(value, str(cell.number_format))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _clean(text: str) -> str:
    """One line without control characters and marks that show nothing."""
    shown = (" " if unicodedata.category(one) in UNSEEN else one for one in text[:LONGEST_CELL])
    return " ".join("".join(shown).split())
