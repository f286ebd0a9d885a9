"""哔哩哔哩: its payloads, and each row of its table of states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    BILIBILI,
    BILIBILI_OPEN,
    DYNAMICS,
    FRESH,
    WINDOW,
    notice_page,
    read,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason
ME = 1000000001


def page(*answers: Answer, logged_in: bool = True) -> FetchResult:
    answers = tuple(replace(answer, logged_in=logged_in) for answer in answers)
    return read("bilibili_page", Platform.BILIBILI, *answers)


def videos(*times: str, count: int = 57, **changes: Any) -> Answer:
    vlist = [{"bvid": f"BV1{seconds(t)}", "created": seconds(t), "mid": ME} for t in times]
    data = {"list": {"vlist": vlist}, "page": {"count": count}, "is_risk": False}
    return said({"code": 0, "data": data | changes})


def dynamics(*times: str, more: bool = True, modules: dict[str, Any] | None = None) -> Answer:
    author = {"mid": ME, "name": "示例市文旅"}
    items = [
        {
            "id_str": str(seconds(t)),
            "modules": {"module_author": author | {"pub_ts": seconds(t)}} | (modules or {}),
        }
        for t in times
    ]
    return said({"code": 0, "data": {"has_more": more, "items": items}}, Part.DYNAMICS)


def test_both_lists_of_the_page_are_read() -> None:
    result = page(said(BILIBILI), said(DYNAMICS, Part.DYNAMICS))
    assert [(post.id, post.time, post.pinned) for post in result.posts] == [
        ("BV1EXAMPLE01", FRESH, False),
        ("1002", FRESH, True),
    ]
    assert (result.identity.name_seen, result.can_prove_absence) == ("示例市文旅", True)


@pytest.mark.parametrize(
    ("answers", "whole"),
    [
        ((videos("11-17 10:05", "10-30 08:15"), dynamics("11-17 10:05", "10-30 08:15")), True),
        ((videos("11-17 10:05", "10-30 08:15"),), False),
        ((dynamics("11-17 10:05", "10-30 08:15"),), False),
        ((videos("11-17 10:05", "10-30 08:15"), dynamics("11-17 10:05")), False),
        ((videos("11-17 10:05", count=1), dynamics("11-17 10:05", "10-30 08:15")), True),
        ((videos(count=0), dynamics("11-17 10:05", "10-30 08:15")), False),
        ((videos("11-17 10:05", "10-30 08:15"), dynamics(more=False)), False),
    ],
)
def test_the_page_is_whole_only_where_both_lists_are(
    answers: tuple[Answer, ...], whole: bool
) -> None:
    assert (page(*answers).complete_from == WINDOW.since) is whole


def test_a_video_and_the_dynamic_that_announces_it_are_one_update() -> None:
    major = {"module_dynamic": {"major": {"archive": {"bvid": f"BV1{seconds('11-17 10:05')}"}}}}
    result = page(videos("11-17 10:05"), dynamics("11-17 10:05", modules=major))
    assert len({post.group_id for post in result.posts}) == 1


def test_the_open_interface_clears_and_never_proves() -> None:
    result = read("bilibili_open", Platform.BILIBILI, said(BILIBILI_OPEN))
    assert [(post.id, post.time) for post in result.posts] == [("BV1EXAMPLE01", FRESH)]
    assert not result.can_prove_absence


def test_anothers_list_is_another_accounts() -> None:
    answer = said({"code": 0, "data": {"list": {"vlist": [{"bvid": "BV1x", "mid": 7}]}}})
    assert page(answer).reason is R.WRONG_ACCOUNT


STATES = [
    ("-352", said({"code": -352, "data": {"v_voucher": "x"}}), F.BLOCKED, R.CAPTCHA),
    ("v_voucher", said({"code": 0, "data": {"v_voucher": "x"}}), F.BLOCKED, R.CAPTCHA),
    ("-412", said({"code": -412}), F.BLOCKED, R.CAPTCHA),
    ("HTTP 412", said("<html>", status=412), F.BLOCKED, R.CAPTCHA),
    ("-799", said({"code": -799}), F.BLOCKED, R.RATE_LIMITED),
    ("-401", said({"code": -401}), F.BLOCKED, R.REFUSED),
    ("-403", said({"code": -403}), F.BLOCKED, R.REFUSED),
    ("is_risk", videos(count=0, is_risk=True), F.BLOCKED, R.CAPTCHA),
    ("-101", said({"code": -101}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("-404", said({"code": -404, "message": "啥都木有"}), F.GONE, R.NOT_FOUND),
    ("账号已注销", said(notice_page("账号已注销"), Part.PAGE), F.GONE, R.CANCELLED),
    ("an empty body", said(""), F.BLOCKED, R.EMPTY_BODY),
    ("another code", said({"code": 7}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES]
)
def test_the_state(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    for result in (page(answer), page(answer, dynamics(more=False))):
        assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((videos(count=0), dynamics(more=False)), F.BLOCKED),
        ((videos(count=0), dynamics(more=True)), F.BLOCKED),
        ((videos(count=57), dynamics(more=False)), F.BLOCKED),
        ((videos(count=0),), F.BLOCKED),
    ],
)
def test_an_empty_list_whose_owner_nobody_names_is_not_empty(
    answers: tuple[Answer, ...], outcome: FetchOutcome
) -> None:
    assert page(*answers).outcome is outcome


def test_it_is_empty_where_count_and_dynamics_are_and_no_risk_is_shown() -> None:
    where = "https://api.bilibili.test/x/space/wbi/arc/search?mid=1000000001&pn=1"
    listed = replace(videos(count=0), final_url=where)
    assert page(listed, dynamics(more=False)).outcome is F.EMPTY
    assert page(listed, dynamics(more=True)).outcome is F.BLOCKED
    assert page(listed, dynamics(more=False), logged_in=False).outcome is F.BLOCKED
    risky = replace(videos(count=0, is_risk=True), final_url=where)
    assert page(risky, dynamics(more=False)).outcome is F.BLOCKED
    stranger = replace(listed, final_url=where.replace("1000000001", "7"))
    assert page(stranger, dynamics(more=False)).reason is R.WRONG_ACCOUNT
