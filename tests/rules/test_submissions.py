"""What units handed in: rows as clerks write them, the order of annexes 4 and 5, rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.notes import Notes
from rules.register import Register, Site, Unit, UnitGroup
from rules.sheets import Sheet, names_of
from rules.submissions import (
    Adjusted,
    Form,
    Submission,
    Total,
    UnitBook,
    ranked,
    rate,
    written_submissions,
)

REGISTER = Register(
    units=(
        Unit("市教体局", "市教育体育局", UnitGroup.DEPARTMENT, ("市教育局",)),
        Unit("杞县", "杞县人民政府办公室", UnitGroup.COUNTY),
    ),
    sites=(Site("丙局网", "丙局", "http://bing.example.test/"),),
)
COUNT = {"submitter": "杞县", "month": "2022-06", "submitted": "62", "adopted": "57"}
ITEM = {"submitter": "杞县", "item_day": "2022-06-08", "item_title": "甲", "item_adopted": "是"}
ADJUST = {
    "submitter": "市教育局",
    "month": "2022年6月",
    "adjustment": "+30",
    "adjustment_reason": "主要领导参加政务访谈",
    "approver": "陈某",
}


def read(
    *rows: dict[str, str],
    known: dict[tuple[str, str], Form] | None = None,
    month: str | None = None,
) -> tuple[list[Submission], list[str]]:
    notes = Notes("f.csv")
    keys = list(dict.fromkeys(key for row in (COUNT, ITEM, ADJUST, *rows) for key in row))
    lines = tuple((n, tuple(row.get(key, "") for key in keys)) for n, row in enumerate(rows, 2))
    sheet = Sheet(1, tuple(names_of(key)[0] for key in keys), lines)
    found = list(written_submissions(sheet, UnitBook.of(REGISTER), known or {}, month, notes))
    return found, [one.what for one in notes.mistakes]


def test_a_row_a_unit_and_month() -> None:
    assert read(COUNT) == ([Submission("2022-06", "杞县", Form.COUNT, "", 62, 57)], [])


def test_a_row_an_item_is_of_the_month_of_its_day() -> None:
    (one,), mistakes = read(ITEM)
    assert mistakes == []
    assert (one.month, one.form, one.submitted, one.adopted) == ("2022-06", Form.ITEM, 1, 1)
    assert read(ITEM | {"item_adopted": "否"})[0][0].adopted == 0


def test_an_adjustment_is_kept_apart_from_the_counts() -> None:
    found, mistakes = read(COUNT | {"submitter": "市教体局"} | ADJUST)
    assert mistakes == []
    assert [(one.form, one.submitted, one.amount) for one in found] == [
        (Form.COUNT, 62, 0),
        (Form.ADJUSTMENT, 0, 30),
    ]
    assert (found[1].counts_for, found[1].approver) == (Adjusted.SUBMITTED, "陈某")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("市教育局", "市教体局"),
        ("市教育体育局", "市教体局"),
        ("市 教体局", "市教体局"),
        ("杞县人民政府办公室", "杞县"),
        ("丙局", "丙局"),
    ],
)
def test_a_unit_is_known_by_every_name_it_has(written: str, printed: str) -> None:
    assert read(COUNT | {"submitter": written})[0][0].unit == printed


@pytest.mark.parametrize(
    "written", ["2022-06", "2022-6", "2022年6月", "2022年06月份", "202206", "2022/6", "2022-06-01"]
)
def test_a_month_in_any_of_its_usual_forms(written: str) -> None:
    assert read(COUNT | {"month": written})[0][0].month == "2022-06"


def test_a_row_without_a_month_is_of_the_month_that_was_given() -> None:
    assert read(COUNT | {"month": ""}, month="2022-05")[0][0].month == "2022-05"
    assert len(read(COUNT | {"month": ""})[1]) == 1


@pytest.mark.parametrize(
    "row",
    [
        COUNT | {"submitter": "没有的局"},
        COUNT | {"month": "六月"},
        COUNT | {"month": "2022-13"},
        COUNT | {"submitted": "六十"},
        COUNT | {"submitted": "-1"},
        COUNT | {"submitted": "62.5"},
        COUNT | {"adopted": "六十"},
        COUNT | {"adopted": "63"},
        COUNT | {"submitted": "9999999"},
        ITEM | {"item_day": "6月31日"},
        ITEM | {"item_title": ""},
        ITEM | {"item_adopted": "也许"},
        ITEM | {"month": "2022-07"},
        ADJUST | {"approver": ""},
        ADJUST | {"adjustment_reason": ""},
        ADJUST | {"adjustment": "很多"},
        ADJUST | {"adjusted": "别的"},
    ],
)
def test_a_wrong_cell_is_told_and_its_row_is_left_out(row: dict[str, str]) -> None:
    found, mistakes = read(row, COUNT | {"submitter": "丙局"})
    assert [one.unit for one in found] == ["丙局"]
    assert len(mistakes) == 1


def test_what_was_adopted_may_be_left_to_the_portals_own_pages() -> None:
    found, mistakes = read(COUNT | {"adopted": ""}, COUNT | {"submitter": "丙局", "adopted": "0"})
    assert mistakes == []
    assert [(one.submitted, one.adopted) for one in found] == [(62, None), (62, 0)]


def test_one_unit_under_two_names_is_one_unit() -> None:
    found, mistakes = read(
        COUNT | {"submitter": "市教体局"}, COUNT | {"submitter": "市教育局", "submitted": "60"}
    )
    assert (len(found), len(mistakes)) == (1, 1)


def test_counts_and_items_of_one_month_do_not_add_up() -> None:
    assert [one.form for one in read(COUNT, ITEM)[0]] == [Form.COUNT]
    known = {("2022-06", "杞县"): Form.ITEM}
    assert read(COUNT, known=known)[0] == []
    assert len(read(ITEM, known=known)[0]) == 1


def test_rows_of_totals_and_rows_not_filled_in_are_left() -> None:
    total = COUNT | {"submitter": "合计", "submitted": "1371", "adopted": "1086"}
    assert read(total, {"submitter": "杞县", "month": "2022-06"}) == ([], [])


# The seed's own rows: 祥符区 hands in 49 of 49 and stands behind 杞县; ties by 报送.
def test_adopted_ranks_before_submitted_and_the_rate_plays_no_part() -> None:
    rows = [Total("甲", 49, 49), Total("乙", 62, 57), Total("丙", 33, 21), Total("丁", 40, 21)]
    assert [one.unit for one in ranked(rows)] == ["乙", "甲", "丁", "丙"]


def test_ties_keep_their_order() -> None:
    assert [one.unit for one in ranked([Total("甲", 3, 3), Total("乙", 3, 3)])] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (310, 311, "99.6%"),
        (1086, 1371, "79.2%"),
        (45, 45, "100%"),
        (1, 2, "50.0%"),
        (0, 7, "0.0%"),
        (0, 0, "—"),
        (9999, 10000, "99.9%"),
    ],
)
def test_rates_have_one_decimal_rounded_down(part: int, whole: int, printed: str) -> None:
    assert rate(part, whole) == printed


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_no_rate_is_better_than_the_truth(part: int, whole: int) -> None:
    part = min(part, whole)
    told = float(rate(part, whole).rstrip("%"))
    assert told <= part * 100 / whole < told + 0.1 + 1e-9
