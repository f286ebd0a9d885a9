"""Rows of data as an analyst takes them: a table to read, CSV, JSON, or a workbook.

One model, four renderings, all of them bytes; nothing here prints or opens a file. What was
scraped from pages is hostile: it may hold formulas, control characters, direction marks or
whole pages of text, and must be harmless wherever it ends.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import TypeAlias

from reports.safety import guarded, harmless, inert
from rules.facts import SHANGHAI
from rules.words import catalogue, say

# A value of a row; a sequence or mapping (of strings or whole numbers) is written as JSON.
Cell: TypeAlias = (
    str | int | float | bool | date | datetime | Sequence[str] | Mapping[str, int] | None
)

TABLE_CELL = 120  # characters of one cell in a table to read
WHOLE = 10  # columns of a word that a narrow terminal does not break: a date
GAP = 3  # columns between two columns of a table
ENDLESS = 100_000  # characters a line may have where nobody has said how wide the reader's is


class Format(StrEnum):
    """The ways in which every command that prints data prints it."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their field names, in order.

    `name` is the plural noun of the catalogue's `table` words (its title). `shown` are the fields
    that the table to read has room for; the three others hold all fields. `words` names, for a
    field of codes, the catalogue's table that a reader sees instead of them.
    """

    name: str
    fields: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    shown: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


def render(table: Table, form: Format, *, width: int | None = None) -> bytes:
    """The table in one of its forms, in UTF-8 where it is text.

    `width` is that of the reader's terminal in characters; None (a pipe, a file) breaks and cuts
    nothing but single cells over `TABLE_CELL`.
    """
    if form is Format.TABLE:
        return _read_by_people(table, width).encode("utf-8")
    if form is Format.XLSX:
        from reports.workbook import workbook  # only whoever asks for a workbook waits for it

        return workbook(table)
    return _csv(table) if form is Format.CSV else _json(table)


def to_json(value: object) -> str:
    """Indented JSON with Chinese as itself, and nothing in it that a terminal would obey."""
    return inert(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    """A value as JSON has it: instants in Asia/Shanghai, days in ISO form."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no cell")


def as_text(value: Cell) -> str:
    """A value as text: what a database's own shell prints, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return str(_plain(value))
    return json.dumps(value, ensure_ascii=False)


def _csv(table: Table) -> bytes:
    """RFC 4180 with the byte order mark that Excel wants."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(table.fields)
    for row in table.rows:
        writer.writerow([_csv_cell(row[name]) for name in table.fields])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Cell) -> str:
    text = as_text(value)
    return guarded(text) if isinstance(value, str) else harmless(text)


def _json(table: Table) -> bytes:
    rows = [{name: row[name] for name in table.fields} for row in table.rows]
    return f"{to_json(rows)}\n".encode()


def _read_by_people(table: Table, width: int | None) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    title = say("table.title", name=say(f"table.{table.name}"), count=len(table.rows))
    if not table.rows:
        return f"{title}\n"
    heads = [say(f"field.{name}") for name in table.shown]
    rows = [
        [_short(row[name], table.words.get(name)) for name in table.shown] for row in table.rows
    ]
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for head, least in zip(heads, _least_widths([heads, *rows], width), strict=True):
        drawn.add_column(Text(head), overflow="fold", no_wrap=width is None, min_width=least)
    for cells in rows:
        drawn.add_row(*map(Text, cells))
    out = StringIO()
    console = Console(file=out, width=width or ENDLESS, color_system=None, highlight=False)
    console.print(drawn)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join([title, *(line for line in lines if line), ""])


def _least_widths(lines: Sequence[Sequence[str]], width: int | None) -> list[int | None]:
    """How wide each column must be not to break a date; nothing where not even that has room.

    Rich would leave out the last columns rather than go under a least width.
    """
    from rich.cells import cell_len

    least = [
        max(min(cell_len(word), WHOLE) for line in lines for word in (line[place].split() or [""]))
        for place in range(len(lines[0]))
    ]
    fits = width is None or sum(least) + GAP * len(least) <= width
    return [one if fits else None for one in least]


def _short(value: Cell, words: str | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping):
        return "，".join(f"{_worded(key, words)} {count}" for key, count in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return harmless(" ".join(value))
    text = harmless(_worded(as_text(value), words))
    return text if len(text) <= TABLE_CELL else f"{text[: TABLE_CELL - 1]}…"


def _worded(code: str, words: str | None) -> str:
    """A code as its reader knows it; a code without words stays itself."""
    return catalogue().get(f"{words}.{code}", code) if words else code
