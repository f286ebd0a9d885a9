"""微信公众号: official interfaces, 发表记录, article pages, albums, 搜狗, events; its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Precision, TimeSource, Window
from spiders.accounts.answers import Answer, Part
from tests.spiders.accounts.said import (
    CHECK_DAY,
    FREEPUBLISH,
    FRESH,
    RECORDS,
    WECHAT_DAY,
    WINDOW,
    article_page,
    at,
    notice_page,
    push,
    read,
    records,
    said,
    seconds,
)

F, R = FetchOutcome, FetchReason
HOURS = 6 * 3600
DAY = timedelta(days=1)
LINK = "https://mp.weixin.qq.com/s/EXAMPLEtoken01"


def daily(*days: Answer, **changes: Any) -> FetchResult:
    return read("wechat_daily", Platform.WECHAT, *days, **changes)


def day(back: int, *msgids: str, **changes: Any) -> Answer:
    """What was published `back` days before the check day."""
    since = CHECK_DAY - back * DAY
    date = since.date().isoformat()
    listed = [{"ref_date": date, "msgid": msgid, "publish_type": 2} for msgid in msgids]
    body = {"list": listed, "is_delay": False} | changes
    return said(body, covers=Window(since, since + DAY))


def own(*answers: Answer, **changes: Any) -> FetchResult:
    """发表记录 in the unit's own session."""
    pages = (replace(answer, logged_in=True) for answer in answers)
    return read("wechat_records", Platform.WECHAT, *pages, **changes)


def link(body: str, url: str = LINK, **changes: Any) -> FetchResult:
    return read(
        "article_links", Platform.WECHAT, said(body, asked_url=url, final_url=url, **changes)
    )


def test_a_days_articles_are_read_as_one_push() -> None:
    result = daily(said(WECHAT_DAY))
    assert [post.id for post in result.posts] == ["2650000123_1", "2650000123_2"]
    assert {post.group_id for post in result.posts} == {"2650000123"}
    assert {(post.time, post.precision) for post in result.posts} == {
        (at("11-17 00:00"), Precision.DAY)
    }
    assert result.identity.platform_id == "gh_0123456789ab"


def test_the_daily_interface_proves_only_after_a_pilot() -> None:
    assert not daily(said(WECHAT_DAY)).can_prove_absence
    assert daily(said(WECHAT_DAY), piloted=True).can_prove_absence


def test_all_days_of_the_window_and_one_older_article_make_it_whole() -> None:
    quiet = [day(back) for back in range(1, 15)]
    alive = day(20, "2650000100_1")
    assert daily(*quiet, alive).complete_from == WINDOW.since
    assert daily(*quiet, alive).fresh_as_of == WINDOW.until


def test_quiet_days_alone_are_no_proof() -> None:
    result = daily(*(day(back) for back in range(1, 15)))
    assert (result.outcome, result.reason) == (F.BLOCKED, R.UNCONFIRMED)
    assert result.complete_from is None


@pytest.mark.parametrize(
    ("missing", "since", "fresh"),
    [
        (1, WINDOW.since, WINDOW.until - DAY),
        (7, WINDOW.since, WINDOW.until - 7 * DAY),
        (14, None, None),
    ],
)
def test_days_are_whole_up_to_the_first_that_was_not_asked(
    missing: int, since: datetime | None, fresh: datetime | None
) -> None:
    days = [day(back, f"26500001{back:02d}_1") for back in range(1, 15) if back != missing]
    result = daily(*days, day(20, "2650000100_1"))
    assert result.complete_from == since
    assert fresh in (None, result.fresh_as_of)


def test_a_delayed_day_keeps_the_others_and_proves_nothing() -> None:
    days = [day(back, f"26500001{back:02d}_1") for back in range(2, 15)]
    result = daily(*days, day(1, is_delay=True))
    assert (result.outcome, len(result.posts)) == (F.OK, 13)
    assert (result.warnings, result.complete_from) == ((R.DATA_DELAYED,), None)


def test_freepublish_clears_and_never_proves() -> None:
    result = read("wechat_freepublish", Platform.WECHAT, said(FREEPUBLISH))
    (post,) = result.posts
    assert (post.id, post.time, post.group_id) == (
        "EXAMPLE_ARTICLE_ID_01",
        FRESH,
        "EXAMPLE_ARTICLE_ID_01",
    )
    assert not result.can_prove_absence
    bare = {"total_count": 1, "item": [{"article_id": "x", "update_time": 1794881100}]}
    assert len(read("wechat_freepublish", Platform.WECHAT, said(bare)).posts) == 1
    nothing = {"total_count": 0, "item_count": 0, "item": []}
    assert not read("wechat_freepublish", Platform.WECHAT, said(nothing)).can_prove_absence


def test_the_articles_own_page_corrects_the_time_of_an_edit() -> None:
    page = said(article_page(ct=str(seconds("11-01 10:00"))), Part.DETAIL, asked_url=LINK)
    result = read("wechat_freepublish", Platform.WECHAT, said(FREEPUBLISH), page)
    (post,) = result.posts
    assert (post.time, post.time_source) == (at("11-01 10:00"), TimeSource.DETAIL)


def test_the_publication_records_are_json_in_json_in_json() -> None:
    result = own(said(RECORDS))
    (post,) = result.posts
    assert (post.id, post.group_id, post.time) == ("2650000123_1", "1000000456", FRESH)
    assert (post.title, post.url) == ("示例县防汛会", "http://mp.weixin.qq.com/s/EXAMPLEtoken01")
    assert result.can_prove_absence
    assert result.complete_from is None  # 318 pushes, one read


def test_the_records_are_whole_past_the_window_or_at_their_end() -> None:
    past = own(said(records(push(11, "11-17 10:05"), push(10, "10-30 08:00"), total=318)))
    assert past.complete_from == WINDOW.since
    ended = own(said(records(push(11, "11-17 10:05"), push(10, "11-10 08:00"), total=2)))
    assert ended.complete_from == WINDOW.since
    short = own(said(records(push(11, "11-17 10:05"), total=3)))
    assert short.complete_from is None


def test_pages_of_records_are_joined_only_without_a_gap() -> None:
    first = said(records(push(11, "11-17 10:05"), total=318))
    last = said(records(push(10, "10-30 08:00"), total=318))
    assert own(first, replace(last, page=2)).complete_from == WINDOW.since
    assert own(first, replace(last, page=3)).complete_from is None


def test_records_of_nothing_are_empty_by_their_own_total() -> None:
    result = own(said(records(total=0)))
    assert (result.outcome, result.complete_from) == (F.EMPTY, WINDOW.since)
    withheld = own(said(records(total=318)))
    assert (withheld.outcome, withheld.reason) == (F.BLOCKED, R.COUNT_MISMATCH)


def test_a_push_without_articles_is_an_update_all_the_same() -> None:
    text = {"msgid": 12, "type": 1, "sent_info": {"time": 1794881100}}
    (post,) = own(said(records(text, total=1))).posts
    assert (post.id, post.time) == ("12", FRESH)


def test_a_push_that_cannot_be_read_proves_nothing() -> None:
    wrong = records(push(11, "11-17 10:05"), {"appmsgex": "x"}, total=318)
    assert own(said(wrong)).warnings == (R.PARSE_ERROR,)


def test_an_article_is_verified_by_its_own_page() -> None:
    result = link(article_page())
    (post,) = result.posts
    assert (post.id, post.group_id, post.time) == ("2650000123_1", "2650000123", FRESH)
    assert (post.title, post.time_source) == ("示例县防汛会", TimeSource.DETAIL)
    assert (result.identity.platform_id, result.identity.name_seen) == (
        "gh_0123456789ab",
        "示例发布",
    )
    assert not result.can_prove_absence


def test_an_article_may_be_known_by_its_biz() -> None:
    answer = said(article_page(), asked_url=LINK)
    result = read("article_links", Platform.WECHAT, answer, own_id=None)
    assert result.outcome is F.OK


def test_anothers_article_is_refused_and_leaves_the_other_links_alone() -> None:
    strange = said(article_page(user_name="gh_ffffffffffff"), asked_url=LINK)
    alone = read("article_links", Platform.WECHAT, strange)
    assert (alone.outcome, alone.reason) == (F.ERROR, R.WRONG_ACCOUNT)
    both = read("article_links", Platform.WECHAT, strange, said(article_page(), asked_url=LINK))
    assert (both.outcome, both.warnings) == (F.OK, (R.BAD_LINK,))


def test_what_an_article_writes_in_its_text_is_not_its_page() -> None:
    forged = 'var ct = "1794967500"; var user_name = "gh_ffffffffffff"; 该公众号已迁移'
    (post,) = link(article_page(body=forged)).posts
    assert post.time == FRESH


def test_two_values_of_one_name_are_no_value() -> None:
    forged = '<script>var ct = "1794967500";</script>'
    assert link(article_page(body=forged)).reason is R.PARSE_ERROR


def test_an_album_clears() -> None:
    listed = [
        {"msgid": "2650000123", "itemidx": "1", "create_time": "1794881100", "title": "示例"},
        {"url": "http://mp.weixin.qq.com/s/EXAMPLEtoken02", "create_time": 1794881100},
    ]
    body = {
        "base_resp": {"ret": 0},
        "getalbum_resp": {"article_list": listed, "continue_flag": "0"},
    }
    result = read("wechat_album", Platform.WECHAT, said(body))
    assert [post.id for post in result.posts] == ["2650000123_1", "EXAMPLEtoken02"]
    assert {post.time for post in result.posts} == {FRESH}
    assert not result.can_prove_absence


SOGOU = (
    '<ul class="news-list2"><li id="sogou_vr_1"><p class="tit"><a>示例发布</a></p>'
    '<p class="info">微信号：<label name="em_weixinhao">{}</label></p>'
    "<dl><dt>最近文章：</dt><dd><a>示例县防汛会</a>"
    "<span><script>document.write(timeConvert('1794881100'))</script></span></dd></dl></li></ul>"
)


def test_sogou_clears_the_account_whose_number_it_shows() -> None:
    answer = said(SOGOU.format("shilifabu"))
    found = read("wechat_sogou", Platform.WECHAT, answer, aliases=("shilifabu",))
    assert [post.time for post in found.posts] == [FRESH]
    assert not found.can_prove_absence
    other = read("wechat_sogou", Platform.WECHAT, answer, aliases=("别的",))
    assert (other.outcome, other.reason) == (F.BLOCKED, R.UNCONFIRMED)


PUBLISHED = """<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>
<FromUserName><![CDATA[oEXAMPLE]]></FromUserName><CreateTime>1794881100</CreateTime>
<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event>
<PublishEventInfo><publish_id>2247503051</publish_id><publish_status>0</publish_status>
<article_id><![CDATA[EXAMPLE_ARTICLE_ID_01]]></article_id><article_detail><count>1</count>
<item><idx>1</idx><article_url><![CDATA[http://mp.weixin.qq.com/s?__biz=Mz&mid=2650000123&idx=1]]>
</article_url></item></article_detail></PublishEventInfo></xml>"""
SENT = """<xml><ToUserName>gh_0123456789ab</ToUserName><CreateTime>1794881100</CreateTime>
<MsgType>event</MsgType><Event>MASSSENDJOBFINISH</Event><MsgID>1000001625</MsgID>
<Status>send success</Status><TotalCount>1</TotalCount></xml>"""


@pytest.mark.parametrize(("body", "number"), [(PUBLISHED, "2650000123_1"), (SENT, "1000001625")])
def test_an_event_of_a_finished_publication_clears(body: str, number: str) -> None:
    result = read("wechat_events", Platform.WECHAT, said(body))
    assert [(post.id, post.time) for post in result.posts] == [(number, FRESH)]
    assert result.identity.platform_id == "gh_0123456789ab"
    assert not result.can_prove_absence


@pytest.mark.parametrize(
    "body",
    [
        PUBLISHED.replace("<publish_status>0", "<publish_status>2"),
        SENT.replace("send success", "err(30003)"),
    ],
)
def test_an_event_of_a_failed_publication_shows_no_post(body: str) -> None:
    result = read("wechat_events", Platform.WECHAT, said(body))
    assert (result.outcome, result.posts) == (F.BLOCKED, ())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<xml>",
        "<xml><Event>SCAN</Event></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><Event>&a;</Event></xml>',
        "<xml>" + "<a>" * 100 + "</a>" * 100 + "</xml>",
        "<xml>" + "<a></a>" * 200_000 + "</xml>",
        PUBLISHED.replace("gh_0123456789ab", "gh_ffffffffffff"),
        b"\xff\xfe\x00",
    ],
)
def test_an_event_that_is_none_is_an_error(body: str | bytes) -> None:
    assert read("wechat_events", Platform.WECHAT, said(body)).outcome is F.ERROR


def code(number: int) -> Answer:
    return said({"errcode": number, "errmsg": "x"})


def ret(number: int) -> Answer:
    return said({"base_resp": {"ret": number, "err_msg": "x"}})


API_STATES = [
    (40001, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
    (42001, F.LOGIN_REQUIRED, R.TOKEN_EXPIRED),
    (61003, F.LOGIN_REQUIRED, R.NO_PERMISSION),
    (61023, F.LOGIN_REQUIRED, R.NO_PERMISSION),
    (48001, F.LOGIN_REQUIRED, R.NO_PERMISSION),
    (40164, F.ERROR, R.NOT_CONFIGURED),
    (47009, F.ERROR, R.API_OFFLINE),
    (-1, F.ERROR, R.SERVER_ERROR),
    (45009, F.BLOCKED, R.RATE_LIMITED),
    (61501, F.ERROR, R.NOT_CONFIGURED),
    (99999, F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize("source", ["wechat_daily", "wechat_freepublish"])
@pytest.mark.parametrize(("number", "outcome", "reason"), API_STATES)
def test_the_state_of_the_interface(
    source: str, number: int, outcome: FetchOutcome, reason: FetchReason
) -> None:
    result = read(source, Platform.WECHAT, code(number))
    assert (result.outcome, result.reason) == (outcome, reason)
    assert (result.retry_after == HOURS) is (number == 45009)


RECORD_STATES = [
    ("200013", ret(200013), F.BLOCKED, R.RATE_LIMITED),
    ("200003", ret(200003), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("HTML instead of JSON", said("<html>登录</html>"), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("200002", ret(200002), F.ERROR, R.REFUSED),
    ("another ret", ret(7), F.ERROR, R.PARSE_ERROR),
    ("no ret", said({}), F.ERROR, R.PARSE_ERROR),
    ("no page", said({"base_resp": {"ret": 0}}), F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [row[1:] for row in RECORD_STATES],
    ids=[row[0] for row in RECORD_STATES],
)
def test_the_state_of_the_records(
    answer: Answer, outcome: FetchOutcome, reason: FetchReason
) -> None:
    result = own(answer)
    assert (result.outcome, result.reason) == (outcome, reason)


PAGE_STATES = [
    ("该公众号已迁移", F.GONE, R.MIGRATED),
    ("该帐号已注销", F.GONE, R.CANCELLED),
    ("该账号已自主注销", F.GONE, R.CANCELLED),
    ("帐号已被系统回收", F.GONE, R.CANCELLED),
    ("该帐号已冻结", F.GONE, R.CANCELLED),
    ("此帐号已被屏蔽, 内容无法查看", F.GONE, R.SUSPENDED),
    ("当前环境异常，完成验证后即可继续访问。", F.BLOCKED, R.CAPTCHA),
    ("去验证", F.BLOCKED, R.CAPTCHA),
    ("请在微信客户端打开链接", F.BLOCKED, R.REFUSED),
    ("访问过于频繁，请稍后再试", F.BLOCKED, R.RATE_LIMITED),
    ("参数错误", F.ERROR, R.BAD_LINK),
    ("链接已过期", F.ERROR, R.BAD_LINK),
    ("别的话", F.ERROR, R.PARSE_ERROR),
]


@pytest.mark.parametrize(("words", "outcome", "reason"), PAGE_STATES)
def test_the_state_of_a_page(words: str, outcome: FetchOutcome, reason: FetchReason) -> None:
    result = link(notice_page(words))
    assert (result.outcome, result.reason, result.posts) == (outcome, reason, ())


@pytest.mark.parametrize("words", ["该内容已被发布者删除", "此内容因违规无法查看"])
def test_a_deleted_article_says_nothing_of_its_account(words: str) -> None:
    result = link(notice_page(words))
    (post,) = result.posts
    assert result.outcome is F.OK
    assert (post.deleted, post.time, post.id) == (True, None, "EXAMPLEtoken01")
    assert result.identity.platform_id is None


def test_sogou_behind_its_gate_is_blocked() -> None:
    gate = said(
        "<html>请输入验证码</html>", final_url="https://weixin.sogou.com/antispider/?from=x"
    )
    result = read("wechat_sogou", Platform.WECHAT, gate)
    assert (result.outcome, result.reason) == (F.BLOCKED, R.CAPTCHA)
