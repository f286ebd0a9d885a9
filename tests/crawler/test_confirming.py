"""Articles as witnesses: which are opened, and what they say of their list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crawler.confirming import MOST, to_open, with_articles
from crawler.look import Look
from rules import marks
from rules.facts import Item, Outcome, PageState
from rules.proving import YEAR_CONFIRMED, YEAR_INFERRED
from tests.crawler.lists import LIST_URL, article, folder, item, listed

TODAY = date(2022, 6, 20)
OLD, FRESH = date(2022, 4, 1), date(2022, 6, 18)
NAMES = "甲乙丙丁戊己庚辛"
UNDATED = tuple(item(name) for name in NAMES)
DATED = tuple(item(name, date(2022, 3, 20 - n)) for n, name in enumerate(NAMES))


def after(look: Look, days: Sequence[date | None]) -> Look:
    """The look once its pages were opened and showed these dates."""
    opened = [article(one, day) for one, day in zip(entries(look), days, strict=True)]
    return with_articles(look, opened, TODAY)


def entries(look: Look) -> list[Item]:
    """The entries whose pages are opened."""
    by_url = {one.url: one for one in look.reading.items}
    return [by_url[url] for url in to_open(look)]


def signs(look: Look) -> set[str]:
    return {sign for sign in look.reading.signs if sign.startswith("articles_")}


def test_the_newest_entries_are_opened_first() -> None:
    shuffled = (*DATED[3:], *DATED[:3])
    assert to_open(listed(*shuffled)) == tuple(one.url for one in DATED[:MOST])


def test_a_list_without_dates_is_opened_at_both_ends_and_in_the_middle() -> None:
    opened = to_open(listed(*UNDATED))
    assert opened == tuple(UNDATED[n].url for n in (0, 1, 2, 4, 7))


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.test/a.html",
        "http://www.example.test/tzgg/P020220601.pdf",
        "javascript:void(0)",
        "ftp://www.example.test/a.html",
        LIST_URL,
    ],
)
def test_what_is_no_page_of_the_site_is_not_opened(url: str) -> None:
    assert to_open(listed(Item("关于甲的通知", url, OLD))) == ()


@pytest.mark.parametrize("outcome", [Outcome.EMPTY, Outcome.CHALLENGE, Outcome.NOT_FOUND])
def test_nothing_is_opened_from_what_is_no_list(outcome: Outcome) -> None:
    assert to_open(replace(listed(*DATED), outcome=outcome)) == ()


def test_an_article_itself_is_not_opened_again() -> None:
    look = listed(*DATED)
    one_page = replace(look, reading=replace(look.reading, state=PageState.ARTICLE))
    assert to_open(one_page) == ()


def test_articles_that_show_the_same_dates_agree() -> None:
    found = after(listed(*DATED), [one.date for one in DATED[:MOST]])
    assert signs(found) == {marks.ARTICLES_AGREE}
    assert found.reading.newest == DATED[0].date


def test_a_newer_article_counts() -> None:
    found = after(listed(*DATED), [OLD, FRESH, OLD, OLD, OLD])
    assert signs(found) == {marks.ARTICLES_NEWER}
    assert found.reading.newest == FRESH


def test_older_articles_do_not_make_a_list_older() -> None:
    found = after(listed(*DATED), [date(2021, 1, 1)] * MOST)
    assert signs(found) == {marks.ARTICLES_OLDER}
    assert found.reading.newest == DATED[0].date


def test_an_article_gives_the_year_that_the_list_does_not_write() -> None:
    look = listed(*DATED, signs=(YEAR_INFERRED,))
    found = after(look, [replace_year(one.date, 2021) for one in DATED[:MOST]])
    assert found.reading.newest == replace_year(DATED[0].date, 2021)
    assert YEAR_CONFIRMED in found.reading.signs


def replace_year(day: date | None, year: int) -> date:
    assert day is not None
    return day.replace(year=year)


def test_a_list_without_dates_takes_those_of_its_articles() -> None:
    found = after(listed(*UNDATED), [date(2022, 4, 20 - n) for n in range(MOST)])
    assert signs(found) == {marks.ARTICLES_DATE}
    assert found.reading.newest == date(2022, 4, 20)
    assert found.reading.confidence > 0.5


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([OLD, OLD, OLD, FRESH, OLD], id="old ones kept on top"),
        pytest.param([OLD, OLD, OLD, OLD, FRESH], id="from old to new"),
        pytest.param([FRESH, FRESH, None, OLD, OLD], id="one shows none"),
    ],
)
def test_dates_in_no_order_never_prove_that_nothing_is_newer(days: list[date | None]) -> None:
    found = after(listed(*UNDATED), days)
    assert signs(found) == {marks.ARTICLES_DATE, marks.ARTICLES_UNORDERED}
    assert found.reading.newest == FRESH


def test_folders_of_years_date_a_list_and_never_prove_that_nothing_is_newer() -> None:
    look = listed(*UNDATED)
    opened = [folder(one, date(2022 - n, 3, 1)) for n, one in enumerate(entries(look))]
    found = with_articles(look, opened, TODAY)
    assert signs(found) == {marks.ARTICLES_DATE, marks.ARTICLES_UNORDERED}
    assert found.reading.newest == date(2022, 3, 1)


def test_a_list_among_the_pages_of_a_dated_list_counts_for_nothing() -> None:
    look = listed(*DATED)
    opened = [folder(one, FRESH) for one in entries(look)]
    assert signs(with_articles(look, opened, TODAY)) == set()


def test_articles_that_show_no_date_at_all_are_a_finding() -> None:
    found = after(listed(*UNDATED), [None] * MOST)
    assert signs(found) == {marks.ARTICLES_UNDATED}
    assert found.reading.newest is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"outcome": Outcome.CHALLENGE}, id="blocked"),
        pytest.param({"outcome": Outcome.TIMEOUT}, id="too slow"),
        pytest.param({"outcome": Outcome.NOT_FOUND}, id="gone"),
    ],
)
def test_pages_that_were_not_read_prove_nothing(change: dict[str, Outcome]) -> None:
    look = listed(*UNDATED)
    opened = [article(one, None) for one in entries(look)]
    opened[2] = replace(opened[2], **change)  # type: ignore[arg-type]
    assert signs(with_articles(look, opened, TODAY)) == set()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"cut_off": True}, id="cut off"),
        pytest.param({"status": 206}, id="in part"),
        pytest.param({"body": b"<html><body>...</body></html>"}, id="no prose"),
    ],
)
def test_a_page_that_did_not_come_whole_proves_nothing(change: dict[str, Any]) -> None:
    look = listed(*UNDATED)
    opened = [article(one, None) for one in entries(look)]
    opened[0] = replace(opened[0], answer=replace(opened[0].answer, **change))
    assert signs(with_articles(look, opened, TODAY)) == set()


def test_a_page_of_another_title_proves_nothing() -> None:
    look = listed(*UNDATED)
    other = item("另一件事")
    opened = [article(replace(other, url=one.url), None) for one in entries(look)]
    assert signs(with_articles(look, opened, TODAY)) == set()


def test_one_entry_alone_never_shows_that_dates_are_missing() -> None:
    assert signs(after(listed(UNDATED[0]), [None])) == set()


def test_what_the_articles_answered_is_kept_with_the_look() -> None:
    found = after(listed(*DATED), [OLD] * MOST)
    assert [one.url for one in found.exchanges] == [LIST_URL, *to_open(listed(*DATED))]
