"""The maker itself: a wrong truth would make the reader look wrong, or right."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest

from benchmarks.reading import corpus, mutate
from benchmarks.reading.making.entries import count_to, entries, rewrite, shift, shift_text
from benchmarks.reading.making.forms import FORMS, han, relative, unix
from benchmarks.reading.making.locating import templates
from benchmarks.reading.making.portals import STYLES, portals
from benchmarks.reading.making.template import Template

DAY = date(2022, 6, 2)


@pytest.fixture(name="portal")
def _portal() -> Template:
    return portals(7, 1)[0]


def test_one_seed_makes_the_same_pages_in_the_same_order() -> None:
    first = [(page.mutation, page.body) for page in mutate.pretend(3, 60)]
    assert first == [(page.mutation, page.body) for page in mutate.pretend(3, 60)]
    assert first != [(page.mutation, page.body) for page in mutate.pretend(4, 60)]


def test_every_mutation_can_be_made_of_some_page() -> None:
    kinds = {page.mutation for page in mutate.pretend(1, styles=len(STYLES))}
    assert kinds == set(mutate.MUTATIONS)


def test_no_page_is_read_more_than_a_day_before_its_newest_date() -> None:
    tomorrow = timedelta(days=1)
    pages = mutate.pretend(5, 2000)
    assert all(page.newest is None or page.newest <= page.today + tomorrow for page in pages)


@pytest.mark.parametrize(
    ("written", "fresh"),
    [
        ("2020-01-03", "2022-06-02"),
        ("[10-1-9]", "[22-6-2]"),
        ("2021年12月24日", "2022年06月02日"),
        ("(2014/10/15 10:54:11)", "(2022/06/02 10:54:11)"),
    ],
)
def test_a_date_is_rewritten_in_its_own_form(written: str, fresh: str) -> None:
    assert rewrite(written, DAY) == fresh


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("compact", "20220602"),
        ("short-year-dot", "22.06.02"),
        ("han-brackets", "（2022年06月02日）"),
        ("han-numerals", "二〇二二年六月二日"),
        ("full-width", "２０２２－０６－０２"),
        ("stacked-dash", "<b>02</b><i>2022-06</i>"),
        ("month-day-han", "6月2日"),
    ],
)
def test_forms_write_what_their_name_says(form: str, written: str) -> None:
    assert {row.name: row for row in FORMS}[form].write(DAY, 0) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 12, 31), "二〇二二年十二月三十一日"),
        (date(2020, 10, 10), "二〇二〇年十月十日"),
    ],
)
def test_han_numerals_count_tens(day: date, written: str) -> None:
    assert han(day) == written


def test_relative_words_stop_where_nobody_counts_days() -> None:
    assert relative(DAY - timedelta(days=1), DAY, 0) == "昨天"
    assert relative(DAY - timedelta(days=5), DAY, 0) == "5天前"
    assert relative(DAY - timedelta(days=99), DAY, 0) == "2022-02-23"


def test_unix_seconds_fall_on_the_day_in_shanghai_and_in_utc() -> None:
    assert unix(DAY, 3) == 1654131787


def test_a_shifted_page_moves_every_date_and_its_today(portal: Template) -> None:
    moved = shift(portal, 40)
    assert moved.newest - portal.newest == timedelta(days=40)
    assert moved.today - portal.today == timedelta(days=40)
    assert shift_text("<a href='./202206/t20220602_1.html'>x</a> 2022.6.2", 1) == (
        "<a href='./202206/t20220603_1.html'>x</a> 2022.6.3"
    )


@pytest.mark.parametrize("number", [1, 2, 5, 100])
def test_a_counted_page_keeps_its_newest_item(portal: Template, number: int) -> None:
    counted = count_to(portal, number, Random(1))
    assert len(counted.cells) == number
    assert counted.newest == portal.newest
    assert len({cell.html() for cell in counted.cells}) == number


def test_entries_have_titles_and_addresses(portal: Template) -> None:
    assert all(entry.title and entry.href for entry in entries(portal))


@pytest.mark.corpus
def test_most_saved_lists_come_apart_and_together_again() -> None:
    place = corpus.folder()
    if place is None:
        pytest.skip("corpus missing: set XUNJIAN_CORPUS")
    pages = {page.id: page for page in corpus.load(place)}
    parts = templates(tuple(pages.values()))
    assert len(parts) >= 50
    assert all(part.newest == pages[part.id].truth for part in parts)
    assert all(len(part.cells) == pages[part.id].item_count for part in parts)


def test_sampling_spreads_over_kinds() -> None:
    assert len({page.mutation for page in islice(mutate.pretend(2), 300)}) > 100
