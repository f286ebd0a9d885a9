"""小红书, 视频号, 澎湃号, 人民号, App: payloads, and each row of their tables of states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, TimeSource
from spiders.accounts.answers import Answer, Layout, Part
from tests.spiders.accounts.said import (
    APP_STORE,
    CHANNELS,
    FRESH,
    IDS,
    OLD,
    PENGPAI,
    PENGPAI_PROFILE,
    PINNED,
    WINDOW,
    XIAOHONGSHU,
    at,
    note_id,
    notice_page,
    read,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason
State = tuple[str, Answer, FetchOutcome, FetchReason]


def xhs(*answers: Answer, logged_in: bool = True) -> FetchResult:
    answers = tuple(replace(answer, logged_in=logged_in) for answer in answers)
    return read("xiaohongshu_page", Platform.XIAOHONGSHU, *answers)


def notes(*times: str) -> Answer:
    user = {"user_id": IDS[Platform.XIAOHONGSHU]}
    listed = [{"note_id": note_id(time), "user": user} for time in times]
    return said({"code": 0, "data": {"has_more": True, "notes": listed}})


def detail(number: str, **card: Any) -> Answer:
    items = [{"id": number, "note_card": {"note_id": number} | card}]
    return said({"code": 0, "data": {"items": items}}, Part.DETAIL)


def test_notes_are_dated_by_their_ids() -> None:
    result = xhs(said(XIAOHONGSHU))
    assert [(post.time, post.pinned) for post in result.posts] == [(PINNED, True), (FRESH, False)]
    assert {post.time_source for post in result.posts} == {TimeSource.ID}
    assert (result.outcome, result.warnings) == (F.OK, ())
    assert result.identity.name_seen == "示例市文旅"


def test_a_notes_own_page_knows_better() -> None:
    number = note_id("11-17 10:05")
    edited = {"time": seconds("11-17 11:00") * 1000, "last_update_time": seconds("11-19 10:00")}
    (post,) = xhs(notes("11-17 10:05"), detail(number, **edited)).posts
    assert (post.time, post.time_source) == (at("11-17 11:00"), TimeSource.DETAIL)


@pytest.mark.parametrize("code", [-510000, -510001])
def test_a_note_that_is_gone_is_deleted_and_not_the_account(code: int) -> None:
    number = note_id("11-17 10:05")
    url = f"https://www.xiaohongshu.com/explore/{number}"
    gone = said({"code": code}, Part.DETAIL, asked_url=url)
    result = xhs(notes("11-17 10:05", "11-12 16:40"), gone)
    assert result.outcome is F.OK
    assert [post.deleted for post in result.posts] == [True, False]


def test_notes_prove_only_with_a_login_and_a_counter() -> None:
    result = xhs(notes("11-17 10:05", "10-30 08:15"))
    assert result.complete_from is None
    anonymous = xhs(notes("11-17 10:05"), logged_in=False)
    assert (anonymous.outcome, anonymous.reason) == (F.LOGIN_REQUIRED, R.HIDDEN_NEWEST)
    assert len(anonymous.posts) == 1


XIAOHONGSHU_STATES: list[State] = [
    ("HTTP 461", said("", status=461), F.BLOCKED, R.CAPTCHA),
    ("HTTP 471", said("", status=471), F.BLOCKED, R.CAPTCHA),
    ("HTTP 403", said("", status=403), F.BLOCKED, R.REFUSED),
    ("HTTP 429", said("", status=429), F.BLOCKED, R.RATE_LIMITED),
    ("300011", said({"code": 300011}), F.BLOCKED, R.CAPTCHA),
    ("300012", said({"code": 300012}), F.BLOCKED, R.CAPTCHA),
    (".fe-verify-box", said('<div class="fe-verify-box">x</div>', Part.PAGE), F.BLOCKED, R.CAPTCHA),
    ("HTTP 401", said("", status=401), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("login wall", said(notice_page("登录后查看更多"), Part.PAGE), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("用户不存在", said(notice_page("用户不存在"), Part.PAGE), F.GONE, R.NOT_FOUND),
    ("封禁", said(notice_page("该账号已被封禁"), Part.PAGE), F.GONE, R.SUSPENDED),
    ("no notes", notes(), F.BLOCKED, R.UNCONFIRMED),
    ("another code", said({"code": 7}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [row[1:] for row in XIAOHONGSHU_STATES],
    ids=[row[0] for row in XIAOHONGSHU_STATES],
)
def test_the_state_of_xiaohongshu(
    answer: Answer, outcome: FetchOutcome, reason: FetchReason
) -> None:
    result = xhs(answer)
    assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


def test_no_notes_without_a_login_is_a_login_that_is_missing() -> None:
    assert xhs(notes(), logged_in=False).outcome is F.LOGIN_REQUIRED


def own_works(*answers: Answer, **changes: Any) -> FetchResult:
    pages = (replace(answer, logged_in=True) for answer in answers)
    return read("channels_assistant", Platform.CHANNELS, *pages, **changes)


def works(*times: str, total: int, more: bool = False) -> Answer:
    listed = [{"objectId": str(seconds(t)), "createTime": seconds(t)} for t in times]
    data = {"totalCount": total, "continueFlag": more, "list": listed}
    return said({"errCode": 0, "data": data})


def test_the_units_own_works_are_read() -> None:
    result = own_works(said(CHANNELS))
    assert [(post.id, post.time, post.title) for post in result.posts] == [
        ("export/EXAMPLE01", FRESH, "示例区消防演练")
    ]
    assert (result.can_prove_absence, result.complete_from) == (True, None)
    assert own_works(works("11-17 10:05", total=1)).complete_from == WINDOW.since
    assert own_works(works("11-17 10:05", total=2)).warnings == (R.COUNT_MISMATCH,)


CHANNELS_STATES: list[State] = [
    (
        "redirect to /login.html",
        said("<html>", final_url="https://channels.weixin.qq.com/login.html"),
        F.LOGIN_REQUIRED,
        R.LOGIN_WALL,
    ),
    ("300333", said({"errCode": 300333}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("300334", said({"errCode": 300334}), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("risk prompt", said({"errCode": 9, "errMsg": "存在安全风险"}), F.BLOCKED, R.CAPTCHA),
    ("another errCode", said({"errCode": 9, "errMsg": "x"}), F.ERROR, R.PARSE_ERROR),
    ("a total without works", works(total=64), F.BLOCKED, R.COUNT_MISMATCH),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [row[1:] for row in CHANNELS_STATES],
    ids=[row[0] for row in CHANNELS_STATES],
)
def test_the_state_of_channels(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = own_works(answer)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_a_total_of_zero_is_empty_in_the_right_session_alone() -> None:
    nothing = works(total=0)
    assert own_works(nothing).outcome is F.EMPTY
    assert own_works(nothing, own_id=None).outcome is F.BLOCKED
    assert own_works(nothing, own_id="another").reason is R.WRONG_ACCOUNT
    assert read("channels_assistant", Platform.CHANNELS, nothing).outcome is F.BLOCKED


def pengpai(*answers: Answer) -> FetchResult:
    return read("pengpai_gov", Platform.PENGPAI, *answers)


def pieces(*times: str, more: bool = True) -> Answer:
    listed = [{"contId": str(seconds(t)), "pubTimeLong": seconds(t) * 1000} for t in times]
    return said({"code": 200, "data": {"hasNext": more, "list": listed}})


def whose(**user: Any) -> Answer:
    return said({"code": 200, "userInfo": {"userId": 4221423} | user}, Part.PROFILE)


def test_the_public_list_is_read_and_the_profile_says_whose_it_is() -> None:
    result = pengpai(said(PENGPAI), said(PENGPAI_PROFILE, Part.PROFILE))
    (post,) = result.posts
    assert (post.id, post.time) == ("30000001", FRESH)
    assert post.url == "https://www.thepaper.cn/newsDetail_forward_30000001"
    assert (result.identity.platform_id, result.identity.name_seen) == ("4221423", "示例区发布")
    assert (result.can_prove_absence, result.complete_from) == (True, None)
    assert pengpai(pieces("11-17 10:05", "10-30 08:15"), whose()).complete_from == WINDOW.since
    assert pengpai(pieces("11-17 10:05", more=False), whose()).complete_from is None


def test_a_relative_time_is_ignored() -> None:
    piece = {"contId": "1", "pubTime": "6天前"}
    answer = said({"code": 200, "data": {"list": [piece], "hasNext": True}})
    assert pengpai(answer).reason is R.PARSE_ERROR


PENGPAI_STATES: list[State] = [
    ("code is not 200", said({"code": 500, "desc": "x"}), F.ERROR, R.PARSE_ERROR),
    ("HTML", said("<html>x</html>"), F.ERROR, R.PARSE_ERROR),
    ("HTTP 403", said("", status=403), F.BLOCKED, R.REFUSED),
    ("HTTP 429", said("", status=429), F.BLOCKED, R.RATE_LIMITED),
    ("an empty list", pieces(more=False), F.BLOCKED, R.UNCONFIRMED),
    ("不存在", said({"code": 404, "desc": "用户不存在"}, Part.PROFILE), F.GONE, R.NOT_FOUND),
    ("注销", said({"code": 404, "desc": "用户已注销"}, Part.PROFILE), F.GONE, R.CANCELLED),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [row[1:] for row in PENGPAI_STATES],
    ids=[row[0] for row in PENGPAI_STATES],
)
def test_the_state_of_pengpai(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = pengpai(answer)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_an_empty_list_of_pengpai_is_empty_only_where_the_profile_confirms_it() -> None:
    assert pengpai(pieces(more=False), whose(contNum=0)).outcome is F.EMPTY
    assert pengpai(pieces(more=False), whose(contNum=3)).reason is R.COUNT_MISMATCH
    assert pengpai(pieces(more=False), whose()).outcome is F.BLOCKED


RENMIN_PAGE = (
    '<html><body><div class="title"><h2>示例县秋收</h2></div><a>示例发布</a>'
    '<div class="other"><p>来源：人民号 {}</p></div></body></html>'
)
RENMIN_LINK = "https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=38291234"


def renmin(body: str, **changes: Any) -> FetchResult:
    answer = said(body, asked_url=RENMIN_LINK, **changes)
    return read("article_links", Platform.RENMIN, answer, name="示例发布")


def test_an_article_of_renmin_clears() -> None:
    result = renmin(RENMIN_PAGE.format("2026-11-17 10:05:00"))
    (post,) = result.posts
    assert (post.id, post.time, post.title) == ("38291234", FRESH, "示例县秋收")
    assert not result.can_prove_absence


@pytest.mark.parametrize(
    ("body", "changes", "reason"),
    [
        ("", {"status": 404}, R.BAD_LINK),
        ("<html><p>x</p></html>", {}, R.PARSE_ERROR),
        (RENMIN_PAGE.format("昨天"), {}, R.PARSE_ERROR),
        (RENMIN_PAGE.format("2026-11-17").replace("示例发布", "别家发布"), {}, R.WRONG_ACCOUNT),
    ],
)
def test_the_state_of_renmin(body: str, changes: dict[str, Any], reason: FetchReason) -> None:
    result = renmin(body, **changes)
    assert (result.outcome, result.reason) == (F.ERROR, reason)


LIST = Layout(
    items="data.list",
    id="newsId",
    time="publish",
    title="title",
    pinned="top",
    total="data.total",
    more="data.more",
)


def app(*answers: Answer, layout: Layout | None = LIST, **changes: Any) -> FetchResult:
    return read("app_list", Platform.APP, *answers, layout=layout, **changes)


def news(*times: str, **data: Any) -> Answer:
    listed = [{"newsId": i, "publish": t, "title": "要闻"} for i, t in enumerate(times)]
    return said({"data": {"list": listed, "more": True} | data})


def test_an_apps_own_list_is_read_as_it_was_configured() -> None:
    result = app(news("2026-11-17 10:05", "2026-10-30 08:15"))
    assert [post.time for post in result.posts] == [FRESH, OLD]
    assert (result.complete_from, result.can_prove_absence) == (WINDOW.since, True)
    assert result.identity.platform_id == "cn.example.city"


def test_a_list_in_html_is_read_by_css() -> None:
    page = (
        "<html><ul><li><a href='/n/2'>甲</a><i>发布：2026-11-17 10:05</i></li>"
        "<li class=top><a href='/n/1'>乙</a><b>顶</b><i>发布：2026-03-02 09:00</i></li></ul></html>"
    )
    layout = Layout(
        items="li",
        time="i",
        title="a",
        link="a@href",
        pinned="b",
        pattern="发布：(.*)",
        html=True,
    )
    result = app(said(page, final_url="http://app.test/list"), layout=layout)
    assert [(post.time, post.pinned, post.url) for post in result.posts] == [
        (FRESH, False, "http://app.test/n/2"),
        (PINNED, True, "http://app.test/n/1"),
    ]
    bare = app(said("<html><p>改版</p></html>"), layout=layout)
    assert (bare.outcome, bare.reason) == (F.ERROR, R.PARSE_ERROR)


def test_a_time_without_its_year_clears_and_never_proves() -> None:
    result = app(news("11-17 10:05", "10-30 08:15"))
    assert [post.time for post in result.posts] == [FRESH, OLD]
    assert (result.complete_from, result.warnings) == (None, (R.PARSE_ERROR,))


def test_a_configured_form_is_the_only_one() -> None:
    layout = replace(LIST, form="slashes")
    assert app(news("2026-11-17 10:05"), layout=layout).reason is R.PARSE_ERROR
    assert app(news("2026/11/17 10:05"), layout=layout).outcome is F.OK


APP_STATES: list[State] = [
    ("HTTP 401", said("", status=401), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("HTTP 403", said("", status=403), F.BLOCKED, R.REFUSED),
    ("HTTP 429", said("", status=429), F.BLOCKED, R.RATE_LIMITED),
    ("another shape", said({"data": {}}), F.ERROR, R.PARSE_ERROR),
    ("HTML", said("<html>x</html>"), F.ERROR, R.PARSE_ERROR),
    ("an empty list", news(), F.BLOCKED, R.UNCONFIRMED),
    ("an empty list with a total", news(total=7), F.BLOCKED, R.COUNT_MISMATCH),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [row[1:] for row in APP_STATES],
    ids=[row[0] for row in APP_STATES],
)
def test_the_state_of_an_app(answer: Answer, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = app(answer)
    assert (result.outcome, result.reason) == (outcome, reason)


def test_without_a_layout_nothing_is_configured() -> None:
    assert app(news("2026-11-17"), layout=None).reason is R.NOT_CONFIGURED


def test_the_store_knows_only_whether_an_app_is_there() -> None:
    there = read("app_store", Platform.APP, said(APP_STORE))
    assert (there.outcome, there.posts, there.can_prove_absence) == (F.BLOCKED, (), False)
    gone = read("app_store", Platform.APP, said({"resultCount": 0, "results": []}))
    assert (gone.outcome, gone.reason) == (F.GONE, R.NOT_FOUND)
    assert read("app_store", Platform.APP, said({"resultCount": 1})).outcome is F.ERROR
