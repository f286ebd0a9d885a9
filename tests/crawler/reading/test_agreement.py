# ruff: noqa: E501 - tables, one row a line
"""Agreement of the witnesses: which newest date one may rely on, or why not."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.agreement import Agreement, Doubt, agree
from rules.facts import Item, PageReading, PageState

TODAY = date(2022, 6, 6)
A, B = "http://x.test/a.html", "http://x.test/b.html"
OLD, NEW = date(2022, 5, 1), date(2022, 5, 20)


def reading(confidence: float = 0.9, *signs: str, state: PageState = PageState.LIST) -> PageReading:
    items = (Item("甲", A, NEW), Item("乙", B, OLD))
    return PageReading(state, NEW, items, confidence=confidence, signs=signs)


@pytest.mark.parametrize(
    ("page", "articles", "seen", "expected"),
    [
        (reading(), {}, {}, Agreement(NEW, NEW)),
        (reading(), {A: NEW}, {}, Agreement(NEW, NEW)),
        (reading(), {A: date(2022, 5, 22)}, {}, Agreement(NEW, date(2022, 5, 22))),
        (reading(), {B: date(2022, 6, 1)}, {}, Agreement(None, date(2022, 6, 1), Doubt.ARTICLES_DIFFER)),
        (reading(), {B: date(2022, 7, 1)}, {}, Agreement(NEW, NEW)),
        (reading(), {A: None, B: None}, {}, Agreement(NEW, NEW)),
        (reading(0.4), {}, {}, Agreement(None, NEW, Doubt.LOW_CONFIDENCE)),
        (reading(0.4), {A: NEW}, {}, Agreement(NEW, NEW)),
        (reading(0.7, "year_inferred"), {}, {}, Agreement(None, NEW, Doubt.YEAR_INFERRED)),
        (reading(0.7, "year_inferred"), {A: NEW}, {}, Agreement(NEW, NEW)),
        (reading(), {}, {B: date(2022, 5, 30)}, Agreement(None, NEW, Doubt.SEEN_LATER)),
        (reading(), {}, {A: date(2022, 5, 21)}, Agreement(NEW, NEW)),
        (reading(state=PageState.EMPTY), {}, {}, Agreement(None, NEW, Doubt.NO_LIST)),
    ],
)  # fmt: skip
def test_witnesses_are_compared(
    page: PageReading, articles: dict[str, date | None], seen: dict[str, date], expected: Agreement
) -> None:
    assert agree(page, today=TODAY, articles=articles, first_seen=seen) == expected


def test_the_year_of_the_article_replaces_an_inferred_one() -> None:
    page = reading(0.7, "year_inferred")
    told = agree(page, today=TODAY, articles={A: date(2020, 5, 20)})
    assert told.latest == date(2020, 5, 20)


def test_a_newer_address_among_fitting_ones_is_a_doubt() -> None:
    fitting = (
        Item("题", f"http://x.test/t202205{d}_1.html", date(2022, 5, d)) for d in (20, 19, 18)
    )
    items = (*fitting, Item("题", "http://x.test/t20220605_1.html", date(2022, 4, 5)))
    page = PageReading(PageState.LIST, NEW, items, confidence=0.9)
    assert agree(page, today=TODAY).doubt is Doubt.ADDRESSES_NEWER


def test_an_undated_list_is_no_witness() -> None:
    page = PageReading(PageState.LIST, None, (Item("甲", A),), confidence=0.4)
    assert agree(page, today=TODAY).doubt is Doubt.UNDATED
