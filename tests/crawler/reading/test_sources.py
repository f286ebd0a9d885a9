"""Whom an article names as its source, and where a list goes on."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.paging import goes_on, next_page
from crawler.reading.sources import article_source
from demo.founding import city_of
from demo.listing import list_view, page_count, row_of
from demo.pages.articles import article_page
from demo.pages.columns import column_page

URL = "http://www.example.test/xw/index.html"
SAID = [
    ("<div>发布时间：2022-06-07　来源：市教体局　浏览次数：12</div>", "市教体局"),
    ("<div>来源： 市发展改革委 【字体：大 中 小】</div>", "市发展改革委"),
    ("<p><span>信息来源：</span><span>祥符区人民政府</span></p>", "祥符区人民政府"),
    ("<p>稿件来源:杞县发布时间:2022-06-07</p>", "杞县"),
    ("<p>来源：本站</p><p>作者：张三</p>", None),
    ("<p>水的来源：一说是黄河</p>", "一说是黄河"),  # no unit goes by that name
    ("<p>（来源：市民政局）</p>", "市民政局"),
    ("<p>来源：市统计局2022-06-07 09:30</p>", "市统计局"),
    ("<p>来源：\u202e市统计局\u202c，编辑</p>", "市统计局"),
    ("<p>来源：《示例日报》</p>", "示例日报"),
    ("<p>数据来源：市统计局</p><p>来源：市民政局</p>", "市民政局"),
    ("<p>没有说明</p>", None),
    ("<p>来源：</p>", None),
]


@pytest.mark.parametrize(("markup", "name"), SAID)
def test_a_source_is_read_behind_its_label(markup: str, name: str | None) -> None:
    assert article_source(f"<html><body><h1>题</h1>{markup}</body></html>".encode()) == name


def test_the_tag_of_the_page_counts_first_unless_it_says_nothing() -> None:
    page = '<meta name="ContentSource" content="{}"><body><p>来源：市水利局</p>'
    assert article_source(page.format("市林业局").encode()) == "市林业局"
    assert article_source(page.format("本站").encode()) == "市水利局"


def test_a_hostile_page_has_no_source_and_no_next_page() -> None:
    for body in (b"", b"\xff\xfe\x00", b"<a>" * 200_000, "来源：".encode() * 100_000):
        assert article_source(body) is None
        assert next_page(body, URL) is None


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:go(2)">下一页</a>',
        '<a href="/2.html"><img alt="下一页" src="n.gif"></a>',
        "<button>加载更多</button>",
        "<span>共 12 页</span>",
        "<span>1</span><a onclick='go(2)'>2</a>",
        "<div class='layui-box pagination'></div>",
        "<script>var totalRecord = 312;</script>",
        '<script>createPageHTML(7, 1, "index", "html");</script>',
    ],
)
def test_a_list_may_go_on_where_no_link_leads(markup: str) -> None:
    assert goes_on(f"<html><body><ul><li>一</li></ul>{markup}</body></html>".encode())


@pytest.mark.parametrize(
    "markup",
    ["", "<span>共 1 页</span>", '<script>createPageHTML(7, 6, "index", "html");</script>'],
)
def test_a_list_that_shows_all_it_has_does_not_go_on(markup: str) -> None:
    assert not goes_on(f"<html><body><ul><li>一</li></ul>{markup}</body></html>".encode())


def test_arrows_alone_lead_to_no_other_list() -> None:
    page = '<a href="?id={}&amp;p=3">&gt;</a>'
    url = "http://www.example.test/list?id=1&p=2"
    assert next_page(page.format(1).encode(), url) == "http://www.example.test/list?id=1&p=3"
    assert next_page(page.format(2).encode(), url) is None


NEXT = [
    ('<a href="index_2.html">下一页</a>', "http://www.example.test/xw/index_2.html"),
    ('<a href="/xw/list2.jhtml" title="下页"><img></a>', "http://www.example.test/xw/list2.jhtml"),
    ('<a href="?page=2">&gt;</a>', "http://www.example.test/xw/index.html?page=2"),
    ('<a href="javascript:go(2)">下一页</a>', None),
    ('<a href="index.html">下一页</a>', None),
    ('<a href="http://other.example/2.html">下一页</a>', None),
    ('<a href="/zcjd/1.html">下一页的政策解读</a>', None),
    (
        '<script>createPageHTML(7, 1, "index", "html");</script>',
        "http://www.example.test/xw/index_2.html",
    ),
    ('<script>createPageHTML(7, 6, "index", "html");</script>', None),
    ('<h2>公告</h2><a href="/gg/">&gt;&gt;</a>', None),
    ('<a href="index_2.html">下一页 &gt;</a>', "http://www.example.test/xw/index_2.html"),
]


@pytest.mark.parametrize(("markup", "target"), NEXT)
def test_the_next_page_is_where_a_visitor_would_go_on(markup: str, target: str | None) -> None:
    assert next_page(f"<html><body><ul></ul>{markup}</body></html>".encode(), URL) == target


@pytest.mark.parametrize("seed", [0, 3, 7])
def test_every_page_of_the_portals_pieces_can_be_walked_and_names_its_source(seed: int) -> None:
    day, city = date(2022, 7, 1), city_of(seed)
    site = city.sites[0]
    column = next(one for one in site.columns if one.collects)
    url = f"http://{site.host}{site.system.first(column.key)}"
    last = page_count(column, day)
    for page in (1, 2, last):
        view = list_view(city.names, site, column, day, page)
        there = url if page == 1 else f"http://{site.host}{view.address(page)}"
        following = next_page(column_page(view).encode(), there)
        wanted = None if page == last else f"http://{site.host}{view.address(page + 1)}"
        assert following == wanted
    row = row_of(city.names, site, column, 700)
    page_text = article_page(city.names, site, column, row, day)
    assert article_source(page_text.encode()) == column.source(700)
