"""A host is asked for a random path and its front page once, and only where a page is in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from scrapy import Request

from crawler.look import Look
from crawler.random_path import RandomPaths, random_token
from crawler.visiting import Visitor, request_for
from rules.facts import Outcome
from tests.crawler.test_soft_missing import SORRY, look
from tests.misbehaving.lists import FRESH


class FakeVisitor:
    """Answers every path but the front page alike; remembers what was asked for."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked: list[str] = []

    async def visit(self, request: Request) -> Look:
        self.asked.append(request.url)
        await asyncio.sleep(0)
        front = request.url.count("/") == 3 and request.url.endswith("/")
        return look(FRESH if front else SORRY, request.url, status=200 if front else self.status)


def beside(looks: Sequence[Look], status: int = 200) -> tuple[list[Outcome], list[str]]:
    visitor = FakeVisitor(status)

    async def all_of_them() -> list[Look]:
        paths = RandomPaths(cast(Visitor, visitor), token=lambda: "5f1c")
        return await asyncio.gather(*(paths.beside(one, request_for) for one in looks))

    found = asyncio.run(all_of_them())
    return [one.outcome for one in found], visitor.asked


def test_a_host_is_asked_once_however_many_of_its_pages_are_in_doubt() -> None:
    outcomes, asked = beside([look(SORRY, f"http://a.test/{n}/") for n in range(9)])
    assert outcomes == [Outcome.NOT_FOUND] * 9
    assert asked == ["http://a.test/5f1c/", "http://a.test/"]


def test_a_host_that_says_what_it_has_not_is_asked_for_nothing_more() -> None:
    outcomes, asked = beside([look(SORRY)], status=404)
    assert outcomes == [Outcome.UNREADABLE]
    assert asked == ["http://a.test/5f1c/"]


def test_every_host_answers_for_itself() -> None:
    _, asked = beside([look(SORRY, f"http://{host}.test/x/") for host in "ab"])
    assert sorted(asked) == [
        f"http://{host}.test/{path}" for host in "ab" for path in ("", "5f1c/")
    ]


def test_a_page_that_says_what_it_is_costs_no_request() -> None:
    outcomes, asked = beside([look(FRESH), look(b"<h1>404 Not Found</h1>", status=404)])
    assert outcomes == [Outcome.READ, Outcome.NOT_FOUND]
    assert asked == []


def test_a_random_path_is_never_the_same_twice() -> None:
    assert len({random_token() for _ in range(100)}) == 100
