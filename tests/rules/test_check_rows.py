"""Every bad row of a file of checks is told with its row, its column and what to write instead."""

from __future__ import annotations

from datetime import date

import pytest

from rules.check_rows import KEYS, REQUIRED, headings, seen_words, written_checks
from rules.checks import Check
from rules.facts import Outcome
from rules.kinds import ColumnKind
from rules.notes import Notes
from rules.register import Column, Register, Site
from rules.sheets import Sheet, civil_day, names_of
from rules.words import say

TODAY = date(2022, 6, 23)
REGISTER = Register(
    city="示例市",
    sites=(
        Site(
            "甲区政府（门户）",
            "甲区",
            "http://a.test/",
            columns=(
                Column("甲/动态", "工作动态", "http://a.test/dt/", ColumnKind.NEWS),
                Column("tz", "通知公告", "http://a.test/tz/", ColumnKind.NOTICE),
            ),
        ),
        Site("乙局网", "乙局", "http://b.test/"),
    ),
)
HEAD = ("网站", "栏目", "核查日期", "所见", "核查人", "截图", "备注")
GOOD = ("甲区政府（门户）", "工作动态", "2022-06-20", "2022-06-17", "张三", "1.png", "可打开")


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> tuple[list[Check], list[str]]:
    """The checks, and each mistake as `row:column words`."""
    padded = [(*row, *[""] * (len(head) - len(row))) for row in rows]
    sheet = Sheet(1, head, tuple(enumerate(padded, start=2)))
    notes = Notes("checks.xlsx")
    found = [one.check for one in written_checks(sheet, REGISTER, TODAY, notes)]
    told = [f"{one.line}:{one.column} {one.what}；{one.write}" for one in notes.mistakes]
    return found, told


def changed(**cells: str) -> tuple[str, ...]:
    """The good row with some cells changed, by their heading."""
    return tuple(cells.get(head, cell) for head, cell in zip(HEAD, GOOD, strict=True))


def test_a_good_row_is_a_check() -> None:
    found, told = read(GOOD)
    assert told == []
    assert found == [
        Check(
            "甲/动态",
            date(2022, 6, 20),
            Outcome.READ,
            date(2022, 6, 17),
            "张三",
            note="可打开",
        )
    ]


def test_names_are_compared_without_spaces_and_full_width_forms() -> None:
    found, told = read(changed(网站="甲区政府 (门户)", 栏目="工作 动态"))
    assert (told, found[0].target) == ([], "甲/动态")


def test_a_target_s_identity_does_instead_of_site_and_column() -> None:
    head = ("检查对象", "核查日期", "所见", "核查人")
    found, told = read(("tz", "2022-06-20", "打不开", "张三"), head=head)
    assert (told, found[0].target, found[0].outcome) == ([], "tz", Outcome.CONNECT_FAILURE)


@pytest.mark.parametrize(
    "head",
    [
        ("网站名称", "栏目名称", "检查日期", "最新日期", "检查人", "截图文件", "说明"),
        ("网 站", "问题栏目", "核查时间（实际）", "核查结果：", "签名", "图片", "备注"),
    ],
)
def test_headings_have_other_names(head: tuple[str, ...]) -> None:
    found, told = read(GOOD, head=head)
    assert (told, len(found)) == ([], 1)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (("网站", "栏目", "所见", "核查人"), "核查日期"),
        (("栏目", "核查日期", "所见", "核查人"), "网站/检查对象"),
        ((*HEAD, "截屏"), "截屏"),
        ((*HEAD, "图片"), "图片"),
        (("a", "b"), "网站"),
    ],
)
def test_wrong_headings_are_one_line_that_names_those_expected(
    head: tuple[str, ...], words: str
) -> None:
    found, told = read(GOOD, GOOD, head=head)
    assert (found, len(told)) == ([], 1)
    assert words in told[0]
    assert told[0].startswith("1:1 ")
    assert all(names_of(key)[0] in told[0] for key in ("site", "column", "checked_on", "picture"))


@pytest.mark.parametrize(
    "text",
    ["2022-06-20", "2022/6/20", "2022.6.20", "2022年6月20日", "２０２２-06-20", "20220620"],
)
def test_a_day_may_be_written_in_every_usual_form(text: str) -> None:
    assert civil_day(text) == date(2022, 6, 20)
    found, told = read(changed(核查日期=text))
    assert (told, found[0].checked_on) == ([], date(2022, 6, 20))


@pytest.mark.parametrize("text", ["6-20", "2022-13-01", "2022-06-31", "2022-6/20", "昨天", "44732"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert civil_day(text) is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("空白", Outcome.EMPTY),
        ("打不开", Outcome.CONNECT_FAILURE),
        ("打不开（三次）", Outcome.CONNECT_FAILURE),
        ("404", Outcome.NOT_FOUND),
        ("无日期", Outcome.READ),
        ("需要登录。", Outcome.LOGIN),
    ],
)
def test_what_was_seen_may_be_a_word(text: str, outcome: Outcome) -> None:
    [check] = read(changed(所见=text))[0]
    assert (check.outcome, check.newest) == (outcome, None)


def test_every_word_for_what_was_seen_stands_for_an_outcome() -> None:
    assert {Outcome.EMPTY, Outcome.CONNECT_FAILURE, Outcome.READ} <= set(seen_words().values())


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"网站": "甲区政府网站"}, "2:1", "甲区政府（门户）"),
        ({"网站": "丙丙丙"}, "2:1", "rules.yaml"),
        ({"网站": ""}, "2:1", "「网站」没有填写"),
        ({"栏目": "工作动太"}, "2:2", "工作动态"),
        ({"栏目": ""}, "2:2", "没有填写"),
        ({"核查日期": ""}, "2:3", "没有填写"),
        ({"核查日期": "六月二十"}, "2:3", "2022年6月20日"),
        ({"核查日期": "2022-06-24"}, "2:3", "还没有到"),
        ({"核查日期": "2021-06-20"}, "2:3", "年份"),
        ({"所见": ""}, "2:4", "没有填写"),
        ({"所见": "正常"}, "2:4", "空白"),
        ({"所见": "2022-06-21"}, "2:4", "晚于核查日期"),
        ({"所见": "1899-12-31"}, "2:4", "2000-01-01"),
        ({"核查人": ""}, "2:5", "「核查人」"),
        ({"核查人": "张" * 41}, "2:5", "40"),
        ({"备注": "长" * 501}, "2:7", "500"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_kept(
    cells: dict[str, str], place: str, words: str
) -> None:
    found, told = read(changed(**cells), changed(栏目="通知公告"))
    assert [check.target for check in found] == ["tz"]
    assert len(told) == 1, told
    assert told[0].startswith(f"{place} ")
    assert words in told[0]


def test_all_mistakes_of_a_row_are_told_at_once() -> None:
    found, told = read(changed(网站="无", 核查日期="x", 所见="y", 核查人=""))
    assert found == []
    assert [one.split()[0] for one in told] == ["2:1", "2:3", "2:4", "2:5"]


def test_a_second_row_of_the_same_column_and_day_is_a_mistake() -> None:
    found, told = read(GOOD, changed(所见="空白"), changed(核查日期="2022-06-21"))
    assert len(found) == 2
    assert len(told) == 1
    assert "第 2 行" in told[0]


def test_rows_that_nobody_filled_in_and_the_example_are_left() -> None:
    untouched = ("甲区政府（门户）", "通知公告")
    example = changed(网站=say("checks.example_site"))
    assert read(untouched, example) == ([], [])


def test_a_file_of_nonsense_costs_no_more_than_its_rows() -> None:
    rows = [changed(网站=f"没有的网站{number}") for number in range(2000)]
    assert len(read(*rows)[1]) == 2000


def test_every_heading_of_the_template_is_one_that_is_read_back() -> None:
    assert len(set(headings())) == len(KEYS)
    assert {key for some in REQUIRED for key in some} <= set(KEYS)
