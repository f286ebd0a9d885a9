"""Feeds: what feedparser gets wrong is read right, and a bridge never proves anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.answers import Answer
from tests.spiders.accounts.said import FRESH, IDS, READ_AT, at, feed, read, said

F, R = FetchOutcome, FetchReason
XML = {"Content-Type": "application/xml; charset=utf-8"}
BLOG = "https://weibo.com/1000000001/QexamPl02"
PLACE = '<x:pos xmlns:x="http://www.opengis.net/gml">1 2</x:pos>'  # feedparser: KeyError
NOTHING = "http://news.example.test/1"


def feed_of(body: str | bytes, platform: Platform = Platform.WEIBO, **changes: Any) -> FetchResult:
    return read("rsshub", platform, said(body, **({"headers": XML} | changes)))


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("Tue, 17 Nov 2026 10:05:00 +0800", FRESH),
        ("2026-11-17T10:05:00+08:00", FRESH),
        ("Tue, 17 Nov 2026 02:05:00 GMT", FRESH),
        ("2026-11-17 10:05:00", FRESH),
        ("2026年11月17日 10:05", FRESH),
        ("2026/11/17 10:05", FRESH),
        ("1794881100", FRESH),
        ("1794881100000", FRESH),
        ("Tue, 17 Nov 2026 10:05:00", FRESH),
        ("昨天 10:05", at("11-19 10:05")),
        ("11-17", at("11-17 00:00")),
    ],
)
def test_dates_that_feedparser_reads_wrongly_or_not_at_all(written: str, time: datetime) -> None:
    result = feed_of(feed((NOTHING, written)))
    assert result.outcome is F.OK
    assert [post.time for post in result.posts] == [time]


def test_a_feed_clears_and_never_proves_nor_says_when_its_origin_was_read() -> None:
    old = (NOTHING + "0", "Fri, 30 Oct 2026 08:15:00 +0800")
    for source in ("feed", "rsshub", "werss"):
        platform = Platform.WECHAT
        answer = said(feed((NOTHING, "2026-11-17 10:05:00"), old), headers=XML)
        result = read(source, platform, answer)
        assert result.outcome is F.OK
        assert (result.can_prove_absence, result.complete_from, result.fresh_as_of) == (
            False,
            None,
            None,
        )


def test_one_entry_without_a_readable_date_is_told() -> None:
    for written in ("", "someday", "2026-06-31"):
        result = feed_of(feed((NOTHING, "2026-11-17"), (NOTHING + "2", written)))
        assert (result.outcome, result.warnings) == (F.OK, (R.PARSE_ERROR,))
        assert [post.time for post in result.posts] == [at("11-17 00:00"), None]


def test_a_feed_without_any_date_is_of_no_use() -> None:
    result = feed_of(feed((NOTHING, ""), (NOTHING + "2", "")), Platform.DOUYIN)
    assert (result.outcome, result.reason) == (F.ERROR, R.PARSE_ERROR)


def test_atom_is_read_and_a_publication_goes_before_an_edit() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>a</title>'
        "<id>x</id><published>2026-11-17T10:05:00+08:00</published>"
        "<updated>2026-11-19T10:05:00+08:00</updated></entry>"
        "<entry><id>y</id><updated>2026-11-12T16:40:00+08:00</updated></entry></feed>"
    )
    result = feed_of(atom, headers={"content-type": "application/atom+xml"})
    assert [post.time for post in result.posts] == [FRESH, at("11-12 16:40")]


def test_one_post_has_one_id_whoever_tells_of_it() -> None:
    ids = {
        Platform.WEIBO: ("https://weibo.com/1000000001/yCtxn8IXR", "3491700092079471"),
        Platform.TOUTIAO: (
            "https://www.toutiao.com/article/7708955625696159921/",
            "7708955625696159921",
        ),
        Platform.PENGPAI: ("https://www.thepaper.cn/newsDetail_forward_30000001", "30000001"),
        Platform.BILIBILI: ("https://www.bilibili.com/video/BV1EXAMPLE01", "BV1EXAMPLE01"),
        Platform.WECHAT: (
            "http://mp.weixin.qq.com/s?__biz=Mz&amp;mid=2650000123&amp;idx=2&amp;sn=1",
            "2650000123_2",
        ),
    }
    for platform, (link, number) in ids.items():
        (post,) = feed_of(feed((link, "2026-11-17 10:05:00")), platform).posts
        assert post.id == number


def test_the_account_in_an_address_is_checked() -> None:
    assert feed_of(feed((BLOG, "2026-11-17"))).identity.platform_id == IDS[Platform.WEIBO]
    stranger = feed_of(feed((BLOG.replace("1000000001", "7700000007"), "2026-11-17")))
    assert (stranger.outcome, stranger.reason) == (F.ERROR, R.WRONG_ACCOUNT)


def test_a_bridge_on_a_machine_without_the_zone_is_found_by_the_ids() -> None:
    number = str((int(FRESH.timestamp()) - 515483463) << 22)
    link = f"https://m.weibo.cn/status/{number}"
    right = feed_of(feed((link, "Tue, 17 Nov 2026 10:05:00 +0800")))
    assert right.outcome is F.OK
    early = feed_of(feed((link, "Tue, 17 Nov 2026 10:05:00 GMT")))
    assert early.outcome is F.OK  # late is another matter: the ids are within a day
    utc = feed_of(feed((link, "Tue, 17 Nov 2026 02:05:00 +0800")))
    assert (utc.outcome, utc.reason) == (F.ERROR, R.NOT_CONFIGURED)


def test_no_file_is_opened_by_the_name_that_a_body_happens_to_be(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed((NOTHING, "2026-11-17")), "utf-8")
    result = feed_of(str(path))
    assert (result.outcome, result.posts) == (F.ERROR, ())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (feed((NOTHING, "2026-11-17")), {"Content-Type": "text/html"}),
        (feed((NOTHING, "2026-11-17")), {}),
        (feed((NOTHING, "2026-11-17"))[:-30], XML),
        (feed((NOTHING, "2026-11-17")) + "<x>", XML),
        ("<html><body>你好</body></html>", XML),
        ("<xml><a/></xml>", XML),
        ('<!DOCTYPE x [<!ENTITY a "aaa">]>' + feed((NOTHING, "2026-11-17"))[38:], XML),
        ("<rss>" + "<a>" * 1000 + "</a>" * 1000 + "</rss>", XML),
        (b"\x1f\x8b\x08\x00", XML),
        (feed().replace("<channel>", "<channel>" + "<a/>" * 40_000), XML),
        ("<rss " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>", XML),
        (feed((NOTHING, "2026-11-17")).replace("</channel>", f"{PLACE}</channel>"), XML),
    ],
)
def test_what_is_no_whole_feed_is_an_error(body: str | bytes, headers: dict[str, str]) -> None:
    result = feed_of(body, headers=headers)
    assert (result.outcome, result.posts) == (F.ERROR, ())


def failure(status: int, words: str) -> Answer:
    page = f"<html><body><p>Error Message:<br><code>{words}</code></p></body></html>"
    return said(page, status=status, headers={"Content-Type": "text/html"})


UNKNOWN = "NotFoundError: The route does not exist or has been deleted."
# What RSSHub answers for what its upstream did, row by row.
STATES: list[tuple[str, Answer, FetchOutcome, FetchReason | None]] = [
    ("cards and detail ok", said(feed((BLOG, "2026-11-17")), headers=XML), F.OK, None),
    ("detail 404", failure(503, "FetchError: 404 Not Found"), F.ERROR, R.SERVER_ERROR),
    ("0 items", said(feed(), headers=XML), F.BLOCKED, R.UNCONFIRMED),
    (
        "432 or ok -100",
        failure(503, "Error: Cookies expired. Please update WEIBO_COOKIES"),
        F.LOGIN_REQUIRED,
        R.TOKEN_EXPIRED,
    ),
    (
        "头条 data empty",
        failure(404, f"NotFoundError: 暂未发表作品 {UNKNOWN}"),
        F.BLOCKED,
        R.UNCONFIRMED,
    ),
    ("头条 empty body", failure(403, "RejectError: 无法获取用户信息"), F.BLOCKED, R.REFUSED),
    (
        "澎湃 empty list",
        failure(503, "Error: this route is empty, please check the original site"),
        F.BLOCKED,
        R.UNCONFIRMED,
    ),
    ("unknown route", failure(404, UNKNOWN), F.ERROR, R.NOT_CONFIGURED),
    (
        "no browser",
        failure(503, "Error: set PLAYWRIGHT_WS_ENDPOINT or CHROMIUM_EXECUTABLE_PATH"),
        F.ERROR,
        R.NOT_CONFIGURED,
    ),
    ("抖音 WAF", failure(503, "Error: Empty post data."), F.BLOCKED, R.UNCONFIRMED),
    (
        "JSON failure",
        said("{}", status=503, headers={"Content-Type": "application/feed+json"}),
        F.ERROR,
        R.SERVER_ERROR,
    ),
    ("an empty body", said("", headers=XML), F.BLOCKED, R.EMPTY_BODY),
    (
        "Sina Visitor System",
        said("<html><title>Sina Visitor System</title></html>", headers=XML),
        F.BLOCKED,
        R.VISITOR_GATE,
    ),
    ("HTTP 401", failure(401, "Authentication failed"), F.LOGIN_REQUIRED, R.LOGIN_WALL),
    ("HTTP 429", failure(429, "x"), F.BLOCKED, R.RATE_LIMITED),
    ("no answer", said("", status=None), F.ERROR, R.NETWORK),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"), [row[1:] for row in STATES], ids=[row[0] for row in STATES]
)
def test_the_state_of_a_bridge(
    answer: Answer, outcome: FetchOutcome, reason: FetchReason | None
) -> None:
    result = read("rsshub", Platform.WEIBO, answer)
    assert (result.outcome, result.reason) == (outcome, reason)
    assert not result.can_prove_absence


def test_a_feed_in_another_charset_is_read() -> None:
    body = feed((NOTHING, "2026年11月17日 10:05")).replace("UTF-8", "GB2312").encode("gb18030")
    (post,) = feed_of(body, headers={"Content-Type": "text/xml"}).posts
    assert (post.time, post.title) == (FRESH, "条目")


def test_entries_may_write_of_gates_and_errors() -> None:
    body = feed((NOTHING, "2026-11-17")).replace("条目", "Sina Visitor System 暂未发表作品")
    assert feed_of(body).outcome is F.OK


def test_relative_dates_count_from_the_read() -> None:
    (post,) = feed_of(feed((NOTHING, "5分钟前"))).posts
    assert post.time == READ_AT - timedelta(minutes=5)
