"""What was handed in for an account, as its explanation tells it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from reports.handed_in import MOST_POSTS, handed_in, posting_line
from rules.postings import Posting, PostingKind
from storage.engine import reading, transaction
from storage.postings import keep_postings
from tests.rules.reads import MONDAY, at

TARGET = "wechat:gh_0123456789ab"
POST = Posting(TARGET, PostingKind.PUBLISHED, at("06-17 10:05"), title="防汛会")
SIGNED = Posting(
    TARGET,
    PostingKind.NONE,
    None,
    screenshot="ab" * 32,
    person="张三",
    checked_at=at("06-20 09:30"),
)


def test_the_statements_of_a_check_day_come_first_and_then_the_newest_posts(engine: Engine) -> None:
    posts = [replace(POST, at=at(f"06-{day:02} 10:05")) for day in range(8, 22)]
    early = replace(SIGNED, checked_at=at("06-19 09:30"))
    with transaction(engine) as session:
        keep_postings(session, [*posts, SIGNED, early], at("06-22 00:00"))
    with reading(engine) as session:
        first, *others = handed_in(session, TARGET, MONDAY)
        assert handed_in(session, "甲网/工作动态", MONDAY) == ()
    assert first == SIGNED
    assert [one.at for one in others] == [
        at(f"06-{day} 10:05") for day in range(20, 20 - MOST_POSTS, -1)
    ]


def test_statements_and_posts_in_words() -> None:
    assert "2022-06-20 09:30，人工核查（张三）：考核期内确无更新，" in posting_line(SIGNED)
    named = replace(SIGNED, at=at("05-30 08:00"))
    assert "最近一条发布于 2022-05-30 08:00，此后确无更新" in posting_line(named)
    assert posting_line(POST) == "单位填报：2022-06-17 10:05 发布《防汛会》"


def test_no_control_or_direction_mark_gets_into_a_line() -> None:
    told = posting_line(replace(POST, title="\u202e右\x07到左" + "标" * 400))
    assert "\u202e" not in told
    assert "\x07" not in told
    assert len(told) < 120
