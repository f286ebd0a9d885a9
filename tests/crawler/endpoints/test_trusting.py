"""An answer that came is not yet believed: what it lost, and what only moved on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.endpoints.trusting import is_surprise, seen_of
from rules.facts import Item, PageReading, PageState

DAY = date(2022, 6, 17)


def listed(newest: date, count: int = 12, first: int = 0) -> PageReading:
    items = tuple(
        Item(f"第{first + n}号会议召开", f"http://a.test/{n}", newest - timedelta(days=n))
        for n in range(count)
    )
    return PageReading(PageState.LIST, newest, items, confidence=0.86)


SEEN = seen_of(listed(DAY).items, DAY)
assert SEEN is not None
NEXT = DAY + timedelta(days=7)

CASES = {
    "the same list": (listed(DAY), False),
    "newer entries above": (
        replace(listed(DAY), newest=NEXT, items=(Item("新的", "", NEXT), *listed(DAY).items)),
        False,
    ),
    "a whole page of newer entries": (listed(DAY + timedelta(days=20), first=100), False),
    "half of the entries": (listed(DAY, count=6), False),
    "fewer than half": (listed(DAY, count=5), True),
    "an older newest date": (listed(DAY - timedelta(days=1)), True),
    "no date": (replace(listed(DAY), newest=None), True),
    "other titles of the same time": (listed(NEXT, first=100), True),
    "no list": (replace(listed(DAY), state=PageState.UNREADABLE), True),
    "little confidence": (replace(listed(DAY), confidence=0.4), True),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_a_surprise(name: str) -> None:
    reading, surprise = CASES[name]
    assert SEEN is not None
    assert is_surprise(reading, SEEN) is surprise


def test_a_date_in_the_future_is_not_remembered_as_the_newest() -> None:
    items = (Item("预告", "", DAY + timedelta(days=30)), *listed(DAY).items)
    seen = seen_of(items, DAY)
    assert seen is not None
    assert seen.newest == DAY


def test_a_list_without_dates_cannot_be_compared() -> None:
    assert seen_of((Item("无日期", ""),), DAY) is None
