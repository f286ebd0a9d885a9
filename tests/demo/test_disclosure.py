"""The disclosure platforms of the pretend city: true to what is planted, innocent elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import yaml

from demo.answering import answer
from demo.data import default_seed
from demo.disclosure import Platform, platforms_of
from demo.disclosure_truth import expected_rows, targets_of
from demo.exchange import CHARSETS, Answer, Request
from demo.founding import city_of
from demo.plan import Site
from demo.register import register_text

SEEDS = (default_seed(), 7)
DAY = date(2022, 6, 27)


def site_of(seed: int, one: Platform) -> Site:
    return next(site for site in city_of(seed).sites if site.name == one.site)


def get(seed: int, url: str, visit: int = 9, **more: Any) -> Answer:
    parts = urlsplit(url)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    return answer(city_of(seed), DAY, Request("GET", parts.netloc, address, visit, **more))


def text(seed: int, url: str) -> str:
    reply = get(seed, url)
    site = city_of(seed).by_host[urlsplit(url).netloc]
    return reply.body.decode(CHARSETS[site.charset][0])


def whole(seed: int) -> list[Platform]:
    return [one for one in platforms_of(seed) if one.built and not one.walled]


def test_the_default_city_has_the_published_rows_without_their_slips() -> None:
    rows = expected_rows(default_seed())
    assert len(rows) == 42
    assert [row.format for row in rows].count("已建设不符合") == 26
    assert sum("缺少政策栏目" in row.remark for row in rows) == 26
    assert [row.unit for row in rows if row.home_entry == 0] == [
        "市卫生健康委员会",
        "市财政局",
        "祥符区人民政府办公室",
        "顺河回族区人民政府办公室",
        "兰考县人民政府办公室",
    ]
    assert [row.unit for row in rows if row.search == 0] == ["龙亭区人民政府办公室"]
    assert rows[0].unit == "市医疗保障局"


def test_another_city_has_other_faults_in_another_order() -> None:
    here, there = expected_rows(SEEDS[0]), expected_rows(SEEDS[1])
    assert len(there) == 42
    assert [row.unit for row in here] != [row.unit for row in there]
    assert {row.remark for row in there} > {row.remark for row in here} - {""}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_platform_shows_the_sections_it_has_and_no_other(seed: int) -> None:
    labels = {"policy": "政策", "guide": "政府信息公开指南", "rules": "政府信息公开制度"}
    for one in whole(seed):
        page = text(seed, one.url)
        for key, label in labels.items():
            shown = f">{label}<" in page or f'alt="{label}"' in page
            assert shown == (key not in one.lacks), (one.unit, label)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_home_page_without_an_entry_names_no_platform_at_all(seed: int) -> None:
    for one in platforms_of(seed):
        page = text(seed, f"http://{site_of(seed, one).host}/")
        assert ((one.url in page) or one.way == "drawn") == one.entry, one.unit
        assert one.entry or "政府信息公开" not in page


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_knows_the_platforms_own_documents_or_none(seed: int) -> None:
    for one in whole(seed):
        encoding = CHARSETS[city_of(seed).by_host[one.host].charset][0]
        words = quote("政府信息公开保密审查制度", encoding=encoding)
        page = text(seed, f"http://{one.host}{one.base}search/?q={words}")
        assert ("没有找到" in page) == (not one.search or "rules" in one.lacks), one.unit


@pytest.mark.parametrize("seed", SEEDS)
def test_look_alikes_are_odd_once_and_only_on_platforms_of_their_sort(seed: int) -> None:
    odd = {one.oddity: one for one in platforms_of(seed) if one.oddity}
    assert get(seed, odd["waf_once"].url, visit=1).status == 412
    assert get(seed, odd["error_once"].url, visit=1).status == 500
    assert get(seed, odd["slow"].url).delay > 1
    assert {get(seed, one.url, visit=2).status for one in whole(seed)} == {200}
    assert odd["waf_once"].is_whole
    assert odd["search_error_once"].is_whole
    assert odd["synonym"].lacks == ("policy",)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_register_lists_the_platforms_in_the_printed_order(seed: int) -> None:
    found = yaml.load(register_text(city_of(seed)), yaml.CSafeLoader)["disclosure"]
    assert [one["unit"] for one in found] == [row.unit for row in expected_rows(seed)]
    assert len(set(targets_of(seed))) == len(found)
    assert 0 < sum("url" not in one for one in found) < 10
