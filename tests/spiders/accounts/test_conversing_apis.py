"""Conversations with 开放平台, 澎湃 and lists that an operator configured."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.answers import Part
from spiders.accounts.conversing import Question
from tests.spiders.accounts import said as payloads
from tests.spiders.accounts.conversed import (
    OPTIONS,
    TOKEN,
    access,
    given,
    hold,
    query,
)
from tests.spiders.accounts.said import (
    FRESH,
    IDS,
    READ_AT,
    WINDOW,
    item_id,
    seconds,
)

F, R, P = FetchOutcome, FetchReason, Platform


def works(*times: str, more: bool, cursor: int) -> dict[str, Any]:
    listed = [{"item_id": item_id(t), "create_time": seconds(t), "video_status": 5} for t in times]
    data = {"error_code": 0, "cursor": cursor, "has_more": more, "list": listed}
    return {"data": data, "extra": {"error_code": 0}}


def test_the_cursor_of_douyin_goes_on_and_its_token_stands_in_a_header() -> None:
    pages = {"0": works("11-17 10:05", more=True, cursor=17)}
    pages["17"] = works("10-30 08:15", more=True, cursor=16)
    held = hold("douyin_open", lambda q: pages[query(q)["cursor"]], given=given("douyin_open"))
    assert [q.headers["access-token"] for q in held.questions] == [TOKEN, TOKEN]
    assert TOKEN not in "".join(held.urls)
    assert query(held.questions[0])["open_id"] == "open-1"
    assert held.result.complete_from == WINDOW.since
    assert not held.result.can_prove_absence


@pytest.mark.parametrize(("since", "proves"), [("2026-11-20", True), ("2026-11-21", False)])
def test_a_pilot_in_the_register_lets_an_interface_prove(since: str, proves: bool) -> None:
    opened = access(options=OPTIONS["douyin_open"] | {"piloted": since})
    held = hold("douyin_open", works("10-30 08:15", more=False, cursor=0), given=opened)
    assert held.result.can_prove_absence is proves


def test_the_count_of_kuaishou_is_asked_before_its_list() -> None:
    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return {"result": 1, "public_count": 1}
        return payloads.KUAISHOU_OPEN

    held = hold("kuaishou_open", reply, given=given("kuaishou_open"))
    assert [q.part for q in held.questions] == [Part.PROFILE, Part.LIST]
    assert query(held.questions[1]) == {"count": "200", "app_id": "ks1", "access_token": TOKEN}
    assert held.result.complete_from == WINDOW.since


def signature(headers: Mapping[str, str]) -> str:
    """As 哔哩哔哩 documents it: the x-bili headers by name, a line each."""
    lines = [f"{name}:{headers[name]}" for name in sorted(headers) if name.startswith("x-bili-")]
    secret = OPTIONS["bilibili_open"]["app_secret"].encode()
    return hmac.new(secret, "\n".join(lines).encode(), "sha256").hexdigest()


def test_bilibili_is_asked_for_both_lists_with_the_apps_own_signature() -> None:
    pages = [payloads.BILIBILI_OPEN, {"code": 0, "data": {"list": [], "page": {"total": 0}}}]
    held = hold(
        "bilibili_open",
        lambda q: pages[min(q.page - 1, 1)] if q.part is Part.LIST else pages[1],
        given=given("bilibili_open"),
    )
    assert [(q.part, q.page) for q in held.questions] == [
        (Part.LIST, 1),
        (Part.LIST, 2),
        (Part.ARTICLES, 1),
    ]
    headers = held.questions[0].headers
    assert headers["access-token"] == TOKEN
    assert headers["x-bili-content-md5"] == "d41d8cd98f00b204e9800998ecf8427e"
    assert headers["x-bili-timestamp"] == str(int(READ_AT.timestamp()))
    assert headers["Authorization"] == signature(headers)
    nonces = {q.headers["x-bili-signature-nonce"] for q in held.questions}
    assert len(nonces) == len(held.questions)


def pieces(*times: str, more: bool = True) -> dict[str, Any]:
    listed = [
        {"contId": str(seconds(t)), "pubTimeLong": 1000 * seconds(t), "name": "示例"} for t in times
    ]
    return {"code": 200, "data": {"hasNext": more, "startTime": 17, "list": listed}}


@pytest.mark.parametrize(
    ("source", "second"),
    [
        ("pengpai_gov", {"pageNum": 2, "pageSize": 20, "pphId": "4221423"}),
        (
            "pengpai_user",
            {
                "pageSize": 10,
                "pageNum": 2,
                "contType": 0,
                "excludeContIds": [],
                "pphId": "4221423",
                "startTime": 17,
            },
        ),
    ],
)
def test_pengpai_is_asked_with_a_body_and_the_headers_of_its_page(
    source: str, second: dict[str, Any]
) -> None:
    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return payloads.PENGPAI_PROFILE
        return pieces("11-17 10:05" if question.page == 1 else "10-30 08:15")

    held = hold(source, reply)
    assert len(held.questions) == 3
    last = held.questions[-1]
    assert (last.method, json.loads(last.body)) == ("POST", second)
    assert last.headers["Client-Type"] == "2"
    assert last.headers["Origin"] == "https://m.thepaper.cn"
    assert held.result.complete_from == WINDOW.since


def test_an_apps_list_is_asked_page_by_page_where_its_address_says_how() -> None:
    def reply(question: Question) -> object:
        time = {"1": "11-17 10:05", "2": "10-30 08:15"}[query(question)["p"]]
        return {"data": [{"id": query(question)["p"], "ts": seconds(time)}]}

    held = hold("app_list", reply, given=given("app_list"), own_id=None)
    assert held.urls == ["http://app.test/l?p=1", "http://app.test/l?p=2"]
    assert held.result.complete_from == WINDOW.since
    assert held.result.identity.platform_id == IDS[P.APP]


def test_a_list_without_a_place_for_the_page_is_asked_once() -> None:
    options = OPTIONS["app_list"] | {"url": "http://app.test/l"}
    reply = {"data": [{"id": 1, "ts": seconds("11-17 10:05")}]}
    held = hold("app_list", reply, given=access(options=options))
    assert held.urls == ["http://app.test/l"]


def test_the_entries_before_a_page_may_stand_in_its_address() -> None:
    options = OPTIONS["app_list"] | {"url": "http://app.test/l?from={offset}"}

    def reply(question: Question) -> object:
        start = int(query(question)["from"])
        return {"data": [{"id": start + n, "ts": seconds("11-17 10:05")} for n in range(3)]}

    held = hold("app_list", reply, given=access(options=options), most=10)
    assert [query(q)["from"] for q in held.questions][:3] == ["0", "3", "6"]


def test_a_configured_page_of_renmin_is_read_by_css() -> None:
    body = "<ul><li><a href=/a/1>x</a><i>2026-11-17 10:05</i></li></ul>"
    options = OPTIONS["renmin_page"] | {"link": "a@href"}
    held = hold("renmin_page", body, given=access(options=options))
    assert [post.time for post in held.result.posts] == [FRESH]
    assert not held.result.can_prove_absence


def test_the_store_is_asked_for_the_app() -> None:
    held = hold("app_store", payloads.APP_STORE)
    assert held.urls == ["https://itunes.apple.com/lookup?bundleId=cn.example.city&country=cn"]
