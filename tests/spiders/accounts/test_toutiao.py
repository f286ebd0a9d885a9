"""头条号: its payload, and each row of its table of states."""

from __future__ import annotations

from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, PostKind
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    FRESH,
    IDS,
    MIDDLE,
    TOUTIAO,
    TOUTIAO_ADDRESS,
    WINDOW,
    item_id,
    notice_page,
    read,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason


def page(*answers: Answer, **changes: Any) -> FetchResult:
    return read("toutiao_page", Platform.TOUTIAO, *answers, **changes)


def feed(*cells: dict[str, Any], **changes: Any) -> Answer:
    body = {"message": "success", "has_more": True, "data": list(cells)} | changes
    return said(body, final_url=TOUTIAO_ADDRESS)


def cell(time: str, **changes: Any) -> dict[str, Any]:
    fields = {"id": item_id(time), "publish_time": seconds(time), "cell_type": 60}
    return fields | {"behot_time": seconds("11-19 09:00")} | changes


OLDER = ("10-30 08:15", "10-29 08:15", "10-28 08:15", "10-27 08:15")


def test_the_feed_of_the_page_is_read_by_publish_time() -> None:
    result = page(said(TOUTIAO, final_url=TOUTIAO_ADDRESS))
    assert [(post.time, post.pinned) for post in result.posts] == [(FRESH, False), (MIDDLE, True)]
    assert [post.kind for post in result.posts] == [PostKind.ARTICLE, PostKind.SHORT]
    assert [post.url for post in result.posts] == [
        "https://www.toutiao.com/article/7708955625696159921/",
        "https://www.toutiao.com/w/7707201990549203121/",
    ]
    assert result.posts[1].title == "停水通知"
    assert (result.identity.platform_id, result.identity.name_seen) == (
        IDS[Platform.TOUTIAO],
        "示例市发布",
    )
    assert (result.can_prove_absence, result.complete_from) == (True, None)


def test_the_place_in_the_feed_is_no_time() -> None:
    (post,) = page(feed(cell("11-12 16:40", publish_time=None))).posts
    assert post.time is None


@pytest.mark.parametrize(("number", "whole"), [(1, False), (3, False), (4, True)])
def test_a_few_old_posts_at_the_end_may_be_pinned_without_a_mark(number: int, whole: bool) -> None:
    cells = [cell("11-17 10:05"), *(cell(time) for time in OLDER[:number])]
    assert (page(feed(*cells)).complete_from == WINDOW.since) is whole


def test_the_feed_of_another_token_is_another_accounts() -> None:
    address = TOUTIAO_ADDRESS.replace("TOUTIAO", "OTHER")
    result = page(said(TOUTIAO, final_url=address))
    assert (result.outcome, result.reason) == (F.ERROR, R.WRONG_ACCOUNT)


def test_a_feed_that_names_no_token_is_nobodys() -> None:
    result = page(said(TOUTIAO, final_url="https://www.toutiao.com/api/pc/list/feed"))
    assert (result.outcome, result.identity.platform_id) == (F.OK, None)


STATES = [
    ("an empty body", said(""), F.BLOCKED, R.EMPTY_BODY),
    ("HTTP 403", said("", status=403), F.BLOCKED, R.REFUSED),
    ("message is not success", feed(message="error"), F.BLOCKED, R.REFUSED),
    ("no message", said({"data": []}), F.BLOCKED, R.REFUSED),
    ("data missing", said({"message": "success"}), F.BLOCKED, R.REFUSED),
    ("data null", feed(data=None), F.BLOCKED, R.REFUSED),
    ("slider", said(notice_page("拖动滑块完成验证"), Part.PAGE), F.BLOCKED, R.CAPTCHA),
    ("该用户不存在", said(notice_page("该用户不存在"), Part.PAGE), F.GONE, R.NOT_FOUND),
    ("已注销", said(notice_page("该账号已注销"), Part.PAGE), F.GONE, R.CANCELLED),
    ("已被封禁", said(notice_page("该账号已被封禁"), Part.PAGE), F.GONE, R.SUSPENDED),
    ("data empty", feed(), F.BLOCKED, R.UNCONFIRMED),
    ("login wall", said(notice_page("请先登录"), Part.PAGE), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    (
        "redirect to the login",
        said("<html>", final_url="https://sso.toutiao.com/login/"),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
    ),
    ("a list that is none", feed(data={}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES]
)
def test_the_state(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = page(answer)
    assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


def test_an_empty_feed_is_empty_where_the_page_states_that_there_are_no_works() -> None:
    states = said(notice_page("暂未发表作品"), Part.PAGE)
    assert page(feed(), states).outcome is F.EMPTY
    silent = said(notice_page("作品"), Part.PAGE)
    assert page(feed(), silent).outcome is F.BLOCKED
    about = said(notice_page("我局暂未发表作品的作者名单"), Part.PAGE)
    assert page(feed(), about).outcome is F.BLOCKED


def test_titles_on_a_living_page_are_no_notice() -> None:
    living = said(notice_page("我市2000家僵尸企业已注销"), Part.PAGE)
    assert page(feed(cell("11-17 10:05")), living).outcome is F.OK
