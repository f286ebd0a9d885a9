"""Whose fault it is when a browser breaks: only the page's that breaks it when alone in it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawler.browser import child as child_module
from crawler.browser.child import SITES_AT_ONCE, TRIES, BrowserChild
from crawler.browser.engine import PAGES_A_CONTEXT, Engine, Seat
from crawler.browser.errand import Errand
from crawler.browser.rendering import PageBroke
from crawler.desk import Desk
from crawler.job import Job
from crawler.look import Answer, Look
from rules.facts import Outcome, PageReading, PageState
from storage.ledger import Task


class FakeEngine:
    """Browsers that are only numbers; `dead` holds those that broke, `seats` every context."""

    def __init__(self) -> None:
        self.number = 1
        self.dead: set[int] = set()
        self.seats: list[Any] = []

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Any]:
        seat = SimpleNamespace(started=SimpleNamespace(number=self.number, pages=0), urls=[])
        self.seats.append(seat)
        yield seat

    async def is_well(self, started: Any) -> bool:
        return started.number not in self.dead

    async def drop(self, started: Any) -> None:
        self.dead.add(started.number)
        self.number = max(self.dead) + 1


class FakeDesk:
    """Tasks by their names (`site@group`, or what is both); keeps what is handed in."""

    def __init__(self, names: list[str], at_once: int) -> None:
        self.tasks = [
            Task(n, name, name, name.rpartition("@")[2], 1, ()) for n, name in enumerate(names)
        ]
        self.targets = {name: SimpleNamespace(site=site_of(name), hint=None) for name in names}
        self.register = SimpleNamespace(controls=())
        self.profile = SimpleNamespace(
            host_delay=timedelta(), host_concurrency=at_once, answer_within=timedelta(seconds=1)
        )
        self.today = date(2022, 6, 20)
        self.outcomes: dict[str, Outcome] = {}
        self.keep_probe = self.begin = self.flush = lambda *_: None

    def remembered(self, _: Task, look: Look) -> Look:
        return look

    def articles_to_open(self, *_: object) -> tuple[str, ...]:
        return ()

    def is_plain(self, *_: object) -> bool:
        return True

    def finish(self, task: Task, look: Look, _: bool | None) -> None:
        assert task.target not in self.outcomes, "handed in twice"
        self.outcomes[task.target] = look.outcome


def site_of(name: str) -> str:
    """The site of a page: its name without its number and its host group."""
    return name.partition("@")[0].rstrip("0123456789")


class Pages:
    """Stands for `render`: pages that end well, hang by themselves, or take the browser along."""

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.looks: Counter[str] = Counter()
        self.trouble: Counter[int] = Counter()  # the troublesome ones open in each browser
        self.open: Counter[str] = Counter()  # by host group, and in all
        self.most: Counter[str] = Counter()

    async def render(self, seat: Seat, errand: Errand) -> Look:
        cast(Any, seat).urls.append(errand.url)
        places = (errand.url.rpartition("@")[2], "all")
        self.open.update(places)
        self.most |= self.open
        try:
            return await self._look(seat, errand)
        finally:
            self.open.subtract(places)

    async def _look(self, seat: Seat, errand: Errand) -> Look:
        number = cast(Any, seat.started).number
        self.looks[errand.url] += 1
        troublesome = not errand.url.startswith("waits")
        self.trouble[number] += troublesome
        try:
            await asyncio.sleep(0)  # the others open theirs
            await asyncio.sleep(0)
            if errand.url.startswith("kills"):
                self.engine.dead.add(number)
            if number in self.engine.dead or errand.url.startswith("hangs"):
                raise PageBroke(errand.url)
            while not troublesome and self.trouble[number]:
                await asyncio.sleep(0)
            if number in self.engine.dead:
                raise PageBroke(errand.url)
        finally:
            self.trouble[number] -= troublesome
        answer = Answer(datetime.now(UTC), 0, errand.url, errand.url)
        return Look(answer, Outcome.READ, PageReading(PageState.LIST))


Run = Callable[..., tuple[FakeDesk, Pages]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def inner(names: list[str], at_once: int = 2) -> tuple[FakeDesk, Pages]:
        engine, desk = FakeEngine(), FakeDesk(names, at_once)
        pages = Pages(engine)
        monkeypatch.setattr(child_module, "render", pages.render)
        job = SimpleNamespace(seconds=60, user_agent="x")
        child = BrowserChild(cast(Job, job), cast(Desk, desk), cast(Engine, engine))
        asyncio.run(child.run())
        return desk, pages

    return inner


def test_pages_that_were_open_when_a_browser_broke_are_looked_at_again(run: Run) -> None:
    desk, pages = run(["waits1", "waits2", "kills", "waits3"])
    assert desk.outcomes == {
        "waits1": Outcome.READ,
        "waits2": Outcome.READ,
        "waits3": Outcome.READ,
        "kills": Outcome.OUR_FAULT,
    }
    assert all(pages.looks[name] == 2 for name in ("waits1", "waits2", "waits3"))


def test_a_page_counts_only_what_it_does_alone(run: Run) -> None:
    desk, pages = run(["waits1", "kills1", "kills2", "kills3"])
    assert desk.outcomes["waits1"] is Outcome.READ
    assert {desk.outcomes[f"kills{n}"] for n in (1, 2, 3)} == {Outcome.OUR_FAULT}
    # Once among the others, which counts for nothing, then as often as it has tries.
    assert all(pages.looks[f"kills{n}"] == 1 + TRIES for n in (1, 2, 3))


def test_a_page_that_hangs_is_given_up_without_anybody_elses_harm(run: Run) -> None:
    desk, pages = run(["waits1", "hangs", "waits2"])
    assert desk.outcomes == {
        "waits1": Outcome.READ,
        "hangs": Outcome.OUR_FAULT,
        "waits2": Outcome.READ,
    }
    assert pages.looks == {"waits1": 1, "hangs": TRIES, "waits2": 1}


def test_every_page_of_a_long_list_is_handed_in_once(run: Run) -> None:
    names = [f"{kind}{n}" for n in range(30) for kind in ("waits", "hangs", "kills")]
    desk, _ = run(names)
    assert set(desk.outcomes) == set(names)
    assert {desk.outcomes[f"waits{n}"] for n in range(30)} == {Outcome.READ}


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_a_host_group_has_so_many_pages_open_as_its_profile_lets(run: Run, at_once: int) -> None:
    desk, pages = run([f"ok{n}@group" for n in range(9)], at_once)
    assert len(desk.outcomes) == 9
    assert pages.most["group"] == at_once


def test_all_host_groups_together_have_no_more_seats_than_the_machine(run: Run) -> None:
    names = [f"ok{n}@group{group}" for group in range(5) for n in range(6)]
    desk, pages = run(names, 4)
    assert set(desk.outcomes) == set(names)
    assert pages.most["all"] == SITES_AT_ONCE


def test_a_context_sees_pages_of_one_site_and_not_too_many(run: Run) -> None:
    names = [f"{site}{n}@group" for site in ("a", "b", "c") for n in range(60)]
    _, pages = run(names, 2)
    for seat in pages.engine.seats:
        assert len({site_of(url) for url in seat.urls}) == 1
        assert len(seat.urls) <= PAGES_A_CONTEXT


def test_one_page_of_a_host_group_breaks_a_browser_and_only_that_page_is_given_up(
    run: Run,
) -> None:
    names = ["waits1@group", "waits2@group", "kills1@group", "waits3@group", "hangs1@group"]
    desk, _ = run(names, 2)
    fault = {name for name, outcome in desk.outcomes.items() if outcome is Outcome.OUR_FAULT}
    assert (len(desk.outcomes), fault) == (5, {"kills1@group", "hangs1@group"})
