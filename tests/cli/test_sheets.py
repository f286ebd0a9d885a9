"""Filled-in tables: every usual form is read alike, and a hostile one ends in one line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from cli import sheets
from cli.sheets import read_sheet
from rules.notes import Notes
from rules.sheets import Sheet

SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS: list[list[object]] = [
    ["网站", "核查日期", "次数"],
    [],
    ["甲网", date(2022, 6, 20), 3],
    [None, "2022/6/20", 1.5],
]
READ = Sheet(
    1,
    ("网站", "核查日期", "次数"),
    ((3, ("甲网", "2022-06-20", "3")), (4, ("", "2022/6/20", "1.5"))),
)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The workbook with some of its parts replaced, or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            new.writestr(one.filename, changed.pop(one.filename, old.read(one)))
        for name, text in changed.items():
            new.writestr(name, text)
    return out.getvalue()


def read(tmp_path: Path, content: bytes, name: str = "table") -> tuple[Sheet | None, list[str]]:
    path = tmp_path / name
    path.write_bytes(content)
    notes = Notes(str(path))
    sheet = read_sheet(path, notes)
    return sheet, [str(mistake) for mistake in notes.mistakes]


def test_a_workbook_gives_dates_and_numbers_as_they_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, workbook(ROWS)) == (READ, [])


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_gives_the_same_rows_in_every_charset_of_the_country(
    tmp_path: Path, charset: str, end: str
) -> None:
    lines = ["网站,核查日期,次数", "", "甲网,2022-06-20,3", ",2022/6/20,1.5", ",,"]
    assert read(tmp_path, end.join(lines).encode(charset)) == (READ, [])


def test_what_a_file_is_its_bytes_say_and_not_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, workbook(ROWS), "checks.csv") == (READ, [])


def test_an_instant_is_its_day_and_control_characters_are_no_text(tmp_path: Path) -> None:
    instant = datetime(2022, 6, 20, 8, 30)  # noqa: DTZ001 - a workbook knows no zones
    sheet, _ = read(tmp_path, workbook([["甲"], [instant], ["a\n b\u202e\u200bc"]]))
    assert sheet is not None
    assert [cells for _, cells in sheet.rows] == [("2022-06-20",), ("a b c",)]


def test_a_formula_is_never_computed(tmp_path: Path) -> None:
    sheet, _ = read(tmp_path, workbook([["甲", "乙"], ["=1+1", "x"]]))
    assert sheet is not None
    assert sheet.rows == ((2, ("", "x")),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\n\n,,\n", "空的"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, ".xlsx"),
        (b"PK\x03\x04 nothing behind it", "无法读取"),
        (workbook(ROWS)[:-300], "无法读取"),
        (b"\xff\xfe\xff\xff\x00\x81", "编码"),
        (b'a\n"' + b"x" * 200_000 + b'"', "无法读取"),
    ],
)
def test_what_is_no_table_is_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    sheet, lines = read(tmp_path, content)
    assert sheet is None
    assert len(lines) == 1
    assert words in lines[0]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    notes = Notes("no.xlsx")
    assert read_sheet(tmp_path / "no.xlsx", notes) is None
    assert read_sheet(tmp_path, notes) is None
    assert len(notes.mistakes) == 2


def test_too_large_a_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST_FILE", 1 << 20)
    assert "1 MiB" in read(tmp_path, b"x" * (2 << 20))[1][0]


def test_too_many_rows_are_told_with_the_first_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert "table:5:1" in read(tmp_path, b"a\n1\n2\n3\n4\n")[1][0]


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    bomb = repacked(workbook(ROWS), **{"xl/worksheets/sheet9.xml": b" " * (65 << 20)})
    assert len(bomb) < 1 << 20
    assert "32 MiB" in read(tmp_path, bomb)[1][0]


@pytest.mark.parametrize(
    ("part", "tag", "count"),
    [
        ("xl/worksheets/sheet1.xml", b"<c/>", 1_100_000),
        ("xl/styles.xml", b"<xf/>", 110_000),
        ("xl/other.bin", b"<xf/>", 110_000),
    ],
)
def test_crowds_of_tags_are_refused_before_any_parser_sees_them(
    tmp_path: Path, part: str, tag: bytes, count: int
) -> None:
    crowd = repacked(workbook(ROWS), **{part: b"<a>" + tag * count + b"</a>"})
    assert "过多" in read(tmp_path, crowd)[1][0]


def test_as_many_rows_as_may_be_are_no_crowd() -> None:
    cells = '<c r="A1" s="1" t="inlineStr"><is><t>甲</t></is></c>' * 11
    rows = f'<row r="1">{cells}</row>' * sheets.MOST_ROWS
    part = f"<worksheet {SPREADSHEET}><sheetData>{rows}</sheetData></worksheet>".encode()
    full = repacked(workbook(ROWS), **{"xl/worksheets/sheet1.xml": part})
    with zipfile.ZipFile(io.BytesIO(full)) as parts:
        assert sheets._danger(parts) is None


def test_a_thousand_parts_are_refused(tmp_path: Path) -> None:
    many = repacked(workbook(ROWS), **{f"xl/{number}.xml": b"<a/>" for number in range(1000)})
    assert len(read(tmp_path, many)[1]) == 1


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_are_refused_before_any_parser_sees_them(tmp_path: Path, charset: str) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha">]><worksheet>&b;</worksheet>'.encode(charset)
    forged = repacked(workbook(ROWS), **{"xl/worksheets/sheet1.xml": laughs})
    assert "文档类型" in read(tmp_path, forged)[1][0]


def test_a_sheet_that_claims_to_be_endless_costs_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>甲</t></is></c></row>'
        for number in (1, 2, 1_048_576)
    )
    sheet = (
        f"<worksheet {SPREADSHEET}>"
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    forged = repacked(workbook(ROWS), **{"xl/worksheets/sheet1.xml": sheet.encode()})
    found, lines = read(tmp_path, forged)
    assert (lines, found) == ([], Sheet(1, ("甲",), ((2, ("甲",)),)))
