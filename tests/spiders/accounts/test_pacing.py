"""Every source is asked at its pace, and left alone at the first sign of a block."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.pacing import BREAKS, Breakers, Pace
from spiders.accounts.sources import SOURCES

NOW = datetime(2022, 6, 13, tzinfo=UTC)
WEIBO = SOURCES["weibo_timeline"]


def refused(source: str, reason: FetchReason) -> FetchResult:
    return FetchResult(source, FetchOutcome.BLOCKED, NOW, reason=reason, retry_after=600)


@pytest.mark.parametrize("draw", [0.0, 0.5, 1.0])
def test_a_pause_lies_within_the_documented_pace(draw: float) -> None:
    pace = Pace(WEIBO, 1.0, lambda: draw)
    assert pace.before_question(100.0) == 0.0
    assert pace.before_question(101.0) == pytest.approx(4 + 10 * draw)


def test_a_share_of_nothing_waits_for_nothing() -> None:
    pace = Pace(WEIBO, 0.0, lambda: 1.0)
    assert [pace.before_question(1.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert all(pace.begin(1.0) for _ in range(100))
    assert pace.until_the_next(1.0) == 0.0


def test_no_more_accounts_in_an_hour_than_are_allowed() -> None:
    pace = Pace(WEIBO, 1.0, lambda: 0.0)
    assert all(pace.begin(float(n)) for n in range(60))
    assert pace.until_the_next(61.0) == pytest.approx(3539.0)
    assert pace.until_the_next(3600.5) == 0.0
    pace.begin(3600.5)
    assert pace.until_the_next(3600.6) == pytest.approx(0.4)


def test_accounts_of_the_child_before_are_remembered() -> None:
    pace = Pace(WEIBO, 1.0, lambda: 0.0)
    pace.remember(1000.0 + n for n in range(60))
    assert pace.until_the_next(2000.0) == pytest.approx(2600.0)


def test_a_full_day_ends_with_the_day() -> None:
    notes = Pace(SOURCES["xiaohongshu_page"], 1.0, lambda: 0.0)
    assert all(notes.begin(3600.0 * n) for n in range(20))
    assert not notes.begin(3600.0 * 20)
    assert notes.begin(86400.0 + 3600.0)


@pytest.mark.parametrize("reason", sorted(BREAKS))
def test_the_first_sign_of_a_block_closes_a_source(reason: FetchReason) -> None:
    breakers = Breakers()
    assert breakers.look_at(WEIBO, refused(WEIBO.name, reason))
    closed = breakers.closed(WEIBO)
    assert closed is not None
    assert (closed.reason, closed.retry_after) == (reason, 600)
    assert breakers.closed(SOURCES["weibo_mobile"]) is None
    assert not breakers.look_at(WEIBO, refused(WEIBO.name, reason))  # told once


@pytest.mark.parametrize(
    "reason", [reason for reason in FetchReason if reason not in BREAKS], ids=str
)
def test_what_is_the_matter_of_one_account_closes_nothing(reason: FetchReason) -> None:
    breakers = Breakers()
    assert not breakers.look_at(WEIBO, refused(WEIBO.name, reason))
    assert breakers.closed(WEIBO) is None


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("article_links", FetchReason.CAPTCHA),
        ("wechat_daily", FetchReason.REFUSED),
        ("wechat_daily", FetchReason.RATE_LIMITED),
        ("kuaishou_open", FetchReason.EMPTY_BODY),
    ],
)
def test_what_one_owners_token_meets_closes_nothing_for_others(
    source: str, reason: FetchReason
) -> None:
    assert not Breakers().look_at(SOURCES[source], refused(source, reason))
