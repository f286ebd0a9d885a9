"""Annex 6 of a notice: confirmed faults alone are 0, a draft marks the rest, slips are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, update

from reports.notice import Notice, notice
from reports.notice_disclosure import Disclosures, Printed
from reports.notice_text import Office, notice_text
from reports.review_form import open_findings
from rules.disclosure import Built, Row, with_remark
from rules.errors import XunjianError
from rules.facts import Truth
from rules.reviewing import Decision, Dismissal, Ruling
from storage.disclosure import FoundPlatform, keep_platform
from storage.engine import reading, transaction
from storage.models import DisclosureRow
from storage.reviews import decide, standing
from storage.violations import Narrow
from tests.reports.notices import june as june_by_hand

AT = datetime(2022, 6, 27, 4, tzinfo=UTC)
OK, NO = Truth.OK, Truth.VIOLATION
GOOD = Row("甲区政府", OK, Built.CONFORMING, OK, OK, OK)
LACKING = with_remark(replace(GOOD, home_entry=NO, built=Built.NONCONFORMING, missing=("政策",)))
ALL_ONES = {
    "unit": "甲区政府",
    "home_entry": 1,
    "format": "已建设符合",
    "search": 1,
    "browse": 1,
    "updated": 1,
    "remark": "",
}
ZEROS = {
    **ALL_ONES,
    "home_entry": 0,
    "format": "已建设不符合",
    "remark": "首页无直接入口；缺少政策栏目",
}
OPEN = {**ALL_ONES, "home_entry": None, "format": None, "remark": "首页直接入口、标准格式未能核实"}


def keep(engine: Engine, row: Row) -> None:
    found = FoundPlatform("platform:甲", "甲区政府网", "http://jia.test/", row, {}, (), AT)
    with transaction(engine) as session:
        keep_platform(session, "2022-06", found)


def rule(
    engine: Engine, decision: Decision, reason: Dismissal | None = None, note: str = ""
) -> None:
    with transaction(engine) as session:
        reference = next(one for one in standing(session) if str(one).startswith("D"))
        decide(session, [Ruling(reference, decision, reason, note, "王五")], AT)


def made(engine: Engine, *, draft: bool = False) -> Notice:
    with reading(engine) as session:
        return notice(session, "2022-06", draft=draft)


def only(found: Notice) -> dict[str, object]:
    (row,) = map(dict, found.annex6)
    return row


def test_a_row_of_ones_needs_nobodys_word(june: Engine) -> None:
    keep(june, GOOD)
    assert only(made(june)) == ALL_ONES
    with reading(june) as session:
        ids = [str(one["id"]) for one in open_findings(session, Narrow())]
    assert not any(one.startswith("D") for one in ids)


def test_a_fault_that_nobody_confirmed_is_not_verified_and_a_draft_marks_it(june: Engine) -> None:
    keep(june, LACKING)
    found, draft = made(june), made(june, draft=True)
    assert only(found) == OPEN
    assert only(draft) == {**ZEROS, "status": "candidate"}
    assert any("D1" in note and "未核实" in note for note in found.notes)
    assert any("D1" in note and "草稿" in note for note in draft.notes)
    table = notice_text(draft, Office()).annexes[-1]
    assert table.rows[0][-1] == "首页无直接入口；缺少政策栏目（待复核）"
    with reading(june) as session:
        waiting = [one for one in open_findings(session, Narrow()) if one["id"] == "D1"]
    assert waiting[0]["problem"] == "首页无直接入口；缺少政策栏目"


def test_a_confirmed_fault_is_zero(june: Engine) -> None:
    keep(june, LACKING)
    rule(june, Decision.CONFIRMED)
    assert only(made(june)) == ZEROS


@pytest.mark.parametrize(
    ("reason", "row"), [(Dismissal.MISREAD, ALL_ONES), (Dismissal.OUR_LINE, OPEN)]
)
def test_a_dismissed_fault_is_none_or_not_verified(
    june: Engine, reason: Dismissal, row: dict[str, object]
) -> None:
    keep(june, LACKING)
    rule(june, Decision.DISMISSED, reason)
    assert only(made(june)) == row


def test_a_reviewer_spares_what_is_not_so_and_words_the_remark(june: Engine) -> None:
    keep(june, LACKING)
    rule(june, Decision.CONFIRMED, note="不认定：首页直接入口；说明：缺少政策栏目，已限期整改")
    row = {**ZEROS, "home_entry": 1, "remark": "缺少政策栏目，已限期整改"}
    assert only(made(june)) == row


def test_a_row_that_contradicts_itself_stops_the_notice(june: Engine) -> None:
    keep(june, LACKING)
    rule(june, Decision.CONFIRMED)
    with transaction(june) as session:
        session.execute(update(DisclosureRow).values(built=Built.CONFORMING))
    with pytest.raises(XunjianError, match="甲区政府"):
        made(june, draft=True)


def test_without_a_survey_the_annex_says_that_nothing_was_checked(june: Engine) -> None:
    found = made(june)
    assert found.annex6 == ()
    assert any("附件 6 为空" in note for note in found.notes)
    assert any("甲区政府" in note and "未登记" in note for note in found.notes)


def test_no_cell_of_the_printed_table_is_blank_but_a_remark_that_has_nothing_to_say() -> None:
    unknown = with_remark(replace(GOOD, search=Truth.UNKNOWN, built=None))
    rows = (Printed(GOOD), Printed(LACKING), Printed(unknown))
    annex = notice_text(june_by_hand(platforms=Disclosures(rows)), Office()).annexes[-1]
    assert annex.rows == (
        ("甲区政府", "1", "0", "0", "1", "1", "1", "1", ""),
        ("甲区政府", "0", "0", "1", "0", "1", "1", "1", "首页无直接入口；缺少政策栏目"),
        ("甲区政府", "1", *("未核实",) * 4, "1", "1", "检索、标准格式未能核实"),
    )
    assert "未核实" in annex.note
