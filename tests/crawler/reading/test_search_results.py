"""Pages of results: what they say of a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.search_results import Found, find_title

URL = "http://www.sfj.example.test/search/?q=x"
TITLE = "关于印发2022年法治政府建设工作要点的通知"
ECHO = f'<input name="q" value="{TITLE}"><h1>检索结果：{TITLE}</h1>'
OTHERS = "".join(f'<li><a href="/a{n}.html">另一篇完全不同的文章之{n}</a></li>' for n in range(4))


def found(main: str) -> Found:
    return find_title(f"<html><body>{main}</body></html>".encode(), TITLE, url=URL)


@pytest.mark.parametrize(
    "entry",
    [
        f'<a href="/a.html">{TITLE}</a>',
        f'<a href="/a.html">{TITLE.replace("法治政府", "<em>法治</em> <em>政府</em>")}</a>',
        f'<a href="/a.html" title="{TITLE}">关于印发2022年法治…</a>',
        f'<a href="/a.html">{TITLE[:16]}…</a>',
        f"<h3 onclick=\"open('/a.html')\">{TITLE}</h3>",
        f'<a href="/a.html">1. {TITLE} 2022-06-01</a>',
    ],
)
def test_an_entry_with_the_title_is_a_find(entry: str) -> None:
    assert found(f"{ECHO}<ul>{OTHERS}<li>{entry}</li></ul>") is Found.FOUND


def test_the_words_that_were_asked_for_are_no_find() -> None:
    assert found(f"{ECHO}<p>共找到 0 条</p>") is Found.MISSING
    assert found(f'{ECHO}<a href="{URL}">{TITLE}</a><p>没有找到相关内容</p>') is Found.MISSING


def test_results_without_the_title_miss_it() -> None:
    assert found(f"{ECHO}<ul>{OTHERS}</ul>") is Found.MISSING


@pytest.mark.parametrize(
    "main",
    [
        "",
        "<div id=app></div>",
        '<p>欢迎</p><a href="/">首页</a>',
        f"<h2>检索结果</h2>{OTHERS}<p>{TITLE}</p>",
        OTHERS,
    ],
)
def test_a_page_that_may_be_anything_says_nothing(main: str) -> None:
    assert found(main) is Found.UNCLEAR


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_without_raising(body: bytes) -> None:
    assert find_title(body, TITLE, url=URL) in Found
