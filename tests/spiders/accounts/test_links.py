"""Links that units hand in, and what addresses say by themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.platforms import Platform
from rules.post_addresses import LINKS, Named, mid_of, post_named
from rules.posts import FetchOutcome, FetchReason, FetchResult, TimeSource
from spiders.accounts.answers import Layout
from tests.spiders.accounts.said import FRESH, IDS, ctime, mid, read, said, seconds

F, R, P = FetchOutcome, FetchReason, Platform

NAMED: list[tuple[str, Named | None]] = [
    ("https://mp.weixin.qq.com/s/EXAMPLEtoken01", Named(P.WECHAT, "EXAMPLEtoken01")),
    ("http://mp.weixin.qq.com/s/EXAMPLEtoken01#rd", Named(P.WECHAT, "EXAMPLEtoken01")),
    (
        "http://mp.weixin.qq.com/s?__biz=MzA5&mid=2650000123&idx=2&sn=x#wechat_redirect",
        Named(P.WECHAT, "2650000123_2", "MzA5", "2650000123"),
    ),
    ("http://mp.weixin.qq.com/s?__biz=MzA5", None),
    (
        "https://weibo.com/1000000001/yCtxn8IXR",
        Named(P.WEIBO, "3491700092079471", "1000000001"),
    ),
    ("https://m.weibo.cn/status/3491700092079471", Named(P.WEIBO, "3491700092079471")),
    ("https://m.weibo.cn/detail/yCtxn8IXR", Named(P.WEIBO, "3491700092079471")),
    (
        "https://m.weibo.cn/1000000001/3491700092079471",
        Named(P.WEIBO, "3491700092079471", "1000000001"),
    ),
    ("https://www.douyin.com/video/7708955625696159921", Named(P.DOUYIN, "7708955625696159921")),
    ("https://www.douyin.com/note/7702247745773267121", Named(P.DOUYIN, "7702247745773267121")),
    (
        "https://www.toutiao.com/article/7708955625696159921/?x=1",
        Named(P.TOUTIAO, "7708955625696159921"),
    ),
    ("https://www.kuaishou.com/short-video/3xphoto01", Named(P.KUAISHOU, "3xphoto01")),
    ("https://www.bilibili.com/video/BV1EXAMPLE01/", Named(P.BILIBILI, "BV1EXAMPLE01")),
    ("https://t.bilibili.com/1002", Named(P.BILIBILI, "1002")),
    ("https://www.bilibili.com/opus/1002", Named(P.BILIBILI, "1002")),
    (
        "https://www.xiaohongshu.com/explore/6afbb64c000000001a02b3c4?xsec=1",
        Named(P.XIAOHONGSHU, "6afbb64c000000001a02b3c4"),
    ),
    ("https://weixin.qq.com/sph/AbCd1234", Named(P.CHANNELS, "AbCd1234")),
    ("https://www.thepaper.cn/newsDetail_forward_30000001", Named(P.PENGPAI, "30000001")),
    ("https://m.thepaper.cn/detail/30000001", Named(P.PENGPAI, "30000001")),
    ("https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=38291234", Named(P.RENMIN, "38291234")),
    ("https://rmh.pdnews.cn/Pc/ArtInfoApi/video?id=38291234", Named(P.RENMIN, "38291234")),
    ("https://www.peopleapp.com/rmharticle/30038291234", Named(P.RENMIN, "30038291234")),
    ("https://mp.weixin.qq.com.evil.test/s/EXAMPLEtoken01", None),
    ("https://evil.test/mp.weixin.qq.com/s/EXAMPLEtoken01", None),
    ("http://[::1", None),
    ("", None),
    ("x" * 3000, None),
]


@pytest.mark.parametrize(("address", "named"), NAMED)
def test_an_address_names_its_post(address: str, named: Named | None) -> None:
    assert post_named(address) == named


def test_every_form_of_address_has_its_row_above() -> None:
    hit: set[int] = set()
    for address, _ in NAMED:
        place = address.split("//")[-1].split("?")[0].split("#")[0].rstrip("/")
        hit.update(n for n, link in enumerate(LINKS) if link.pattern.fullmatch(place))
    assert hit == set(range(len(LINKS)))


@given(st.integers(10**15, 10**16 - 1))
def test_the_short_form_of_a_mid_is_the_mid(number: int) -> None:
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    digits, short = str(number), ""
    while digits:
        digits, piece = digits[:-7], int(digits[-7:])
        word = ""
        while piece:
            piece, rest = divmod(piece, 62)
            word = alphabet[rest] + word
        short = (word.rjust(4, "0") if digits else word) + short
    assert mid_of(short) == str(number)


@given(st.text(max_size=200))
def test_no_address_raises(address: str) -> None:
    for text in (address, f"https://weibo.com/{address}", f"http://mp.weixin.qq.com/s?{address}"):
        found = post_named(text)
        assert found is None or found.post_id


def link(platform: Platform, url: str, body: object, **changes: Any) -> FetchResult:
    return read("article_links", platform, said(body, asked_url=url), name="示例发布", **changes)


def status(**user: Any) -> dict[str, Any]:
    blog = {"mid": mid("11-17 10:05"), "created_at": ctime("11-17 10:05")}
    return {"ok": 1, "data": blog | {"user": {"idstr": "1000000001"} | user}}


WEIBO_LINK = "https://weibo.com/1000000001/QexamPl02"


def test_a_link_to_weibo_is_verified_by_its_author() -> None:
    result = link(P.WEIBO, WEIBO_LINK, status())
    assert [post.time for post in result.posts] == [FRESH]
    assert result.identity.platform_id == IDS[P.WEIBO]
    stranger = link(P.WEIBO, WEIBO_LINK, status(idstr="7"))
    assert (stranger.outcome, stranger.reason, stranger.posts) == (F.ERROR, R.WRONG_ACCOUNT, ())


def test_a_link_to_pengpai_is_verified_by_the_data_of_its_page() -> None:
    piece = {
        "contId": "30000001",
        "name": "示例区开展文明创建",
        "pubTimeLong": seconds("11-17 10:05") * 1000,
        "authorInfo": {"userId": 4221423, "sname": "示例区发布"},
    }
    inside = {"props": {"pageProps": {"detailData": {"contentDetail": piece}}}}
    url = "https://m.thepaper.cn/detail/30000001"

    def page(data: object) -> str:
        return f'<html><script id="__NEXT_DATA__">{json.dumps(data)}</script></html>'

    result = link(P.PENGPAI, url, page(inside))
    assert [(post.time, post.time_source) for post in result.posts] == [(FRESH, TimeSource.DETAIL)]
    piece["authorInfo"] = {"userId": 7}
    assert link(P.PENGPAI, url, page(inside)).reason is R.WRONG_ACCOUNT
    assert link(P.PENGPAI, url, page({})).reason is R.PARSE_ERROR
    assert link(P.PENGPAI, url, "<html>x</html>").reason is R.PARSE_ERROR


SHARED = (
    "<html><div class=author>示例发布</div><h1>消防演练</h1>"
    "<time>2026年11月17日 10:05</time></html>"
)
SHARE_LINK = "https://weixin.qq.com/sph/AbCd1234"
PLACES = Layout(owner=".author", time="time", title="h1", html=True)


def test_a_share_link_is_read_by_the_operators_layout_or_not_at_all() -> None:
    result = link(P.CHANNELS, SHARE_LINK, SHARED, layout=PLACES)
    assert [(post.id, post.time) for post in result.posts] == [("AbCd1234", FRESH)]
    assert link(P.CHANNELS, SHARE_LINK, SHARED).reason is R.NOT_CONFIGURED
    strange = SHARED.replace("示例发布", "别家")
    assert link(P.CHANNELS, SHARE_LINK, strange, layout=PLACES).reason is R.WRONG_ACCOUNT
    undated = SHARED.replace("2026年", "")
    assert link(P.CHANNELS, SHARE_LINK, undated, layout=PLACES).outcome is F.OK
    broken = SHARED.replace("<time>", "<p>")
    assert link(P.CHANNELS, SHARE_LINK, broken, layout=PLACES).reason is R.PARSE_ERROR


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        (P.WECHAT, WEIBO_LINK),
        (P.WEIBO, "https://mp.weixin.qq.com/s/EXAMPLEtoken01"),
        (P.WECHAT, "https://example.test/"),
        (P.WECHAT, ""),
    ],
)
def test_a_link_to_elsewhere_is_a_bad_link(platform: Platform, url: str) -> None:
    result = link(platform, url, status())
    assert (result.outcome, result.reason) == (F.ERROR, R.BAD_LINK)
