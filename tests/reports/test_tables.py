"""A table says the same in all its forms, and nothing scraped does harm in any of them."""

from __future__ import annotations

import csv
import json
import unicodedata
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reports.safety import guarded, harmless
from reports.tables import Cell, Format, Table, render

FIELDS = ("site", "column", "days", "newest", "rounds")
HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝cmd|'/C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    "\ufeff=1+1",
    "\u202e=gpj.exe",
    "a\x00b\x07c\x1b[31md",
    "first\nsecond\r\nthird",
    "\u202eabc\u202c\u2066def\u2069",
    "[red]markup[/red] [06-20]",
    '","quoted","',
    "{{ template }}",
    "长" * 4000,
    "\ud800 lonely",
    "c1 \x9b31m",
]


def table_of(*rows: tuple[Cell, ...]) -> Table:
    packed = tuple(dict(zip(FIELDS, row, strict=True)) for row in rows)
    return Table("violations", FIELDS, packed, shown=("site", "column", "days", "newest"))


PLAIN = table_of(
    ("鼓楼区人民政府", "基层动态", 15, date(2022, 5, 22), ("2022-06-06", "2022-06-13")),
    ("市交通运输局", "政策文件", None, None, ()),
)


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_json_holds_every_field_in_order_with_its_type() -> None:
    found = json.loads(render(PLAIN, Format.JSON))
    assert [tuple(row) for row in found] == [FIELDS, FIELDS]
    assert list(found[0].values()) == [
        "鼓楼区人民政府",
        "基层动态",
        15,
        "2022-05-22",
        ["2022-06-06", "2022-06-13"],
    ]
    assert list(found[1].values()) == ["市交通运输局", "政策文件", None, None, []]
    assert "鼓楼" in render(PLAIN, Format.JSON).decode()


def test_csv_has_a_mark_for_excel_and_the_same_rows() -> None:
    content = render(PLAIN, Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of_csv(content) == [
        list(FIELDS),
        ["鼓楼区人民政府", "基层动态", "15", "2022-05-22", '["2022-06-06", "2022-06-13"]'],
        ["市交通运输局", "政策文件", "", "", "[]"],
    ]


def test_a_workbook_has_the_same_rows_under_frozen_names() -> None:
    content = render(PLAIN, Format.XLSX)
    assert rows_of_xlsx(content) == [
        FIELDS,
        ("鼓楼区人民政府", "基层动态", 15, "2022-05-22", '["2022-06-06", "2022-06-13"]'),
        ("市交通运输局", "政策文件", None, None, "[]"),
    ]
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.worksheets[0].freeze_panes == "A2"
    assert [row[0] for row in book.worksheets[1].iter_rows(values_only=True)] == ["字段", *FIELDS]


def test_a_piped_table_cuts_and_wraps_nothing() -> None:
    long = "市" * 100
    lines = render(table_of((long, "动态", 1, None, ())), Format.TABLE).decode().splitlines()
    assert any(long in line for line in lines)
    assert len([line for line in lines if "动态" in line]) == 1


WIDE = Table(
    "violations",
    FIELDS,
    tuple({**row, "rounds": ("2022-06-06", "2022-06-13")} for row in PLAIN.rows),
    shown=("site", "column", "days", "newest", "rounds"),
)


def letters(drawn: str) -> list[str]:
    """All that is printed, without rules and room."""
    return sorted(drawn.translate(dict.fromkeys(map(ord, "─ \n"))))


@pytest.mark.parametrize("width", range(30, 130, 7))
def test_a_table_on_a_terminal_keeps_to_its_width_and_loses_no_character(width: int) -> None:
    text = render(WIDE, Format.TABLE, width=width).decode()
    assert all(cell_len(line) <= width for line in text.splitlines())
    endless = render(WIDE, Format.TABLE).decode()
    assert letters(text) == letters(endless)


@pytest.mark.parametrize("width", [60, 80])
def test_a_date_is_broken_only_where_nothing_else_would_fit(width: int) -> None:
    text = render(WIDE, Format.TABLE, width=width).decode()
    assert text.count("2022-06-13") == 2


def test_columns_stand_under_each_other_with_chinese_in_them() -> None:
    lines = render(PLAIN, Format.TABLE).decode().splitlines()
    row = next(line for line in lines if "基层动态" in line)
    other = next(line for line in lines if "政策文件" in line)
    assert cell_len(row[: row.index("基层动态")]) == cell_len(other[: other.index("政策文件")])


def test_an_empty_table_says_so_and_keeps_its_headings() -> None:
    empty = Table("violations", FIELDS, (), FIELDS)
    assert "0" in render(empty, Format.TABLE).decode()
    assert json.loads(render(empty, Format.JSON)) == []
    assert rows_of_csv(render(empty, Format.CSV)) == [list(FIELDS)]
    assert rows_of_xlsx(render(empty, Format.XLSX)) == [FIELDS]


@pytest.mark.parametrize("form", list(Format))
def test_instants_are_shown_in_shanghai(form: Format) -> None:
    at = datetime(2022, 6, 6, 16, 30, tzinfo=UTC)
    table = Table("rounds", ("opened_at",), ({"opened_at": at},), ("opened_at",))
    if form is Format.XLSX:
        assert rows_of_xlsx(render(table, form))[1] == ("2022-06-07T00:30:00+08:00",)
    else:
        assert "2022-06-07" in render(table, form).decode()


def is_harmless(text: str) -> bool:
    """Nothing left that a terminal, an editor or a line reader would obey."""
    kinds = {unicodedata.category(character) for character in text}
    return not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_harmless_in_csv(title: str) -> None:
    head, row = rows_of_csv(render(table_of((title, title, 1, None, (title,))), Format.CSV))
    assert head == list(FIELDS)
    for cell in row:
        assert is_harmless(cell)
        assert not unicodedata.normalize("NFKC", cell[:1]).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_harmless_in_a_workbook(title: str) -> None:
    content = render(table_of((title, title, 1, None, (title,))), Format.XLSX)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert sheet.max_row == 2
    for cell in sheet[2]:
        assert cell.data_type in ("s", "n")
        assert cell.hyperlink is None
        assert is_harmless(str(cell.value))
        assert not str(cell.value).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_itself_in_json_and_moves_no_terminal(title: str) -> None:
    content = render(table_of((title, title, 1, None, (title,))), Format.JSON).decode()
    assert json.loads(content)[0]["site"] == title
    assert is_harmless(content.replace("\n", ""))


@pytest.mark.parametrize("width", [None, 80])
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_harmless_in_a_table(title: str, width: int | None) -> None:
    table = table_of((title, "动态", 1, None, ()), ("市", "态", 2, None, ()))
    text = render(table, Format.TABLE, width=width).decode()
    assert is_harmless(text.replace("\n", ""))
    if width is None:
        assert len(text.splitlines()) == 5  # title, headings, rule, two rows
    assert len(text) < 5_000


def test_what_looks_like_markup_is_printed_as_it_stands() -> None:
    text = render(table_of(("[red]a[/red] [06-20]", "b", 1, None, ())), Format.TABLE).decode()
    assert "[red]a[/red] [06-20]" in text


@given(st.text())
def test_harmless_text_is_harmless_and_stays_so(text: str) -> None:
    clean = harmless(text)
    assert harmless(clean) == clean
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_guarding_changes_only_what_starts_like_a_formula(text: str) -> None:
    assert guarded(text) in (harmless(text), f"'{harmless(text)}")
    assert not guarded(text).startswith(("=", "+", "-", "@"))
