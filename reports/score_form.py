"""The file in which people fill in what only they can tell of sites' indicators.

Its first sheet is what `score --import` takes back, with a row for each site and item that waits
and what was filled in before; the second says how to fill it in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

import xlsxwriter  # type: ignore[import-untyped]

from reports.safety import guarded
from reports.score import points
from rules.indicators import Indicator, On, Part
from rules.score_facts import LineStanding, ScoreSheet
from rules.score_rows import KEYS, fillable, headings
from rules.veto_facts import Entry
from rules.words import say

WIDTHS = {"site": 28, "item": 30, "note": 44}
WIDTH = 12
ASKED = ("score_points", "note", "filler")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def score_form(found: Sequence[ScoreSheet], *, as_csv: bool) -> tuple[bytes, int]:
    """The file, as a workbook or as CSV, and how many rows of it wait."""
    rows = [row for sheet in found for row in _rows(sheet)]
    waiting = sum(1 for row in rows if not row[KEYS.index("score_points")])
    return (_csv(rows) if as_csv else _workbook(rows)), waiting


def _rows(sheet: ScoreSheet) -> Iterator[list[str]]:
    open_ = {line.indicator.code for line in sheet.lines if line.standing is LineStanding.OPEN}
    for one in fillable():
        if one.on is On.ACCOUNT:
            continue  # told by exception, in rows that people add
        entry = sheet.entries.get(one.code)
        if entry is not None or one.part is Part.VETO or one.code in open_:
            yield _row(sheet, one, entry)


def _row(sheet: ScoreSheet, one: Indicator, entry: Entry | None) -> list[str]:
    is_veto = one.part is Part.VETO
    said = ""
    if entry is not None:
        hit = say("hit.yes" if entry.points else "hit.no").split("、")[0]
        said = hit if is_veto else points(entry.points)
    cells = {
        "month": sheet.month,
        "site": sheet.site.name,
        "target": "",
        "indicator": one.code,
        "item": f"{say(f'sheet_part.{one.part}')}·{one.name}",
        "maximum": points(one.points),
        "score_points": said,
        "note": entry.reason if entry else "",
        "filler": entry.person if entry else "",
    }
    return [guarded(cells[key]) for key in KEYS]


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([headings(), *rows])
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        asked = book.add_format({"bold": True, "bg_color": "#FFF2CC", "border": 1})
        sheet = book.add_worksheet(say("score.sheet"))
        for place, (key, text) in enumerate(zip(KEYS, headings(), strict=True)):
            sheet.set_column(place, place, WIDTHS.get(key, WIDTH))
            sheet.write_string(0, place, text, asked if key in ASKED else heading)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text)
        sheet.freeze_panes(1, 2)
        told = book.add_worksheet(say("score.how_sheet"))
        told.set_column(0, 0, 100)
        for number, line in enumerate(say("score.how").strip().splitlines()):
            told.write_string(number, 0, line)
    return out.getvalue()
