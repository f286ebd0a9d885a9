"""The operator's guide to accounts says of platforms and sources what the table of sources says."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from cli.login import LOGIN_PAGES, OWN
from cli.token_files import WORDS
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchResult
from rules.register import Account
from rules.words import say
from spiders.accounts.answers import Sought
from spiders.accounts.asking import hosts_of
from spiders.accounts.conversing import SPEAKERS, conversation
from spiders.accounts.questions import Access, Question
from spiders.accounts.renewing import WAYS
from spiders.accounts.source import Proof, Source
from spiders.accounts.sources import SOURCES, sources_of
from spiders.accounts.spider import NOT_ASKED, asked_sources
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "accounts.zh-CN.md").read_text("utf-8")
PLATFORMS = tuple(one for one in Platform if one is not Platform.OTHER)
LACKING = {True: "account_outcome.login_required", False: "fetch_reason.not_configured"}
NOW = datetime(2026, 11, 20, tzinfo=UTC)
# What stands below the table, for all platforms at once.
EVERYWHERE = {name for name, one in SOURCES.items() if set(PLATFORMS) == set(one.platforms)}


def cells(platform: Platform) -> list[str]:
    (row,) = re.findall(rf"^\| \S+ `{platform.value}` \|.*$", PAGE, re.MULTILINE)
    found: list[str] = row.strip("|").split("|")
    return found


def account(platform: Platform) -> Account:
    return Account("示例市发布", "示例单位", platform, "1000000001")


def first_of(source: Source, platform: Platform) -> Question | FetchResult:
    """What a source does for an account when nothing is set up: its first question, or why none."""
    who = account(platform)
    sought = Sought(platform=platform, platform_id=who.id, name=who.name)
    talk = conversation(source, sought, Access(hosts=hosts_of({})), bool, lambda: NOW)
    try:
        return next(talk)
    except StopIteration as end:
        result: FetchResult = end.value
        return result


def names_in(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text)) & set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_s_row_says_which_sources_prove_and_which_only_clear(platform: Platform) -> None:
    _, proving, _, clearing, _ = cells(platform)
    here = {one.name: one for one in sources_of(platform) if one.name not in EVERYWHERE}
    proofs = {name for name, one in here.items() if one.may_prove}
    assert names_in(proving) == proofs
    assert set(here) - proofs <= names_in(clearing)
    assert names_in(clearing) <= set(here)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_s_row_says_what_happens_if_nothing_is_set_up(platform: Platform) -> None:
    conversed = (one for one in asked_sources(account(platform)) if one.name in SPEAKERS)
    firsts = {one.name: first_of(one, platform) for one in conversed}
    asked = {name for name, first in firsts.items() if isinstance(first, Question)}
    refusals = {first.outcome for first in firsts.values() if isinstance(first, FetchResult)}
    told = cells(platform)[-1]
    assert names_in(told) == asked
    if not asked:
        lacks_login = FetchOutcome.LOGIN_REQUIRED in refusals
        assert told.strip() == say(LACKING[lacks_login])


def test_what_must_be_piloted_first_says_so() -> None:
    told = set(re.findall(r"`([a-z_]+)`（[^）]*`piloted`", PAGE))
    assert told == {name for name, one in SOURCES.items() if one.proof is Proof.AFTER_PILOT}


def test_every_source_that_is_off_until_somebody_decides_needs_an_office_login() -> None:
    off = {one.platforms[0] for one in SOURCES.values() if not one.by_default}
    assert all(re.search("(办公|专用)账号登录", cells(one)[2]) for one in off)


@pytest.mark.parametrize("platform", LOGIN_PAGES)
def test_whoever_signs_in_is_named(platform: Platform) -> None:
    login = PAGE.split("\n## 登录\n", 1)[1].split("\n## ", 1)[0]
    ours, own = login.split("用办公账号登录", 1)
    assert platform.label.removeprefix("新浪") in (own if platform in OWN else ours)


def test_a_session_can_be_kept_only_where_a_source_reads_with_it() -> None:
    read = {platform for one in SOURCES.values() if one.needs_login for platform in one.platforms}
    assert set(LOGIN_PAGES) == read


def test_every_word_of_a_token_file_and_every_platform_that_renews_is_named() -> None:
    tokens = PAGE.split("\n## 授权文件\n", 1)[1]
    assert [word for word in WORDS if word not in tokens] == []
    assert [one for one in WAYS if one.label not in tokens] == []


def test_what_is_never_asked_is_told_so() -> None:
    assert [name for name in NOT_ASKED if f"`{name}`" not in PAGE.split("各平台都可用", 1)[1]] == []
