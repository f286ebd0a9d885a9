"""Conversations with feeds, bridges and links that were handed in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.conversing import Question
from tests.spiders.accounts.conversed import (
    LINKS,
    access,
    given,
    hold,
    query,
    some,
)
from tests.spiders.accounts.said import (
    FRESH,
    article_page,
    feed,
    said,
)

F, R, P = FetchOutcome, FetchReason, Platform


XML = {"content-type": "application/xml"}


def test_bridges_and_feeds_are_asked_at_their_own_addresses() -> None:
    answer = said(feed(("https://weibo.com/1000000001/yCtxn8IXR", "2026-11-17")), headers=XML)
    plain = hold("feed", answer, given=given("feed"), platform=P.WEIBO)
    assert plain.urls == ["http://feeds.test/a.xml"]
    werss = hold("werss", answer, given=given("werss"))
    assert werss.urls == ["http://werss.test/rss/MP_WXS_1"]
    bridge = hold("rsshub", answer, given=access(token=None), platform=P.WEIBO)
    assert bridge.urls == ["http://rsshub.test/weibo/user/1000000001"]


def test_a_bridges_key_is_proved_and_not_told() -> None:
    held = hold("rsshub", "", given=access(token="KEY-OF-BRIDGE"), platform=P.WEIBO)
    assert "KEY-OF-BRIDGE" not in held.urls[0]
    assert len(query(held.questions[0])["code"]) == 32


def test_every_route_of_a_bridge_is_tried() -> None:
    piece = feed(
        ("https://www.thepaper.cn/newsDetail_forward_30000001", "2026-11-17T10:05:00+08:00")
    )

    def reply(question: Question) -> object:
        if "/gov/" in question.url:
            return said("this route is empty", status=503)
        return said(piece, headers=XML)

    held = hold("rsshub", reply, given=access(token=None), platform=P.PENGPAI)
    assert [urlsplit(url).path for url in held.urls] == [
        "/thepaper/gov/4221423",
        "/thepaper/user/4221423",
    ]
    assert [post.time for post in held.result.posts] == [FRESH]


def links(*links: str, reply: object, **changes: Any) -> Any:
    return hold("article_links", reply, given=access(links=links), **changes)


def test_each_link_is_asked_and_known_by_what_was_handed_in() -> None:
    link = "http://mp.weixin.qq.com/s/EXAMPLEtoken01#rd"
    held = links(link, reply=article_page(), platform=P.WECHAT)
    assert held.urls == ["https://mp.weixin.qq.com/s/EXAMPLEtoken01"]
    assert [(post.time, post.url) for post in held.result.posts] == [(FRESH, link)]


def test_a_link_goes_to_the_host_of_the_settings() -> None:
    hosts = dict(access().hosts) | {"wechat": "http://wechat.platforms.test"}
    held = hold(
        "article_links",
        article_page(),
        given=access(hosts=hosts, links=LINKS),
        platform=P.WECHAT,
    )
    assert held.urls == ["http://wechat.platforms.test/s/EXAMPLEtoken01"]
    assert held.result.outcome is F.OK


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("http://u:p@t.bilibili.com:8080/1002?x=1#y", "https://t.bilibili.com/1002?x=1"),
        ("http://www.bilibili.com/opus/1002", "https://www.bilibili.com/opus/1002"),
    ],
)
def test_a_link_is_followed_on_the_platforms_own_door_alone(link: str, url: str) -> None:
    given = access(links=(link,), options={"time": "i", "owner": "b"})
    assert hold("article_links", "", given=given, platform=P.BILIBILI).urls == [url]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/s/EXAMPLEtoken01",
        "https://mp.weixin.qq.com.evil.test/s/EXAMPLEtoken01",
        "https://weibo.com/1000000001/yCtxn8IXR",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_link_to_anywhere_else_is_told_and_not_followed(link: str) -> None:
    held = links(link, reply=article_page(), platform=P.WECHAT)
    assert held.questions == ()
    assert (held.result.outcome, held.result.reason) == (F.ERROR, R.BAD_LINK)


def test_a_bad_link_does_not_hide_a_good_one_and_enough_is_enough() -> None:
    good = [f"https://mp.weixin.qq.com/s/EXAMPLEtoken0{n}" for n in range(3)]
    held = links("x", *good, reply=article_page(), platform=P.WECHAT, enough=some)
    assert len(held.questions) == 1
    assert (held.result.outcome, held.result.warnings) == (F.OK, (R.BAD_LINK,))


@pytest.mark.parametrize(
    ("platform", "link", "url"),
    [
        (
            P.WEIBO,
            "https://weibo.com/1000000001/yCtxn8IXR",
            "https://m.weibo.cn/statuses/show?id=3491700092079471",
        ),
        (
            P.PENGPAI,
            "https://www.thepaper.cn/newsDetail_forward_30000001",
            "https://m.thepaper.cn/detail/30000001",
        ),
        (
            P.RENMIN,
            "https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=38291234",
            "https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=38291234",
        ),
    ],
)
def test_the_post_behind_a_link_is_asked_for_where_its_account_is_shown(
    platform: Platform, link: str, url: str
) -> None:
    assert links(link, reply={}, platform=platform).urls == [url]


def test_a_link_whose_page_names_nobody_is_followed_only_with_a_layout() -> None:
    link = "https://www.douyin.com/video/7708955625696159921"
    assert links(link, reply="", platform=P.DOUYIN).result.reason is R.NOT_CONFIGURED
    options = {"time": "i", "owner": "b"}
    held = hold(
        "article_links",
        "",
        given=access(links=(link,), options=options),
        platform=P.DOUYIN,
    )
    assert held.urls == [link]


def test_no_links_are_a_configuration_that_is_missing() -> None:
    assert links(reply="", platform=P.WECHAT).result.reason is R.NOT_CONFIGURED
