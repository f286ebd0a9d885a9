"""Whatever a platform answers: no parser raises, and no refusal ever becomes an empty list."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchResult
from spiders.accounts.answers import MAX_BODY, Answer, Layout, Part
from spiders.accounts.readers import PARSERS, page_of, result_of
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts import (
    said as payloads,
)
from tests.spiders.accounts import (
    test_bilibili,
    test_douyin,
    test_feeds,
    test_kuaishou,
    test_others,
    test_toutiao,
    test_wechat,
    test_weibo,
)
from tests.spiders.accounts.said import feed, said, sought

F = FetchOutcome
DOORS = [(name, part) for name, parts in PARSERS.items() for part in parts]
LAYOUTS = (
    None,
    Layout(items="data.list", id="id", time="time"),
    Layout(items="li", time="i", link="a@href", owner="b", html=True),
    Layout(items="][", time="((", pattern="(x)", owner=">>", html=True),
)
LAID_OUT = {"app_list", "renmin_page", "article_links"}
LINKS = (
    "https://mp.weixin.qq.com/s/EXAMPLEtoken01",
    "https://weibo.com/1000000001/yCtxn8IXR",
    "https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=1",
    "https://m.thepaper.cn/detail/30000001",
    "https://weixin.qq.com/sph/AbCd1234",
    "http://[",
    "",
)
TYPES = ("application/xml", "application/json", "text/html; charset=gbk", "x")
HONEST: list[tuple[str, Part, object]] = [
    ("weibo_timeline", Part.LIST, payloads.WEIBO),
    ("weibo_timeline", Part.PROFILE, payloads.WEIBO_PROFILE),
    ("weibo_mobile", Part.LIST, payloads.WEIBO_MOBILE),
    ("douyin_page", Part.LIST, payloads.DOUYIN),
    ("douyin_open", Part.LIST, payloads.DOUYIN_OPEN),
    ("toutiao_page", Part.LIST, payloads.TOUTIAO),
    ("kuaishou_page", Part.LIST, payloads.KUAISHOU),
    ("kuaishou_open", Part.LIST, payloads.KUAISHOU_OPEN),
    ("bilibili_page", Part.LIST, payloads.BILIBILI),
    ("bilibili_page", Part.DYNAMICS, payloads.DYNAMICS),
    ("bilibili_open", Part.LIST, payloads.BILIBILI_OPEN),
    ("xiaohongshu_page", Part.LIST, payloads.XIAOHONGSHU),
    ("channels_assistant", Part.LIST, payloads.CHANNELS),
    ("pengpai_gov", Part.LIST, payloads.PENGPAI),
    ("pengpai_gov", Part.PROFILE, payloads.PENGPAI_PROFILE),
    ("wechat_daily", Part.LIST, payloads.WECHAT_DAY),
    ("wechat_freepublish", Part.LIST, payloads.FREEPUBLISH),
    ("wechat_records", Part.LIST, json.loads(payloads.RECORDS)),
    ("app_store", Part.LIST, payloads.APP_STORE),
]
JUNK: list[Any] = [
    None,
    True,
    False,
    -1,
    0,
    1.5,
    10**25,
    "",
    "x",
    "0",
    "\ud800",
    "\x00",
    [],
    {},
    [[]],
    [None],
    {"a": []},
    "长" * 5000,
]
HOSTILE = [
    b"",
    b" \n",
    b"null",
    b"[]",
    b"{}",
    b"0",
    b'"x"',
    b"blocked",
    b"{" * 100_000,
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"data":NaN}',
    b'{"ok":1,"ok":1,"data":{"list":[]}}',
    b"\xff\xfe\x00\x01" * 1000,
    b"\xef\xbb\xbf{}",
    b"<" * 200_000,
    b"<div>" * 50_000,
    b"<a " + b"x=1 " * 50_000,
    b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
    b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 5000,
    b"x" * (MAX_BODY + 1),
    json.dumps({"ok": 1, "data": {"list": [{}] * 5000}}).encode(),
]


def platform_of(source: str) -> Platform:
    return SOURCES[source].platforms[0]


def result(source: str, *answers: Answer, **changes: Any) -> FetchResult:
    return result_of(source, sought(platform_of(source), **changes), answers)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("source", "part"), DOORS, ids=lambda value: str(value))
def test_a_hostile_body_ends_in_a_typed_outcome(source: str, part: Part) -> None:
    layouts = LAYOUTS if source in LAID_OUT else LAYOUTS[:1]
    for body, layout in product(HOSTILE, layouts):
        answer = said(body, part, headers={"content-type": "application/xml"}, logged_in=True)
        found = result(source, answer, layout=layout)
        assert found.outcome not in (F.EMPTY, F.OK)
        assert found.posts == ()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize(("source", "part"), DOORS, ids=lambda value: str(value))
def test_no_answer_makes_a_parser_raise(source: str, part: Part, data: st.DataObject) -> None:
    json_like = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
        max_leaves=8,
    )
    body = data.draw(st.binary(max_size=300) | st.text(max_size=300) | json_like)
    answer = said(
        body if isinstance(body, str | bytes) else json.dumps(body),
        part,
        status=data.draw(st.sampled_from([200, 200, 204, 301, 403, 404, 432, 500, None])),
        headers={
            "Content-Type": data.draw(st.sampled_from(TYPES)),
            "Retry-After": data.draw(st.sampled_from(["", "3600", "x", "9" * 40])),
        },
        final_url=data.draw(st.text(max_size=40)),
        asked_url=data.draw(st.sampled_from(LINKS)),
        logged_in=data.draw(st.booleans()),
    )
    found = result(source, answer, layout=data.draw(st.sampled_from(LAYOUTS)))
    assert found.outcome is not F.EMPTY


def mutated(value: object, random: Random) -> object:
    """The value with one part of it replaced by junk."""
    made = copy.deepcopy(value)
    place: Any = made
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = random.choice(keys)
        inside = place[key]
        if not isinstance(inside, dict | list) or not inside or random.random() < 0.3:
            break
        place = inside
    if isinstance(place, dict) and random.random() < 0.2:
        del place[key]
    else:
        place[key] = random.choice(JUNK)
    return made


@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
@pytest.mark.parametrize(("source", "part", "body"), HONEST, ids=lambda value: str(value)[:24])
def test_no_broken_payload_raises_proves_or_is_empty(
    source: str, part: Part, body: object, random: Random
) -> None:
    answer = said(json.dumps(mutated(body, random)).encode(), part, logged_in=True)
    found = result(source, answer, piloted=True)
    assert found.outcome is not F.EMPTY
    for post in found.posts:
        assert post.id
        post.title.encode()
        assert post.time is None or post.time.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_no_broken_feed_raises(junk: bytes, start: int, length: int) -> None:
    whole = feed(("https://weibo.com/1000000001/yCtxn8IXR", "2026-11-17")).encode()
    body = whole[:start] + junk + whole[start + length :]
    found = result("feed", said(body, headers={"Content-Type": "text/xml"}))
    assert found.outcome is not F.EMPTY


TABLES: dict[str, Sequence[tuple[Any, ...]]] = {
    "weibo_timeline": test_weibo.STATES,
    "douyin_page": test_douyin.STATES,
    "toutiao_page": test_toutiao.STATES,
    "kuaishou_page": test_kuaishou.STATES,
    "bilibili_page": test_bilibili.STATES,
    "xiaohongshu_page": test_others.XIAOHONGSHU_STATES,
    "channels_assistant": test_others.CHANNELS_STATES,
    "pengpai_gov": test_others.PENGPAI_STATES,
    "app_list": test_others.APP_STATES,
    "wechat_records": test_wechat.RECORD_STATES,
    "rsshub": test_feeds.STATES,
}
# What would make a list empty by itself, and the counters that say so.
NOTHING: dict[str, list[Answer]] = {
    "weibo_timeline": [said(test_weibo.EMPTY), test_weibo.counting(0)],
    "douyin_page": [said(test_douyin.listed()), test_douyin.profile(0)],
    "toutiao_page": [test_toutiao.feed(), said(payloads.notice_page("暂未发表作品"), Part.PAGE)],
    "kuaishou_page": [test_kuaishou.feeds(), test_kuaishou.profile(0)],
    "bilibili_page": [
        replace(test_bilibili.videos(count=0), final_url="https://x.test/?mid=1000000001"),
        test_bilibili.dynamics(more=False),
    ],
    "channels_assistant": [test_others.works(total=0)],
    "pengpai_gov": [test_others.pieces(more=False), test_others.whose(contNum=0)],
    "app_list": [test_others.news(total=0)],
    "wechat_records": [said(payloads.records(total=0))],
}


@pytest.mark.parametrize("source", NOTHING)
def test_each_of_these_is_empty_without_a_refusal_beside_it(source: str) -> None:
    answers = [replace(answer, logged_in=True) for answer in NOTHING[source]]
    assert result(source, *answers, layout=test_others.LIST).outcome is F.EMPTY


@settings(max_examples=50, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("source", TABLES)
def test_no_mixture_with_a_refusal_is_empty_or_whole(source: str, data: st.DataObject) -> None:
    refusing = [row[1] for row in TABLES[source] if refuses(source, row[1])]
    answers = data.draw(st.lists(st.sampled_from(refusing), min_size=1, max_size=3))
    answers += data.draw(st.lists(st.sampled_from(NOTHING.get(source) or refusing), max_size=3))
    answers = [
        replace(answer, page=data.draw(st.integers(1, 3)), logged_in=data.draw(st.booleans()))
        for answer in data.draw(st.permutations(answers))
    ]
    found = result(source, *answers, layout=test_others.LIST)
    assert found.outcome is not F.EMPTY
    assert found.complete_from is None


def refuses(source: str, answer: Answer) -> bool:
    owner = sought(platform_of(source), layout=test_others.LIST)
    return page_of(source, owner, answer).refusal is not None
