"""抖音: its payloads, and each row of its table of states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, PostKind
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    DOUYIN,
    DOUYIN_OPEN,
    FRESH,
    IDS,
    PINNED,
    WINDOW,
    at,
    item_id,
    notice_page,
    read,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason
PAUSE = 12 * 3600
ME = IDS[Platform.DOUYIN]


def page(*answers: Answer, logged_in: bool = True, **changes: Any) -> FetchResult:
    answers = tuple(replace(answer, logged_in=logged_in) for answer in answers)
    return read("douyin_page", Platform.DOUYIN, *answers, **changes)


def open_list(*answers: Answer, **changes: Any) -> FetchResult:
    return read("douyin_open", Platform.DOUYIN, *answers, **changes)


def work(time: str, **changes: Any) -> dict[str, Any]:
    return {"aweme_id": item_id(time), "create_time": seconds(time)} | changes


def listed(*works: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    return {"status_code": 0, "has_more": 1, "aweme_list": list(works)} | changes


def profile(count: int, **user: Any) -> Answer:
    body = {"status_code": 0, "user": {"sec_uid": ME, "aweme_count": count} | user}
    return said(body, Part.PROFILE)


def test_the_list_of_a_logged_in_page_is_read() -> None:
    result = page(said(DOUYIN))
    assert (result.outcome, result.warnings) == (F.OK, ())
    assert [post.time for post in result.posts] == [PINNED, FRESH, at("10-30 08:15")]
    assert [post.pinned for post in result.posts] == [True, False, False]
    assert [post.kind for post in result.posts] == [
        PostKind.VIDEO,
        PostKind.VIDEO,
        PostKind.IMAGE,
    ]
    assert result.posts[2].url == "https://www.douyin.com/note/7702247745773267121"
    assert (result.profile_total, result.identity.platform_id) == (86, ME)
    assert (result.complete_from, result.can_prove_absence) == (WINDOW.since, True)


def test_without_a_login_the_newest_are_hidden_and_the_others_kept() -> None:
    result = page(said(DOUYIN), logged_in=False)
    assert (result.outcome, result.reason) == (F.LOGIN_REQUIRED, R.HIDDEN_NEWEST)
    assert len(result.posts) == 3
    assert (result.complete_from, result.can_prove_absence) == (None, False)


def test_without_a_counter_nothing_is_reconciled() -> None:
    who = {"sec_uid": ME}
    bare = said(listed(work("11-17 10:05", author=who), work("10-30 08:15")))
    assert page(bare).complete_from is None
    assert page(bare, profile(86)).complete_from == WINDOW.since
    less = page(bare, profile(1))
    assert (less.complete_from, less.warnings) == (None, (R.COUNT_MISMATCH,))


def test_an_unmarked_pin_on_top_does_not_look_like_the_end() -> None:
    works = [work("03-02 09:00"), work("11-17 10:05")]
    assert page(said(listed(*works)), profile(86)).complete_from is None


def test_a_filtered_list_proves_nothing() -> None:
    works = listed(work("11-17 10:05"), work("10-30 08:15"), filter_detail={"reason": 1})
    result = page(said(works), profile(86))
    assert (result.outcome, result.complete_from) == (F.OK, None)
    assert result.warnings == (R.HIDDEN_NEWEST,)


def test_the_open_interface_counts_public_works_and_proves_after_a_pilot() -> None:
    result = open_list(said(DOUYIN_OPEN))
    assert [(post.id, post.time, post.counts) for post in result.posts] == [
        ("@EXAMPLEitem01==", FRESH, True)
    ]
    assert not result.can_prove_absence
    assert open_list(said(DOUYIN_OPEN), piloted=True).can_prove_absence


@pytest.mark.parametrize(
    ("item", "counts", "warned"),
    [
        ({"video_status": 5}, True, False),
        ({"video_status": 4}, False, False),
        ({"video_status": 7}, False, False),
        ({"video_status": 5, "create_time": 0}, False, False),
        ({"video_status": 99}, False, True),
        ({}, False, True),
    ],
)
def test_a_state_that_is_not_known_neither_clears_nor_proves(
    item: dict[str, Any], counts: bool, warned: bool
) -> None:
    items = [{"item_id": "@a", "create_time": 1794881100} | item]
    result = open_list(said({"data": {"error_code": 0, "list": items, "has_more": False}}))
    assert [post.counts for post in result.posts] == [counts]
    assert (result.warnings == (R.PARSE_ERROR,)) is warned


def error(number: int, place: str = "data") -> Answer:
    return said({place: {"error_code": number, "description": "x"}})


MIDDLE_PAGE = "<html><head><title>验证码中间页</title></head><body></body></html>"
STATES = [
    ("an empty body", said(""), F.BLOCKED, R.EMPTY_BODY),
    ("blocked", said("blocked"), F.BLOCKED, R.REFUSED),
    ("验证码中间页", said(MIDDLE_PAGE), F.BLOCKED, R.CAPTCHA),
    (
        "a frame of verify.snssdk.com",
        said('<iframe src="https://verify.snssdk.com/x"></iframe>', Part.PAGE),
        F.BLOCKED,
        R.CAPTCHA,
    ),
    (
        "a frame of rmc.bytedance.com",
        said('<iframe id=a src="https://rmc.bytedance.com/x"></iframe>', Part.PAGE),
        F.BLOCKED,
        R.CAPTCHA,
    ),
    ("aweme_list null", said(listed(aweme_list=None)), F.BLOCKED, R.REFUSED),
    ("filter_detail", said(listed(filter_detail={"filter_reason": "x"})), F.BLOCKED, R.REFUSED),
    ("status_code 8", said({"status_code": 8}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    (
        "login wall",
        said(notice_page("最新作品需要登录才可以查看"), Part.PAGE),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
    ),
    ("用户不存在", said(notice_page("用户不存在"), Part.PAGE), F.GONE, R.NOT_FOUND),
    ("账号已注销", said(notice_page("账号已注销"), Part.PAGE), F.GONE, R.CANCELLED),
    ("已被封禁", said(notice_page("账号已被封禁"), Part.PAGE), F.GONE, R.SUSPENDED),
    ("已重置", said(notice_page("帐号已重置"), Part.PAGE), F.GONE, R.CANCELLED),
    ("私密账号", said(notice_page("私密账号"), Part.PAGE), F.GONE, R.PRIVATE),
    ("user.secret", profile(86, secret=1), F.GONE, R.PRIVATE),
    ("another code", said({"status_code": 5}), F.ERROR, R.PARSE_ERROR),
    ("no list", said({"status_code": 0}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES]
)
def test_the_state_of_the_page(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = page(answer)
    assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


@pytest.mark.parametrize(
    ("number", "outcome", "reason"),
    [
        (28001045, F.GONE, R.NOT_FOUND),
        (28001046, F.GONE, R.NOT_FOUND),
        (28001047, F.GONE, R.PRIVATE),
        (28001008, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
        (2190008, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
        (28001012, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
        (28001015, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
        (28003017, F.BLOCKED, R.RATE_LIMITED),
        (2190001, F.BLOCKED, R.RATE_LIMITED),
        (28003018, F.BLOCKED, R.RATE_LIMITED),
        (28001052, F.BLOCKED, R.RATE_LIMITED),
        (28001018, F.ERROR, R.API_OFFLINE),
        (28001019, F.ERROR, R.API_OFFLINE),
        (28001056, F.ERROR, R.API_OFFLINE),
        (28001005, F.ERROR, R.SERVER_ERROR),
        (28001006, F.ERROR, R.SERVER_ERROR),
        (12345678, F.ERROR, R.PARSE_ERROR),
    ],
)
@pytest.mark.parametrize("place", ["data", "extra"])
def test_the_state_of_the_open_interface(
    number: int, outcome: FetchOutcome, reason: FetchReason, place: str
) -> None:
    result = open_list(error(number, place))
    assert (result.outcome, result.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("logged_in", "count", "outcome", "reason"),
    [
        (True, 86, F.BLOCKED, R.COUNT_MISMATCH),
        (True, None, F.BLOCKED, R.UNCONFIRMED),
        (True, 0, F.EMPTY, None),
        (False, 0, F.LOGIN_REQUIRED, R.LOGIN_WALL),
        (False, 86, F.LOGIN_REQUIRED, R.LOGIN_WALL),
        (False, None, F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ],
)
def test_an_empty_list_is_empty_only_with_a_login_and_a_counter_of_zero(
    logged_in: bool, count: int | None, outcome: FetchOutcome, reason: FetchReason | None
) -> None:
    answers = [said(listed())] if count is None else [said(listed()), profile(count)]
    result = page(*answers, logged_in=logged_in)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_a_captcha_pauses_for_half_a_day() -> None:
    assert page(said(MIDDLE_PAGE)).retry_after == PAUSE


def test_a_captcha_on_the_page_keeps_its_list_from_proving() -> None:
    gate = said('<iframe src="https://verify.snssdk.com/x"></iframe>', Part.PAGE)
    result = page(said(DOUYIN), gate)
    assert (result.outcome, result.complete_from) == (F.OK, None)
    assert result.warnings == (R.CAPTCHA,)


def test_a_page_that_only_loads_a_script_of_the_captcha_is_no_captcha() -> None:
    living = said('<script src="https://verify.snssdk.com/x.js"></script><p>作品</p>', Part.PAGE)
    assert page(said(DOUYIN), living).warnings == ()


def test_gone_stands_beside_the_posts_that_were_read() -> None:
    result = page(said(DOUYIN), profile(86, secret=1))
    assert (result.outcome, len(result.posts)) == (F.GONE, 3)
