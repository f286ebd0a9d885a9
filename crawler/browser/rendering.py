"""One look through the browser: go there, let the page come to rest, read it, take its picture.

Never judges and never writes; whatever happens comes back as a `Look`, or as `PageBroke` where a
page hangs or ends its process, or the browser itself is of no more use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from playwright.async_api import BrowserContext, Error, Page, Request, Response

from crawler.browser.compat import incompatible_signs
from crawler.browser.engine import Seat
from crawler.browser.failures import outcome_of_error
from crawler.browser.guard import Guard
from crawler.browser.picture import NARROW, WIDE, take, with_margin
from crawler.browser.serialising import SERIALISE, SHAPE, VISIBLE_TEXT
from crawler.browser.visit import LARGEST_EXCHANGE, Visit, whole_body
from crawler.look import Answer, Look, Shot, look_at, never_ends, with_sign
from rules.facts import Client, Hint, Outcome, PageReading, PageState, Purpose
from rules.marks import INCOMPATIBLE

QUIET_SECONDS = 0.5  # the page has come to rest when nothing changed for so long
STEP_SECONDS = 0.25
CLOSE_SECONDS = 5
# What scripts do not change any more; a firewall's page may still let an honest browser in.
SPEAKS_AT_ONCE = frozenset(
    {
        Outcome.LOGIN,
        Outcome.MOVED,
        Outcome.NOT_FOUND,
        Outcome.RATE_LIMITED,
        Outcome.SERVER_ERROR,
        Outcome.SUSPENDED,
    }
)
FORM = "text/html; charset=utf-8"  # of what the browser hands over
ERROR_PAGE = "chrome-error:"  # what the browser shows by itself where no page came


class PageBroke(Exception):
    """A page hangs or ended its process, or the browser did: another try. Accuses nobody."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a render may take, in seconds. `document` is the profile's `answer_within`."""

    document: float = 15
    settle: float = 8  # at most, for the scripts to fill the page
    proof: float = 5  # at least, before what a page shows is held against it
    answer: float = 20  # of the page itself, when asked what it holds; then its scripts hang
    whole: float = 60  # for everything


@dataclass(frozen=True, slots=True)
class Errand:
    """What one render is for. `today` gives the Shanghai date of the fetch; `target` is the address
    in the register on whose behalf the page is opened, where it is another."""

    url: str
    today: Callable[[], date]
    checker: str
    hint: Hint | None = None
    purpose: Purpose = Purpose.READ
    limits: Limits = Limits()
    target: str | None = None


async def render(seat: Seat, errand: Errand) -> Look:
    """Look at one page. Raises PageBroke where it cannot be looked at in this browser."""
    page: Page | None = None
    try:
        async with asyncio.timeout(errand.limits.whole):
            page = await seat.context.new_page()
            return await _render(page, seat, errand)
    except (TimeoutError, Error) as error:
        raise PageBroke(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        if page is not None:
            await _shut(page)


async def _shut(page: Page) -> None:
    """Close a page; one that does not go goes with its context."""
    with suppress(TimeoutError, Error):
        async with asyncio.timeout(CLOSE_SECONDS):
            await page.close()


async def _render(page: Page, seat: Seat, errand: Errand) -> Look:
    proving = errand.purpose is Purpose.PROVE
    guard = Guard(seat.relay.begin(errand.target or errand.url), pictures=proving)
    visit = Visit(page)
    visit.watch()
    await page.route("**/*", guard.decide)
    try:
        timeout = 1000 * errand.limits.document
        await page.goto(errand.url, wait_until="commit", timeout=timeout)
    except Error as error:
        if visit.crashed or page.is_closed():
            raise
        return await _failed(errand, visit, seat, guard, str(error))
    look = await _settled(page, errand, visit)
    if page.url.startswith(ERROR_PAGE) or any(map(guard.leads_inside, places(look))):
        return await _failed(errand, visit, seat, guard, "")
    if look.answer.cut_off and (late := _too_late(look, seat)):
        return replace(look, outcome=late, reading=_nothing(late.value))
    look = await _with_compatibility(page, look, visit)
    look = replace(look, exchanges=await visit.exchanges())
    wanted = proving or INCOMPATIBLE.intersection(look.reading.signs)
    shots = await _pictures(page, seat.context, look, errand) if wanted else ()
    return replace(look, shots=shots)


def places(look: Look) -> list[str]:
    """Where a look has been."""
    return [look.answer.final_url, *look.answer.hops]


def _too_late(look: Look, seat: Seat) -> Outcome | None:
    """What a document that never came whole is, where nothing can be read off what came of it."""
    if seat.relay.is_spent:
        return Outcome.REFUSED
    return None if look.reading.items else Outcome.TIMEOUT


async def _settled(page: Page, errand: Errand, visit: Visit) -> Look:
    """The look once the page is at rest and says something, or the time for it is over.

    A document that is still on its way has as long as an answer may take; a page that may be held
    against somebody is given time to change its mind.
    """
    clock = asyncio.get_running_loop().time
    limits, began, shape = errand.limits, clock(), ""
    least = began + (limits.proof if errand.purpose is Purpose.PROVE else 0)
    quiet_since = began
    while (now := clock()) < began + (limits.document if _is_coming(visit) else limits.settle):
        await asyncio.sleep(STEP_SECONDS)
        async with asyncio.timeout(limits.answer):
            seen = await _shape(page)
        if seen != shape:
            shape, quiet_since = seen, now
            continue
        rests = now - quiet_since >= QUIET_SECONDS and not seen.startswith("loading")
        if not rests or now < least or (visit.is_filling and least > began):
            continue
        look = await _look(page, errand, visit)
        if _is_told(look):
            return look
        quiet_since = clock()
    return await _look(page, errand, visit, loading=shape.startswith("loading"))


def _is_coming(visit: Visit) -> bool:
    """Whether the document itself is still on its way."""
    response = visit.document()
    return response is not None and visit.came_whole(response) is None


def _is_told(look: Look) -> bool:
    """Whether nothing is gained by waiting on: a dated list, or a page that says what it is."""
    read = look.outcome is Outcome.READ and look.reading.newest is not None
    return read or look.outcome in SPEAKS_AT_ONCE


async def _shape(page: Page) -> str:
    try:
        return str(await page.evaluate(SHAPE))
    except Error:  # it is just going elsewhere
        if page.is_closed():
            raise
        return ""


async def _look(page: Page, errand: Errand, visit: Visit, *, loading: bool = False) -> Look:
    """What the page says at this moment."""
    response = visit.document()
    answer = Answer(
        at=datetime.now(UTC),
        elapsed_ms=_elapsed(response),
        asked_url=errand.url,
        final_url=page.url if page.url.startswith("http") else errand.url,
        hops=_hops(response, page.url, errand.url),
        status=response.status if response else 200,
        headers=await _headers(response),
        body=await _body(page, response),
        cut_off=loading or await _is_cut_off(visit, response),
    )
    look = look_at(answer, today=errand.today(), hint=errand.hint)
    return replace(look, client=Client.BROWSER, purpose=errand.purpose)


async def _is_cut_off(visit: Visit, response: Response | None) -> bool:
    """Whether the document broke off, on the wire or before: the browser mends what it shows."""
    if response is None:
        return False
    whole = visit.came_whole(response)
    return not whole or never_ends(await whole_body(response))


async def _body(page: Page, response: Response | None) -> bytes:
    """The page as its scripts left it; of what is no page, the bytes as they came."""
    kind = response.headers.get("content-type", "") if response else ""
    if response is not None and kind and "html" not in kind and "xml" not in kind:
        with suppress(Error):
            return (await response.body())[: 16 * LARGEST_EXCHANGE]
    try:
        return str(await page.evaluate(SERIALISE)).encode("utf-8", "replace")
    except Error:
        return b""


async def _headers(response: Response | None) -> dict[str, str]:
    if response is None:
        return {"content-type": FORM}
    headers = dict(response.headers)
    kind = headers.get("content-type", "")
    return headers | ({"content-type": FORM} if not kind or "html" in kind or "xml" in kind else {})


def _elapsed(response: Response | None) -> int:
    timing: dict[str, Any] = dict(response.request.timing) if response is not None else {}
    return max(0, int(timing.get("responseStart", 0)))


def _hops(response: Response | None, landed: str, asked: str) -> tuple[str, ...]:
    """The addresses before the last one, the first asked first."""
    chain: list[str] = []
    request: Request | None = response.request if response is not None else None
    while request is not None:
        chain.append(request.url)
        request = request.redirected_from
    chain.reverse()
    if asked not in chain[:1]:
        chain.insert(0, asked)
    return tuple(url for url in chain if url.startswith("http") and url != landed)


async def _failed(errand: Errand, visit: Visit, seat: Seat, guard: Guard, words: str) -> Look:
    """The look where no page came, or one that nobody may look at."""
    url, why = visit.failed or (errand.url, words)
    outcome = seat.relay.failure(url) or outcome_of_error(why or words)
    if visit.downloaded or guard.leads_inside(url):
        outcome = Outcome.REFUSED
    answer = Answer(datetime.now(UTC), 0, errand.url, errand.url)
    return Look(
        answer,
        outcome,
        _nothing(outcome.value),
        error=(why or words).split("\n")[0][:300],
        client=Client.BROWSER,
        purpose=errand.purpose,
        exchanges=await visit.exchanges(),
    )


def _nothing(sign: str) -> PageReading:
    return PageReading(PageState.UNREADABLE, signs=(sign,))


async def _with_compatibility(page: Page, look: Look, visit: Visit) -> Look:
    try:
        visible = str(await page.evaluate(VISIBLE_TEXT))
    except Error:
        return look
    html = look.answer.body.decode("utf-8", "replace")
    for sign in incompatible_signs(look.reading, look.outcome, visible, html, visit.errors):
        look = replace(look, reading=with_sign(look.reading, sign))
    return look


async def _pictures(
    page: Page, context: BrowserContext, look: Look, errand: Errand
) -> tuple[Shot, ...]:
    """The page with its margin; where it looks incompatible, as a narrow screen shows it, too."""
    widths = {"page": WIDE}
    if INCOMPATIBLE.intersection(look.reading.signs):
        widths["narrow"] = NARROW
    shots = []
    for what, width in widths.items():
        with suppress(Error):  # a page of which no picture can be taken is still read
            await page.set_viewport_size({"width": width, "height": 800})
            at = datetime.now(UTC)
            png = await with_margin(
                context,
                await take(page, width),
                url=errand.url,
                at=at,
                reading=look.reading,
                checker=errand.checker,
                width=width,
            )
            shots.append(Shot(at, png, what))
    return tuple(shots)
