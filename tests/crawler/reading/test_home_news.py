"""The newest date of a home page: any list counts, and what only may be a date is told apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.home_news import HomeNews, home_news

TODAY = date(2022, 6, 20)


def read(*parts: str) -> HomeNews:
    found = home_news(f"<html><body>{''.join(parts)}</body></html>".encode(), today=TODAY)
    assert found is not None
    return found


def entry(words: str, when: str, href: str = "/a/1.html") -> str:
    return f'<li><a href="{href}">{words}</a><span>{when}</span></li>'


def test_the_newest_of_all_lists_counts_wherever_it_stands() -> None:
    found = read(
        f"<ul>{entry('要闻', '2022-05-01')}</ul>",
        f"<div class='footer'><ul>{entry('公示', '2022年6月18日')}</ul></div>",
    )
    assert (found.newest, found.perhaps, found.links) == (date(2022, 6, 18), date(2022, 6, 18), 2)


@pytest.mark.parametrize(
    ("part", "perhaps"),
    [
        (entry("要闻", "06-18"), date(2022, 6, 18)),
        (entry("要闻", "12-25"), date(2021, 12, 25)),
        (entry("要闻", "", "/art/2022/6/7/art_1_2.html"), date(2022, 6, 7)),
        (entry("要闻", "", "./202206/t20220617_1.html"), date(2022, 6, 17)),
        ("<b>18</b><i>2022-06</i>", TODAY),
        ("<p>今天是2022年6月20日 星期一</p>", TODAY),
        ("<p>2022年6月20日 上午</p>", TODAY),
    ],
)
def test_what_only_may_be_a_date_is_no_newest_date(part: str, perhaps: date) -> None:
    found = read(part)
    assert (found.newest, found.perhaps) == (None, perhaps)


def test_a_date_to_come_is_no_update() -> None:
    assert read(entry("会议", "2022-06-25")) == HomeNews(None, None, 1, 0, framed=False)


def test_frames_are_told() -> None:
    assert read('<iframe src="/list.html"></iframe>').framed
    assert not read("<p>首页</p>").framed


def test_a_page_that_is_none_says_nothing() -> None:
    assert home_news(b"", today=TODAY) is None


@given(st.binary(max_size=400))
def test_it_never_raises(body: bytes) -> None:
    home_news(body, today=TODAY)


@given(st.dates(date(2000, 1, 1), date(2022, 6, 20)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d"]))
def test_no_older_reading_hides_a_date_in_full(day: date, form: str) -> None:
    found = read(entry("甲", "2000-01-01"), entry("乙", day.strftime(form)))
    assert found.newest == day
