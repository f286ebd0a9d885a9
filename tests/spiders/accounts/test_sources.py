"""The table of sources: every platform is there, and what may prove absence is what may."""

from __future__ import annotations

import importlib

import pytest

from rules.account_source_names import SOURCE_FORMS, TIME_FORMS
from rules.platforms import Platform
from spiders.accounts.answers import Part
from spiders.accounts.asking import ASKS, HEARD, HOSTS, RSSHUB_ROUTES
from spiders.accounts.readers import PARSERS
from spiders.accounts.source import Proof
from spiders.accounts.sources import SOURCES, sources_of
from spiders.accounts.times import FORMS

PLATFORMS = [platform for platform in Platform if platform is not Platform.OTHER]
BY_HAND = {"import"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_has_its_module_that_says_what_it_can_prove(platform: Platform) -> None:
    module = importlib.import_module(f"spiders.accounts.{platform.value}")
    told = module.__doc__ or ""
    assert "Can prove" in told
    assert "clear" in told or "unknown" in told


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_has_a_source_of_its_own_links_and_import(platform: Platform) -> None:
    names = {source.name for source in sources_of(platform)}
    assert {"article_links", "import"} < names
    assert any(name.startswith(platform.value) for name in names)


def test_the_other_platform_has_none() -> None:
    assert sources_of(Platform.OTHER) == ()


def test_the_register_knows_every_source_for_the_same_platforms() -> None:
    assert {name: form.platforms for name, form in SOURCE_FORMS.items()} == {
        name: source.platforms for name, source in SOURCES.items()
    }


def test_the_register_knows_every_form_of_times() -> None:
    assert tuple(form.name for form in FORMS) == TIME_FORMS


def test_every_source_has_its_parsers_and_none_is_left_over() -> None:
    assert set(PARSERS) == set(SOURCES) - BY_HAND
    for name, parsers in PARSERS.items():
        assert set(SOURCES[name].streams) <= set(parsers)


def test_every_address_has_its_source_its_parser_and_its_host() -> None:
    for table in (ASKS, HEARD):
        assert set(table) <= set(SOURCES)
        for name, parts in table.items():
            assert set(parts) <= set(PARSERS[name])
    for parts in ASKS.values():
        for address in parts.values():
            assert all(line[1 : line.index("}")] in HOSTS for line in address.split("\n"))


def test_pages_are_opened_only_where_something_is_heard_and_read() -> None:
    opened = {name for name, parts in ASKS.items() if Part.PAGE in parts}
    assert opened == set(HEARD)
    assert all(Part.PAGE in PARSERS[name] for name in opened)


def test_a_bridge_has_routes_only_for_its_platforms() -> None:
    assert set(RSSHUB_ROUTES) <= set(SOURCES["rsshub"].platforms)


# What a negative may rest on, and only that (reference, section 2); 人民号: nothing but a person.
MAY_PROVE = {
    Platform.WECHAT: {"wechat_records", "wechat_daily"},
    Platform.WEIBO: {"weibo_api", "weibo_commercial", "weibo_search", "weibo_timeline"},
    Platform.DOUYIN: {"douyin_open", "douyin_page"},
    Platform.TOUTIAO: {"toutiao_page"},
    Platform.KUAISHOU: {"kuaishou_open", "kuaishou_page"},
    Platform.BILIBILI: {"bilibili_page"},
    Platform.XIAOHONGSHU: {"xiaohongshu_page"},
    Platform.CHANNELS: {"channels_assistant"},
    Platform.PENGPAI: {"pengpai_gov", "pengpai_user"},
    Platform.RENMIN: set(),
    Platform.APP: {"app_list"},
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_only_these_sources_may_prove_absence(platform: Platform) -> None:
    proving = {one.name for one in sources_of(platform) if one.proof is not Proof.PRESENCE}
    assert proving == MAY_PROVE[platform] | BY_HAND


@pytest.mark.parametrize("logged_in", [True, False])
@pytest.mark.parametrize("piloted", [True, False])
def test_a_source_proves_only_as_it_was_read(logged_in: bool, piloted: bool) -> None:
    able = {
        name
        for name, source in SOURCES.items()
        if source.can_prove_absence(logged_in=logged_in, piloted=piloted)
    }
    assert not able & {name for name, one in SOURCES.items() if one.proof is Proof.PRESENCE}
    assert ("wechat_daily" in able) is piloted
    assert ("weibo_timeline" in able) is logged_in
    assert ("douyin_page" in able) is logged_in
    assert "pengpai_gov" in able


def test_bridges_and_links_clear_only() -> None:
    for source in SOURCES.values():
        if source.bridge or source.links:
            assert source.proof is Proof.PRESENCE


def test_office_logins_are_off_until_decided() -> None:
    needing = {name for name, one in SOURCES.items() if one.needs_login and not one.own}
    assert needing
    assert all(not SOURCES[name].is_on(p) for name in needing for p in SOURCES[name].platforms)


def test_a_bridge_that_would_sign_for_a_page_is_off() -> None:
    assert SOURCES["rsshub"].is_on(Platform.WEIBO)
    assert not SOURCES["rsshub"].is_on(Platform.TOUTIAO)
    assert not SOURCES["rsshub"].is_on(Platform.BILIBILI)


@pytest.mark.parametrize(
    ("name", "pace"),
    [
        ("wechat_album", (5, 10)),
        ("weibo_timeline", (5, 15)),
        ("douyin_page", (20, 60)),
        ("toutiao_page", (10, 20)),
        ("kuaishou_page", (20, 60)),
        ("bilibili_page", (5, 15)),
        ("pengpai_gov", (3, 5)),
        ("renmin_page", (5, 10)),
        ("xiaohongshu_page", (60, 120)),
    ],
)
def test_the_pace_of_a_platform(name: str, pace: tuple[float, float]) -> None:
    assert SOURCES[name].pace == pace


def test_further_limits() -> None:
    assert SOURCES["weibo_timeline"].accounts_an_hour == 60
    assert SOURCES["xiaohongshu_page"].accounts_a_day == 20
    assert SOURCES["wechat_daily"].calls_a_read == 15
