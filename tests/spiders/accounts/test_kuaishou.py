"""快手: its payloads, and each row of its table of states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    FRESH,
    IDS,
    KUAISHOU,
    KUAISHOU_OPEN,
    PINNED,
    WINDOW,
    notice_page,
    read,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason


def page(*answers: Answer, logged_in: bool = True, **changes: Any) -> FetchResult:
    answers = tuple(replace(answer, logged_in=logged_in) for answer in answers)
    return read("kuaishou_page", Platform.KUAISHOU, *answers, **changes)


def open_list(*answers: Answer) -> FetchResult:
    return read("kuaishou_open", Platform.KUAISHOU, *answers)


def profile(works: int) -> Answer:
    user = {"profile": {"user_id": IDS[Platform.KUAISHOU], "user_name": "示例县公安"}}
    body = {"result": 1, "userProfile": user | {"ownerCount": {"photo_public": works}}}
    return said(body, Part.PROFILE)


def counts(public: int) -> Answer:
    body = {"result": 1, "public_count": public, "private_count": 3, "all_count": public + 3}
    return said(body, Part.PROFILE)


def feeds(*times: str, **changes: Any) -> Answer:
    photos = ({"id": f"3x{seconds(t)}", "timestamp": seconds(t) * 1000} for t in times)
    listed = [{"photo": photo} for photo in photos]
    return said({"result": 1, "pcursor": "1.7E12", "feeds": listed} | changes)


def test_the_list_of_the_page_is_read() -> None:
    result = page(said(KUAISHOU))
    assert [(post.time, post.pinned) for post in result.posts] == [(FRESH, False), (PINNED, True)]
    assert (result.identity.platform_id, result.identity.name_seen) == (
        "3xexample01",
        "示例县公安",
    )
    assert (result.complete_from, result.can_prove_absence) == (None, True)


def test_the_page_is_whole_past_the_window_with_its_counter_known() -> None:
    past = feeds("11-17 10:05", "10-30 08:15")
    assert page(past, profile(86)).complete_from == WINDOW.since
    assert page(past).complete_from is None


def test_a_list_at_its_end_is_whole_where_the_counter_agrees() -> None:
    ended = feeds("11-17 10:05", "11-12 16:40", pcursor="no_more")
    assert page(ended, profile(2)).complete_from == WINDOW.since
    more = page(ended, profile(3))
    assert (more.complete_from, more.warnings) == (None, (R.COUNT_MISMATCH,))


@pytest.mark.parametrize("created", [1794881100, 1794881100000])
def test_the_open_interface_is_read_in_seconds_or_milliseconds(created: int) -> None:
    works = [
        {"photo_id": "3xphoto01", "create_time": created, "pending": False},
        {"photo_id": "3xphoto02", "create_time": created, "pending": True},
    ]
    result = open_list(said({"result": 1, "video_list": works}))
    assert [(post.time, post.counts) for post in result.posts] == [(FRESH, True), (FRESH, False)]


def test_the_count_of_the_open_interface_makes_its_list_whole() -> None:
    first, end = said(KUAISHOU_OPEN), said({"result": 1, "video_list": []}, page=2)
    assert open_list(first, end, counts(1)).complete_from == WINDOW.since
    assert open_list(first, end, counts(2)).complete_from is None
    assert open_list(first, end).complete_from is None


STATES = [
    ("result 2", said({"result": 2}), F.BLOCKED, R.RATE_LIMITED),
    ("result 50", said({"result": 50}), F.BLOCKED, R.REFUSED),
    ("result 400002", said({"result": 400002}), F.BLOCKED, R.CAPTCHA),
    ("100100402", said({"result": 100100402}), F.BLOCKED, R.RATE_LIMITED),
    ("100100403", said({"result": 100100403}), F.BLOCKED, R.RATE_LIMITED),
    ("100100404", said({"result": 100100404}), F.BLOCKED, R.RATE_LIMITED),
    ("200100410", said({"result": 200100410}), F.BLOCKED, R.RATE_LIMITED),
    ("result 6001", said({"result": 6001}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("result 109", said({"result": 109}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    (
        "redirect to passport",
        said("<html>", final_url="https://passport.kuaishou.com/pc/account/login"),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
    ),
    (
        "API token error",
        said({"result": 100200100, "error_msg": "access_token invalid"}),
        F.LOGIN_REQUIRED,
        R.TOKEN_EXPIRED,
    ),
    (
        "bannedErrMsgByOther",
        feeds(bannedErrMsgByOther="该用户已被封禁"),
        F.GONE,
        R.SUSPENDED,
    ),
    ("账号封禁", said(notice_page("该账号已被封禁"), Part.PAGE), F.GONE, R.SUSPENDED),
    ("用户不存在", said(notice_page("用户不存在"), Part.PAGE), F.GONE, R.NOT_FOUND),
    ("empty feeds", feeds(), F.BLOCKED, R.UNCONFIRMED),
    ("an empty body", said(""), F.BLOCKED, R.EMPTY_BODY),
    ("another result", said({"result": 7}), F.ERROR, R.PARSE_ERROR),
    ("no result", said({"feeds": []}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES]
)
def test_the_state(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = page(answer)
    assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


@pytest.mark.parametrize(
    ("logged_in", "works", "outcome", "reason"),
    [
        (False, 0, F.LOGIN_REQUIRED, R.LOGIN_WALL),
        (False, 86, F.LOGIN_REQUIRED, R.LOGIN_WALL),
        (True, 86, F.BLOCKED, R.COUNT_MISMATCH),
        (True, 0, F.EMPTY, None),
    ],
)
def test_an_empty_list(
    logged_in: bool, works: int, outcome: FetchOutcome, reason: FetchReason | None
) -> None:
    result = page(feeds(), profile(works), logged_in=logged_in)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_a_refused_list_is_never_empty_whatever_the_counter_says() -> None:
    for body in ({"result": 50}, {"result": 109}, {"result": 400002}):
        assert page(said(body), profile(0)).outcome is not F.EMPTY
