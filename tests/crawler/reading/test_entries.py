"""The page of a list's entry: an article by its title, or what it says it is."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading import PageState, read_article, read_page
from tests.crawler.reading.pages import TODAY, URL, page

TITLE = "关于做好夏季防汛工作的通知"
STORY = "各单位要高度重视，加强组织领导，压实工作责任，确保各项任务落到实处、取得实效。" * 3
SHORT = page(f"<h1>{TITLE}</h1><p>发布时间：2022-03-01 来源：办公室</p><div>{STORY}</div>")


def entry(body: bytes, title: str = TITLE) -> tuple[PageState, date | None]:
    reading = read_article(body, url=URL, today=TODAY, title=title)
    return reading.state, reading.newest


@pytest.mark.parametrize("title", [TITLE, f"{TITLE[:9]}…", f" {TITLE[:8]} {TITLE[8:]}..."])
def test_a_page_that_shows_the_entrys_title_over_prose_is_an_article(title: str) -> None:
    assert entry(SHORT, title) == (PageState.ARTICLE, date(2022, 3, 1))


def test_one_without_a_date_is_an_article_without_a_date() -> None:
    body = SHORT.replace("发布时间：2022-03-01".encode(), b"")
    reading = read_article(body, url=URL, today=TODAY, title=TITLE)
    assert (reading.state, reading.newest) == (PageState.ARTICLE, None)
    assert reading.confidence >= 0.5


@pytest.mark.parametrize("title", ["", "通知", "关于另一件事情的通知"])
def test_without_the_title_it_is_what_it_seems(title: str) -> None:
    reading = read_article(SHORT, url=URL, today=TODAY, title=title)
    assert reading == read_page(SHORT, url=URL, today=TODAY)


@pytest.mark.parametrize(
    "body",
    [
        page(f"<h1>{TITLE}</h1><p>抱歉，您访问的页面不存在或已删除</p>"),
        page(f"<h1>{TITLE}</h1><p>暂无内容</p>"),
        b"",
        b"%PDF-1.5",
        b"<div>" * 100_000,
    ],
)
def test_an_error_is_no_article_whatever_its_title(body: bytes) -> None:
    assert entry(body)[0] is not PageState.ARTICLE
