"""When a page that says nothing is waited for no longer, and when it is given all of its time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawler.browser.errand import Errand, Limits
from crawler.browser.resting import is_inert, is_over
from crawler.browser.visit import Visit
from crawler.look import Answer, Look
from rules.facts import Outcome, PageReading, PageState, Purpose
from tests.browser.conftest import Looker

PLAIN = "<html><body><h1>部门动态</h1><p>暂无内容</p><a href='javascript:;'>返回</a></body></html>"
URL = "http://site.test/"
LIMITS = Limits(settle=60, proof=1, whole=90)


@dataclass
class FakeVisit:
    """A page that came, from its source."""

    source: str = PLAIN
    headers: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("document",)
    whole: bool | None = True
    is_busy: bool = False

    @property
    def responses(self) -> list[Any]:
        return [SimpleNamespace(request=SimpleNamespace(resource_type=one)) for one in self.kinds]

    def document(self) -> Any:
        async def body() -> bytes:
            return self.source.encode()

        return SimpleNamespace(headers=self.headers, body=body)

    def came_whole(self, _: object) -> bool | None:
        return self.whole


def inert(visit: FakeVisit) -> bool:
    return asyncio.run(is_inert(cast(Visit, visit)))


def over(
    visit: FakeVisit,
    still: float,
    purpose: Purpose = Purpose.READ,
    outcome: Outcome = Outcome.UNREADABLE,
) -> bool:
    errand = Errand(URL, lambda: date(2022, 6, 20), "x", purpose=purpose)
    answer = Answer(datetime.now(UTC), 0, URL, URL)
    look = Look(answer, outcome, PageReading(PageState.UNREADABLE))
    return asyncio.run(is_over(errand, cast(Visit, visit), look, still))


ALIVE = FakeVisit(f"{PLAIN}<script src='/a.js'></script>")
REST = Limits().proof


def test_a_page_without_any_script_is_done_as_it_came() -> None:
    assert inert(FakeVisit())
    assert over(FakeVisit(), 0.5)
    assert over(FakeVisit(), 0.5, outcome=Outcome.CHALLENGE)
    assert over(FakeVisit(), 0.5, Purpose.PROVE), "its least was waited for before this is asked"


@pytest.mark.parametrize(
    "piece",
    [
        "<script>go()</script>",
        "<SCRIPT src=/a.js>",
        "<svg:script href='/a.js'/>",
        "<body onload=go()>",
        "<img src=x\nonerror = 'go()'>",
        '<p title="a"onclick="go()">',
        "<iframe src=/b>",
        "<frameset cols='*'>",
        "<object data=/c>",
        "<embed src=/c>",
        "<meta http-equiv=Refresh content='9;url=/d'>",
        "<?xml-stylesheet href='/e.xsl'?>",
        "<!ENTITY x '&#60;script>'>",
        "<animate attributeName=href>",
        "\0",
    ],
)
def test_whatever_may_change_a_page_later_makes_it_alive(piece: str) -> None:
    assert not inert(FakeVisit(PLAIN + piece))


@pytest.mark.parametrize(
    "visit",
    [
        FakeVisit(kinds=("document", "script")),
        FakeVisit(headers={"refresh": "5;url=/f"}),
        FakeVisit(whole=None),
        FakeVisit(whole=False),
        FakeVisit(source=""),
    ],
)
def test_what_was_fetched_besides_or_came_in_part_is_not_inert(visit: FakeVisit) -> None:
    assert not inert(visit)


def test_a_look_that_reads_gives_a_page_up_that_stays_still() -> None:
    assert not over(ALIVE, REST - 0.5)
    assert over(ALIVE, REST)


def test_a_proof_a_firewalls_page_and_a_jump_are_given_all_their_time() -> None:
    assert not over(ALIVE, 60, Purpose.PROVE)
    assert not over(ALIVE, 60, outcome=Outcome.CHALLENGE)
    assert not over(ALIVE, 60, outcome=Outcome.FORWARD)


def test_a_page_that_still_waits_for_something_is_waited_for() -> None:
    assert not over(FakeVisit(is_busy=True), 60)
    assert not over(FakeVisit(ALIVE.source, is_busy=True), 60)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/says-nothing", "/says-nothing-with-a-script"])
def test_the_browser_does_not_sit_out_the_limit_before_a_page_that_rests(
    look: Looker, path: str
) -> None:
    began = time.monotonic()
    found = look(path, limits=LIMITS)
    assert found.outcome is not Outcome.READ
    assert time.monotonic() - began < LIMITS.settle / 2


@pytest.mark.browser
def test_the_browser_waits_for_what_a_line_kept_open_may_bring(look: Looker) -> None:
    found = look("/told-by-a-line", limits=Limits(settle=8, proof=1))
    assert found.outcome is Outcome.READ, found.reading
