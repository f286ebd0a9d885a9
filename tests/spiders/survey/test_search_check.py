"""The search of a site: what it must know, and when it says nothing."""

from __future__ import annotations

import pytest

from rules.facts import Truth
from rules.site_checks import Doubt, SiteCheck
from spiders.survey.check_search import search
from tests.spiders.survey.faultless import (
    FORM,
    NOTICES,
    TITLES,
    Engine,
    notices,
    results,
)
from tests.spiders.survey.town import (
    ERROR,
    HOME,
    WALL,
    FakeAsker,
    Page,
    listing,
    page,
    run,
)


def searched(*known: str) -> SiteCheck:
    pages = notices() | {HOME: page(FORM)}
    return run(search, FakeAsker(Engine(pages, known), seen={}), [NOTICES])["search"]


def test_a_search_that_knows_the_site_s_titles_is_fine() -> None:
    assert searched(*TITLES).truth is Truth.OK


def test_every_title_that_is_not_on_page_one_counts() -> None:
    other = (
        "另一条完全不同的标题内容甲",
        "另一条完全不同的标题内容乙",
        "另一条完全不同的标题内容丙",
    )
    assert searched(*other).count == 4
    assert searched().count == 4
    assert searched(*TITLES[:3], *other).count < 4


@pytest.mark.parametrize(
    "answer", [WALL, ERROR, None, (403, "403"), page("<p>请登录</p>"), page("")]
)
def test_a_search_behind_a_wall_says_nothing(answer: Page) -> None:
    pages = notices() | {HOME: page(FORM)}
    ask = FakeAsker(
        lambda url: answer if "search?" in url else pages.get(url, (404, "404")), seen={}
    )
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/s" method="post"><input name="q"><input type="submit" value="搜索"></form>',
        '<input type="text" placeholder="请输入搜索内容" onkeydown="so()">',
        "<p>政务公开</p>",
    ],
)
def test_forms_that_would_post_or_that_scripts_send_are_not_asked(form: str) -> None:
    pages = notices() | {HOME: page(form)}
    ask = FakeAsker(pages)
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN
    assert not any("/s" in url.removeprefix(HOME) for url in ask.asked)


def test_that_there_is_no_search_is_seen_in_a_browser_alone() -> None:
    pages = notices()
    assert run(search, FakeAsker(pages), [NOTICES])["search"].reason == Doubt.NO_BROWSER
    found = run(search, FakeAsker(pages, seen={}), [NOTICES])["search"]
    assert found.truth is Truth.VIOLATION


def test_a_page_of_results_that_a_script_fills_is_read_in_a_browser_alone() -> None:
    pages = notices() | {HOME: page(FORM)}
    empty = Engine(pages, ())
    assert run(search, FakeAsker(empty), [NOTICES])["search"].reason == Doubt.NO_BROWSER
    filled = {url: results(*TITLES) for url in asked_of(pages)}
    assert run(search, FakeAsker(empty, seen=filled), [NOTICES])["search"].truth is Truth.OK


def asked_of(pages: dict[str, Page]) -> list[str]:
    """The questions that a search is asked."""
    ask = FakeAsker(Engine(pages), seen={})
    run(search, ask, [NOTICES])
    return [url for url in ask.asked if "search?" in url and not url.startswith("see ")]


def test_titles_of_the_last_days_are_not_asked_for() -> None:
    pages = notices() | {HOME: page(FORM)}
    rows = [(f"/a/{n}.html", title, "2022-06-18") for n, title in enumerate(TITLES, 1)]
    pages[f"{HOME}tzgg/"] = listing(*rows)
    ask = FakeAsker(Engine(pages))
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN
    assert not any("search?" in url for url in ask.asked)
