"""A notice as a workbook: a sheet an annex with its evidence, the evidence files, native charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from reports.notice import Notice
from reports.notice_annexes import Annex
from reports.notice_charts import Chart
from reports.notice_lines import Line, on, together
from reports.notice_text import NoticeText
from reports.safety import guarded
from rules.words import say

LISTS = {"failed": "site_failed", "1": "site", "2": "account_failed", "3": "account_problem"}
EXTRA = ("first_failed", "last_failed", "evidence")  # columns beside the published ones
WIDTHS = {
    2: (8, 34),
    3: (8, 30),
    4: (8, 30, 16, 16),
    5: (8, 34, 30, 30, 26),
    7: (8, 30, 30, 24, 24, 18, 14),
    9: (34, 10, 9, 13, 13, 8, 8, 10, 40),
}
PICTURES = (".png", ".jpg")
LONGEST_LINK = 2000  # characters that Excel takes for one
CHART_ROWS = 15
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Formats:
    """The looks of cells."""

    def __init__(self, book: Any) -> None:
        plain = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        self.cell = book.add_format(plain)
        self.heading = book.add_format(plain | {"bold": True, "bg_color": "#EDEDED"})
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.basis = book.add_format({"align": "center"})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format(plain | {"font_color": "#0563C1", "underline": 1})


def to_xlsx(notice: Notice, text: NoticeText, charts: Sequence[Chart], evidence: Path) -> bytes:
    """The bytes of an .xlsx file. `evidence` is the folder that evidence paths lie in, best
    told from where the workbook will lie."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        looks = _Formats(book)
        for annex in text.annexes:
            lines = on(notice.lines, LISTS.get(annex.key, ""))
            _annex_sheet(book, looks, annex, lines, evidence)
        _evidence_sheet(book, looks, notice.lines, evidence)
        if charts:
            _chart_sheet(book, charts)
    return out.getvalue()


def _annex_sheet(
    book: Any, looks: _Formats, annex: Annex, lines: Sequence[Line], evidence: Path
) -> None:
    number = say("notice_text.annex", number=annex.number)
    sheet = book.add_worksheet(number if annex.number else annex.title[:31])
    extra = [say(f"notice_text.{key}") for key in EXTRA] if annex.key in LISTS else []
    width = len(annex.headings)
    for place, wide in enumerate(WIDTHS[width]):
        sheet.set_column(place, place, wide)
    sheet.set_column(width, width + len(EXTRA) - 1, 14)
    sheet.merge_range(0, 0, 0, width - 1, annex.title, looks.title)
    if annex.basis:
        sheet.merge_range(1, 0, 1, width - 1, annex.basis, looks.basis)
    top = _headings(sheet, looks, annex, extra)
    bottom = _rows(sheet, looks, annex, top)
    if annex.key in LISTS:
        _proofs(sheet, looks, lines, (top, width), evidence)
    if annex.note:
        sheet.merge_range(bottom, 0, bottom + 1, width - 1, guarded(annex.note), looks.note)
    sheet.freeze_panes(top, 0)
    _for_paper(sheet, top, width)


def _for_paper(sheet: Any, top: int, width: int) -> None:
    """A4, one page wide, the published columns alone, their headings on every page."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top - 1)
    sheet.print_area(0, 0, sheet.dim_rowmax or top, width - 1)
    sheet.set_footer("&C— &P —")


def _headings(sheet: Any, looks: _Formats, annex: Annex, extra: Sequence[str]) -> int:
    """Write the headings from the third row on; annex 6 has two rows. The first row below them."""
    names = (*annex.headings, *extra)
    if annex.key != "6":
        for place, name in enumerate(names):
            sheet.write_string(2, place, name, looks.heading)
        return 3
    for start, end, key in ((2, 4, "heads_6_format"), (5, 6, "heads_6_function")):
        sheet.merge_range(2, start, 2, end, say(f"notice_text.{key}"), looks.heading)
        for place in range(start, end + 1):
            sheet.write_string(3, place, names[place], looks.heading)
    for place in (0, 1, 7, 8):
        sheet.merge_range(2, place, 3, place, names[place], looks.heading)
    return 4


def _rows(sheet: Any, looks: _Formats, annex: Annex, top: int) -> int:
    """Write the rows, a group's first cells merged; the first free row below."""
    line = top
    for group in annex.groups:
        for row in group:
            first = 0 if row is group[0] else annex.merged
            for place, value in list(enumerate(row))[first:]:
                _write(sheet, looks, line, place, value)
            line += 1
        if len(group) > 1:
            for place in range(annex.merged):
                top_line = line - len(group)
                sheet.merge_range(top_line, place, line - 1, place, "", looks.cell)
                _write(sheet, looks, top_line, place, group[0][place])
    if not annex.groups:
        sheet.merge_range(line, 0, line, len(annex.headings) - 1, annex.empty, looks.cell)
        line += 1
    return line


def _write(sheet: Any, looks: _Formats, line: int, place: int, value: str) -> None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        sheet.write_number(line, place, int(value), looks.cell)
    else:
        sheet.write_string(line, place, guarded(value), looks.cell)


def _proofs(
    sheet: Any, looks: _Formats, lines: Sequence[Line], place: tuple[int, int], evidence: Path
) -> None:
    """Beside each row when it first and last failed, and the way to its evidence."""
    top, width = place
    for line, group in enumerate(_in_rows(lines), start=top):
        days = sorted(day for one in group for day in one.rounds)
        sheet.write_string(line, width, days[0], looks.cell)
        sheet.write_string(line, width + 1, days[-1], looks.cell)
        paths = [path for one in group for path in one.evidence]
        best = next((path for path in reversed(paths) if path.endswith(PICTURES)), None)
        path = best or next(iter(paths), "")
        _link(sheet, looks, (line, width + 2), path, evidence, say("notice_text.evidence"))


def _in_rows(lines: Sequence[Line]) -> Sequence[Sequence[Line]]:
    """The lines as the annex's rows have them."""
    return list(together(lines)) if lines and lines[0].site else [[line] for line in lines]


def _link(
    sheet: Any, looks: _Formats, place: tuple[int, int], path: str, evidence: Path, told: str = ""
) -> None:
    target = f"external:{evidence / path}"
    if path and len(target) <= LONGEST_LINK:
        sheet.write_url(*place, target, looks.link, guarded(told or path))
    else:
        sheet.write_string(*place, guarded(path), looks.cell)


def _evidence_sheet(book: Any, looks: _Formats, lines: Sequence[Line], evidence: Path) -> None:
    """Every evidence file of every line, a row each, with the address that was looked at."""
    sheet = book.add_worksheet(say("notice_text.evidence"))
    keys = ("id", "unit", "problem", "url", "path")
    for place, (key, wide) in enumerate(zip(keys, (8, 30, 22, 50, 60), strict=True)):
        sheet.set_column(place, place, wide)
        sheet.write_string(0, place, say(f"field.{key}"), looks.heading)
    number = 0
    for line in lines:
        for path in line.evidence or ("",):
            number += 1
            told = (str(line.reference), line.unit, line.problem, line.url)
            for place, value in enumerate(told):
                sheet.write_string(number, place, guarded(value)[:LONGEST_LINK], looks.cell)
            _link(sheet, looks, (number, len(told)), path, evidence)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _for_reading(sheet)


def _for_reading(sheet: Any) -> None:
    """A4 across, one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _chart_sheet(book: Any, charts: Sequence[Chart]) -> None:
    """The charts as Excel's own, beside the numbers that they draw."""
    name = say("notice_text.charts_sheet")
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 34)
    _for_reading(sheet)
    line = 0
    for number, chart in enumerate(charts):
        sheet.write_string(line, 0, chart.title)
        sheet.write_string(line, 1, say("notice_text.count"))
        for place, (label, count) in enumerate(chart.bars, start=line + 1):
            sheet.write_string(place, 0, guarded(label))
            sheet.write_number(place, 1, count)
        last = line + len(chart.bars)
        sheet.insert_chart(number * CHART_ROWS, 3, _drawn(book, name, chart, (line + 1, last)))
        line = last + 2


def _drawn(book: Any, sheet: str, chart: Chart, rows: tuple[int, int]) -> Any:
    drawn = book.add_chart({"type": "bar"})
    series: Mapping[str, Any] = {
        "name": chart.title,
        "categories": [sheet, rows[0], 0, rows[1], 0],
        "values": [sheet, rows[0], 1, rows[1], 1],
        "data_labels": {"value": True},
    }
    drawn.add_series(series)
    drawn.set_title({"name": chart.title})
    drawn.set_legend({"none": True})
    drawn.set_y_axis({"reverse": True, "interval_unit": 1})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})  # labels tell it
    drawn.set_size({"width": 640, "height": 290})
    return drawn
