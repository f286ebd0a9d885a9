"""Posts and statements are kept once under their key, corrected by writing again, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from rules.postings import Posting, PostingKind
from storage import postings as postings_of
from storage.engine import reading, transaction
from storage.models import PostingRow
from storage.postings import (
    keep_postings,
    postings_until,
    published_between,
    statements_on,
)
from tests.rules.reads import at

NOW = at("06-22 12:00")
TARGET = "wechat:gh_0123456789ab"
POST = Posting(
    TARGET,
    PostingKind.PUBLISHED,
    at("06-17 10:05"),
    title="示例",
    url="https://mp.weixin.qq.com/s/EXAMPLEtoken01",
    pinned=True,
    person="张三",
)
BARE = replace(POST, at=at("06-18 08:00"), url="", pinned=False)
STATEMENT = Posting(
    TARGET,
    PostingKind.NONE,
    None,
    screenshot="ab" * 32,
    person="李四",
    checked_at=at("06-20 00:00"),
)
OTHER = replace(POST, target="weibo:1", url="")


def test_a_row_comes_back_as_it_went_in_the_newest_first(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = keep_postings(session, [POST, STATEMENT, BARE, OTHER], NOW)
    assert (kept.new, kept.same, kept.corrected) == (4, 0, ())
    with reading(engine) as session:
        assert postings_until(session, TARGET, NOW) == (STATEMENT, BARE, POST)
        assert postings_until(session, TARGET, at("06-18 08:00")) == (POST,)


def test_the_same_again_changes_nothing_and_another_word_corrects(engine: Engine) -> None:
    mended = replace(STATEMENT, at=at("05-30 08:00"))
    with transaction(engine) as session:
        keep_postings(session, [POST, STATEMENT, BARE], NOW)
    with transaction(engine) as session:
        kept = keep_postings(session, [POST, mended, BARE], NOW)
    assert (kept.new, kept.same, kept.corrected) == (0, 2, (STATEMENT,))
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(PostingRow)) == 3
        assert postings_until(session, TARGET, NOW)[0] == mended


def test_articles_of_one_push_without_links_stand_side_by_side(engine: Engine) -> None:
    with transaction(engine) as session:
        kept = keep_postings(session, [BARE, replace(BARE, title="第二篇")], NOW)
    assert kept.new == 2


def test_statements_of_two_people_stand_side_by_side(engine: Engine) -> None:
    second = replace(STATEMENT, person="王五", checked_at=at("06-20 00:01"))
    with transaction(engine) as session:
        assert keep_postings(session, [STATEMENT, second], NOW).new == 2


def test_links_are_those_of_the_account_and_the_time_asked_for(engine: Engine) -> None:
    later = replace(POST, at=at("06-19 10:05"), url="https://mp.weixin.qq.com/s/EXAMPLEtoken02")
    with transaction(engine) as session:
        keep_postings(session, [POST, BARE, later, OTHER, STATEMENT], NOW)
        assert published_between(session, TARGET, at("06-17 10:05"), NOW) == (later, POST)
        assert published_between(session, TARGET, at("06-17 10:06"), later.at or NOW) == ()


def test_statements_are_found_by_their_day_in_shanghai(engine: Engine) -> None:
    with transaction(engine) as session:
        keep_postings(session, [STATEMENT, POST], NOW)
        day = date(2022, 6, 20)
        assert statements_on(session, TARGET, day, day) == (STATEMENT,)
        before = day - timedelta(days=1)
        assert statements_on(session, TARGET, before, before) == ()


def test_of_one_account_no_more_than_the_newest_rows_are_read(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings_of, "MOST_ROWS", 2)
    with transaction(engine) as session:
        keep_postings(session, [POST, STATEMENT, BARE], NOW)
        assert postings_until(session, TARGET, NOW) == (STATEMENT, BARE)
