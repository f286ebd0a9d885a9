"""Rows of annex 6: their remark, what must agree in them, and what a decision makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.disclosure import Built, Cell, Row, breaches, remark_of, with_remark
from rules.disclosure_reviewing import Edits, edited, edits_of, lifted
from rules.facts import Truth

OK, NO, UNKNOWN = Truth.OK, Truth.VIOLATION, Truth.UNKNOWN
GOOD = Row("市医疗保障局", OK, Built.CONFORMING, OK, OK, OK)
LACKING = with_remark(replace(GOOD, built=Built.NONCONFORMING, missing=("政策",)))
ABSENT = with_remark(Row("市财政局", NO, Built.ABSENT, NO, NO, NO))
NAMES = ("政策", "公开指南", "公开年报")


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """Every row that cells can make: the format follows from what is missing."""
    built = draw(st.sampled_from([*Built, None]))
    if built is Built.ABSENT:
        return ABSENT
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    cut = draw(st.integers(0, len(names)))
    entry, search, browse, updated = (draw(st.sampled_from(Truth)) for _ in Cell)
    row = Row("某局", entry, built, search, browse, updated)
    if built is Built.NONCONFORMING:
        row = replace(row, missing=tuple(names[:cut]), empty=tuple(names[cut:]))
    return with_remark(row)


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (GOOD, ""),
        (LACKING, "缺少政策栏目"),
        (replace(LACKING, missing=("政策", "公开制度")), "缺少政策、公开制度栏目"),
        (replace(LACKING, home_entry=NO), "首页无直接入口；缺少政策栏目"),
        (replace(LACKING, search=NO), "缺少政策栏目；检索功能不可用"),
        (replace(LACKING, missing=(), empty=("公开年报",)), "公开年报栏目无内容"),
        (replace(GOOD, search=UNKNOWN, built=None), "检索、标准格式未能核实"),
        (ABSENT, "未建设政府信息公开平台"),
    ],
)
def test_the_remark_says_what_the_cells_say(row: Row, remark: str) -> None:
    assert remark_of(row) == remark


@given(rows())
def test_a_row_made_from_its_cells_never_contradicts_itself(row: Row) -> None:
    assert breaches(row) == ()
    assert row.accuses <= bool(row.remark)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (replace(GOOD, remark="缺少政策栏目"), "conforming"),
        (replace(LACKING, remark="正在整改"), "nonconforming"),
        (replace(LACKING, missing=()), "nonconforming"),
        (replace(LACKING, built=None), "stray"),
        (replace(ABSENT, search=OK), "absent"),
        (replace(GOOD, home_entry=NO), "silent"),
        (replace(LACKING, search=NO), "unsaid"),
    ],
)
def test_a_row_that_contradicts_itself_is_told_by_the_rule_it_breaks(row: Row, rule: str) -> None:
    assert rule in breaches(row)


@given(rows(), st.sampled_from([OK, UNKNOWN]))
def test_a_dismissed_row_accuses_nobody(row: Row, to: Truth) -> None:
    changed = lifted(row, to)
    assert not changed.accuses
    assert breaches(changed) == ()


@given(
    rows(), st.lists(st.sampled_from([*NAMES, "检索", "查阅", "首页直接入口", "更新情况", "别的"]))
)
def test_what_a_confirmation_spares_is_gone_and_nothing_else(row: Row, names: list[str]) -> None:
    changed = edited(row, Edits(spared=tuple(names)))
    assert breaches(changed) == ()
    assert set(changed.zeros) <= set(row.zeros)
    if row.built is not Built.ABSENT:
        assert not {*changed.missing, *changed.empty} & set(names)


def test_a_note_spares_cells_and_words_the_remark() -> None:
    row = with_remark(replace(LACKING, home_entry=NO))
    note = "已电话核实。不认定：首页直接入口；说明：缺少政策栏目，正在建设；月底完成"
    assert edited(row, edits_of(note)) == replace(
        LACKING, remark="缺少政策栏目，正在建设；月底完成"
    )
    assert edits_of("已电话核实") == Edits()


def test_a_remark_that_leaves_something_out_does_not_stand() -> None:
    assert edited(LACKING, edits_of("说明：正在整改")) == LACKING
    assert edited(ABSENT, edits_of("不认定：检索")) == ABSENT
