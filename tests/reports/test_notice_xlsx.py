"""The workbook of a notice: a sheet an annex, evidence, charts, and no title that is obeyed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from reports.notice import Notice
from reports.notice_xlsx import to_xlsx
from tests.reports.notices import CHARTS, PICTURE, hostile, june, worded

EVIDENCE = Path("../data/evidence/cases")


def made(notice: Notice) -> Any:
    content = to_xlsx(notice, worded(notice), CHARTS, EVIDENCE)
    return openpyxl.load_workbook(BytesIO(content))


def values(sheet: Any, top: int) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(min_row=top, values_only=True)]


def test_every_annex_has_its_sheet() -> None:
    names = made(june()).sheetnames
    assert names == [*(f"附件{number}" for number in range(1, 7)), "证据", "图表"]


def test_rows_stand_under_the_published_headings_and_merge() -> None:
    sheet = made(june())["附件1"]
    assert values(sheet, 3)[0][:5] == ["序号", "网站名称", "主管单位", "问题栏目", "问题类型"]
    assert values(sheet, 4)[0][:5] == [1, "甲区政府网", "甲区政府", "基层动态", "超过2周未更新"]
    assert values(sheet, 4)[1][:5] == [None, None, None, "办事统计", "超过1个月未更新"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A4:A5", "B4:B5", "C4:C5"} <= merged


def test_annex_6_has_two_rows_of_headings() -> None:
    sheet = made(june())["附件6"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"C3:E3", "F3:G3", "A3:A4", "I3:I4"} <= merged
    assert sheet["A5"].value == "未检查"


def test_counts_are_numbers_with_the_note_below() -> None:
    sheet = made(june())["附件5"]
    assert values(sheet, 4)[:2] == [[1, "乙局", 20, 19], [2, "丙局", 3, 0]]
    assert "加30条" in sheet["A6"].value


def test_each_row_leads_to_its_evidence_and_says_when_it_failed() -> None:
    sheet = made(june())["附件1"]
    assert [cell.value for cell in sheet[4]][5:8] == ["2022-06-06", "2022-06-13", "证据"]
    target = sheet["H4"].hyperlink.target.replace("\\", "/")
    assert target == f"../data/evidence/cases/{PICTURE}"


def test_the_evidence_sheet_names_every_file_of_every_line() -> None:
    rows = values(made(june())["证据"], 2)
    assert len(rows) == 12
    assert rows[0][:3] == ["V1", "甲区政府", "超过2周未更新"]
    assert rows[1][4] == PICTURE


def test_a_printed_sheet_has_the_published_columns_and_its_headings_on_every_page() -> None:
    sheet = made(june())["附件1"]
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.print_area == "'附件1'!$A$1:$E$6"
    assert sheet.page_setup.fitToHeight == 0


def test_charts_are_excels_own_beside_their_numbers() -> None:
    sheet = made(june())["图表"]
    assert len(sheet._charts) == len(CHARTS)
    assert values(sheet, 2)[0][:2] == ["超过2周未更新", 3]


def test_no_title_is_a_formula_or_a_link() -> None:
    book = made(hostile())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    assert not cell.value.startswith(("=", "+", "-", "@"))
                    assert "\x1b" not in cell.value
                    assert "\u202e" not in cell.value
                    assert len(cell.value) <= 32_767
    assert book["附件1"]["D4"].value.startswith("'=cmd|")
