"""Which sources of an account are asked, and which of their reads tell anything."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from crawler.account_desk import AccountDesk, SourceRead
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from rules.register import Account
from spiders.accounts.pacing import Breakers
from spiders.accounts.sources import SOURCES
from spiders.accounts.spider import AccountsSpider, asked_sources, telling

NOW = datetime(2022, 6, 20, tzinfo=UTC)


def account(*sources: str, platform: Platform = Platform.WEIBO) -> Account:
    return Account("示例发布", "示例单位", platform, "1", sources=sources)


def read(source: str, reason: FetchReason | None) -> SourceRead:
    outcome = FetchOutcome.OK if reason is None else FetchOutcome.ERROR
    return SourceRead(FetchResult(source, outcome, NOW, reason=reason))


def test_the_register_says_which_sources_are_asked_and_in_which_order() -> None:
    named = asked_sources(account("weibo_timeline", "import", "weibo_mobile"))
    assert [one.name for one in named] == ["weibo_timeline", "weibo_mobile"]


def test_by_default_no_source_is_asked_that_wants_the_offices_own_login() -> None:
    for platform in Platform:
        for one in asked_sources(account(platform=platform)):
            assert not one.needs_login or one.own, one.name
            assert platform in SOURCES[one.name].platforms


def test_what_nobody_set_up_says_nothing_beside_what_somebody_did() -> None:
    bare, refused = read("rsshub", FetchReason.NOT_CONFIGURED), read("weibo_mobile", None)
    assert telling([bare, refused]) == [refused]
    assert telling([bare, bare]) == [bare]
    assert telling([]) == []


def turn(read_lately: int, seconds_left: float) -> bool:
    """Whether a 微博 account may be begun in what is left of a child's time."""

    async def inner() -> bool:
        spider = object.__new__(AccountsSpider)
        spider.breakers, spider._paces = Breakers(), {}
        spider._draw = lambda: 0.0
        lately = [3599.8] * read_lately  # seconds ago: the hour is nearly over for them
        profile = SimpleNamespace(account_pace=1.0)
        desk = SimpleNamespace(profile=profile, lately=lambda _source: lately)
        spider.desk = cast("AccountDesk", desk)
        spider._ends = asyncio.get_running_loop().time() + seconds_left
        return await spider._turn(account("weibo_timeline"))

    return asyncio.run(inner())


def test_an_account_waits_until_the_hour_allows_for_it() -> None:
    assert turn(60, 30.0)
    assert turn(59, 30.0)


def test_a_child_whose_time_ends_leaves_the_rest_to_another() -> None:
    assert not turn(60, 0.05)
    assert not turn(0, 0.0)
