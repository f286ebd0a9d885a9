"""Asking politely: whose robots.txt counts, what is never asked, and failures of our own line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.exceptions import StopDownload

import spiders.survey.asking as asking
from crawler.look import Answer, Look, look_at, look_failed
from rules.facts import Outcome
from spiders.survey.asking import CONTROLS_DOWN, OVER_BUDGET, Asker, Office
from tests.spiders.survey.town import AT, HOME, TODAY


class Line:
    """Stands in for the office: notes every request, and answers as it is told."""

    def __init__(self, *, up: bool | None = True, fails: bool = False) -> None:
        self.requests: list[Request] = []
        self.visitor = self
        self.groups = self
        self.controls = self
        self.eyes = SimpleNamespace(open=False)
        self._up, self._fails = up, fails

    async def of(self, url: str) -> str:
        return f"group of {urlsplit(url).hostname}"

    async def answer_now(self) -> bool | None:
        return self._up

    async def visit(self, request: Request) -> Look:
        self.requests.append(request)
        blank = Answer(AT, 5, request.url, request.url)
        if self._fails:
            return look_failed(blank, TimeoutError())
        return look_at(
            Answer(AT, 5, request.url, request.url, (), 200, {}, b"x"), today=TODAY, hint=None
        )


def asked(line: Line, ask: Callable[[Asker], Any], *, robots_ignored: bool = False) -> Look:
    asker = Asker(cast(Office, line), HOME, robots_ignored=robots_ignored)
    return cast(Look, asyncio.run(ask(asker)))


@pytest.mark.parametrize(
    ("url", "ignored", "disobeys"),
    [
        (f"{HOME}x", False, False),
        (f"{HOME}x", True, True),
        ("http://other.test/", True, False),  # the register's word holds for the site alone
    ],
)
def test_the_registers_word_on_robots_holds_for_the_sites_own_host(
    url: str, ignored: bool, disobeys: bool
) -> None:
    line = Line()
    asked(line, lambda ask: ask.get(url), robots_ignored=ignored)
    assert line.requests[0].meta["dont_obey_robotstxt"] is disobeys


@pytest.mark.parametrize("url", ["javascript:void(0)", "ftp://a.test/", "http://[x", "/path", ""])
def test_what_is_no_address_is_never_asked_for(url: str) -> None:
    line = Line()
    assert asked(line, lambda ask: ask.get(url)).outcome is Outcome.REFUSED
    assert line.requests == []


def test_requests_are_made_on_behalf_of_the_site_and_carry_where_they_come_from() -> None:
    line = Line()
    asked(line, lambda ask: ask.head("http://other.test/a#b", referer=HOME))
    [request] = line.requests
    assert (request.method, request.url) == ("HEAD", "http://other.test/a")
    assert request.headers[b"Referer"] == HOME.encode()
    assert request.meta["task"].url == HOME  # what the guard of addresses goes by
    assert request.meta["download_slot"] == "group of other.test"


def test_a_site_is_asked_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_REQUESTS", 1)
    line = Line()

    async def twice(ask: Asker) -> Look:
        await ask.get(f"{HOME}a")
        return await ask.get(f"{HOME}b")

    look = asked(line, twice)
    assert (look.outcome, look.reading.signs) == (Outcome.REFUSED, (OVER_BUDGET,))
    assert len(line.requests) == 1


@pytest.mark.parametrize("up", [False, None])
def test_a_failure_near_which_no_control_answers_is_our_own(up: bool | None) -> None:
    look = asked(Line(up=up, fails=True), lambda ask: ask.get(HOME))
    assert look.outcome is Outcome.OUR_FAULT
    assert CONTROLS_DOWN in look.reading.signs


def test_a_failure_near_which_a_control_answers_is_the_sites() -> None:
    assert asked(Line(fails=True), lambda ask: ask.get(HOME)).outcome is Outcome.TIMEOUT


def test_a_file_is_let_go_when_its_first_bytes_are_there() -> None:
    request = Request(HOME, meta={"first_bytes": 10})
    asking._stop_when_enough(b"12345", request)
    with pytest.raises(StopDownload):
        asking._stop_when_enough(b"67890", request)
    asking._stop_when_enough(b"x" * 10_000, Request(HOME))
