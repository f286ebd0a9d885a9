"""What the pages show: every style, every skin, on several days, true to the plan."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import pytest

import demo
from demo.answering import answer
from demo.data import city_file, default_seed
from demo.exchange import CHARSETS, Answer, Request
from demo.founding import city_of
from demo.listing import ListView, list_view, newest_day
from demo.pages import dates
from demo.pages.calls import MANNERS
from demo.pages.columns import STYLES, column_page, style_of
from demo.pages.footers import SHAPES
from demo.plan import City, Column, Site
from demo.register import column_address
from demo.truth import expected

DAYS = (date(2022, 5, 3), date(2022, 6, 6), date(2022, 6, 27), date(2022, 7, 31))
CITY = city_of(default_seed())
# How each style writes a day, for those that write days as text in the page.
WRITTEN: dict[str, Callable[[date], str]] = {
    "slashes_time": "{:%Y/%m/%d}".format,
    "br_lines": "({:%Y/%m/%d})".format,
    "nested_tables": "[{:%Y/%m/%d}]".format,
    "two_digit_year": "{:%y-%m-%d}".format,
    "dotted": "{:%Y.%m.%d}".format,
    "cards": "{:%Y.%m.%d}".format,
    "year_month_day": dates.padded_chinese_date,
    "stacked_day": "<b>{0:%d}</b><span>{0:%Y-%m}</span>".format,
    "time_element": dates.chinese_date,
    "full_width": dates.full_width,
    "chinese_digits": dates.chinese_digits,
    "yearless": "[{:%m-%d}]".format,
    "month_headings": "<b>{:%d}日</b>".format,
}
DRAWN_ELSEWHERE = {"xhr_get", "xhr_post", "xhr_bundle", "activex", "xmldso", "tdc", *MANNERS}
UNDATED = {"no_dates", "undated_files", "json_millis"}
PRINT_OTHER_DAYS = {"written_dates", "late_entries"}  # than that of publication


def some_column() -> tuple[Site, Column]:
    site = next(site for site in CITY.sites if site.family == "trs")
    return site, next(c for c in site.columns if c.concept.key == "notice" and not c.fault)


def view_in(style: str, day: date) -> ListView:
    site, column = some_column()
    twist = style if style not in city_file()["styles"] else None
    return list_view(CITY.names, site, replace(column, style=style, twist=twist), day, 1)


def get(city: City, day: date, host: str, address: str, visit: int = 1) -> Answer:
    return answer(city, day, Request("GET", host, address, visit))


def text_of(site: Site, reply: Answer) -> str:
    return reply.body.decode(CHARSETS[site.charset][0])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("style", sorted(set(STYLES) - DRAWN_ELSEWHERE - PRINT_OTHER_DAYS))
def test_a_list_shows_every_title_and_day_of_its_rows(style: str, day: date) -> None:
    view = view_in(style, day)
    markup = unescape(STYLES[style](view))
    write = partial(dates.relative, today=day) if style == "relative" else WRITTEN.get(style, str)
    assert len(view.rows) >= 10
    for row in view.rows:
        assert row.title in markup
        assert row.href in markup
        assert row.day == row.typed <= day
        if style not in UNDATED:
            assert write(row.typed) in markup


@pytest.mark.parametrize("style", sorted(DRAWN_ELSEWHERE))
def test_a_list_drawn_from_elsewhere_holds_no_row_of_its_own(style: str) -> None:
    view = view_in(style, DAYS[1])
    markup = STYLES[style](view)
    assert not [row for row in view.rows if row.title in markup]
    assert "<script" in markup


@pytest.mark.parametrize("seed", [default_seed(), 4])
def test_at_least_twelve_styles_and_every_skin_family_and_charset_are_in_use(seed: int) -> None:
    sites = city_of(seed).sites
    assert len({column.style for site in sites for column in site.columns}) >= 12
    for what in ("skins", "families", "charsets"):
        used = {
            getattr(site, what.removesuffix("s").replace("familie", "family")) for site in sites
        }
        assert used == set(city_file()[what])


@pytest.mark.parametrize("day", DAYS)
def test_the_newest_row_of_every_plain_column_is_the_newest_of_the_plan(day: date) -> None:
    for site in CITY.sites:
        for column in site.columns:
            view = list_view(CITY.names, site, column, day, 1)
            if column.concept.rhythm == "single" or column.twist == "ascending_paged":
                continue
            if column.twist in PRINT_OTHER_DAYS:
                continue
            printed = max(row.typed for row in view.rows if row.typed <= day)
            assert printed == newest_day(column, day), column.identity
            assert all(row.day <= day for row in view.rows)


def test_every_page_says_whose_it_is_and_carries_the_marks_of_the_footer() -> None:
    for site in (site for site in CITY.sites if site.planted not in SHAPES):
        text = text_of(site, get(CITY, DAYS[1], site.host, "/"))
        assert f'<meta name="SiteIDCode" content="{site.code}">' in text
        for mark in ("网站标识码", "dcs.conac.cn", "ICP备", "公网安备", "主办单位", "_span_jiucuo"):
            assert mark in text
        assert f"site_code={site.code}" in text


def test_every_link_of_a_list_leads_to_an_article_dated_as_the_plan_says() -> None:
    for site in (site for site in CITY.sites if site.planted != "no_tags"):
        column = next(c for c in site.columns if c.concept.key == "notice")
        for row in list_view(CITY.names, site, column, DAYS[1], 1).rows[:3]:
            reply = get(CITY, DAYS[1], site.host, row.href)
            assert reply.status == 200
            assert f'name="PubDate" content="{row.day}' in text_of(site, reply)


def test_an_article_of_tomorrow_is_not_there_today() -> None:
    site, column = some_column()
    row = list_view(CITY.names, site, column, DAYS[2], 1).rows[0]
    assert get(CITY, row.day, site.host, row.href).status == 200
    assert get(CITY, DAYS[0], site.host, row.href).status == 404


@pytest.mark.parametrize("family", sorted(city_file()["families"]))
def test_further_pages_hold_older_items_and_the_page_after_the_last_is_not_there(
    family: str,
) -> None:
    site = next(site for site in CITY.sites if site.family == family)
    column = next(c for c in site.columns if c.concept.kind == "messages" and not c.fault)
    column = replace(column, twist=None)
    others = tuple(other for other in site.columns if other.number != column.number)
    site = replace(site, columns=(column, *others))
    first = list_view(CITY.names, site, column, DAYS[1], 1)
    city = replace(CITY, sites=(site,), by_host={site.host: site})
    second = get(city, DAYS[1], site.host, first.address(2))
    assert second.status == 200
    older = list_view(CITY.names, site, column, DAYS[1], 2).rows
    assert older[0].day <= first.rows[-1].day
    assert older[0].title in unescape(text_of(site, second))
    beyond = site.system.further(column.key, 9_999)
    assert get(city, DAYS[1], site.host, beyond).status == 404


def test_a_stale_page_shows_nothing_newer_in_its_list_even_with_a_mistyped_year() -> None:
    fault = next(f for f in expected(default_seed()).faults if f.column == "政策文件")
    site = next(site for site in CITY.sites if site.name == fault.site)
    column = next(c for c in site.columns if c.name == fault.column)
    day = date(2022, 6, 27)
    view = list_view(CITY.names, site, column, day, 1)
    future = [row for row in view.rows if row.typed > day]
    assert len(future) == 1
    assert future[0].day < date(2022, 1, 1)
    assert fault.newest == max(row.typed for row in view.rows if row.typed <= day)


def test_the_masthead_clock_of_a_stale_page_shows_today() -> None:
    site = next(site for site in CITY.sites if site.skin == "tables")
    column = next(c for c in site.columns if c.concept.key == "notice")
    page = column_page(list_view(CITY.names, site, column, DAYS[2], 1))
    assert "今天是：2022年6月27日 星期一" in page


def test_the_dead_column_worked_before_it_died_and_its_neighbours_still_do() -> None:
    fault = next(f for f in expected(default_seed()).faults if f.problem == "栏目打不开")
    site = next(site for site in CITY.sites if site.name == fault.site)
    column = next(c for c in site.columns if c.name == fault.column)
    statuses = [
        get(CITY, day, site.host, column_address(site, column)).status
        for day in (date(2022, 6, 6), *fault.rounds)
    ]
    assert statuses[0] == 200
    assert set(statuses[1:]) == {404}


@pytest.mark.parametrize("how", ["activex", "xmldso", "tdc"])
def test_an_incompatible_column_is_fresh_in_the_data_that_no_modern_engine_loads(how: str) -> None:
    site, column = next(
        (site, column)
        for site in CITY.sites
        for column in site.columns
        if column.fault and column.fault.how == how
    )
    view = list_view(CITY.names, site, column, DAYS[1], 1)
    assert style_of(view) == how
    page = text_of(site, get(CITY, DAYS[1], site.host, column_address(site, column)))
    address = re.findall(r"/data/c\d+\.(?:xml|txt)", page)[0]
    data = get(CITY, DAYS[1], site.host, address).body.decode()
    assert view.rows[0].title in data
    assert str(newest_day(column, DAYS[1])) in data


def test_the_city_imports_no_other_room_of_the_project() -> None:
    rooms = {"rules", "crawler", "spiders", "storage", "reports", "web", "cli", "scheduler"}
    for path in Path(demo.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert rooms.isdisjoint(name.split(".")[0] for name in names), path
