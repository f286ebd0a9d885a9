# ruff: noqa: E501 - tables, one row a line
"""Hidden links: what is hidden and advertises is proposed; each look-alike lacks one of the two."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.hidden_links import HiddenLink, advertises, hidden_links, is_foreign
from tests.crawler.reading.pages import URL, page, rows, ul

SPAM = '<a href="http://www.bc88.example/">澳门新葡京官网</a>'
LIST = ul(rows('<li><a href="{u}">{t}</a><span>{d}</span></li>'))


def found(main: str, *, url: str = URL) -> tuple[HiddenLink, ...]:
    links = hidden_links(page(LIST + main), url=url)
    assert links is not None
    return links


@pytest.mark.parametrize(
    ("how", "markup"),
    [
        ("display_none", '<div style="display:none">{}</div>'),
        ("display_none", '<div style="DISPLAY : NONE"><p><span>{}</span></p></div>'),
        ("display_none", "<div hidden>{}</div>"),
        ("invisible", '<p style="visibility:hidden">{}</p>'),
        ("invisible", '<p style="color:red;opacity:0">{}</p>'),
        ("tiny_font", '<span style="font-size:0">{}</span>'),
        ("tiny_font", '<span style="font-size: 1px;">{}</span>'),
        ("off_screen", '<div style="position:absolute;left:-9999px">{}</div>'),
        ("off_screen", '<div style="text-indent:-8888px">{}</div>'),
        ("off_screen", '<div style="margin-top:-5000px">{}</div>'),
        ("no_size", '<div style="width:1px;height:1px;overflow:hidden">{}</div>'),
        ("no_size", '<div style="line-height:0">{}</div>'),
        ("clipped", '<div style="position:absolute;clip:rect(0 0 0 0)">{}</div>'),
        ("same_colour", '<div style="color:#FFFFFF;background:#fff">{}</div>'),
        ("same_colour", '<div style="background-color:white;color:#fff">{}</div>'),
        ("marquee", '<marquee height="1" width="3" scrollamount="3000">{}</marquee>'),
        ("marquee", '<marquee scrollamount="5000">{}</marquee>'),
        ("display_none", "<style>.zz9,.b{{display:none}}</style><div class='a zz9'>{}</div>"),
        ("off_screen", "<style>div#yy{{position:fixed;top:-999px}}</style><div id=yy>{}</div>"),
        ("script", '<i id=q>{}</i><script>document.getElementById("q").style.display="none"</script>'),
        (
            "display_none",
            "<script>document.write(\"<div style='display:none'>\");</script>{}"
            '<script>document.write("<\\/div>");</script>',
        ),
        (
            "off_screen",
            "<script>document.write(unescape('%3Cdiv style=%22left:-999px%22%3E'))</script>{}",
        ),
        ("noscript", "<noscript>{}</noscript>"),
        ("shown", "<p>友情链接：{}</p>"),
    ],
)  # fmt: skip
def test_a_seller_s_link_is_found_however_it_is_hidden(how: str, markup: str) -> None:
    (one,) = found(markup.format(SPAM))
    assert (one.how, one.topic) == (how, "gambling")
    assert (one.url, one.words) == ("http://www.bc88.example/", "澳门新葡京官网")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("gambling", "真人百家乐开户"),
        ("gambling", "注册送彩金"),
        ("gambling", "Bet365体育投注"),
        ("porn", "国产精品在线观看"),
        ("porn", "成人视频免费看"),
        ("medical", "郑州白癜风医院哪家好"),
        ("medical", "无痛人流多少钱"),
        ("trade", "代开发票联系电话"),
        ("trade", "传奇私服"),
    ],
)
def test_words_of_sellers_are_known_by_topic(topic: str, words: str) -> None:
    (one,) = found(f'<div style="display:none"><a href="/x/1.html">{words}</a></div>')
    assert one.topic == topic


def test_a_host_tells_what_its_words_do_not() -> None:
    hidden = '<div style="display:none"><a href="http://www.bet3650.example/">首页</a></div>'
    (one,) = found(hidden)
    assert one.topic == "gambling"


def test_links_behind_the_page_s_end_are_found() -> None:
    links = hidden_links(page(LIST) + SPAM.encode(), url=URL)
    assert links is not None
    assert [one.how for one in links] == ["after_html"]


def test_a_page_whose_title_was_taken_over_is_found() -> None:
    (one,) = hidden_links(page(LIST, title="澳门威尼斯人官网注册"), url=URL) or ()
    assert (one.how, one.url) == ("title", URL)


@pytest.mark.parametrize(
    "script",
    [
        'if(/baidu|sogou/i.test(document.referrer)){location.href="http://x.example/"}',
        'var r=document.referrer;if(r.indexOf("baidu")>0){window.location.replace("http://x.example/")}',
    ],
)
def test_a_script_that_sends_only_searchers_elsewhere_is_found(script: str) -> None:
    (one,) = found(f"<script>{script}</script>")
    assert (one.how, one.url) == ("referrer_jump", "http://x.example/")


@pytest.mark.parametrize(
    "script",
    [
        'var u=document.referrer;hm.src="https://hm.baidu.com/h.js";location.href="http://x.example/"',
        'if(document.referrer=="")location.href="http://x.example/"',
        'if(/baidu/.test(document.referrer))location.href="http://m.example.test/"',
        "if(/baidu/.test(document.referrer))count(location.href)",
    ],
)
def test_counters_and_ways_to_the_own_mobile_site_are_left_alone(script: str) -> None:
    assert found(f"<script>{script}</script>") == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="display:none"><a href="/zwgk/">政务公开</a><a href="/hdjl/">互动交流</a></div>',
        '<ul class="menu" style="left:-999px"><li><a href="/a/">部门动态</a></li></ul>',
        '<a href="#main" style="position:absolute;left:-9999px">跳到主要内容</a>',
        '<div style="display:none"><a href="http://www.henan.gov.cn/">河南省人民政府</a></div>',
        '<select style="display:none"><option>友情链接</option></select>',
        '<p><a href="http://www.cwl.gov.cn/">中国福利彩票</a> <a href="http://www.lottery.gov.cn/">体彩网</a></p>',
        '<div style="display:none"><a href="/a/1.html">公安机关破获澳门赌场网上博彩平台案</a></div>',
        '<div style="display:none"><a href="/a/2.html">警惕“注册送彩金”骗局</a></div>',
        '<div style="display:none"><a href="/a/3.html">我市开展扫黄打非“净网”专项行动</a></div>',
        '<p><a href="/a/4.html">六合彩开奖资料不可信</a></p>',
        '<div style="display:none"><a href="/a/5.html">世纪娱乐城消防安全检查</a></div>',
        '<div style="display:none"><a href="/a/6.html">全县禁毒宣传月启动</a></div>',
        '<div style="display:none"><a href="http://www.alphabet.example/">伙伴</a></div>',
        f'<div style="font-size:1em;line-height:1">{LIST}</div>',
        "<p>澳门新葡京官网</p>",
    ],
)  # fmt: skip
def test_look_alikes_are_left_alone(markup: str) -> None:
    assert found(markup) == ()


def test_a_lapsed_domain_that_a_seller_took_advertises() -> None:
    assert advertises(page(LIST, title="时时彩平台官网")) == "gambling"
    assert advertises(page(LIST)) == ""


@pytest.mark.parametrize(
    ("link", "is_it"),
    [
        ("http://www.example.test/a", False),
        ("http://sub.example.test/a", False),
        ("http://other.test/a", True),
        ("mailto:a@b.test", False),
        ("javascript:void(0)", False),
        ("http://[bad/", False),
    ],
)
def test_foreign_is_another_registered_domain(link: str, is_it: bool) -> None:
    assert is_foreign(link, URL) is is_it


def test_towns_under_one_suffix_are_foreign_to_each_other() -> None:
    assert is_foreign("http://b.gov.cn/", "http://www.a.gov.cn/")
    assert not is_foreign("http://jyj.a.gov.cn/", "http://www.a.gov.cn/")


HOSTILE = {
    "deep": b"<div style='display:none'>" * 4_000 + SPAM.encode(),
    "many": (f'<div style="display:none">{SPAM}</div>' * 9_000).encode(),
    "scripts": b"<script>" * 50_000,
    "writes": b"<script>document.write(\"" + b"\\x" * 200_000 + b"</script>",
    "styles": b"<style>" + b"a,{" * 200_000 + b"</style>" + b"<b style='" + b"left:" * 90_000 + b"'>",
    "referrers": b"<script>" + b"document.referrer baidu " * 15_000 + b"</script>",
    "ends": b"</html>" * 30_000 + SPAM.encode(),
    "binary": bytes(range(256)) * 2_000,
    "empty": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_done_with_quickly(name: str) -> None:
    start = time.process_time()
    links = hidden_links(HOSTILE[name], url=URL)
    assert time.process_time() - start < 3
    assert links is None or len(links) <= 50


@given(st.binary(max_size=400))
def test_no_bytes_break_it(body: bytes) -> None:
    links = hidden_links(body, url=URL)
    assert links is None or isinstance(links, tuple)


@pytest.mark.corpus
def test_no_real_page_is_suspected(corpus: Path) -> None:
    for path in sorted((corpus / "pages").rglob("*.html")):
        assert not hidden_links(path.read_bytes(), url="http://www.example.gov.cn/x/"), path.name
