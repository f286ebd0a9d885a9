"""新浪微博: its payloads, and each row of its table of states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, PostKind, Precision, TimeSource
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    FRESH,
    MIDDLE,
    OLD,
    PINNED,
    READ_AT,
    WEIBO,
    WEIBO_MOBILE,
    WEIBO_PROFILE,
    WINDOW,
    at,
    ctime,
    mid,
    read,
    said,
)

F, R = FetchOutcome, FetchReason
HOURS = 6 * 3600


def timeline(*answers: Answer, source: str = "weibo_timeline", **changes: Any) -> FetchResult:
    """A read with an office login, of the list and of the profile's counter."""
    return read(source, Platform.WEIBO, *(replace(a, logged_in=True) for a in answers), **changes)


def blog(time: str, **changes: Any) -> dict[str, Any]:
    return {"mid": mid(time), "created_at": ctime(time), "user": {"idstr": "1000000001"}} | changes


def listed(*blogs: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"ok": 1, "data": {"list": list(blogs), "total": total}}


EMPTY = {"ok": 0, "msg": "这里还没有内容", "data": {"list": []}}


def counting(total: int) -> Answer:
    user = {"idstr": "1000000001", "screen_name": "示例县教体局", "statuses_count": total}
    return said({"ok": 1, "data": {"user": user}}, Part.PROFILE)


def test_the_timeline_is_read() -> None:
    result = timeline(said(WEIBO), said(WEIBO_PROFILE, Part.PROFILE))
    assert (result.outcome, result.reason, result.warnings) == (F.OK, None, ())
    assert [post.time for post in result.posts] == [PINNED, FRESH, MIDDLE]
    assert [post.pinned for post in result.posts] == [True, False, False]
    assert [post.kind for post in result.posts] == [PostKind.ORIGINAL] * 2 + [PostKind.REPOST]
    assert result.posts[1].title == "校园安全提示"
    assert result.posts[1].url == "https://weibo.com/1000000001/QexamPl02"
    assert (result.profile_total, result.identity.name_seen) == (321, "示例县教体局")
    assert result.can_prove_absence
    assert result.complete_from is None  # a pinned post of March proves nothing
    assert result.fresh_as_of == READ_AT


@pytest.mark.parametrize(
    ("raw", "pinned", "counts"),
    [
        ({}, False, True),
        ({"isTop": 1}, True, True),
        ({"mblogtype": 2}, True, True),
        ({"title": {"text": "置顶"}}, True, True),
        ({"isTop": 0, "mblogtype": 0, "title": {"text": "热门"}}, False, True),
        ({"mblogtype": 1}, False, False),
    ],
)
def test_pinned_posts_and_advertisements_are_told(
    raw: dict[str, Any], pinned: bool, counts: bool
) -> None:
    (post,) = timeline(said(listed(blog("11-17 10:05", **raw)))).posts
    assert (post.pinned, post.counts) == (pinned, counts)


def test_the_older_post_of_a_list_that_reaches_past_the_window_makes_it_whole() -> None:
    result = timeline(said(listed(blog("11-17 10:05"), blog("10-30 08:15"))))
    assert result.complete_from == WINDOW.since
    assert result.can_prove_absence


def test_without_a_login_nothing_is_proved() -> None:
    answer = said(listed(blog("11-17 10:05"), blog("10-30 08:15")))
    assert not read("weibo_timeline", Platform.WEIBO, answer).can_prove_absence


def test_a_range_without_hits_proves_only_beside_a_wider_one_that_finds_an_older_post() -> None:
    bare = replace(said(listed(total=0)), covers=WINDOW)
    wider = replace(WINDOW, since=at("10-01 00:00"))
    alive = replace(said(listed(blog("10-30 08:15"), total=1)), covers=wider)
    alone = timeline(bare, counting(321), source="weibo_search")
    assert (alone.outcome, alone.reason) == (F.BLOCKED, R.COUNT_MISMATCH)
    both = timeline(bare, alive, source="weibo_search")
    assert (both.outcome, both.complete_from) == (F.OK, WINDOW.since)
    assert both.fresh_as_of == WINDOW.until
    dead = replace(said(listed(total=0)), covers=wider)
    assert timeline(bare, dead, source="weibo_search").outcome is F.BLOCKED


def test_a_range_is_whole_only_where_its_total_agrees() -> None:
    def ranged(total: int) -> FetchResult:
        answer = said(listed(blog("11-17 10:05"), blog("11-12 16:40"), total=total))
        return timeline(replace(answer, covers=WINDOW), source="weibo_search")

    assert ranged(2).complete_from == WINDOW.since
    assert ranged(3).complete_from is None
    short = ranged(1)
    assert (short.complete_from, short.warnings) == (None, (R.COUNT_MISMATCH,))


def test_what_the_account_only_liked_is_not_its_own() -> None:
    liked = blog("11-18 10:00", user={"idstr": "7"})
    result = timeline(said(listed(liked, blog("11-12 16:40"))))
    assert [post.time for post in result.posts] == [MIDDLE]
    stranger = timeline(said(listed(liked)))
    assert (stranger.outcome, stranger.reason) == (F.ERROR, R.WRONG_ACCOUNT)
    assert stranger.posts == ()


def test_another_accounts_profile_makes_the_whole_read_another_accounts() -> None:
    profile = said({"ok": 1, "data": {"user": {"idstr": "7", "statuses_count": 0}}}, Part.PROFILE)
    result = timeline(said(WEIBO), profile)
    assert (result.outcome, result.reason, result.profile_total) == (
        F.ERROR,
        R.WRONG_ACCOUNT,
        None,
    )


def test_a_changed_name_is_a_warning() -> None:
    assert timeline(said(WEIBO), name="示例县教育局").warnings == (R.RENAMED,)
    assert timeline(said(WEIBO), name="示例县 教体局").warnings == ()


def test_a_printed_time_far_from_its_id_is_told_and_proves_nothing() -> None:
    wrong = blog("11-17 10:05", mid=mid("11-12 10:05"))
    result = timeline(said(listed(wrong, blog("10-30 08:15"))))
    assert R.TIME_MISMATCH in result.warnings
    assert result.complete_from is None


def test_an_unreadable_time_is_not_replaced_and_proves_nothing() -> None:
    broken = blog("11-17 10:05", created_at="Tuesday")
    result = timeline(said(listed(broken, blog("10-30 08:15"))))
    assert result.posts[0].time is None
    assert (result.warnings, result.complete_from) == ((R.PARSE_ERROR,), None)


def test_the_mobile_list_is_read_and_never_proves() -> None:
    profile = {
        "ok": 1,
        "data": {
            "userInfo": {"id": 1000000001, "screen_name": "示例县教体局", "statuses_count": 321},
            "tabsInfo": {"tabs": [{"tab_type": "weibo", "containerid": "1076031000000001"}]},
        },
    }
    result = read("weibo_mobile", Platform.WEIBO, said(profile, Part.PROFILE), said(WEIBO_MOBILE))
    assert (result.outcome, result.profile_total) == (F.OK, 321)
    assert [(post.time, post.pinned) for post in result.posts] == [(PINNED, True), (FRESH, False)]
    assert result.identity.platform_id == "1000000001"
    assert not result.can_prove_absence


def test_cards_in_groups_are_read_and_others_are_not() -> None:
    card = WEIBO_MOBILE["data"]["cards"][1]  # type: ignore[index]
    cards = [{"card_type": 11, "card_group": [card, {"card_type": 42}]}, {"card_type": 58}]
    result = read("weibo_mobile", Platform.WEIBO, said({"ok": 1, "data": {"cards": cards}}))
    assert [post.time for post in result.posts] == [FRESH]
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("written", "number", "time", "precision", "source"),
    [
        ("刚刚", mid("11-20 09:00"), at("11-20 09:00"), Precision.MINUTE, TimeSource.API),
        ("5分钟前", mid("11-20 08:55"), at("11-20 08:55"), Precision.MINUTE, TimeSource.API),
        ("昨天 12:00", mid("11-19 12:00"), at("11-19 12:00"), Precision.MINUTE, TimeSource.API),
        ("3小时前", mid("11-20 05:31"), at("11-20 05:31"), Precision.MINUTE, TimeSource.ID),
        ("11-12", mid("11-12 16:40"), MIDDLE, Precision.MINUTE, TimeSource.ID),
        ("11-12", mid("11-11 23:50"), at("11-12 00:00"), Precision.DAY, TimeSource.API),
    ],
)
def test_relative_times_are_sharpened_by_the_mid(
    written: str, number: str, time: Any, precision: Precision, source: TimeSource
) -> None:
    blogs = [{"mblog": {"id": number, "created_at": written}}]
    (post,) = read("weibo_mobile", Platform.WEIBO, said({"ok": 1, "data": {"cards": blogs}})).posts
    assert (post.time, post.precision, post.time_source) == (time, precision, source)


def test_the_official_interfaces_are_read() -> None:
    statuses = {"statuses": [blog("11-17 10:05"), blog("10-30 08:15")], "total_number": 321}
    for source in ("weibo_api", "weibo_commercial"):
        result = read(source, Platform.WEIBO, said(statuses))
        assert [post.time for post in result.posts] == [FRESH, OLD]
        assert (result.complete_from, result.can_prove_absence) == (WINDOW.since, True)


GATE = "<html><head><title>Sina Visitor System</title></head><body><script>go()</script></body>"
HTML = "<html><body><p>{}</p></body></html>"

# One row for each sign of the table, and what it means.
STATES: list[tuple[str, Answer, FetchOutcome, FetchReason | None, int | None]] = [
    ("Sina Visitor System", said(GATE), F.BLOCKED, R.VISITOR_GATE, None),
    (
        "redirect to the visitor gate",
        said("<html>", final_url="https://passport.weibo.com/visitor/visitor?entry=miniblog"),
        F.BLOCKED,
        R.VISITOR_GATE,
        None,
    ),
    (
        "redirect to the mobile visitor gate",
        said("<html>", final_url="https://visitor.passport.weibo.cn/visitor/visitor"),
        F.BLOCKED,
        R.VISITOR_GATE,
        None,
    ),
    (
        "302 to login.sina.com.cn, not followed",
        said("", status=302, headers={"Location": "https://login.sina.com.cn/sso/login.php"}),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
        None,
    ),
    (
        "/sso/signin",
        said("<html>", final_url="https://passport.weibo.com/sso/signin?entry=wapsso"),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
        None,
    ),
    ("ok -100", said({"ok": -100, "url": "x"}), F.LOGIN_REQUIRED, R.LOGIN_WALL, None),
    (
        "21301",
        said({"error": "auth faild", "error_code": 21301}, status=400),
        F.LOGIN_REQUIRED,
        R.TOKEN_EXPIRED,
        None,
    ),
    ("HTTP 432", said("", status=432), F.BLOCKED, R.HTTP_432, HOURS),
    ("HTTP 418", said("", status=418), F.BLOCKED, R.RATE_LIMITED, HOURS),
    ("HTTP 414", said("<p>访问过于频繁</p>", status=414), F.BLOCKED, R.RATE_LIMITED, HOURS),
    ("访问过于频繁", said(HTML.format("访问过于频繁")), F.BLOCKED, R.RATE_LIMITED, HOURS),
    ("HTTP 429", said("", status=429), F.BLOCKED, R.RATE_LIMITED, HOURS),
    ("HTTP 403", said("Forbidden", status=403), F.BLOCKED, R.REFUSED, HOURS),
    ("这里还没有内容", said(EMPTY), F.BLOCKED, R.UNCONFIRMED, None),
    ("an empty list", said(listed()), F.BLOCKED, R.UNCONFIRMED, None),
    (
        "usernotexists",
        said("<html>", final_url="https://weibo.com/sorry?usernotexists"),
        F.GONE,
        R.NOT_FOUND,
        None,
    ),
    ("账号有问题", said(HTML.format("你访问的帐号有问题")), F.GONE, R.NOT_FOUND, None),
    ("用户不存在", said({"ok": 0, "msg": "用户不存在(20003)"}), F.GONE, R.NOT_FOUND, None),
    ("自行申请关闭", said({"ok": 0, "msg": "该用户已自行申请关闭"}), F.GONE, R.CANCELLED, None),
    (
        "因被投诉违反",
        said({"ok": 0, "msg": "该账号因被投诉违反法律法规"}),
        F.GONE,
        R.SUSPENDED,
        None,
    ),
    (
        "账号行为异常…暂时不能查看",
        said({"ok": 0, "msg": "该账号行为异常，存在安全风险，用户验证之前暂时不能查看"}),
        F.GONE,
        R.SUSPENDED,
        None,
    ),
    (
        "仅展示半年内微博",
        said(WEIBO | {"data": WEIBO["data"] | {"bottom_tips_text": "仅展示半年内微博"}}),  # type: ignore[operator]
        F.OK,
        None,
        None,
    ),
    ("an empty body", said(""), F.BLOCKED, R.EMPTY_BODY, None),
    ("an unknown code", said({"ok": -7}), F.ERROR, R.PARSE_ERROR, None),
    ("a list that is none", said({"ok": 1, "data": {"list": "x"}}), F.ERROR, R.PARSE_ERROR, None),
    ("a page that is no gate", said(HTML.format("你好")), F.ERROR, R.PARSE_ERROR, None),
    ("HTTP 502", said("", status=502), F.ERROR, R.SERVER_ERROR, None),
    ("no answer", said("", status=None), F.ERROR, R.NETWORK, None),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason", "retry"),
    [row[1:] for row in STATES],
    ids=[row[0] for row in STATES],
)
def test_the_state(
    answer: Answer, outcome: FetchOutcome, reason: FetchReason | None, retry: int | None
) -> None:
    result = timeline(answer)
    assert (result.outcome, result.reason, result.retry_after) == (outcome, reason, retry)
    assert result.complete_from is None


@pytest.mark.parametrize("logged_in", [True, False])
@pytest.mark.parametrize("total", [0, 321, None])
def test_an_empty_list_is_empty_only_with_a_login_and_a_counter_of_zero(
    logged_in: bool, total: int | None
) -> None:
    answers = [said(EMPTY)] if total is None else [said(EMPTY), counting(total)]
    result = read(
        "weibo_timeline", Platform.WEIBO, *(replace(a, logged_in=logged_in) for a in answers)
    )
    if logged_in and total == 0:
        assert (result.outcome, result.complete_from) == (F.EMPTY, WINDOW.since)
    else:
        assert result.outcome is F.BLOCKED
        assert result.reason is (R.COUNT_MISMATCH if total else R.UNCONFIRMED)


def test_posts_may_speak_of_closed_accounts() -> None:
    text = "关于冒充我局的账号：该用户不存在，账号行为异常，访问过于频繁 Sina Visitor System"
    result = timeline(said(listed(blog("11-17 10:05", text_raw=text))))
    assert result.outcome is F.OK


def test_numbers_that_contradict_each_other_are_not_empty() -> None:
    result = timeline(said(listed(total=321)), counting(0))
    assert (result.outcome, result.reason) == (F.BLOCKED, R.COUNT_MISMATCH)


def test_a_range_that_shows_only_an_advertisement_is_not_alive() -> None:
    advertised = blog("11-17 10:05", mblogtype=1)
    answer = replace(said(listed(advertised, total=0)), covers=WINDOW)
    result = timeline(answer, source="weibo_search")
    assert (result.outcome, result.complete_from) == (F.OK, None)
