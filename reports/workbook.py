"""A table as an Excel workbook: a sheet of rows under frozen names, and one that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from rich.cells import cell_len

from reports.safety import guarded
from reports.tables import Cell, Table, as_text
from rules.words import say

CELL = 32_767  # characters that a cell holds
WIDEST = 60  # characters of a column's width

# What was scraped stays text, whatever it looks like.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(table: Table) -> bytes:
    """The bytes of an .xlsx file: numbers as numbers, all else as text, lists as JSON."""
    out = BytesIO()
    rows = [[row[field] for field in table.fields] for row in table.rows]
    meanings = [[field, say(f"field.{field}")] for field in table.fields]
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        _fill(book.add_worksheet(say(f"table.{table.name}")), table.fields, rows, bold)
        headings = (say("table.field"), say("table.meaning"))
        _fill(book.add_worksheet(say("table.fields")), headings, meanings, bold)
    return out.getvalue()


def _fill(sheet: Any, headings: Sequence[str], rows: Sequence[Sequence[Cell]], bold: Any) -> None:
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
        widest = max((cell_len(as_text(row[place])) for row in rows), default=0)
        sheet.set_column(place, place, min(max(widest, cell_len(heading)) + 2, WIDEST))
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, place, value)
            elif value is not None:
                sheet.write_string(line, place, guarded(as_text(value))[:CELL])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
