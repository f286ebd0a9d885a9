"""The yearly report: where it counts, and of what nobody may say that it is missing."""

from __future__ import annotations

from datetime import date

import pytest

from rules.facts import Truth
from spiders.survey.check_report import site_report
from tests.spiders.survey.faultless import (
    REPORTS,
    notices,
    report_pages,
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


def test_last_year_s_report_is_missing_where_those_of_other_years_stand() -> None:
    found = run(site_report, FakeAsker(report_pages(2020, 2019, 2018)), [REPORTS])["site_report"]
    assert found.truth is Truth.VIOLATION
    assert found.places[0].what == "没有 2021 年的政府网站工作年度报表"


@pytest.mark.parametrize(
    ("pages", "today"),
    [
        (report_pages(2021, 2020, 2019), date(2022, 6, 20)),
        (report_pages(2020, 2019, 2018), date(2022, 1, 31)),
        (
            notices() | {HOME: page('<a href="/x">2021年政府网站工作年度报表</a>')},
            date(2022, 2, 1),
        ),
        (
            notices(**{"r/": listing(("/1", "政府网站工作年度报表（2021年度）", "2022-01-20"))})
            | {HOME: page('<a href="/r/">网站工作年度报表</a>')},
            date(2022, 2, 1),
        ),
    ],
)
def test_a_report_counts_wherever_it_stands_and_before_the_deadline_nothing_is_owed(
    pages: dict[str, Page], today: date
) -> None:
    found = run(site_report, FakeAsker(pages, today=today), [REPORTS])["site_report"]
    assert found.truth is Truth.OK


@pytest.mark.parametrize(
    ("years", "more", "truth"),
    [
        ((2018, 2019, 2020), '<div><a href="/ndbb/2.html">下一页</a></div>', Truth.UNKNOWN),
        ((2018, 2019, 2020), '<a href="javascript:go(2)">下一页</a>', Truth.UNKNOWN),
        ((2018, 2019, 2020), "", Truth.VIOLATION),
        ((2020, 2019, 2018), '<div><a href="/ndbb/2.html">下一页</a></div>', Truth.VIOLATION),
    ],
)
def test_a_list_that_goes_on_says_nothing_unless_it_begins_with_the_latest(
    years: tuple[int, ...], more: str, truth: Truth
) -> None:
    rows = [(f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y + 1}-01-20") for y in years]
    pages = notices() | {f"{HOME}ndbb/": listing(*rows, more=more)}
    assert run(site_report, FakeAsker(pages), [REPORTS])["site_report"].truth is truth


def test_a_list_that_cuts_its_titles_says_nothing() -> None:
    pages = report_pages(2020, 2019, 2018)
    cut = listing(
        ("/r/1.html", "示例市人民政府门户网…", "2022-01-20"),
        *((f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y}-01-20") for y in (2019, 2018, 2017)),
    )
    found = run(site_report, FakeAsker(pages | {f"{HOME}ndbb/": cut}), [REPORTS])["site_report"]
    assert found.truth is Truth.UNKNOWN


def test_a_column_that_could_not_be_read_says_nothing_of_reports() -> None:
    for answer in (WALL, ERROR, None, page("<p>正在加载</p>")):
        pages = notices() | {f"{HOME}ndbb/": answer}
        found = run(site_report, FakeAsker(pages, seen={}), [REPORTS])["site_report"]
        assert found.truth is Truth.UNKNOWN
