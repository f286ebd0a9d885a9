"""Conversations with pages in a browser: opened, heard, scrolled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.answers import Part
from spiders.accounts.asking import HEARD
from spiders.accounts.conversing import Question, Way
from tests.spiders.accounts.conversed import (
    access,
    hold,
    some,
)
from tests.spiders.accounts.said import (
    IDS,
    WINDOW,
    item_id,
    notice_page,
    said,
    seconds,
)

F, R, P = FetchOutcome, FetchReason, Platform


DOUYIN_LIST = "https://www.douyin.com/aweme/v1/web/aweme/post/?sec_user_id=MS4wLjABAAAAEXAMPLE"


def clips(cursor: str, following: int, *times: str, more: int = 1) -> Any:
    listed = [{"aweme_id": item_id(t), "create_time": seconds(t)} for t in times]
    body = {"status_code": 0, "has_more": more, "max_cursor": following, "aweme_list": listed}
    return said(body, final_url=f"{DOUYIN_LIST}&max_cursor={cursor}")


def whose() -> Any:
    user = {"status_code": 0, "user": {"sec_uid": "MS4wLjABAAAAEXAMPLE", "aweme_count": 86}}
    return said(user, Part.PROFILE)


SHOWN = said("<html><body><p>示例县市场监管</p></body></html>", Part.PAGE)


def test_a_page_is_opened_heard_and_scrolled_until_it_is_past_the_window() -> None:
    def reply(question: Question) -> object:
        if question.way is Way.OPEN:
            return (SHOWN, whose(), clips("0", 17, "11-17 10:05"))
        return (clips("17", 16, "10-30 08:15"),)

    held = hold("douyin_page", reply)
    opening, scrolling = held.questions
    assert opening.url == "https://www.douyin.com/user/MS4wLjABAAAAEXAMPLE"
    assert opening.heard == HEARD["douyin_page"]
    assert (opening.way, scrolling.way, scrolling.url) == (Way.OPEN, Way.SCROLL, "")
    assert held.result.outcome is F.OK
    assert held.result.complete_from == WINDOW.since
    assert held.result.profile_total == 86


def test_a_page_is_not_scrolled_where_it_is_enough() -> None:
    held = hold("douyin_page", (SHOWN, clips("0", 17, "11-17 10:05")), enough=some)
    assert len(held.questions) == 1


def test_a_page_is_not_scrolled_where_its_list_ends() -> None:
    held = hold("douyin_page", (SHOWN, whose(), clips("0", 1, "11-17 10:05", more=0)))
    assert len(held.questions) == 1


def test_a_gate_ends_a_page() -> None:
    held = hold("douyin_page", (said(notice_page("验证码中间页"), Part.PAGE),))
    assert len(held.questions) == 1
    assert (held.result.outcome, held.result.reason) == (F.BLOCKED, R.CAPTCHA)


def test_a_page_that_does_not_open_is_not_scrolled() -> None:
    held = hold("toutiao_page", (said(b"", Part.PAGE, status=None),))
    assert len(held.questions) == 1
    assert held.result.reason is R.NETWORK


def test_a_scroll_that_brings_nothing_is_the_last() -> None:
    def reply(question: Question) -> object:
        return (SHOWN, whose(), clips("0", 17, "11-17 10:05")) if question.url else ()

    held = hold("douyin_page", reply)
    assert len(held.questions) == 2
    assert held.result.complete_from is None


def test_the_same_answer_heard_twice_is_one() -> None:
    def reply(question: Question) -> object:
        if question.way is Way.OPEN:
            return (SHOWN, whose(), *[clips("0", 17, "11-17 10:05")] * 2)
        return (clips("17", 16, "10-30 08:15"),)

    assert hold("douyin_page", reply).result.complete_from == WINDOW.since


def test_without_a_login_a_page_shows_what_it_shows_and_proves_nothing() -> None:
    held = hold(
        "douyin_page",
        (SHOWN, whose(), clips("0", 17, "11-17 10:05", "10-30 08:15")),
        given=access(logged_in=False),
    )
    assert (held.result.outcome, held.result.reason) == (F.LOGIN_REQUIRED, R.HIDDEN_NEWEST)
    assert len(held.result.posts) == 2
    assert not held.result.can_prove_absence


def bilibili(time: str) -> Callable[[Question], object]:
    video = {"bvid": "BV1EXAMPLE01", "created": seconds(time), "mid": IDS[P.BILIBILI]}
    videos = {"code": 0, "data": {"list": {"vlist": [video]}, "page": {"count": 1}}}
    author = {"mid": IDS[P.BILIBILI], "pub_ts": seconds(time)}
    dynamic = {"id_str": "1002", "modules": {"module_author": author}}
    dynamics = {"code": 0, "data": {"has_more": False, "offset": "", "items": [dynamic]}}

    def reply(question: Question) -> object:
        heard = {Part.LIST: videos, Part.DYNAMICS: dynamics}
        pages = [said(body, part) for part, body in heard.items() if part in question.heard]
        return (SHOWN, *pages) if question.way is Way.OPEN else ()

    return reply


def test_bilibili_is_opened_twice_for_its_two_lists() -> None:
    held = hold("bilibili_page", bilibili("10-30 08:15"))
    assert held.urls == [
        "https://space.bilibili.com/1000000001/upload/video",
        "https://space.bilibili.com/1000000001/dynamic",
    ]
    assert [set(q.heard) for q in held.questions] == [{Part.LIST}, {Part.DYNAMICS}]
    assert held.result.complete_from == WINDOW.since


def test_the_second_page_is_not_opened_where_the_first_is_enough() -> None:
    assert len(hold("bilibili_page", bilibili("11-17 10:05"), enough=some).questions) == 1
