"""Conversations: what cannot be asked, what ends, and what is never told."""

from __future__ import annotations

from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, Post
from spiders.accounts.answers import Part
from spiders.accounts.asking import HEARD
from spiders.accounts.conversing import SPEAKERS, Question, conversation
from spiders.accounts.overhearing import OPENED
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts import said as payloads
from tests.spiders.accounts.conversed import (
    OPTIONS,
    TOKEN,
    access,
    blogs,
    given,
    hold,
    never,
    weibo,
)
from tests.spiders.accounts.said import (
    READ_AT,
    ctime,
    mid,
    sought,
)

F, R, P = FetchOutcome, FetchReason, Platform


def test_every_source_that_is_asked_has_its_conversation() -> None:
    assert set(SPEAKERS) == set(SOURCES) - {"import", "wechat_events"}
    assert set(OPENED) == set(HEARD)


@pytest.mark.parametrize("name", ["import", "wechat_events"])
def test_what_comes_by_itself_is_not_asked(name: str) -> None:
    with pytest.raises(KeyError):
        conversation(SOURCES[name], sought(P.WECHAT), access(), never)


@pytest.mark.parametrize("name", [name for name in SPEAKERS if SOURCES[name].official])
def test_an_official_interface_without_a_token_is_a_login_that_is_missing(name: str) -> None:
    held = hold(name, {}, given=given(name, token=None))
    assert (held.result.outcome, held.result.reason) == (F.LOGIN_REQUIRED, R.TOKEN_EXPIRED)
    assert held.questions == ()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("wechat_records", {"logged_in": False}),
        ("wechat_records", {"token": None}),
        ("weibo_search", {"logged_in": False}),
        ("weibo_timeline", {"logged_in": False}),
        ("channels_assistant", {"logged_in": False}),
    ],
)
def test_what_needs_a_session_is_not_asked_without_one(name: str, changes: dict[str, Any]) -> None:
    held = hold(name, {}, given=given(name, **changes))
    assert (held.result.outcome, held.result.reason) == (F.LOGIN_REQUIRED, R.LOGIN_WALL)
    assert held.questions == ()


@pytest.mark.parametrize(
    "name",
    ["douyin_page", "kuaishou_page", "bilibili_page", "xiaohongshu_page", "weibo_mobile"],
)
def test_public_pages_are_read_without_a_login(name: str) -> None:
    held = hold(name, {}, given=given(name, logged_in=False))
    assert held.questions


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_that_is_missing_is_a_configuration_that_is_missing(name: str) -> None:
    held = hold(name, {}, given=given(name, options={}), platform=_without_routes(name))
    assert (held.result.outcome, held.result.reason) == (F.ERROR, R.NOT_CONFIGURED)
    assert held.questions == ()


def _without_routes(name: str) -> Platform | None:
    return P.WECHAT if name == "rsshub" else None


@pytest.mark.parametrize("name", ["rsshub", "werss", "pengpai_gov", "weibo_api"])
def test_a_host_that_is_missing_is_a_configuration_that_is_missing(name: str) -> None:
    held = hold(name, {}, given=given(name, hosts={}))
    assert (held.result.outcome, held.result.reason) == (F.ERROR, R.NOT_CONFIGURED)
    assert held.questions == ()


@pytest.mark.parametrize("change", [{"pattern": "(("}, {"form": "no such form"}])
def test_a_layout_that_cannot_be_read_is_no_configuration(change: dict[str, str]) -> None:
    options = OPTIONS["app_list"] | change
    held = hold("app_list", {}, given=access(options=options))
    assert held.result.reason is R.NOT_CONFIGURED


def test_a_list_that_never_ends_is_left_after_so_many_pages() -> None:
    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return payloads.WEIBO_PROFILE
        return blogs(f"11-19 {question.page:02d}:00", since_id=str(question.page), total=9999)

    held = hold("weibo_timeline", reply)
    assert len(held.questions) == 1 + 10
    assert held.result.outcome is F.OK
    assert held.result.complete_from is None


def test_a_list_that_repeats_itself_is_left() -> None:
    held = hold("weibo_timeline", lambda q: weibo(*[blogs("11-17 10:05", since_id="5")] * 9)(q))
    assert len(held.questions) == 3


def test_silence_is_a_network_that_failed() -> None:
    held = hold("weibo_api", ())
    assert (held.result.outcome, held.result.reason) == (F.ERROR, R.NETWORK)
    assert held.result.fetched_at == READ_AT


@pytest.mark.parametrize("name", SPEAKERS)
def test_no_result_tells_a_token(name: str) -> None:
    opened = given(name, cookies={"SUB": "COOKIE-VALUE-1"})
    held = hold(name, lambda q: {"error": q.url}, given=opened)
    told = repr(held.result) + repr(opened) + repr(held.questions) + held.result.detail
    for secret in (TOKEN, "COOKIE-VALUE-1", "SECRET-OF-THE-APP"):
        assert secret not in told


def test_enough_is_told_the_posts_of_the_account_alone() -> None:
    shown: list[Post] = []

    def enough(posts: Any) -> bool:
        shown.extend(posts)
        return False

    stranger = {"mid": mid("11-17 10:05"), "created_at": ctime("11-17 10:05")}
    stranger["user"] = {"idstr": "7"}  # type: ignore[assignment]
    body = {"ok": 1, "data": {"list": [stranger], "total": 1}}
    hold("weibo_timeline", weibo(body, body), enough=enough)
    assert shown == []
