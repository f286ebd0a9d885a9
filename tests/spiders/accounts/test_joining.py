"""Several answers to one result: what makes a read whole, and what may be called empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Post
from spiders.accounts.answers import Answer, Part
from spiders.accounts.completeness import is_past
from spiders.accounts.joining import joined
from spiders.accounts.pages import Refusal
from spiders.accounts.readers import unread
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts.said import (
    FRESH,
    MIDDLE,
    OLD,
    PINNED,
    READ_AT,
    WINDOW,
    push,
    read,
    records,
    said,
    sought,
)

F, R = FetchOutcome, FetchReason


def posts(*times: Any, **changes: Any) -> list[Post]:
    return [Post(str(number), time, **changes) for number, time in enumerate(times)]


@pytest.mark.parametrize(
    ("listed", "past"),
    [
        ([], False),
        (posts(FRESH, MIDDLE), False),
        (posts(FRESH, MIDDLE, OLD), True),
        (posts(OLD), True),
        (posts(WINDOW.since), False),
        (posts(WINDOW.since - timedelta(seconds=1)), True),
        ([*posts(FRESH), Post("p", PINNED, pinned=True)], False),
        ([Post("p", PINNED, pinned=True)], False),
        ([Post("p", PINNED, pinned=True), *posts(FRESH, OLD)], True),
        (posts(PINNED, FRESH), False),
        (posts(PINNED, FRESH, OLD), False),
        (posts(FRESH, None, OLD), False),
        ([*posts(FRESH), Post("ad", OLD, counts=False)], False),
        ([*posts(FRESH, OLD), Post("ad", FRESH, counts=False)], True),
    ],
)
def test_a_list_is_past_the_window_by_its_end_alone(listed: list[Post], past: bool) -> None:
    assert is_past(listed, WINDOW.since) is past


def own(*answers: Answer, **changes: Any) -> FetchResult:
    pages = (replace(answer, logged_in=True) for answer in answers)
    return read("wechat_records", Platform.WECHAT, *pages, **changes)


FIRST = said(records(push(12, "11-17 10:05"), push(11, "11-12 16:40"), total=3))
LAST = said(records(push(10, "11-08 08:00"), total=3), page=2)
PAST = said(records(push(10, "10-30 08:00"), total=300), page=2)


def test_pages_are_joined_in_their_order_whatever_order_they_came_in() -> None:
    for answers in ((FIRST, PAST), (PAST, FIRST)):
        result = own(*answers)
        assert len(result.posts) == 6
        assert result.complete_from == WINDOW.since


def test_the_end_of_a_list_counts_only_where_the_total_agrees() -> None:
    assert own(FIRST, LAST).complete_from == WINDOW.since
    more = own(FIRST, replace(LAST, body=LAST.body.replace(b"3", b"4", 1)))
    assert more.outcome is F.OK
    shifted = own(FIRST, replace(FIRST, page=2))
    assert shifted.complete_from is None


def test_a_read_is_as_fresh_as_its_first_page() -> None:
    early = replace(FIRST, fetched_at=READ_AT - timedelta(minutes=30))
    result = own(early, PAST)
    assert result.fresh_as_of == READ_AT - timedelta(minutes=30)
    assert result.fetched_at == READ_AT


def test_a_refused_page_leaves_the_posts_and_takes_the_proof() -> None:
    refused = said({"base_resp": {"ret": 200013}}, page=3)
    result = own(FIRST, PAST, refused)
    assert (result.outcome, len(result.posts)) == (F.OK, 6)
    assert (result.complete_from, result.warnings) == (None, (R.RATE_LIMITED,))
    assert result.retry_after == 6 * 3600


def test_without_a_window_nothing_is_said_of_completeness() -> None:
    assert own(FIRST, PAST, window=None).complete_from is None


def test_a_time_in_the_future_is_no_time() -> None:
    result = own(said(records(push(12, "11-25 10:05"), push(10, "10-30 08:00"), total=2)))
    assert (result.warnings, result.complete_from) == ((R.TIME_MISMATCH,), None)


def test_the_session_of_another_account_reads_another_account() -> None:
    result = own(FIRST, PAST, own_id="gh_ffffffffffff")
    assert (result.outcome, result.reason, result.posts) == (F.ERROR, R.WRONG_ACCOUNT, ())


def test_an_own_list_of_an_unknown_session_names_nobody() -> None:
    assert own(FIRST, PAST, own_id=None).identity.platform_id is None


def test_nothing_read_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no answer"):
        joined(SOURCES["weibo_timeline"], sought(Platform.WEIBO), [])


def test_what_could_not_be_asked_has_its_result() -> None:
    refusal = Refusal(F.LOGIN_REQUIRED, R.TOKEN_EXPIRED)
    result = unread("douyin_page", sought(Platform.DOUYIN), refusal, READ_AT)
    assert (result.outcome, result.reason, result.posts) == (F.LOGIN_REQUIRED, R.TOKEN_EXPIRED, ())
    assert not result.can_prove_absence


@pytest.mark.parametrize("outcome", [F.OK, F.EMPTY])
def test_a_refusal_is_never_good_nor_empty(outcome: FetchOutcome) -> None:
    with pytest.raises(ValueError, match="no refusal"):
        Refusal(outcome, R.REFUSED)


def test_a_counter_alone_is_no_list() -> None:
    profile = said(
        {"ok": 1, "data": {"user": {"idstr": "1000000001", "statuses_count": 0}}},
        Part.PROFILE,
        logged_in=True,
    )
    result = read("weibo_timeline", Platform.WEIBO, profile)
    assert (result.outcome, result.reason, result.profile_total) == (F.ERROR, R.UNCONFIRMED, 0)
