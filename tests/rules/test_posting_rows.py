"""Rows of posts and statements: what is taken, and the reason of every row that is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import SHANGHAI
from rules.notes import Notes
from rules.platforms import Platform
from rules.posting_rows import KEYS, headings, written_postings
from rules.postings import Posting, PostingKind
from rules.register import Account, Register
from rules.sheets import Sheet, civil_minute, names_of
from tests.rules.reads import at

NOW = at("06-22 12:00")
WEIBO = Account(
    name="甲县发布", unit="甲县", platform=Platform.WEIBO, id="1000000001", aliases=("甲发布",)
)
WECHAT = Account(name="甲县发布", unit="甲县", platform=Platform.WECHAT, id="gh_0123456789ab")
REGISTER = Register(accounts=(WEIBO, WECHAT))
HEAD = (
    "平台", "账号名称", "账号ID", "发布时间", "标题", "链接", "是否置顶", "截图文件名", "填报人",
    "核查时间", "记录类型",
)  # fmt: skip
POST = {
    "平台": "微博",
    "账号名称": "甲县发布",
    "账号ID": "1000000001",
    "发布时间": "2022-06-17 10:05",
    "标题": "校园安全提示",
    "链接": "https://weibo.com/1000000001/QexamPl02",
    "是否置顶": "否",
    "填报人": "张三",
    "记录类型": "发布",
}
STATEMENT = {
    "平台": "微信公众号",
    "账号ID": "gh_0123456789ab",
    "截图文件名": "截图/1.png",
    "填报人": "李四",
    "核查时间": "2022-06-20 09:30",
    "记录类型": "经人工查看确无更新",
}


def rows(*told: dict[str, str], head: tuple[str, ...] = HEAD) -> Sheet:
    cells = (tuple(one.get(name, "") for name in head) for one in told)
    return Sheet(1, head, tuple(enumerate(cells, start=2)))


def taken(*told: dict[str, str], head: tuple[str, ...] = HEAD) -> tuple[list[Posting], list[str]]:
    notes = Notes("posts.csv")
    found = [one.posting for one in written_postings(rows(*told, head=head), REGISTER, NOW, notes)]
    return found, [f"{one.line}: {one.what}" for one in notes.mistakes]


def test_a_post_and_a_statement_are_taken_as_they_are_written() -> None:
    found, wrong = taken(POST, STATEMENT)
    assert wrong == []
    assert found == [
        Posting(
            target="weibo:1000000001",
            kind=PostingKind.PUBLISHED,
            at=at("06-17 10:05"),
            title="校园安全提示",
            url="https://weibo.com/1000000001/QexamPl02",
            person="张三",
        ),
        Posting(
            target="wechat:gh_0123456789ab",
            kind=PostingKind.NONE,
            at=None,
            person="李四",
            checked_at=at("06-20 09:30"),
        ),
    ]


def test_the_columns_may_stand_in_any_order_and_with_what_explains_them() -> None:
    turned = tuple(reversed(HEAD))
    assert taken(POST, head=turned)[0] == taken(POST)[0]
    told = {**POST, "发布时间 (YYYY-MM-DD HH:MM)": POST["发布时间"]}
    head = tuple("发布时间 (YYYY-MM-DD HH:MM)" if one == "发布时间" else one for one in HEAD)
    assert taken(told, head=head)[0] == taken(POST)[0]


def test_a_statement_may_name_the_newest_post_that_was_seen() -> None:
    found, wrong = taken({**STATEMENT, "发布时间": "2022-05-30 08:00"})
    assert (found[0].at, wrong) == (at("05-30 08:00"), [])


@pytest.mark.parametrize("name", ["甲县发布", "甲发布", "", " 甲 县发布 ", "'甲县发布"])
def test_an_account_is_found_by_its_id_under_any_of_its_names(name: str) -> None:
    assert len(taken({**POST, "账号名称": name})[0]) == 1


WRONG: list[tuple[dict[str, str], dict[str, str], str]] = [
    (POST, {"平台": "推特"}, "「平台」“推特”"),
    (POST, {"平台": ""}, "「平台」没有填写"),
    (POST, {"账号ID": "1000000002"}, "台账中没有新浪微博账号“1000000002”"),
    (POST, {"账号ID": ""}, "「账号ID」没有填写"),
    (POST, {"平台": "公众号"}, "台账中没有微信公众号账号"),
    (POST, {"账号名称": "乙县发布"}, "登记为“甲县发布”"),
    (POST, {"发布时间": ""}, "「发布时间」没有填写"),
    (POST, {"发布时间": "2022-06-17"}, "不是几点几分的时间"),
    (POST, {"发布时间": "昨天 10:05"}, "不是几点几分的时间"),
    (POST, {"发布时间": "2022-06-17 25:05"}, "不是几点几分的时间"),
    (POST, {"发布时间": "2022-06-22 12:01"}, "还没有到"),
    (POST, {"发布时间": "2002-06-17 10:05"}, "过早"),
    (POST, {"标题": "", "链接": ""}, "标题和链接都没有填写"),
    (POST, {"链接": "javascript:alert(1)"}, "不是网址"),
    (POST, {"链接": "见附件"}, "不是网址"),
    (POST, {"链接": "https://[::1/"}, "不是网址"),
    (POST, {"链接": "https://mp.weixin.qq.com/s/EXAMPLEtoken01"}, "微信公众号的链接"),
    (POST, {"链接": "https://v.douyin.com/abcd/"}, "抖音的链接"),
    (POST, {"链接": "https://weibo.com/1000000009/QexamPl02"}, "另一账号（1000000009）"),
    (POST, {"链接": "https://weibo.com/" + "a" * 1990}, "超过 1000 字"),
    (POST, {"填报人": "张" * 41}, "超过 40 字"),
    (POST, {"是否置顶": "也许"}, "「是否置顶」“也许”"),
    (POST, {"记录类型": "转发"}, "「记录类型」“转发”"),
    (POST, {"记录类型": ""}, "「记录类型」没有填写"),
    (STATEMENT, {"截图文件名": ""}, "「截图文件名」没有填写"),
    (STATEMENT, {"填报人": ""}, "「填报人」没有填写"),
    (STATEMENT, {"核查时间": ""}, "「核查时间」没有填写"),
    (STATEMENT, {"核查时间": "2022-06-20"}, "不是几点几分的时间"),
    (STATEMENT, {"核查时间": "2022-06-23 09:00"}, "还没有到"),
    (STATEMENT, {"核查时间": "2021-06-20 09:30"}, "过早"),
    (STATEMENT, {"发布时间": "2022-06-20 10:00"}, "晚于核查时间"),
]


@pytest.mark.parametrize(("row", "changed", "words"), WRONG)
def test_a_bad_row_is_told_with_its_number_and_the_good_one_kept(
    row: dict[str, str], changed: dict[str, str], words: str
) -> None:
    other = {**POST, "发布时间": "2022-06-18 10:05"}
    found, wrong = taken({**row, **changed}, other)
    assert [one.at for one in found] == [at("06-18 10:05")]
    assert len(wrong) == 1
    assert wrong[0].startswith("2: ")
    assert words in wrong[0]


def test_a_row_written_twice_is_told_once_with_the_first_ones_number() -> None:
    found, wrong = taken(
        POST, {**POST, "标题": "又一标题"}, STATEMENT, {**STATEMENT, "填报人": "王五"}
    )
    assert len(found) == 2
    assert [line.split("「")[0] for line in wrong] == ["3: ", "5: "]
    assert "与第 2 行重复" in wrong[0]
    assert "与第 4 行重复" in wrong[1]


def test_articles_of_one_push_without_links_are_not_the_same_row() -> None:
    bare = {**POST, "链接": ""}
    assert len(taken(bare, {**bare, "标题": "第二篇"})[0]) == 2


def test_rows_that_nobody_filled_in_and_the_example_are_left() -> None:
    empty = {"平台": "微博", "账号名称": "甲县发布", "账号ID": "1000000001"}
    example = {**POST, "账号名称": "示例账号（本行导入时跳过）", "账号ID": "gh_示例"}
    assert taken(empty, example) == ([], [])


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("http://evil.test","点")', "+1", "@SUM(A1)", "标" * 4000, "\u202e右到左\u202c"],
)
def test_a_hostile_title_is_text_like_any_other(hostile: str) -> None:
    found, wrong = taken({**POST, "标题": hostile})
    assert wrong == []
    assert found[0].title == hostile[:300]


def test_of_a_name_that_is_hostile_no_more_than_a_line_is_told() -> None:
    _, wrong = taken({**POST, "账号ID": "9" * 2000, "记录类型": "乱" * 2000})
    assert max(map(len, wrong)) < 200


CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [*POST.values(), *STATEMENT.values(), "9999-12-31 23:59", "http://[", "https://x"]
    ),
)


@given(st.lists(st.tuples(*[CELLS] * len(HEAD)), max_size=5))
def test_whatever_stands_in_a_row_it_is_taken_told_or_left(cells: list[tuple[str, ...]]) -> None:
    told = [dict(zip(HEAD, row, strict=True)) for row in cells]
    found, wrong = taken(*told)
    assert len(found) <= len(told)
    assert all(one.target in ("weibo:1000000001", "wechat:gh_0123456789ab") for one in found)
    assert all(one.at is None or one.at <= NOW for one in found)
    assert all(one.checked_at is not None for one in found if one.kind is PostingKind.NONE)
    assert all(int(line.split(":")[0]) >= 2 for line in wrong)


def test_without_its_columns_a_table_is_one_mistake() -> None:
    found, wrong = taken(POST, head=("平台", "标题"))
    assert found == []
    assert len(wrong) == 1
    assert "账号ID" in wrong[0]


def test_every_heading_is_one_columns_alone() -> None:
    names = [name for key in KEYS for name in names_of(key)]
    assert len(names) == len(set(names))
    assert headings()[:11] == HEAD


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022-06-17 10:05", "06-17 10:05"),
        ("2022/6/17 9:05", "06-17 09:05"),
        ("2022年6月17日 09：05", "06-17 09:05"),
        ("2022-06-17T10:05:59", "06-17 10:05"),
        ("2022-06-17 10:05:59.123", "06-17 10:05"),
        ("20220617 10:05", "06-17 10:05"),
    ],
)
def test_a_minute_is_read_in_the_usual_forms(text: str, shown: str) -> None:
    assert civil_minute(text) == at(shown)


@pytest.mark.parametrize(
    "text", ["", "2022-06-17", "10:05", "2022-02-30 10:05", "2022-06-17 24:00", "٢٠٢٢-٠٦-١٧ ١٠:٠٥"]
)
def test_what_is_no_minute_is_none(text: str) -> None:
    assert civil_minute(text) is None


def test_a_minute_is_shanghais() -> None:
    found: Any = civil_minute("2022-06-17 10:05")
    assert found == datetime(2022, 6, 17, 10, 5, tzinfo=SHANGHAI)
    assert found.utcoffset() == timedelta(hours=8)
