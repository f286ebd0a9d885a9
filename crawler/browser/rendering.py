"""One look through the browser: go there, let the page come to rest, read it, take its picture.

Never judges and never writes; whatever happens comes back as a `Look`, or as `PageBroke` where a
page hangs or ends its process, or the browser itself is of no more use.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from playwright.async_api import BrowserContext, Error, Page

from crawler.browser.clicking import behind_tabs
from crawler.browser.compat import incompatible_signs, is_unusable_narrow
from crawler.browser.engine import Seat
from crawler.browser.errand import Errand
from crawler.browser.failures import is_obsolete_tls, outcome_of_error
from crawler.browser.guard import Guard
from crawler.browser.others import FAILS
from crawler.browser.picture import NARROW, WIDE, take, with_margin
from crawler.browser.resting import is_over
from crawler.browser.serialising import VISIBLE_TEXT
from crawler.browser.shown import look_by_status, look_now, shape_of
from crawler.browser.visit import Visit
from crawler.look import Answer, Look, Shot, with_sign
from rules.facts import Client, Outcome, PageReading, PageState, Purpose
from rules.marks import INCOMPATIBLE, INCOMPATIBLE_NARROW, INCOMPATIBLE_TLS

QUIET_SECONDS = 0.5  # the page has come to rest when nothing changed for so long
STEP_SECONDS = 0.25
CLOSE_SECONDS = 5
SLUGGISH_SECONDS = 2.0  # for one answer of a page; then this machine may be what is slow
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
ERROR_PAGE = "chrome-error:"  # what the browser shows by itself where no page came


class PageBroke(Exception):
    """A page hangs or ended its process, or the browser did: another try. Accuses nobody."""


async def render(seat: Seat, errand: Errand) -> Look:
    """Look at one page. Raises PageBroke where it cannot be looked at in this browser."""
    try:
        look = await _looked_at(seat.context, seat, errand)
    except (TimeoutError, Error) as error:
        raise PageBroke(f"{type(error).__name__}: {error}"[:300]) from error
    if errand.purpose is Purpose.PROVE and FAILS.intersection(look.reading.signs):
        return await _elsewhere(seat, errand, look)
    return look


async def _elsewhere(seat: Seat, errand: Errand, look: Look) -> Look:
    """The look at what is incompatible, with what the other engines on this machine show."""

    async def looked(context: BrowserContext, name: str) -> Look:
        named = replace(errand, checker=f"{errand.checker} ({name})")
        return await _looked_at(context, seat, named)

    return await seat.others.beside(look, seat.relay.address, looked)


async def _looked_at(context: BrowserContext, seat: Seat, errand: Errand) -> Look:
    """One look in a page of its own. Raises Error and TimeoutError."""
    page: Page | None = None
    try:
        async with asyncio.timeout(errand.limits.whole):
            page = await context.new_page()
            return await _render(page, replace(seat, context=context), errand)
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
        visit.must_live()
        return await _failed(errand, visit, seat, guard, str(error))
    look = await _settled(errand, visit, seat)
    if page.url.startswith(ERROR_PAGE) or any(map(guard.leads_inside, places(look))):
        return await _failed(errand, visit, seat, guard, "")
    if late := _too_late(look, errand, visit, seat):
        return replace(look, outcome=late, reading=_nothing(late.value))
    if proving or not _is_told(look):
        look = await behind_tabs(errand, visit, guard, look)
    look = await _with_compatibility(page, look, visit)
    look = replace(look, exchanges=await visit.exchanges())
    if proving and look.reading.items:
        look = await _with_narrow(page, look)
    wanted = proving or INCOMPATIBLE.intersection(look.reading.signs)
    shots = await _pictures(page, seat.context, look, errand) if wanted else ()
    return replace(look, shots=shots)


def places(look: Look) -> list[str]:
    """Where a look has been."""
    return [look.answer.final_url, *look.answer.hops]


def _too_late(look: Look, errand: Errand, visit: Visit, seat: Seat) -> Outcome | None:
    """What a document that did not come whole is, where nothing can be read off what came of it."""
    response = visit.document()
    if response is None or look.reading.items or (whole := visit.came_whole(response)):
        return None
    if seat.relay.traffic.is_spent:
        return Outcome.REFUSED
    if whole is None:
        late = visit.waited(response) >= errand.limits.document
        return Outcome.TIMEOUT if late and visit.slowest < SLUGGISH_SECONDS else None
    return outcome_of_error((visit.failed or ("", ""))[1])


async def _settled(errand: Errand, visit: Visit, seat: Seat) -> Look:
    """The look once the page is at rest and says something, or the time for it is over.

    A document that is still on its way has as long as an answer may take; a page that may be held
    against somebody is given time to change its mind.
    """
    clock = asyncio.get_running_loop().time
    limits, began, shape = errand.limits, clock(), ""
    proving = errand.purpose is Purpose.PROVE and not visit.is_error
    least = began + (limits.proof if proving else 0)
    quiet_since = still_since = began
    reading: PageReading | None = None
    while (now := clock()) < began + (limits.document if visit.is_coming else limits.settle):
        await asyncio.sleep(STEP_SECONDS)
        async with asyncio.timeout(limits.answer):
            asked, seen = clock(), await shape_of(visit)
        visit.slowest = max(visit.slowest, clock() - asked)
        if seat.relay.traffic.is_spent or visit.page.url.startswith(ERROR_PAGE):
            break
        if seen != shape or visit.is_busy:
            still_since = now
        if seen != shape:
            shape, quiet_since = seen, now
            continue
        rests = now - quiet_since >= QUIET_SECONDS and not seen.startswith("loading")
        if not rests or now < least or (proving and visit.is_filling):
            continue
        look = await look_now(errand, visit)
        if look.reading != reading:
            reading, still_since = look.reading, now
        if _is_told(look) or await is_over(errand, visit, look, now - still_since):
            return look
        quiet_since = clock()
    async with asyncio.timeout(limits.answer):
        return await look_now(errand, visit, loading=shape.startswith("loading"))


def _is_told(look: Look) -> bool:
    """Whether nothing is gained by waiting on: a dated list, or a page that says what it is."""
    read = look.outcome is Outcome.READ and look.reading.newest is not None
    return read or look.outcome in SPEAKS_AT_ONCE


async def _failed(errand: Errand, visit: Visit, seat: Seat, guard: Guard, words: str) -> Look:
    """The look where no page came, or one that nobody may look at."""
    said = await look_by_status(errand, visit, words)
    if said is not None:
        return replace(said, exchanges=await visit.exchanges())
    limit = errand.limits.document
    url, why = visit.failed or (errand.url, words)
    traffic = seat.relay.traffic
    outcome = traffic.failure(url) or outcome_of_error(why or words)
    if visit.downloaded or guard.leads_inside(url):
        outcome = Outcome.REFUSED
    if outcome is Outcome.TIMEOUT and traffic.kept_waiting(visit.asked or url) < limit / 2:
        outcome = Outcome.OUR_FAULT  # the site spoke, or was not even asked: we were too slow
    answer = Answer(datetime.now(UTC), 0, errand.url, errand.url)
    reading = _nothing(outcome.value)
    if is_obsolete_tls(why or words):
        reading = with_sign(reading, INCOMPATIBLE_TLS)
    return Look(
        answer,
        outcome,
        reading,
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


async def _with_narrow(page: Page, look: Look) -> Look:
    """The look, with a sign where nothing of the page is left on a narrow screen."""
    try:
        wide = str(await page.evaluate(VISIBLE_TEXT))
        await page.set_viewport_size({"width": NARROW, "height": 800})
        await asyncio.sleep(STEP_SECONDS)
        narrow = str(await page.evaluate(VISIBLE_TEXT))
        await page.set_viewport_size({"width": WIDE, "height": 800})
    except Error:
        return look
    if not is_unusable_narrow(wide, narrow):
        return look
    return replace(look, reading=with_sign(look.reading, INCOMPATIBLE_NARROW))


async def _pictures(
    page: Page, context: BrowserContext, look: Look, errand: Errand
) -> tuple[Shot, ...]:
    """The page with its margin; where it looks incompatible, as a narrow screen shows it, too."""
    widths = {"page": WIDE}
    if FAILS.intersection(look.reading.signs):
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
