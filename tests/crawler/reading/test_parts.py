"""A list in several parts is read as one: behind a button, under months, in boxes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

import pytest

from crawler.reading import PageReading, read_page
from rules.facts import CONFIDENCE_FLOOR
from tests.crawler.reading.pages import TODAY, URL, days, page, rows

LI = '<li><a href="{u}">{t}</a><span>{d}</span></li>'
PAGER = "<div class='fy'><a>上一页</a><a>下一页</a></div>"


def read(main: str) -> PageReading:
    return read_page(page(main), url=URL, today=TODAY)


def part(dates: Sequence[date], more: str) -> str:
    return f"<ul class='list' {more}>{rows(LI, dates)}</ul>"


@pytest.mark.parametrize("shown", [1, 2, 3, 8])
@pytest.mark.parametrize(
    "after", ["", PAGER, "<p><a href='javascript:more()'>点击加载更多</a></p>"]
)
def test_the_older_half_behind_a_button_is_never_taken_for_the_list(shown: int, after: str) -> None:
    every = days(count=16)
    first = part(every[:shown], "id='more-list'")
    reading = read(first + part(every[shown:], "id='more-rest' style='display: none'") + after)
    assert (reading.newest, len(reading.items)) == (every[0], 16)
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_lists_of_their_own_names_side_by_side_are_not_one() -> None:
    new, old = days(count=3), days("2022-01-02", 9)
    reading = read(part(new, "id='notices'") + part(old, "id='plans'") + PAGER)
    assert reading.confidence < CONFIDENCE_FLOOR or reading.newest == new[0]


def months(dates: Sequence[date], box: str) -> str:
    """A list under headings of months."""
    parts = []
    for (year, month), own in groupby(dates, key=lambda day: (day.year, day.month)):
        items = rows("<li><b>{D:%d}日</b><a href='{u}'>{t}</a></li>", list(own))
        parts.append(box.format(f"<h3>{year}年{month}月</h3><ul>{items}</ul>"))
    return f"<div class=archive>{''.join(parts)}</div>"


@pytest.mark.parametrize("box", ["{}", "<div class=month>{}</div>"])
@pytest.mark.parametrize(
    "counts", [(2, 1, 1, 1), (1, 3, 1, 1), (1, 1, 1, 1), (2, 3, 2), (3, 1, 2, 1)]
)
def test_a_newest_month_of_another_length_than_the_others_is_read(
    counts: tuple[int, ...], box: str
) -> None:
    every = [
        date(2022, 6 - back, 5) - timedelta(days=n)
        for back, count in enumerate(counts)
        for n in range(count)
    ]
    reading = read(months(every, box))
    assert (reading.newest, len(reading.items)) == (every[0], len(every))
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_a_layer_above_the_page_is_no_part_of_its_list() -> None:
    every = days("2022-03-02", 8)
    notice = "<ul><li><a href='/a/9.html'>关于端午节放假安排的公告</a><i>2022-06-03</i></li></ul>"
    layer = f"<div class='layer'>{notice}</div>"
    single = "".join(f"<div class='row'><ul>{rows(LI, [day])}</ul></div>" for day in every)
    reading = read_page(
        page(single).replace(b"<body>", b"<body>" + layer.encode()), url=URL, today=TODAY
    )
    assert reading.newest == every[0] or reading.confidence < CONFIDENCE_FLOOR
