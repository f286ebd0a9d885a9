"""What look-alikes answer, to whom, on which day, at which visit."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from demo.answering import answer
from demo.data import check_days
from demo.exchange import Request
from demo.listing import list_view
from demo.oddities import inner_address
from demo.pages.articles import article_page
from demo.pages.homes import home_page
from tests.demo.places import CITY, SIXTH, THIRTEENTH, TWENTIETH, ask, place_of, text_of

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


def titles(twist: str, day: date) -> list[str]:
    return [row.title for row in list_view(CITY.names, *place_of(twist), day, 1).rows]


@pytest.mark.parametrize(
    ("twist", "first", "second"),
    [
        ("error_once", 500, 200),
        ("empty_once", 200, 200),
        ("busy_once", 503, 200),
        ("limited_once", 429, 200),
        ("jsl_521", 521, 521),
        ("rs_412", 412, 412),
        ("shield_403", 403, 403),
        ("waiting_room", 202, 202),
        ("waiting_room_old", 503, 503),
        ("browsers_only_404", 404, 404),
        ("browsers_only_500", 500, 500),
        ("cookie_required", 302, 302),
        ("login", 302, 302),
        ("moved", 302, 302),
        ("redirected", 301, 301),
    ],
)
@pytest.mark.parametrize("day", check_days())
def test_a_look_alike_answers_as_it_should_on_every_check_day(
    day: date, twist: str, first: int, second: int
) -> None:
    assert [ask(twist, day, visit=n).status for n in (1, 2)] == [first, second]


@pytest.mark.parametrize("twist", ["empty_once", "emptied"])
def test_a_page_without_its_rows_says_so_while_its_items_are_still_there(twist: str) -> None:
    reply = ask(twist, THIRTEENTH)
    assert "暂无信息" in text_of(twist, reply)
    assert not [title for title in titles(twist, THIRTEENTH) if title in text_of(twist, reply)]


def test_a_page_that_is_empty_once_is_full_the_next_time() -> None:
    again = text_of("empty_once", ask("empty_once", visit=2))
    assert titles("empty_once", SIXTH)[0] in unescape(again)


def test_an_emptied_column_was_full_before_it_was_emptied() -> None:
    assert titles("emptied", SIXTH)[0] in unescape(text_of("emptied", ask("emptied")))


@pytest.mark.parametrize(
    ("twist", "passport"),
    [
        ("jsl_521", {"cookies": "__jsl_clearance=1654480000.123"}),
        ("waiting_room", {"cookies": "yunsuo_session_verify=5e1f1337"}),
        ("waiting_room", {"known": True}),
        ("waiting_room_old", {"known": True}),
        ("browsers_only_404", {"agent": BROWSER}),
        ("browsers_only_500", {"agent": BROWSER}),
        ("cookie_required", {"cookies": "SESSIONID=8c1f1"}),
    ],
)
def test_who_shows_what_is_wanted_is_let_in(twist: str, passport: dict[str, Any]) -> None:
    reply = ask(twist, **passport)
    assert reply.status == 200
    assert titles(twist, SIXTH)[0] in unescape(text_of(twist, reply))


def test_a_session_begins_at_the_same_address_and_never_ends_for_who_keeps_no_cookies() -> None:
    headers = dict(ask("cookie_required").headers)
    assert headers["Set-Cookie"].startswith("SESSIONID=")
    site, column = place_of("cookie_required")
    assert headers["Location"] == site.system.first(column.key)


def test_a_deep_link_is_thrown_home_on_one_day_and_only_twice() -> None:
    replies = [ask("thrown_home", THIRTEENTH, visit=n) for n in (1, 2, 3)]
    assert [reply.status for reply in replies] == [302, 302, 200]
    assert dict(replies[0].headers)["Location"] == "/"
    assert [ask("thrown_home", day).status for day in check_days()] == [200, 302, 200, 200]


def test_a_name_is_lost_to_a_parking_page_for_one_day() -> None:
    parked = [day for day in check_days() if "域名出售" in ask("parked_a_day", day).body.decode()]
    assert parked == [TWENTIETH]


def test_a_column_that_is_rebuilt_says_so_every_day() -> None:
    assert all("升级改版" in text_of("renovating", ask("renovating", day)) for day in check_days())


@pytest.mark.parametrize("twist", ["iframe", "foreign_frame", "blank_frame", "frameset"])
def test_a_framed_list_stands_in_its_frame_and_not_in_its_page(twist: str) -> None:
    page = text_of(twist, ask(twist))
    newest = titles(twist, SIXTH)[0]
    assert newest not in page
    site, column = place_of(twist)
    host = f"lm-{site.host}" if twist == "foreign_frame" else site.host
    assert inner_address(column) in page.replace("\\", "")
    assert ("http://lm-" in page) is (twist == "foreign_frame")
    frame = answer(CITY, SIXTH, Request("GET", host, inner_address(column)))
    assert newest in unescape(frame.body.decode())


def test_some_pages_are_slow_and_some_are_broken_on_their_first_way() -> None:
    assert ask("slow").delay < ask("slower").delay < 15
    assert [ask("torn_once", visit=n).torn for n in (1, 2)] == [True, False]
    assert [bool(ask("short_once", visit=n).missing) for n in (1, 2)] == [True, False]


@pytest.mark.parametrize(
    ("twist", "said"),
    [("gbk_meta_utf8", "text/html; charset=GBK"), ("gbk_says_utf8", "text/html; charset=utf-8")],
)
def test_gbk_pages_that_say_they_are_utf_8(twist: str, said: str) -> None:
    reply = ask(twist)
    page = reply.body.decode("gb18030")
    assert reply.content_type == said
    assert "charset=utf-8" in page
    assert titles(twist, SIXTH)[0] in unescape(page)


def test_a_list_that_prints_when_documents_were_signed_looks_stale_and_its_articles_do_not() -> (
    None
):
    site, column = place_of("written_dates")
    for day in check_days():
        row = list_view(CITY.names, site, column, day, 1).rows[0]
        assert (day - row.typed).days > 184 > (day - row.day).days
        page = article_page(CITY.names, site, column, row, day)
        assert f'name="PubDate" content="{row.day}' in page


def test_late_entries_stand_on_top_under_old_days_every_week() -> None:
    site, column = place_of("late_entries")
    seen: list[str] = []
    for day in check_days():
        rows = list_view(CITY.names, site, column, day, 1).rows
        assert max(row.typed for row in rows) == date(2022, 5, 27)
        assert rows[0].href not in seen
        assert (day - rows[0].day).days <= 14
        assert f'content="{rows[0].typed}' in article_page(CITY.names, site, column, rows[0], day)
        seen += [row.href for row in rows]


def test_a_list_of_files_has_new_ones_every_week_and_no_dates() -> None:
    site, column = place_of("undated_files")
    first = [list_view(CITY.names, site, column, day, 1).rows[0] for day in check_days()]
    assert len({row.href for row in first}) == len(first)
    for day, row in zip(check_days(), first, strict=True):
        assert answer(CITY, day, Request("GET", site.host, row.href)).body.startswith(b"%PDF")
        assert str(row.typed) not in text_of("undated_files", ask("undated_files", day))


def test_a_forgotten_block_of_a_home_page_is_older_than_its_list() -> None:
    site, column = place_of("old_home_block")
    newest = list_view(CITY.names, site, column, TWENTIETH, 1).rows[0]
    assert newest.href not in home_page(CITY.names, site, TWENTIETH)
    assert newest.title in unescape(text_of("old_home_block", ask("old_home_block", TWENTIETH)))


def test_old_but_within_its_own_limit_behind_a_waiting_room() -> None:
    _, column = place_of("waiting_room_old")
    assert column.limit == 366
    assert column.days[-1] == date(2021, 9, 20)
