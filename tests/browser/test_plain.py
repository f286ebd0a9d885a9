"""A control asked from beside the browser: what proves the line, and what takes too long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from crawler.browser.plain import look_at_control
from crawler.look import Look
from tests.misbehaving import TODAY, Misbehaving, misbehaving_server


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


def look(url: str, proxy: str | None = None) -> Look:
    asking = look_at_control(url, today=TODAY, user_agent="x", proxy=proxy, seconds=2)
    return asyncio.run(asking)


@pytest.mark.parametrize(
    ("name", "proves"),
    [("fresh", True), ("stale", True), ("broken", False), ("hung_up", False), ("silent", False)],
)
def test_a_page_of_its_own_proves_the_line(server: Misbehaving, name: str, proves: bool) -> None:
    assert look(server.url(name)).proves_the_line is proves


def test_a_control_that_drips_takes_no_longer_than_an_answer_may(server: Misbehaving) -> None:
    began = time.monotonic()
    look(server.url("drips"))
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("name", ["redirects_to_loopback", "redirects_to_decimal", "moved"])
def test_a_control_that_sends_us_elsewhere_proves_nothing_and_leads_nobody_inside(
    server: Misbehaving, name: str
) -> None:
    assert not look(server.public_url(name), server.proxy).proves_the_line
    assert server.caught == 0
