"""Driving a renewal: its questions go out as they are, and what fails is no new token."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import Response, TextResponse

from rules.platforms import Platform
from spiders.accounts.asking import hosts_of
from spiders.accounts.driving import renew
from spiders.accounts.pacing import Pace
from spiders.accounts.renewing import Fresh, Grant, renewal
from spiders.accounts.sources import SOURCES
from tests.spiders.accounts.said import READ_AT

HOSTS = hosts_of({"wechat_api": "http://wechat.test"})
OWN = {"app_id": "wx-unit", "app_secret": "SECRET-UNIT"}
DAILY = SOURCES["wechat_daily"]


class FakeLine:
    """Answers every request with one body, or fails."""

    job = SimpleNamespace(platform_robots={})

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
