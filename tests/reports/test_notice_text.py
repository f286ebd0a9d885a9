"""The sentences of a notice say what its tables say, or there is no notice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from reports.notice_annexes import LONGEST_NAME, Annex
from reports.notice_plain import to_plain
from reports.notice_text import NoticeText, figures_of
from reports.tables import to_json
from rules.errors import XunjianError
from tests.reports.notices import (
    FIGURES,
    HOSTILE,
    NONE_SENT,
    account,
    hostile,
    june,
    line,
    worded,
)


def told(text: NoticeText) -> str:
    return "\n".join(
        lead + words for section in text.sections for lead, words in section.paragraphs
    )


def annex(text: NoticeText, key: str) -> Annex:
    return next(one for one in text.annexes if one.key == key)


def test_the_sentences_hold_the_figures_with_rates_rounded_down() -> None:
    words = told(worded(june()))
    assert "政府网站共计45个。经检查，合格45个，合格率为100%。" in words
    assert "政务新媒体共计311个。经检查，合格310个，合格率为99.6%。" in words
    assert "截至6月30日，" in words
    assert "报送信息77条，采用63条，采用率为81.8%。" in words


def test_a_full_rate_does_not_hide_the_problems() -> None:
    assert "2个网站的4个栏目存在问题" in told(worded(june()))


def test_an_account_on_both_lists_is_counted_once() -> None:
    assert "附件2、附件3所列政务新媒体共1个" in told(worded(june()))


def test_the_best_are_the_first_of_each_group_as_many_as_the_setting_says() -> None:
    assert "较好的县区有：甲区政府；报送信息较好的部门有：乙局。" in told(worded(june()))
    more = replace(june().submissions, others=(*june().submissions.others,) * 1)
    assert "丙局" not in told(worded(june(submissions=more), best=1))


def test_nobody_is_praised_for_what_was_not_adopted() -> None:
    assert "丙局" not in told(worded(june()))


def test_adjustments_stand_beside_the_counts_and_in_no_total() -> None:
    text = worded(june())
    assert "乙局主要领导参加政务访谈，信息报送加30条" in told(text)
    assert (
        annex(text, "5").note
        == "（注：乙局主要领导参加政务访谈，信息报送加30条，不计入表中数字。）"
    )
    assert annex(text, "5").rows[0] == ("1", "乙局", "20", "19")


@pytest.mark.parametrize(
    "wrong",
    [
        {"sites_ok": 44},
        {"accounts_ok": 311},
        {"accounts_unknown": 1},
        {"submitted": 78},
        {"adopted": 62},
    ],
)
def test_figures_that_contradict_the_tables_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(XunjianError, match="不一致"):
        worded(june(figures=replace(FIGURES, **wrong)))


def test_what_could_not_be_read_stands_beside_the_rate_and_outside_it() -> None:
    figures = replace(FIGURES, sites_ok=42, sites_unknown=3)
    words = told(worded(june(figures=figures)))
    assert "共计45个。经检查，合格42个，合格率为100%。未能核实3个" in words


def test_where_nothing_could_be_read_there_is_no_rate() -> None:
    figures = replace(FIGURES, accounts_ok=0, accounts_unknown=311)
    words = told(worded(june([], figures=figures)))
    assert "政务新媒体共计311个，均未能核实。" in words
    assert "合格0个" not in words


def test_failed_sites_have_a_list_of_their_own_before_annex_1() -> None:
    failed = line(9, on_list="site_failed", problem="站点无法访问", column=None)
    text = worded(june([failed], figures=replace(FIGURES, sites_ok=44, accounts_ok=311)))
    assert [one.key for one in text.annexes][:2] == ["failed", "1"]
    assert "不合格网站1个" in told(text)
    assert "97.7%" in told(text)


def test_a_site_stands_once_with_its_rows_and_columns_of_one_cause_share_one() -> None:
    groups = annex(worded(june()), "1").groups
    assert [len(group) for group in groups] == [2, 1]
    assert groups[0][1] == ("1", "甲区政府网", "甲区政府", "办事统计", "超过1个月未更新")
    assert groups[1] == (("2", "乙局网", "乙局", "公告、动态", "两个栏目网页不兼容"),)


def test_the_annexes_have_the_published_titles_and_check_days() -> None:
    text = worded(june())
    assert [one.number for one in text.annexes] == list("123456")
    assert annex(text, "1").title == "2022年6月份存在问题的网站名单"
    assert annex(text, "3").basis == "（以6月6日、13日、20日、27日检查结果为准）"


def test_a_month_without_anything_is_a_notice_all_the_same() -> None:
    none = replace(FIGURES, accounts_ok=311, submitted=None, adopted=None)
    text = worded(june([], figures=none, submissions=NONE_SENT))
    assert [one.empty for one in text.annexes] == ["无"] * 5 + ["未检查"]
    assert len(text.sections) == 1


def test_a_draft_marks_every_row_that_is_not_confirmed() -> None:
    lines = [
        line(1, status="candidate"),
        line(2, status="proposed", column="公告"),
        account(3, status="rectified"),
    ]
    text = worded(june(lines, draft=True, figures=replace(FIGURES, accounts_ok=311)))
    marks = [row[4] for row in annex(text, "1").rows]
    assert marks == ["超过2周未更新（待复核）", "超过2周未更新（疑似，待复核）"]
    assert annex(text, "3").rows[0][4] == "一周未更新两次"
    assert "已整改：序号 1。" in annex(text, "3").note
    assert to_plain(text).decode("utf-8-sig").startswith("草稿")


def test_repaired_rows_are_told_below_the_table_by_their_numbers() -> None:
    repaired = [1, 2, 4, 5, 6, 7, 9]
    lines = [
        replace(account(place, status="confirmed"), status="rectified")
        if place in repaired
        else account(place, status="confirmed")
        for place in range(1, 10)
    ]
    text = worded(june(lines, figures=replace(FIGURES, accounts_ok=311)))
    assert "序号 1、2、4至7、9。" in annex(text, "3").note
    column = replace(line(1), status="rectified")
    text = worded(june([column, line(2, column="公告")], figures=replace(FIGURES, accounts_ok=311)))
    assert f"序号 1 {column.column}。" in annex(text, "1").note


def test_what_the_rounds_lack_stands_in_the_document() -> None:
    text = worded(june(stated=("2022-06-27 批次缺失：本月结果未包含该检查日",)))
    assert "检查情况说明：2022-06-27 批次缺失" in told(text)


def test_the_vetoes_that_nobody_checked_are_named() -> None:
    words = told(worded(june(unchecked=(("V1", 45), ("V2", 3)))))
    assert (
        "未检查项：网站单项否决指标中的安全、泄密事故等严重问题、3个网站的站点无法访问；" in words
    )
    assert "政务新媒体单项否决指标中的安全泄密事故等严重问题、互动回应差。" in words
    assert "网站单项否决" not in told(worded(june()))
    alone = replace(FIGURES, accounts=0, accounts_ok=0)
    assert "未检查项" not in told(worded(june([], figures=alone)))


def test_the_office_words_its_name_basis_and_day() -> None:
    text = worded(june(), issuer="某某办", basis="某文", signed=date(2022, 7, 11))
    assert text.title == "某某办关于全市政府网站与政务新媒体月度检查情况的通报"
    assert text.opening.startswith("根据某文要求，某某办开展了6月份")
    assert text.signed == "2022年7月11日"
    assert "19号" in worded(june()).opening
    assert worded(june()).issuer == "示例市人民政府办公室"


def test_names_are_one_bounded_line_without_marks() -> None:
    text = worded(hostile())
    for one in text.annexes:
        for row in one.rows:
            assert all(len(cell) <= LONGEST_NAME + 20 for cell in row)
            assert not any(mark in cell for cell in row for mark in "\x1b\u202e\n")
    assert all(len(line) < 1000 for line in to_plain(text).decode().splitlines())


def test_data_holds_hostile_names_whole_and_nothing_that_a_terminal_obeys() -> None:
    text = to_json(hostile().to_json())
    assert not any(mark in text for mark in "\x1b\u202e")
    assert json.loads(text)["annex1"][0]["site"] == HOSTILE


def test_every_figure_has_a_name_for_templates() -> None:
    assert figures_of(FIGURES)["sites_rate"] == "100%"
    assert figures_of(FIGURES)["accounts_rate"] == "99.6%"
    assert figures_of(replace(FIGURES, submitted=None, adopted=None))["adopted_rate"] == "—"
