"""What a host shows for any path is no column, and nothing else is held against anybody by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.look import Answer, Look, look_at
from crawler.soft_missing import compared, front_url, is_in_doubt, random_url, shown_again
from rules.facts import Client, Outcome, PageState
from rules.marks import INCOMPATIBLE_BLANK, SAME_AS_RANDOM_PATH, SAME_ON_EVERY_PATH
from tests.misbehaving.lists import FRESH, STALE, column, filled

AT = datetime(2022, 6, 20, 3, tzinfo=UTC)
COLUMN, RANDOM, FRONT = "http://a.test/xw/tzgg/", "http://a.test/5f1c/", "http://a.test/"
SORRY = column("<p>很遗憾，您要的东西这里暂时看不到</p>")


def look(body: bytes, url: str = COLUMN, asked: str | None = None, status: int = 200) -> Look:
    headers = {"content-type": "text/html; charset=utf-8"}
    answer = Answer(AT, 10, asked or url, url, status=status, headers=headers, body=body)
    return look_at(answer, today=date(2022, 6, 20), hint=None)


def beside(page: bytes, random: bytes, front: bytes = FRESH) -> Look:
    return compared(look(page), look(random, RANDOM), look(front, FRONT))


def test_the_page_of_any_path_is_a_soft_404() -> None:
    found = beside(SORRY, SORRY)
    assert look(SORRY).outcome is Outcome.UNREADABLE
    assert (found.outcome, found.reading.state) == (Outcome.NOT_FOUND, PageState.NOT_FOUND)
    assert SAME_AS_RANDOM_PATH in found.reading.signs
    assert [one.url for one in found.exchanges] == [COLUMN, RANDOM, FRONT]


def test_an_empty_column_that_stands_at_any_path_is_none() -> None:
    empty = column("<li>暂无任何内容</li>")
    assert look(empty).outcome is Outcome.EMPTY
    assert beside(empty, empty).outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("page", "random", "front"),
    [
        (SORRY, FRESH, FRESH),  # the column is there
        (SORRY, column("<p>页面不存在</p>"), FRESH),
        (SORRY, SORRY, SORRY),  # a firewall, a parked domain: it says so to everybody
        (column(""), column(""), column("")),
        (SORRY, SORRY, b""),
    ],
)
def test_whatever_else_is_shown_accuses_nobody(page: bytes, random: bytes, front: bytes) -> None:
    found = beside(page, random, front)
    assert found.outcome is look(page).outcome is not Outcome.NOT_FOUND
    assert SAME_AS_RANDOM_PATH not in found.reading.signs


def test_a_host_that_shows_one_page_for_every_path_is_known_as_such() -> None:
    assert SAME_ON_EVERY_PATH in beside(SORRY, SORRY, SORRY).reading.signs


@pytest.mark.parametrize(
    "words",
    ["您的请求含有非法参数", "请先登录后再浏览本页面", "Access is denied", "本站近日调整"],
)
def test_a_page_that_declines_its_visitor_is_not_held_against_anybody(words: str) -> None:
    page = column(f"<p>{words}，谢谢您的理解</p>")
    assert beside(page, page).outcome is not Outcome.NOT_FOUND


@pytest.mark.parametrize(
    "page",
    [
        filled("LIST.innerHTML = ''"),
        SORRY.replace(b"</body>", b"<div id=app></div><script src=/a.js></script></body>"),
        SORRY.replace(b"</body>", b"<iframe src=/list></iframe></body>"),
    ],
)
def test_what_scripts_or_frames_may_fill_is_left_to_the_browser(page: bytes) -> None:
    assert beside(page, page).outcome is not Outcome.NOT_FOUND


@pytest.mark.parametrize("body", [FRESH, STALE])
def test_a_dated_list_is_what_it_says_at_whatever_path(body: bytes) -> None:
    assert not is_in_doubt(look(body))


@pytest.mark.parametrize(
    "found",
    [
        look(SORRY, FRONT),
        look(SORRY, "http://a.test/index.html"),
        look(SORRY, status=500),
        look(SORRY, "http://b.test/x", asked=COLUMN),
        replace(look(SORRY), answer=replace(look(SORRY).answer, cut_off=True)),
        look(b"<h1>401 Unauthorized</h1>", status=401),
    ],
)
def test_front_pages_errors_and_other_hosts_are_not_asked_about(found: Look) -> None:
    assert not is_in_doubt(found)


def test_a_random_path_that_is_redirected_or_cut_off_says_nothing() -> None:
    random = look(SORRY, RANDOM)
    for changed in (
        replace(random.answer, hops=(FRONT,)),
        replace(random.answer, cut_off=True),
        replace(random.answer, status=404),
    ):
        found = compared(look(SORRY), replace(random, answer=changed), look(FRESH, FRONT))
        assert found.outcome is Outcome.UNREADABLE


def test_a_closed_site_stays_closed() -> None:
    closed = column("<h1>网站升级改版中，敬请期待</h1>").replace(b"/xw/", b"#")
    found = beside(closed, closed)
    assert found.outcome is look(closed).outcome is Outcome.SUSPENDED


def rendered(body: bytes) -> Look:
    return replace(look(body), client=Client.BROWSER)


def test_the_browser_confirms_a_soft_404_by_showing_the_very_page() -> None:
    [page, *_] = beside(SORRY, SORRY).exchanges
    blank = replace(rendered(SORRY).reading, signs=(INCOMPATIBLE_BLANK,))
    found = shown_again(replace(rendered(SORRY), reading=blank), page)
    assert found.outcome is Outcome.NOT_FOUND
    assert found.reading.signs == (SAME_AS_RANDOM_PATH,)


@pytest.mark.parametrize("body", [FRESH, STALE, column("<p>别的东西在这里</p>"), b""])
def test_where_the_browser_shows_anything_else_nothing_is_confirmed(body: bytes) -> None:
    [page, *_] = beside(SORRY, SORRY).exchanges
    assert shown_again(rendered(body), page) == rendered(body)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("xhr", b"[]"), ("fetch", b""), ("script", b"box.attachShadow({mode: 'closed'})")],
)
def test_where_data_came_or_a_script_may_hide_a_list_nothing_is_confirmed(
    kind: str, body: bytes
) -> None:
    [page, *_] = beside(SORRY, SORRY).exchanges
    shown = replace(rendered(SORRY), exchanges=(replace(page, kind=kind, body=body),))
    assert shown_again(shown, page) == shown


@pytest.mark.parametrize(
    ("url", "random"),
    [
        (COLUMN, "http://a.test/5f1c/"),
        ("http://a.test:81/a/b.jsp?id=7#x", "http://a.test:81/5f1c.jsp"),
        ("https://a.test/a.HTML", "https://a.test/5f1c.html"),
        ("http://a.test", "http://a.test/5f1c/"),
    ],
)
def test_a_random_path_asks_the_same_program_of_the_same_host(url: str, random: str) -> None:
    assert random_url(url, "5f1c") == random
    assert front_url(url) == random.partition("5f1c")[0]
