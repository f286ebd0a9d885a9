"""Search forms: which of a page's forms searches, and what it sends."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.searching import (
    Offer,
    SearchForm,
    search_offer,
    search_request,
    titles_to_ask,
)
from rules.facts import Item

URL = "http://www.sfj.example.test/zfxxgk/"
TODAY = date(2022, 6, 27)
FORM = '<form action="/search/" {}><input name="q"><input type="submit" value="检索"></form>'


def page(main: str, encoding: str = "utf-8") -> bytes:
    return f"<html><body><h1>政府信息公开</h1>{main}</body></html>".encode(encoding)


def offer_of(main: str, encoding: str = "utf-8") -> tuple[Offer, tuple[SearchForm, ...]]:
    found = search_offer(page(main, encoding), url=URL)
    return found.offer, found.forms


def test_a_plain_form_is_found_with_its_address_and_box() -> None:
    offer, forms = offer_of(FORM.format(""))
    assert offer is Offer.FORM
    assert [(one.method, one.url, one.field) for one in forms] == [
        ("GET", "http://www.sfj.example.test/search/", "q")
    ]


@pytest.mark.parametrize(
    "main",
    [
        '<form action="/jsearchfront/search.do"><input name="q"></form>',
        '<form action="/a"><input name="x1" placeholder="请输入搜索内容"></form>',
        '<form action="/a"><input type="search" name="x1"></form>',
        '<form action="/a"><input name="x1"><input type="image" alt="搜索"></form>',
        '<form action="/a" id="searchForm"><input name="x1"></form>',
        "<table><form action='/search/'><tr><td><input name='q'><input type=submit value=搜></td>"
        "</tr></form></table>",
    ],
)
def test_forms_of_many_systems_are_known_for_searching(main: str) -> None:
    assert offer_of(main)[0] is Offer.FORM


@pytest.mark.parametrize(
    "main",
    [
        '<form action="/login"><input name="user"><input type="password" name="p"></form>',
        '<form action="/dy/"><input name="mail"><input type="submit" value="订阅"></form>',
        '<form action="/query"><input name="q"><input name="c" placeholder="验证码"></form>',
    ],
)
def test_forms_for_other_ends_are_never_filled_in(main: str) -> None:
    assert offer_of(main)[1] == ()


def test_a_box_that_only_a_script_sends_is_no_lack_of_a_search() -> None:
    main = '<div><input id="kw" placeholder="搜索"><a onclick="so()">搜</a></div>'
    assert offer_of(main)[0] is Offer.SCRIPTED
    by_script = '<form action="javascript:so()"><input name="q" placeholder="搜索"></form>'
    assert offer_of(by_script)[0] is Offer.SCRIPTED


@pytest.mark.parametrize(
    "main",
    [
        '<input class="sSuo" placeholder="请输入关键字"><button>搜 索</button>',
        '<input id="x">',
        '<form action="javascript:ask(\'/search.jsp\')"><input type="hidden" name="a"></form>',
        '<div onclick="so()">搜 索</div>',
        '<img src="s.png" alt="站内搜索">',
    ],
)
def test_a_page_that_may_search_in_some_other_way_is_not_said_to_have_none(main: str) -> None:
    assert offer_of(main)[0] is Offer.SCRIPTED


def test_a_log_in_form_is_no_search() -> None:
    main = '<form action="/in"><input name="user"><input type="password" name="p"></form>'
    assert offer_of(main)[0] is Offer.NONE


def test_a_link_to_a_page_for_searching_is_a_way_to_search() -> None:
    found = search_offer(page('<a href="/so.html">信息检索</a>'), url=URL)
    assert (found.offer, found.links) == (Offer.LINK, ("http://www.sfj.example.test/so.html",))


def test_a_page_without_any_of_these_offers_nothing() -> None:
    assert offer_of('<a href="/a.html">关于开展检索业务培训的通知全文</a>')[0] is Offer.NONE


def test_what_goes_along_is_sent_as_a_browser_would_send_it() -> None:
    main = (
        '<form action="/s?old=1"><input type="hidden" name="site" value="7"><input name="q">'
        '<input type="checkbox" name="all" value="1"><input type="radio" name="o" value=t checked>'
        '<select name="where"><option value="t">标题<option value="c" selected>全文</select>'
        '<input type="submit" name="go" value="搜"><input type="submit" name="adv" value="高级">'
        "</form>"
    )
    request = search_request(offer_of(main)[1][0], "关于 A&B 的通知")
    assert parse_qsl(urlsplit(request.url).query) == [
        ("site", "7"),
        ("o", "t"),
        ("go", "搜"),
        ("where", "c"),
        ("q", "关于 A&B 的通知"),
    ]


def test_words_are_sent_in_the_encoding_of_the_page() -> None:
    main = FORM.format("") + "<p>政府信息公开指南编制说明</p>"
    old = search_request(offer_of(main, "gb18030")[1][0], "通知")
    new = search_request(offer_of(main)[1][0], "通知")
    said = search_request(offer_of(FORM.format('accept-charset="gbk"'))[1][0], "通知")
    assert (old.url, said.url) == (f"{new.url.split('?')[0]}?q=%CD%A8%D6%AA",) * 2
    assert new.url.endswith("?q=%E9%80%9A%E7%9F%A5")


def test_a_form_that_posts_keeps_its_words_out_of_the_address() -> None:
    form = offer_of(FORM.format('method="POST"'))[1][0]
    request = search_request(form, "通知")
    assert (request.method, request.body) == ("POST", b"q=%E9%80%9A%E7%9F%A5")
    assert "?" not in request.url


def test_titles_asked_for_are_whole_and_old_enough_for_an_index() -> None:
    items = [
        Item("关于今天的最新工作通知", URL, date(2022, 6, 26)),
        Item("关于印发工作要点的通知", URL, date(2022, 6, 1)),
        Item("关于印发一个名字太长的…", URL, date(2022, 6, 1)),
        Item("通知", URL, date(2022, 5, 1)),
        Item("关于印发工作要点的通知", URL, date(2022, 5, 1)),
        Item("没有日期的一篇旧文章", URL),
    ]
    assert titles_to_ask(items, TODAY) == ("关于印发工作要点的通知", "没有日期的一篇旧文章")


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_without_raising(body: bytes) -> None:
    search_offer(b"<form action=/search><input name=q " + body, url=URL)
