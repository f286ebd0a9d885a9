"""Conversations about 新浪微博: the profile first, then a list or a span."""

from __future__ import annotations

import json

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.answers import Part
from spiders.accounts.conversing import Question
from tests.spiders.accounts import said as payloads
from tests.spiders.accounts.conversed import (
    TOKEN,
    access,
    blogs,
    hold,
    query,
    some,
    weibo,
)
from tests.spiders.accounts.said import (
    FRESH,
    IDS,
    READ_AT,
    WINDOW,
    said,
)

F, R, P = FetchOutcome, FetchReason, Platform


def test_the_timeline_is_read_until_it_is_past_the_window() -> None:
    first = blogs("11-17 10:05", since_id="5359kp2", total=321)
    held = hold("weibo_timeline", weibo(first, blogs("10-30 08:15", since_id="9"), blogs()))
    profile, *lists = held.questions
    assert profile.part is Part.PROFILE
    assert [query(q).get("since_id") for q in lists] == [None, "5359kp2"]
    assert [query(q)["page"] for q in lists] == ["1", "2"]
    assert held.result.complete_from == WINDOW.since
    assert held.result.profile_total == 321


def test_pinned_posts_do_not_end_a_list() -> None:
    pinned = json.loads(json.dumps(payloads.WEIBO))
    pinned["data"]["list"] = pinned["data"]["list"][:1]
    held = hold("weibo_timeline", weibo(pinned, blogs("10-30 08:15")))
    assert len(held.questions) == 3


def test_a_timeline_ends_where_its_posts_clear() -> None:
    held = hold("weibo_timeline", weibo(blogs("11-17 10:05", since_id="5")), enough=some)
    assert len(held.questions) == 2


def test_the_web_of_weibo_is_asked_with_the_headers_of_its_own() -> None:
    held = hold(
        "weibo_timeline",
        weibo(blogs("10-30 08:15")),
        given=access(cookies={"XSRF-TOKEN": "x1"}),
    )
    headers = held.questions[1].headers
    assert headers["X-XSRF-TOKEN"] == "x1"
    assert headers["Referer"] == "https://weibo.com/u/1000000001"
    assert headers["X-Requested-With"] == "XMLHttpRequest"


@pytest.mark.parametrize(
    "refused", [{"ok": -100}, said(b"", Part.PROFILE, status=432)], ids=["login", "432"]
)
def test_a_profile_that_is_refused_ends_the_read(refused: object) -> None:
    held = hold("weibo_timeline", weibo(profile=refused))
    assert len(held.questions) == 1
    assert held.result.outcome in (F.LOGIN_REQUIRED, F.BLOCKED)


def test_a_profile_of_an_unknown_shape_does_not_keep_the_list_from_clearing() -> None:
    held = hold("weibo_timeline", weibo(blogs("11-17 10:05"), profile={"ok": 1}), enough=some)
    assert held.result.outcome is F.OK
    assert held.result.complete_from is None


def test_the_counter_is_kept_where_the_list_is_refused_afterwards() -> None:
    refused = said(b"", status=432)
    held = hold("weibo_timeline", weibo(refused))
    assert (held.result.reason, held.result.profile_total) == (R.HTTP_432, 321)


def test_a_refusal_in_the_middle_ends_the_list_and_keeps_what_was_read() -> None:
    first = blogs("11-17 10:05", since_id="5359kp2", total=321)
    held = hold("weibo_timeline", weibo(first, {"ok": -100}, blogs("10-30 08:15")))
    assert len(held.questions) == 3
    assert [post.time for post in held.result.posts] == [FRESH]
    assert held.result.complete_from is None
    assert R.LOGIN_WALL in held.result.warnings


@pytest.mark.parametrize("source", ["weibo_search", "weibo_commercial"])
def test_a_span_is_asked_up_to_now(source: str) -> None:
    def reply(question: Question) -> object:
        if source == "weibo_commercial":
            return {"statuses": blogs("11-17 10:05")["data"]["list"], "total_number": 1}
        return weibo(blogs("11-17 10:05", total=1))(question)

    held = hold(source, reply)
    asked = query(held.questions[-1])
    since, until = sorted(int(v) for k, v in asked.items() if "start" in k or "end" in k)
    assert (since, until) == (int(WINDOW.since.timestamp()), int(READ_AT.timestamp()))
    assert held.result.complete_from == WINDOW.since
    assert held.result.fresh_as_of == READ_AT
    assert held.result.can_prove_absence
    assert ("access_token" in asked) is (source == "weibo_commercial")


def test_a_span_without_hits_is_asked_once_more_and_wider() -> None:
    def reply(question: Question) -> object:
        if question.part is Part.PROFILE:
            return payloads.WEIBO_PROFILE
        wide = question.covers is not None and question.covers.since < WINDOW.since
        return blogs("10-30 08:15", total=50) if wide else blogs(total=0)

    held = hold("weibo_search", reply)
    assert len(held.questions) == 3
    assert held.result.complete_from == WINDOW.since


def test_a_span_without_hits_of_a_dead_question_proves_nothing() -> None:
    held = hold("weibo_search", weibo(blogs(total=0)))
    assert len(held.questions) == 3
    assert held.result.complete_from is None
    assert held.result.outcome is F.BLOCKED


def test_an_account_without_posts_is_not_asked_for_more() -> None:
    none = {"ok": 1, "data": {"user": {"idstr": IDS[P.WEIBO], "statuses_count": 0}}}
    held = hold("weibo_search", weibo(blogs(total=0), profile=none))
    assert len(held.questions) == 2
    assert held.result.outcome is F.EMPTY


def test_the_mobile_list_is_asked_by_the_name_that_the_profile_gives() -> None:
    user = {"id": IDS[P.WEIBO], "screen_name": "示例", "statuses_count": 9}
    tabs = [{"tab_type": "weibo", "containerid": "1076031000000001"}]
    profile = {"ok": 1, "data": {"userInfo": user, "tabsInfo": {"tabs": tabs}}}
    held = hold("weibo_mobile", weibo(payloads.WEIBO_MOBILE, profile=profile), enough=some)
    assert query(held.questions[1])["containerid"] == "1076031000000001"
    assert held.questions[1].headers["MWeibo-Pwa"] == "1"
    assert held.result.outcome is F.OK


def test_the_owners_interface_takes_its_token_in_the_query() -> None:
    statuses = {"statuses": blogs("10-30 08:15")["data"]["list"], "total_number": 321}
    held = hold("weibo_api", statuses)
    assert query(held.questions[0])["access_token"] == TOKEN
    assert held.result.complete_from == WINDOW.since
