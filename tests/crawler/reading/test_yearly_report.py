# ruff: noqa: E501 - markup reads better unbroken
"""The yearly report of a site: by any of its titles, and never another yearly report."""

from __future__ import annotations

import time

import pytest

from crawler.reading.yearly_report import is_report, names_year, report_links, year_in
from tests.crawler.reading.pages import URL, page


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("市财政局2021年政府网站工作年度报表", 2021),
        ("政府网站年度工作报表（2021年度）", 2021),
        ("示例市人民政府网站工作年度报表(2021)", 2021),
        ("2021年度网站年报", 2021),
        ("二〇二一年政府网站工作年度报表", 2021),
        ("2022年1月发布 2021年度政府网站工作年度报表", 2021),
        ("政 府 网 站 工作年度报表 ２０２１", 2021),
        ("政府网站工作年度报表", None),
    ],
)
def test_titles_of_the_report_are_known_with_their_year(title: str, year: int | None) -> None:
    assert is_report(title)
    assert year_in(title) == year


@pytest.mark.parametrize(
    "title",
    ["2021年政府信息公开工作年度报告", "2021年度部门决算", "法治政府建设年度报告", "网站地图"],
)
def test_other_yearly_reports_are_none(title: str) -> None:
    assert not is_report(title)


def test_a_year_is_named_only_by_its_own_report() -> None:
    titles = ("2021年政府信息公开工作年度报告", "2020年政府网站工作年度报表")
    assert not names_year(titles, 2021)
    assert names_year(titles, 2020)


def test_links_are_found_by_words_title_and_picture() -> None:
    main = (
        '<a href="/1.html">网站工作年度报表</a><a href="/2.html" title="2021年政府网站工作年度报表">'
        '年度报…</a><a href="/3/"><img src="/n.png" alt="政府网站工作年度报表"></a><a href="/4">年报</a>'
    )
    links = report_links(page(main), url=URL)
    assert links is not None
    assert [(one.url.removeprefix("http://www.example.test"), one.year) for one in links] == [
        ("/1.html", None),
        ("/2.html", 2021),
        ("/3/", None),
    ]


def test_pages_that_cannot_be_read_name_nothing_and_deny_nothing() -> None:
    assert report_links(b"", url=URL) is None
    start = time.process_time()
    assert report_links(b"<div>" * 9_000, url=URL) is None
    report_links(b"<a>1" * 15_000, url=URL)
    assert time.process_time() - start < 3
