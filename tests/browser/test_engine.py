"""The browser outlives its pages: greedy ones, killed ones, worn browsers, and nothing is left."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from crawler.browser import engine as engine_module
from crawler.browser.engine import Engine, Seat, Started
from crawler.browser.errand import Errand, Limits
from crawler.browser.finding import find_browser
from crawler.browser.processes import family, held
from crawler.browser.rendering import PageBroke, render
from rules.facts import Outcome
from tests.misbehaving import TODAY, Misbehaving, misbehaving_server

pytestmark = pytest.mark.browser
LIMITS = Limits(document=10, settle=20, answer=10, whole=40)


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    if find_browser() is None:
        pytest.skip("no browser")
    with misbehaving_server() as running:
        yield running


def run(work: Callable[[Engine], Coroutine[Any, Any, Any]], **settings: Any) -> Any:
    path = find_browser()
    assert path is not None

    async def inner() -> Any:
        async with Engine(path, "xunjian/test", None, **settings) as engine:
            return await work(engine)

    return asyncio.run(inner())


async def outcome(seat: Seat, url: str) -> Outcome | None:
    """The outcome of a look; None where the page broke."""
    try:
        return (await render(seat, Errand(url, lambda: TODAY, "x", limits=LIMITS))).outcome
    except PageBroke:
        return None


async def gone(started: Started) -> bool:
    """Whether every process of a browser goes within some seconds."""
    for _ in range(100):
        if not family(started.pid):
            return True
        await asyncio.sleep(0.1)
    return False


def test_a_page_that_takes_too_much_memory_is_ended_alone(server: Misbehaving) -> None:
    async def work(engine: Engine) -> tuple[list[Outcome | None], bool, int]:
        async with engine.context() as greedy, engine.context() as modest:
            looks = asyncio.gather(
                outcome(greedy, server.url("eats_memory")),
                outcome(modest, server.url("scripted_late")),
            )
            return [*await looks], await engine.is_well(greedy.started), engine.starts

    looks, well, starts = run(work, memory_mb=300)
    assert looks == [None, Outcome.READ]
    assert well
    assert starts == 1


def test_a_browser_that_was_killed_is_known_and_the_next_context_has_another(
    server: Misbehaving,
) -> None:
    async def work(engine: Engine) -> tuple[bool, bool, Outcome | None, int]:
        async with engine.context() as seat:
            before = await engine.is_well(seat.started)
            os.kill(seat.started.pid, signal.SIGKILL)
            assert await gone(seat.started)
            after = await engine.is_well(seat.started)
            await engine.drop(seat.started)
        async with engine.context() as seat:
            return before, after, await outcome(seat, server.url("fresh")), engine.starts

    assert run(work) == (True, False, Outcome.READ, 2)


def test_a_browser_that_was_stopped_is_ended_with_all_its_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It does not even hear that it should go."""
    monkeypatch.setattr(engine_module, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(engine_module, "CLOSE_SECONDS", 1)

    async def work(engine: Engine) -> tuple[bool, bool]:
        async with engine.context() as seat:
            os.kill(seat.started.pid, signal.SIGSTOP)
            well = await engine.is_well(seat.started)
            await engine.drop(seat.started)
        return well, await gone(seat.started)

    assert run(work) == (False, True)


@pytest.mark.parametrize("worn_by", ["pages", "age"])
def test_a_worn_browser_ends_what_it_has_begun_and_takes_nothing_new(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, worn_by: str
) -> None:
    async def work(engine: Engine) -> None:
        async with engine.context() as old:
            if worn_by == "pages":
                old.started.pages = engine_module.PAGES_A_BROWSER
            else:
                old.started.born -= 60 * engine_module.MINUTES_A_BROWSER
            async with engine.context() as new:
                assert new.started is not old.started
                assert await outcome(old, server.url("fresh")) is Outcome.READ
                assert await outcome(new, server.url("fresh")) is Outcome.READ
            assert family(old.started.pid)
        assert await gone(old.started)
        assert family(new.started.pid)

    run(work)


def test_nothing_is_left_when_all_is_over(server: Misbehaving) -> None:
    async def work(engine: Engine) -> Started:
        async with engine.context() as seat:
            await outcome(seat, server.url("opens_windows_for_ever"))
            assert held(seat.started.pid) > 0
        return seat.started

    started = run(work)
    assert family(started.pid) == {}
