"""Driving: questions go out as they are, what fails is no new token, and what breaks on the way is
one read's trouble."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.middlewares import RobotsDenied
from rules.errors import EnvironmentTrouble
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Window
from spiders.accounts.answers import Sought
from spiders.accounts.asking import hosts_of
from spiders.accounts.driving import drive, renew
from spiders.accounts.lines import NoBrowser
from spiders.accounts.pacing import Pace
from spiders.accounts.questions import Access
from spiders.accounts.renewing import Fresh, Grant, renewal
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts.said import READ_AT

HOSTS = hosts_of({"wechat_api": "http://wechat.test"})
OWN = {"app_id": "wx-unit", "app_secret": "SECRET-UNIT"}
DAILY = SOURCES["wechat_daily"]
WINDOW = Window(READ_AT - timedelta(days=14), READ_AT)


class FakeLine:
    """Answers every request with one body, or fails."""

    job = SimpleNamespace(platform_robots={}, browser=None)

    def __init__(self, body: bytes | None) -> None:
        self.body = body
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request)
        if self.body is None:
            raise OSError("no route")
        return TextResponse(request.url, body=self.body)

    def now(self) -> Any:
        return READ_AT


def renewed(line: Any) -> Fresh | None:
    renewing = renewal(Platform.WECHAT, Grant(HOSTS, {}, OWN))
    assert renewing is not None
    return asyncio.run(renew(DAILY, HOSTS, renewing, line, Pace(DAILY, 0.0, lambda: 0.0)))


def test_the_question_goes_to_the_settings_host_and_its_answer_is_the_token() -> None:
    line = FakeLine(b'{"access_token": "NEW", "expires_in": 7200}')
    fresh = renewed(line)
    assert fresh is not None
    assert fresh.values == {"access_token": "NEW"}
    (asked,) = line.asked
    assert (asked.method, asked.url) == ("POST", "http://wechat.test/cgi-bin/stable_token")
    assert b"SECRET-UNIT" in asked.body


def test_without_an_answer_there_is_no_new_token() -> None:
    line = FakeLine(None)
    assert renewed(line) is None
    assert len(line.asked) == 2  # once more, and no further


def driven(source: str, line: Any) -> FetchResult:
    row = SOURCES[source]
    sought = Sought(platform=row.platforms[0], platform_id="1000000001", window=WINDOW)
    access = Access(hosts=HOSTS, logged_in=True)
    pace = Pace(row, 0.0, lambda: 0.0)
    return asyncio.run(drive(row, sought, access, lambda _: False, line, pace)).result


class BreakingLine(FakeLine):
    """Every request, or the browser, breaks in one way."""

    def __init__(self, error: Exception) -> None:
        super().__init__(None)
        self.error = error

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request)
        raise self.error

    async def engine(self) -> Any:
        raise self.error


def test_a_platform_that_nobody_reaches_is_an_error_after_one_retry() -> None:
    line = FakeLine(None)
    result = driven("pengpai_user", line)
    assert (result.outcome, result.reason) == (FetchOutcome.ERROR, FetchReason.NETWORK)
    # The account's page and the list, each twice; and the robots are the client's matter.
    assert len(line.asked) in (2, 4)


@pytest.mark.parametrize(
    ("source", "error", "outcome", "reason"),
    [
        ("pengpai_user", RobotsDenied("no"), FetchOutcome.BLOCKED, FetchReason.ROBOTS),
        ("toutiao_page", NoBrowser(), FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED),
        ("toutiao_page", RuntimeError("gone"), FetchOutcome.ERROR, FetchReason.NETWORK),
    ],
)
def test_what_breaks_is_this_reads_trouble_alone(
    source: str, error: Exception, outcome: FetchOutcome, reason: FetchReason
) -> None:
    result = driven(source, BreakingLine(error))
    assert (result.outcome, result.reason) == (outcome, reason)
    assert not result.can_prove_absence or result.complete_from is None


def test_a_browser_that_cannot_be_started_is_the_environments_trouble() -> None:
    with pytest.raises(EnvironmentTrouble):
        driven("toutiao_page", BreakingLine(EnvironmentTrouble("no start")))
