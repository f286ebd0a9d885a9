"""What the browser reads that plain HTTP cannot, what it refuses, what is no fault to it."""

from __future__ import annotations

import struct
from datetime import date

import pytest
from playwright.async_api import Error

from crawler.browser.engine import Engine
from crawler.browser.errand import Errand, Limits
from crawler.browser.picture import WIDE
from crawler.browser.rendering import PageBroke, render
from rules import marks
from rules.facts import Client, Outcome, PageState, Purpose
from tests.browser.conftest import CHECKER, TODAY, Looker

pytestmark = pytest.mark.browser
NEWEST = date(2022, 6, 17)


@pytest.mark.parametrize(
    "path",
    [
        "/plain",
        "/script",
        "/call",
        "/shadow",
        "/framed",
        "/alert",
        "/popup",
        "/jump",
        "/broken-after",
    ],
)
def test_the_list_is_read_wherever_it_is_shown(look: Looker, path: str) -> None:
    found = look(path)
    assert (found.outcome, found.reading.newest) == (Outcome.READ, NEWEST), found.reading
    assert len(found.reading.items) == 10
    assert found.client is Client.BROWSER
    assert not marks.INCOMPATIBLE.intersection(found.reading.signs)


def test_the_data_call_that_filled_the_page_is_kept(look: Looker) -> None:
    calls = [one for one in look("/call").exchanges if one.kind == "fetch"]
    assert [one.url.rsplit("/", 1)[1] for one in calls] == ["data"]
    assert b"2022-06-17" in calls[0].body


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/missing", Outcome.NOT_FOUND),
        ("/download", Outcome.REFUSED),
        ("/inside", Outcome.REFUSED),
    ],
)
def test_what_is_no_page_to_read_is_a_typed_outcome(
    look: Looker, path: str, outcome: Outcome
) -> None:
    found = look(path)
    assert found.outcome is outcome, found
    assert found.reading.newest is None or outcome is not Outcome.REFUSED


def test_a_resource_inside_is_refused_and_the_page_still_read(
    look: Looker, site: tuple[str, list[str]]
) -> None:
    found = look("/reaches-inside")
    assert found.reading.newest == NEWEST
    assert "/secret.js" not in site[1]


def test_pictures_are_fetched_for_a_proof_only(look: Looker, site: tuple[str, list[str]]) -> None:
    look("/pictures")
    assert "/logo.png" not in site[1]
    look("/pictures", purpose=Purpose.PROVE)
    assert "/logo.png" in site[1]


def test_a_proof_has_a_picture_with_its_margin(look: Looker) -> None:
    plain, proof = look("/plain"), look("/plain", purpose=Purpose.PROVE)
    assert plain.shots == ()
    [shot] = proof.shots
    assert shot.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", shot.png[16:24])
    assert (shot.what, width) == ("page", WIDE)
    assert height > 800  # the page's own height, and the margin above it


def test_a_page_for_an_old_browser_is_a_candidate_for_review_and_shown_twice(look: Looker) -> None:
    found = look("/ie")
    assert marks.INCOMPATIBLE_PLUGIN in found.reading.signs
    assert [shot.what for shot in found.shots] == ["page", "narrow"]


def test_a_script_error_that_leaves_the_list_empty_is_one_too(look: Looker) -> None:
    found = look("/broken-before")
    assert marks.INCOMPATIBLE_SCRIPT in found.reading.signs
    assert found.outcome is not Outcome.EMPTY


def test_a_page_that_hangs_says_nothing_and_the_next_one_is_read_in_another_browser(
    look: Looker, site: tuple[str, list[str]]
) -> None:
    with pytest.raises(PageBroke):
        look("/hang", limits=Limits(answer=2))

    async def anew(engine: Engine) -> PageState:
        await engine.drop()
        async with engine.context() as seat:
            found = await render(seat, Errand(f"{site[0]}/plain", lambda: TODAY, CHECKER))
            return found.reading.state

    assert look.call(anew) is PageState.LIST  # type: ignore[attr-defined]


def test_two_sites_never_share_a_cookie(look: Looker, site: tuple[str, list[str]]) -> None:
    async def jars(engine: Engine) -> list[int]:
        async with engine.context() as one, engine.context() as other:
            await render(one, Errand(f"{site[0]}/cookie", lambda: TODAY, CHECKER))
            return [len(await seat.context.cookies()) for seat in (one, other)]

    assert look.call(jars) == [1, 0]  # type: ignore[attr-defined]


def test_the_browser_says_honestly_who_it_is(look: Looker, site: tuple[str, list[str]]) -> None:
    async def agent(engine: Engine) -> str:
        async with engine.context() as seat:
            page = await seat.context.new_page()
            return str(await page.evaluate("navigator.userAgent"))

    words = look.call(agent)  # type: ignore[attr-defined]
    assert "Chrome" in words
    assert words.endswith(CHECKER)


def test_chinese_characters_have_glyphs(look: Looker) -> None:
    async def widths(engine: Engine) -> list[str]:
        async with engine.context() as seat:
            page = await seat.context.new_page()
            draw = """text => { const c = document.createElement('canvas').getContext('2d');
              c.font = '40px sans-serif'; c.fillText(text, 0, 40);
              return Array.from(c.getImageData(0, 0, 60, 60).data).join('') }"""
            return [str(await page.evaluate(draw, text)) for text in ("巡", "检", "\U000e0fff")]

    one, other, box = look.call(widths)  # type: ignore[attr-defined]
    assert len({one, other, box}) == 3, "no Chinese font: evidence without glyphs is none"


def test_a_browser_that_is_not_there_is_said_in_one_line(look: Looker) -> None:
    from rules.errors import EnvironmentTrouble

    async def start(_: Engine) -> None:
        async with Engine("/nowhere/chromium", CHECKER, None) as engine, engine.context():
            pass

    with pytest.raises((EnvironmentTrouble, Error)) as raised:
        look.call(start)  # type: ignore[attr-defined]
    assert isinstance(raised.value, EnvironmentTrouble)
    assert "/nowhere/chromium" in str(raised.value)


def test_a_page_of_which_nothing_is_left_on_a_narrow_screen_is_proposed_and_still_read(
    look: Looker,
) -> None:
    found = look("/narrow", purpose=Purpose.PROVE)
    assert (found.outcome, found.reading.newest) == (Outcome.READ, NEWEST)
    assert marks.INCOMPATIBLE_NARROW in found.reading.signs
    assert [shot.what for shot in found.shots] == ["page", "narrow"]
    assert marks.INCOMPATIBLE_NARROW not in look("/plain", purpose=Purpose.PROVE).reading.signs
