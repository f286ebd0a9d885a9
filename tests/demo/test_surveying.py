"""What the survey is to find is there once, on sites that nothing else is wrong with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from demo.data import check_days, survey_file
from demo.exchange import CHARSETS
from demo.founding import city_of
from demo.listing import list_view, published, row_of
from demo.pages.articles import article_page
from demo.pages.columns import column_page
from demo.plan import Column, Site
from demo.surveying import asked_on, holder, holds, plants, waiting_serial

DAY = check_days()[0]
SEEDS = (0, 7, 20220606)


def carrier(seed: int, plant: str) -> tuple[Site, Column]:
    (site,) = [one for one in city_of(seed).sites if one.planted == plant]
    column = holder(site)
    assert column is not None
    return site, column


def newest_page(seed: int, plant: str) -> str:
    site, column = carrier(seed, plant)
    city = city_of(seed).names
    row = row_of(city, site, column, published(column, DAY) - 1)
    return article_page(city, site, column, row, DAY)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_plant_stands_on_one_faultless_site(seed: int) -> None:
    sites = [site for site in city_of(seed).sites if site.planted]
    assert sorted(str(site.planted) for site in sites) == sorted(one.plant for one in plants())
    assert not any(column.fault for site in sites for column in site.columns)
    assert all(site.charset in CHARSETS for site in sites)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_letter_waits_too_long_and_one_not_yet(seed: int) -> None:
    ages = {}
    for plant in ("unanswered_letter", "young_letter"):
        site, column = carrier(seed, plant)
        serial = waiting_serial(site, column)
        assert serial is not None
        ages[plant] = DAY - asked_on(serial, column.days[serial])
    assert ages["unanswered_letter"] > timedelta(days=92) >= ages["young_letter"]


def test_a_letter_that_waits_says_so_in_its_list_and_on_its_page() -> None:
    site, column = carrier(0, "unanswered_letter")
    city, serial = city_of(0).names, waiting_serial(site, column)
    assert serial is not None
    row = row_of(city, site, column, serial)
    assert "办理状态：办理中" in article_page(city, site, column, row, DAY)
    pages = [column_page(list_view(city, site, column, DAY, page)) for page in (1, 2, 3)]
    assert sum(text.count("<td>办理中</td>") for text in pages) == 1


def test_guides_show_their_elements_but_for_those_of_one_site() -> None:
    short = newest_page(0, "short_guides")
    assert all(f"<p>{name}：" not in short for name in survey_file()["left_out"])
    site = next(
        one
        for one in city_of(0).sites
        if one.planted is None and any(c.concept.kind == "guide" for c in one.columns)
    )
    column = next(one for one in site.columns if one.concept.kind == "guide")
    row = row_of(city_of(0).names, site, column, 0)
    text = article_page(city_of(0).names, site, column, row, DAY)
    assert all(f"<p>{name}：" in text for name in survey_file()["elements"])


@pytest.mark.parametrize("plant", ["hidden_links", "hidden_news"])
def test_what_is_hidden_stands_on_the_pages_of_one_column(plant: str) -> None:
    key = "sellers" if plant == "hidden_links" else "news"
    assert survey_file()[key][0] in newest_page(0, plant)


def test_the_last_year_s_report_is_missing_on_one_site_alone() -> None:
    site, column = carrier(0, "no_site_report")
    city = city_of(0).names
    titles = [row_of(city, site, column, n).title for n in range(published(column, DAY))]
    assert not any("2021年" in title for title in titles)
    for other in city_of(0).sites:
        for one in other.columns:
            if one.concept.kind == "site_report" and other is not site:
                newest = row_of(city, other, one, published(one, DAY) - 1)
                assert "2021年" in newest.title


def test_a_plant_lies_in_its_own_column_alone() -> None:
    site, column = carrier(0, "hidden_links")
    assert [one.number for one in site.columns if holds(site, one)] == [column.number]


def test_letters_are_asked_before_they_are_published() -> None:
    assert asked_on(4, date(2022, 6, 6)) == date(2022, 5, 30)
