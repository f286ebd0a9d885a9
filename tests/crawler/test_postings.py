"""What people handed in for accounts, as a round asks for it: links to follow, reads to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from crawler import postings
from crawler.postings import import_result, import_results, links_of, statements_of
from rules.postings import Posting, PostingKind
from storage import ledger
from storage.engine import transaction
from storage.models import Round
from storage.postings import keep_postings
from tests.rounds_by_hand import PROFILE
from tests.rules.reads import MONDAY, at, owes

DUTY = owes()
NOW = at("06-28 12:00")
POST = Posting(
    DUTY.target,
    PostingKind.PUBLISHED,
    at("06-17 10:05"),
    title="示例",
    url="https://mp.weixin.qq.com/s/EXAMPLEtoken01",
)
SIGNED = Posting(
    DUTY.target,
    PostingKind.NONE,
    None,
    screenshot="ab" * 32,
    person="张三",
    checked_at=at("06-22 09:00"),
)


def hand_in(engine: Engine, *rows: Posting) -> None:
    with transaction(engine) as session:
        keep_postings(session, rows, NOW)


def open_rounds(engine: Engine, *days: date) -> None:
    with transaction(engine) as session:
        texts = ledger.keep_texts(session, "{}", PROFILE.to_snapshot(), PROFILE.name)
        for day in days:
            row = Round(
                check_date=day,
                opened_at=datetime(2022, 6, 20, tzinfo=UTC),
                register_hash=texts[0],
                profile_hash=texts[1],
                report={},
            )
            ledger.open_round(session, row, [])


def test_links_are_those_that_name_a_post_the_newest_first_and_each_once(engine: Engine) -> None:
    newer = replace(POST, at=at("06-18 08:00"), url="https://mp.weixin.qq.com/s/EXAMPLEtoken02")
    again = replace(POST, at=at("06-16 08:00"))
    inside = replace(POST, at=at("06-18 09:00"), url="http://10.0.0.1/s/EXAMPLEtoken02")
    before = replace(POST, at=at("06-05 23:59"), url="https://mp.weixin.qq.com/s/EXAMPLEtoken03")
    hand_in(engine, POST, newer, again, inside, before, replace(SIGNED, url=before.url))
    with transaction(engine) as session:
        found = links_of(session, DUTY.target, at("06-06 00:00"), NOW)
        assert found == (newer.url, POST.url)
        assert links_of(session, "wechat:gh_other", at("06-06 00:00"), NOW) == ()


def test_no_more_links_than_a_round_follows(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "MOST_LINKS", 3)
    many = [
        replace(POST, at=at("06-17 10:05") - timedelta(hours=number), url=f"{POST.url}{number}")
        for number in range(9)
    ]
    hand_in(engine, *many)
    with transaction(engine) as session:
        found = links_of(session, DUTY.target, at("06-06 00:00"), NOW)
    assert found == tuple(one.url for one in many[:3])


def test_what_was_handed_in_is_one_read_of_posts_and_one_a_statement(engine: Engine) -> None:
    hand_in(engine, POST, SIGNED)
    with transaction(engine) as session:
        posts, signed = import_results(session, DUTY, MONDAY, NOW)
        assert import_result(session, DUTY, MONDAY, NOW) == posts
        assert statements_of(session, DUTY.target, MONDAY) == (SIGNED,)
    assert [one.time for one in posts.posts] == [at("06-17 10:05")]
    assert signed.can_prove_absence is False  # a post handed in denies it


def test_of_an_account_that_nobody_handed_in_for_there_is_no_read(engine: Engine) -> None:
    hand_in(engine, replace(POST, target="wechat:gh_other"))
    with transaction(engine) as session:
        assert import_result(session, DUTY, MONDAY, NOW) is None


def test_a_statement_speaks_of_the_check_day_before_it_alone(engine: Engine) -> None:
    hand_in(engine, SIGNED)
    with transaction(engine) as session:
        assert len(import_results(session, DUTY, MONDAY, NOW)) == 1
    open_rounds(engine, MONDAY, date(2022, 6, 22))
    with transaction(engine) as session:
        assert import_results(session, DUTY, MONDAY, NOW) == ()
        assert len(import_results(session, DUTY, date(2022, 6, 22), NOW)) == 1
        assert import_results(session, DUTY, date(2022, 6, 13), NOW) == ()
