"""What looks incompatible in our engine is looked at in the others, where there are any.

Playwright drives only its own builds of Firefox and WebKit, which the machines that run these tests
mostly lack: here Chromium stands in for them under another name, on the same way through the code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.browser.engine import Engine
from crawler.browser.errand import Errand, Limits
from crawler.browser.finding import OtherEngine, find_browser, other_engines
from crawler.browser.others import with_opinion
from crawler.browser.rendering import render
from crawler.evidence import files_of
from crawler.look import Answer, Look, Shot
from rules.facts import Outcome, PageReading, PageState, Purpose
from rules.marks import INCOMPATIBLE_BLANK, INCOMPATIBLE_NARROW, INCOMPATIBLE_PLUGIN
from rules.words import catalogue
from tests.browser.conftest import CHECKER, TODAY

AT = datetime(2022, 6, 20, 3, tzinfo=UTC)
Site = tuple[str, list[str]]


def proved(site: Site, path: str, others: Sequence[OtherEngine], **changes: Any) -> Look:
    """The proof look at a page by a browser that knows of these other engines."""
    browser = find_browser()
    if browser is None:
        pytest.skip("no browser")

    async def one() -> Look:
        limits = Limits(settle=2, proof=0.5)
        errand = Errand(
            f"{site[0]}{path}", lambda: TODAY, CHECKER, purpose=Purpose.PROVE, limits=limits
        )
        async with (
            Engine(browser, CHECKER, None, others=others) as engine,
            engine.context() as seat,
        ):
            return await render(seat, errand)

    return asyncio.run(one())


def stand_in(name: str = "firefox", path: str | None = None) -> OtherEngine:
    return OtherEngine(name, "chromium", path or find_browser() or "")


@pytest.mark.browser
def test_an_incompatible_page_is_shown_as_every_engine_shows_it(site: Site) -> None:
    site[1].clear()
    found = proved(site, "/ie", [stand_in("firefox"), stand_in("webkit")])
    assert INCOMPATIBLE_PLUGIN in found.reading.signs
    assert [sign for sign in found.reading.signs if "_in_" in sign] == [
        "fails_in_chromium",
        "fails_in_firefox",
        "fails_in_webkit",
    ]
    names = ["page", "narrow"]
    names += [f"{what}-{engine}" for engine in ("firefox", "webkit") for what in names]
    assert [shot.what for shot in found.shots] == names
    assert len({shot.png for shot in found.shots}) == 6
    assert site[1].count("/ie") == 3


@pytest.mark.browser
def test_without_other_engines_ours_is_named_alone(site: Site) -> None:
    found = proved(site, "/ie", [])
    assert [sign for sign in found.reading.signs if "_in_" in sign] == ["fails_in_chromium"]
    assert [shot.what for shot in found.shots] == ["page", "narrow"]


@pytest.mark.browser
def test_a_page_that_ours_shows_is_not_taken_to_the_others(site: Site) -> None:
    site[1].clear()
    found = proved(site, "/plain", [stand_in()])
    assert [sign for sign in found.reading.signs if "_in_" in sign] == []
    assert site[1].count("/plain") == 1


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/no/such/browser", "/bin/true"])
def test_an_engine_that_does_not_start_says_nothing(site: Site, path: str) -> None:
    found = proved(site, "/ie", [stand_in("webkit", path)])
    assert [sign for sign in found.reading.signs if "_in_" in sign] == ["fails_in_chromium"]


def look(outcome: Outcome, *signs: str) -> Look:
    state = PageState.LIST if outcome is Outcome.READ else PageState.UNREADABLE
    reading = PageReading(state, newest=date(2022, 6, 17), signs=signs)
    answer = Answer(AT, 1, "http://a.test/", "http://a.test/")
    return Look(answer, outcome, reading, shots=(Shot(AT, b"png"),))


@pytest.mark.parametrize(
    ("other", "sign"),
    [
        (look(Outcome.UNREADABLE, INCOMPATIBLE_BLANK), "fails_in_webkit"),
        (look(Outcome.READ, INCOMPATIBLE_NARROW), "fails_in_webkit"),
        (look(Outcome.READ), "shown_in_webkit"),
        (look(Outcome.TIMEOUT), None),
        (look(Outcome.OUR_FAULT), None),
        (look(Outcome.NOT_FOUND), None),
    ],
)
def test_what_another_engine_makes_of_a_page(other: Look, sign: str | None) -> None:
    ours = look(Outcome.UNREADABLE, INCOMPATIBLE_BLANK)
    found = with_opinion(ours, "webkit", other)
    assert found.reading.signs == (INCOMPATIBLE_BLANK, *([sign] if sign else []))
    assert found.outcome is ours.outcome
    assert [shot.what for shot in found.shots] == ["page", "page-webkit"]


def test_the_pictures_of_other_engines_lie_in_the_bundle_under_their_names() -> None:
    found = with_opinion(look(Outcome.UNREADABLE), "webkit", look(Outcome.READ))
    files = [(one.kind, one.name) for one in files_of(found, (), {})]
    assert files[:2] == [("page", "page.png"), ("page", "page-webkit.png")]


def test_an_engine_is_found_where_its_program_is(tmp_path: Path) -> None:
    program = tmp_path / "firefox"
    program.touch()
    there, gone = SimpleNamespace(executable_path=program), SimpleNamespace(executable_path="/no")
    playwright: Any = SimpleNamespace(firefox=there, webkit=gone, chromium=there)
    assert other_engines(playwright) == (OtherEngine("firefox", "firefox", str(program)),)


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_a_person_reads_in_which_engines_a_page_fails(engine: str) -> None:
    assert {f"fails_in_{engine}", f"shown_in_{engine}"} <= {
        key.removeprefix("witness.") for key in catalogue()
    }
