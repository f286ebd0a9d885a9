"""Single pages of disclosure platforms, written by hand: what they prove, clear, and leave open."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from crawler.look import Answer, Look, look_at
from rules.disclosure import Built, Row
from rules.disclosure_labels import Section
from rules.disclosure_proving import (
    BROWSE,
    ENTRY,
    FRESH,
    LABEL,
    PLATFORM,
    SEARCH,
    Claim,
    conclude,
    row_of,
)
from rules.facts import Client, Truth
from rules.kinds import ColumnKind
from rules.profiles import KindRow, Profile
from rules.register import DisclosurePlatform, Register, Site
from spiders.survey import disclosure
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand
from tests.rules.sights import NATIONAL

HOST = "http://sfj.example.test"
HOME, FRONT = f"{HOST}/", f"{HOST}/zfxxgk/"
DAY = date(2022, 6, 27)
OK, NO, UNKNOWN = Truth.OK, Truth.VIOLATION, Truth.UNKNOWN
MENU = "".join(f'<li><a href="/c{n}/">栏目名称之{n}</a></li>' for n in range(8))
TITLE = "关于印发2022年法治政府建设工作要点的通知"
TEXT = (
    "<p>为贯彻落实有关工作部署，结合实际制定本文件，请各单位认真组织实施，抓好落实。" * 4 + "</p>"
)
LABELS = {
    "政策": "/zc/",
    "政府信息公开指南": "/zn/",
    "政府信息公开制度": "/zd/",
    "法定主动公开内容": "/fd/",
    "政府信息公开年报": "/nb/",
}
FORM = '<form action="/search/"><input name="q"><input type="submit" value="检索"></form>'


def home(entry: str = '<a href="/zfxxgk/">政府信息公开</a>') -> str:
    return f"<h1>市司法局</h1><ul>{MENU}</ul><div>{entry}</div>"


def front(labels: Mapping[str, str] = LABELS, more: str = FORM) -> str:
    rows = "".join(f'<li><a href="{to}">{name}</a></li>' for name, to in labels.items())
    return f"<h1>政府信息公开</h1>{more}<ul>{rows}</ul><ul>{MENU}</ul>"


def listed(days: list[date], title: str = TITLE, more: str = "") -> str:
    rows = "".join(
        f'<li><a href="/a/{n}.html">{title}{n}</a><span>{day}</span></li>'
        for n, day in enumerate(days)
    )
    return f"<h2>列表</h2><ul class=list>{rows}</ul>{more}"


DAYS = [date(2022, 6, 17), date(2022, 6, 2), date(2022, 5, 20), date(2022, 5, 6), date(2022, 4, 9)]
REPORTS = "".join(
    f'<li><a href="/n/{year}.html">市司法局{year}年政府信息公开工作年度报告</a>'
    f"<span>{year + 1}-01-20</span></li>"
    for year in (2021, 2020, 2019, 2018)
)
WHOLE = {
    "/": home(),
    "/zfxxgk/": front(),
    "/zc/": listed(DAYS),
    "/zn/": f"<h1>政府信息公开指南</h1>{TEXT}",
    "/zd/": listed(DAYS, "政府信息公开保密审查制度"),
    "/fd/": listed(DAYS),
    "/nb/": f"<ul class=list>{REPORTS}</ul>",
    **{f"/a/{n}.html": f"<h1>{TITLE}{n}</h1><p>发布时间：{DAYS[n]}</p>{TEXT}" for n in range(5)},
    "/search/": f"<h3>检索结果</h3><ul>{listed(DAYS)}</ul>",
}


class Pages:
    """Answers by path; what it does not know is not there. The browser sees `seen` instead."""

    has_browser = True

    def __init__(self, pages: Mapping[str, str], seen: Mapping[str, str] | None = None) -> None:
        self._pages = pages
        self._seen = seen or {}

    async def get(self, url: str) -> Look:
        return self._look(url, self._pages)

    async def see(self, url: str) -> Look:
        look = self._look(url, {**self._pages, **self._seen})
        return replace(look, client=Client.BROWSER)

    def _look(self, url: str, pages: Mapping[str, str]) -> Look:
        path = url.removeprefix(HOST).partition("?")[0]
        at = datetime(2022, 6, 27, 2, tzinfo=UTC)
        page = pages.get(path)
        body = f"<html><body>{page or '404 Not Found'}</body></html>".encode()
        status = 404 if page is None else 200
        kinds = {"content-type": "text/html; charset=utf-8"}
        return look_at(Answer(at, 5, url, url, (), status, kinds, body), today=DAY, hint=None)


def with_limit(days: int) -> Profile:
    """The national profile with a limit for 法定主动公开内容."""
    kinds = dict(NATIONAL.kinds)
    row: KindRow = kinds[ColumnKind.STATUTORY]
    return replace(NATIONAL, kinds=kinds | {ColumnKind.STATUTORY: replace(row, limit=days)})


def surveyed(
    changes: Mapping[str, str | None] | None = None,
    *,
    seen: Mapping[str, str] | None = None,
    url: str | None = FRONT,
    profile: Profile = NATIONAL,
) -> tuple[Row, dict[str, Claim]]:
    """Both passes over the whole platform with some of its pages changed (None: not there)."""
    pages = {path: page for path, page in (WHOLE | (dict(changes or {}))).items() if page}
    site = Site("市司法局", "市司法局", HOME)
    register = Register(
        sites=(site,), disclosure=(DisclosurePlatform("市司法局", "市司法局", url),)
    )
    ask = cast(Asker, Pages(pages, seen))

    def errand(minute: int) -> Errand:
        at = datetime(2022, 6, 27, 2, minute, tzinfo=UTC)
        target = "platform:市司法局"
        return Errand("disclosure", target, "2022-06", 0, DAY, at, register, profile, site)

    passes = asyncio.run(disclosure.survey(errand(0), ask, None))
    if disclosure.needs_again(passes):
        passes = asyncio.run(disclosure.survey(errand(30), ask, passes))
    found = conclude(passes, profile.independent_after)
    return row_of("市司法局", found, profile.disclosure_labels), found


def without(label: str) -> str:
    return front({name: to for name, to in LABELS.items() if name != label})


def test_a_whole_platform_is_all_ones() -> None:
    row, found = surveyed()
    assert {claim.truth for claim in found.values()} == {OK}
    assert (row.built, row.remark) == (Built.CONFORMING, "")


@pytest.mark.parametrize("label", ["政策", "政府信息公开制度"])
def test_a_label_that_is_nowhere_is_missing(label: str) -> None:
    row, _ = surveyed({"/zfxxgk/": without(label)})
    assert (row.built, len(row.missing)) == (Built.NONCONFORMING, 1)


def test_a_label_that_a_script_writes_is_not_missing() -> None:
    row, _ = surveyed({"/zfxxgk/": without("政策")}, seen={"/zfxxgk/": front()})
    assert row.built is Built.CONFORMING


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("政策", "政策文件"),
        ("政府信息公开年报", "公开年报"),
        ("政府信息公开年报", "政府信息公开工作年度报告"),
        ("政府信息公开制度", "信息公开制度"),
        ("政府信息公开指南", "公开指南"),
        ("法定主动公开内容", "主动公开基本目录"),
    ],
)
def test_words_that_may_mean_the_same_are_left_to_a_person(label: str, other: str) -> None:
    labels = {other if name == label else name: to for name, to in LABELS.items()}
    row, _ = surveyed({"/zfxxgk/": front(labels)})
    assert (row.built, row.missing, row.accuses) == (None, (), False)


def test_an_interpretation_of_policies_is_no_policy() -> None:
    labels = {"政策解读" if name == "政策" else name: to for name, to in LABELS.items()}
    row, _ = surveyed({"/zfxxgk/": front(labels)})
    assert row.missing == ("政策",)


def test_a_section_with_nothing_in_it_is_empty_and_said_so() -> None:
    row, _ = surveyed({"/zd/": '<h2>制度</h2><ul class="list"></ul><p>暂无信息</p>'})
    assert (row.built, row.empty, row.remark) == (
        Built.NONCONFORMING,
        ("公开制度",),
        "公开制度栏目无内容",
    )


def test_a_section_that_cannot_be_read_is_not_empty() -> None:
    row, found = surveyed({"/zd/": "<script>draw()</script>"})
    assert found[f"{LABEL}{Section.RULES}"].truth is UNKNOWN
    assert (row.built, row.accuses) == (None, False)


@pytest.mark.parametrize(
    ("entry", "truth"),
    [
        ('<a href="/xxgk/">政务公开</a>', NO),
        ('<a href="/zfxxgk/">信息公开</a>', UNKNOWN),
        ('<a href="/zfxxgk/">公开平台</a>', UNKNOWN),
        ("<h3>政府信息公开</h3>", UNKNOWN),
        ('<a href="javascript:void(0)">政府信息公开</a>', UNKNOWN),
        ('<a href="/zfxxgk/index.html#top">政府信息公开平台</a>', OK),
        ('<a href="/nb/">政府信息公开年报</a>', NO),
    ],
)
def test_an_entry_is_its_name_and_one_step(entry: str, truth: Truth) -> None:
    _, found = surveyed({"/": home(entry)})
    assert found[ENTRY].truth is truth


def test_an_entry_by_way_of_another_page_is_left_to_a_person() -> None:
    way = '<a href="/between/">政府信息公开</a>'
    between = f'<ul>{MENU}</ul><a href="/zfxxgk/">进入平台</a>'
    _, found = surveyed({"/": home(way), "/between/": between})
    assert found[ENTRY].truth is UNKNOWN


def test_of_two_platforms_the_one_the_home_page_leads_to_is_judged() -> None:
    way = '<a href="/new/">政府信息公开</a>'
    row, found = surveyed({"/": home(way), "/new/": front(), "/zfxxgk/": None})
    assert (found[PLATFORM].url, row.built) == (f"{HOST}/new/", Built.CONFORMING)
    assert found[ENTRY].truth is OK


def test_an_old_address_in_the_register_accuses_nobody() -> None:
    way = '<a href="javascript:go(3)">政府信息公开</a>'
    row, found = surveyed({"/": home(way), "/zfxxgk/": None})
    assert (found[PLATFORM].truth, row.accuses) == (UNKNOWN, False)


def test_a_platform_that_is_nowhere_is_not_built() -> None:
    row, _ = surveyed({"/": home('<a href="/xxgk/">政务公开</a>'), "/zfxxgk/": None})
    assert (row.built, row.remark) == (Built.ABSENT, "未建设政府信息公开平台")


@pytest.mark.parametrize(
    ("more", "results", "truth"),
    [
        (FORM, "<h3>检索结果</h3><p>没有找到相关内容</p>", NO),
        (FORM, "<p>欢迎</p>", UNKNOWN),
        (FORM.replace("<form", '<form method="post"'), "", UNKNOWN),
        ('<input id="kw" placeholder="检索"><a onclick="so()">搜</a>', "", UNKNOWN),
        ("", "", NO),
        ('<a href="/so.html">信息检索</a>', None, OK),
    ],
)
def test_a_search_must_answer_before_it_is_said_to_find_nothing(
    more: str, results: str | None, truth: Truth
) -> None:
    changes: dict[str, str | None] = {
        "/zfxxgk/": front(more=more),
        "/so.html": f"<p>检索</p>{FORM}",
    }
    if results is not None:
        changes["/search/"] = results
    _, found = surveyed(changes)
    assert found[SEARCH].truth is truth


def test_items_that_are_not_there_cannot_be_read() -> None:
    row, found = surveyed({"/a/1.html": None})
    assert (found[BROWSE].truth, row.remark) == (NO, "信息内容无法查阅")


@pytest.mark.parametrize(("limit", "truth"), [(9, NO), (10, OK), (366, OK)])
def test_statutory_contents_have_the_profiles_limit(limit: int, truth: Truth) -> None:
    _, found = surveyed(profile=with_limit(limit))
    assert found[f"{FRESH}{Section.STATUTORY}"].truth is truth


@pytest.mark.parametrize(
    ("reports", "truth"),
    [
        (REPORTS, OK),
        (REPORTS.replace("2021年", "二〇二一年"), OK),
        (REPORTS.replace("2021年", "2017年"), NO),
        (REPORTS.replace("2021年", "2017年") + '<a href="/nb/2.html">下一页</a>', UNKNOWN),
        ("<li><a href='/n/1'>一篇别的文章</a></li>", UNKNOWN),
    ],
)
def test_last_years_report_is_missing_only_from_a_whole_list_of_reports(
    reports: str, truth: Truth
) -> None:
    _, found = surveyed({"/nb/": f"<ul class=list>{reports}</ul>"})
    assert found[f"{FRESH}{Section.ANNUAL_REPORT}"].truth is truth


def test_a_platform_within_a_frame_is_read_there() -> None:
    row, _ = surveyed({"/zfxxgk/": f'<iframe src="/in.html"></iframe>{FORM}', "/in.html": front()})
    assert row.missing == ()
    assert not row.accuses


def test_a_platform_without_an_address_is_found_from_the_home_page() -> None:
    row, found = surveyed(url=None)
    assert (found[PLATFORM].url, row.built) == (FRONT, Built.CONFORMING)
