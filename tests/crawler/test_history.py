"""First sights: they clear a list without dates, tell of old dates, and accuse nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.history import new_items, with_history
from crawler.look import Look
from rules.facts import Item, Outcome
from rules.marks import BACKDATED, FIRST_SEEN, REDATED
from storage.items import Past, key_of
from tests.crawler.lists import item, listed

CHECK = date(2022, 6, 20)
BEFORE = date(2022, 6, 13)
LIMIT = 14


def past(*known: Item, since: date | None = None, read_on: date | None = BEFORE) -> Past:
    return Past({key_of(one): since for one in known}, read_on)


def told(look: Look, known: Past, limit: int | None = LIMIT) -> Look:
    return with_history(look, known, check_date=CHECK, limit=limit)


OLD = tuple(item(name) for name in "甲乙丙丁")


def test_entries_added_above_known_ones_date_a_list_that_shows_none() -> None:
    reading = told(listed(item("新"), *OLD), past(*OLD)).reading
    assert reading.newest == BEFORE  # it was not there then: it came later
    assert FIRST_SEEN in reading.signs


def test_they_go_on_to_do_so_while_they_are_within_the_limit() -> None:
    known = Past({**past(*OLD).since, key_of(item("新")): date(2022, 6, 6)}, BEFORE)
    look = listed(item("新"), *OLD)
    assert told(look, known).reading.newest == date(2022, 6, 6)
    assert told(look, known, limit=10) == look


@pytest.mark.parametrize(
    ("items", "known"),
    [
        pytest.param(OLD, past(*OLD), id="nothing new"),
        pytest.param((*OLD, item("新")), past(*OLD), id="below all that was known"),
        pytest.param(
            (*(item(n) for n in "戊己庚辛壬癸子丑"), OLD[0]), past(*OLD), id="another list"
        ),
        pytest.param((item("新"), *OLD), past(*OLD, read_on=None), id="never read by this path"),
        pytest.param((item("新"), *OLD), Past(), id="the first look of all"),
        pytest.param((item("新", pinned=True), *OLD), past(*OLD), id="pinned on top"),
    ],
)
def test_nothing_is_said_where_an_update_is_not_certain(
    items: tuple[Item, ...], known: Past
) -> None:
    look = listed(*items)
    assert told(look, known) == look


def test_a_list_with_dates_keeps_its_own() -> None:
    fresh = listed(item("新", date(2022, 6, 18)), item("旧", date(2022, 5, 1)))
    assert told(fresh, past(item("旧", date(2022, 5, 1)))) == fresh


def test_new_entries_under_old_dates_leave_it_to_a_person() -> None:
    old = tuple(item(name, date(2022, 4, n)) for n, name in enumerate("甲乙丙丁", 1))
    look = listed(item("补", date(2022, 4, 20)), *old)
    found = told(look, past(*old)).reading
    assert BACKDATED in found.signs
    assert found.newest == date(2022, 4, 20)


def test_an_entry_put_up_some_days_late_is_ordinary() -> None:
    old = tuple(item(name, date(2022, 6, 1)) for name in "甲乙丙丁")
    look = listed(item("新", BEFORE - timedelta(days=2)), *old)
    assert told(look, past(*old)) == look


def test_a_duty_without_a_limit_asks_for_no_history() -> None:
    look = listed(item("新"), *OLD)
    assert told(look, past(*OLD), limit=None) == look


def test_only_what_was_never_seen_is_new_and_once() -> None:
    assert new_items((item("新"), *OLD, item("新")), past(*OLD)) == (item("新"),)


def test_a_page_that_was_not_read_has_no_history() -> None:
    look = replace(listed(item("新"), *OLD), outcome=Outcome.CHALLENGE)
    assert told(look, past(*OLD)) == look


def printed(on: date, *known: Item, days_ago: int = 60) -> Past:
    """A list whose entries were first seen on a day, when they printed dates long past."""
    first = {key_of(one): (CHECK - timedelta(days=days_ago), on) for one in known}
    return Past({key_of(one): None for one in known}, BEFORE, first)


NEW_DATE = replace(OLD[0], date=CHECK - timedelta(days=2))
AS_BEFORE = tuple(replace(one, date=CHECK - timedelta(days=60)) for one in OLD[1:])


def test_a_known_entry_that_alone_makes_a_list_fresh_by_another_date_is_flagged() -> None:
    look = listed(NEW_DATE, *AS_BEFORE)
    found = told(look, printed(date(2022, 5, 6), *OLD))
    assert REDATED in found.reading.signs
    assert found.reading.newest == look.reading.newest  # it clears all the same


@pytest.mark.parametrize(
    ("items", "known"),
    [
        pytest.param(
            (NEW_DATE, item("新", CHECK), *AS_BEFORE),
            printed(date(2022, 5, 6), *OLD),
            id="and a new one",
        ),
        pytest.param((NEW_DATE, *AS_BEFORE), printed(CHECK, *OLD), id="first seen after that date"),
        pytest.param(
            (NEW_DATE, *AS_BEFORE), printed(date(2022, 6, 13), *OLD, days_ago=9), id="fresh before"
        ),
        pytest.param((NEW_DATE, *AS_BEFORE), past(*OLD), id="what it printed is not known"),
        pytest.param(AS_BEFORE, printed(date(2022, 5, 6), *OLD), id="nothing fresh"),
    ],
)
def test_an_entry_is_not_called_re_dated_where_it_is_not_certain_or_no_matter(
    items: tuple[Item, ...], known: Past
) -> None:
    assert REDATED not in told(listed(*items), known).reading.signs
