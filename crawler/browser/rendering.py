"""One look through the browser: go there, let the page come to rest, read it, take its picture.

Never judges and never writes; whatever happens comes back as a `Look`, or as `BrowserBroke` where
the browser itself is of no more use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from playwright.async_api import BrowserContext, Error, Page, Request, Response

from crawler.browser.compat import incompatible_signs
from crawler.browser.failures import outcome_of_error
from crawler.browser.guard import Guard
from crawler.browser.picture import NARROW, WIDE, take, with_margin
from crawler.browser.serialising import SERIALISE, SHAPE, VISIBLE_TEXT
from crawler.look import Answer, Exchange, Look, Shot, look_at, with_sign
from rules.facts import Client, Hint, Outcome, PageReading, PageState, Purpose
from rules.marks import INCOMPATIBLE

DOCUMENT_SECONDS = 15  # V2 and P07: an answer after 15 seconds is no answer
SETTLE_SECONDS = 8.0  # at most, for the scripts to fill the page
QUIET_SECONDS = 0.5  # the page has come to rest when nothing changed for so long
STEP_SECONDS = 0.25
HARD_SECONDS = 60  # for everything; then the browser hangs
KEPT = frozenset({"document", "script", "xhr", "fetch"})
MOST_EXCHANGES = 60
LARGEST_EXCHANGE = 1 << 20  # bytes of one kept body
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


class BrowserBroke(Exception):
    """The browser crashed or hangs: it must be started anew. Accuses nobody."""


@dataclass  # without slots: the library marks the objects whose methods it calls
class Visit:
    """What happened on one page while it was open."""

    asked: str
    began: datetime
    responses: list[Response] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    crashed: bool = False
    downloaded: bool = False

    def watch(self, page: Page) -> None:
        """Follow what the page does."""
        page.on("response", self._answered)
        page.on("pageerror", lambda error: self.errors.append(str(error)[:300]))
        page.on("crash", lambda _: setattr(self, "crashed", True))
        page.on("download", lambda _: setattr(self, "downloaded", True))
        page.on("dialog", lambda dialog: asyncio.ensure_future(_dismiss(dialog)))
        page.on("popup", lambda popup: asyncio.ensure_future(_close(popup)))

    def _answered(self, response: Response) -> None:
        if response.request.resource_type in KEPT and len(self.responses) < MOST_EXCHANGES:
            self.responses.append(response)

    def document(self, page: Page) -> Response | None:
        """The last answer that became the page itself."""
        found = None
        for response in self.responses:
            request = response.request
            with suppress(Error):
                is_page = request.is_navigation_request() and request.frame == page.main_frame
                if is_page and not 300 <= response.status < 400:
                    found = response
        return found


@dataclass(frozen=True, slots=True)
class Errand:
    """What one render is for. `today` gives the Shanghai date of the fetch."""

    url: str
    today: Callable[[], date]
    checker: str
    hint: Hint | None = None
    purpose: Purpose = Purpose.READ
    behind_proxy: bool = False


async def render(context: BrowserContext, errand: Errand) -> Look:
    """Look at one page. Raises BrowserBroke where this browser is of no more use."""
    try:
        async with asyncio.timeout(HARD_SECONDS):
            page = await context.new_page()
            try:
                return await _render(page, context, errand)
            finally:
                async with asyncio.timeout(5):
                    await page.close()
    except (TimeoutError, Error) as error:
        raise BrowserBroke(f"{type(error).__name__}: {error}"[:300]) from error


async def _render(page: Page, context: BrowserContext, errand: Errand) -> Look:
    proving = errand.purpose is Purpose.PROVE
    visit = Visit(errand.url, datetime.now(UTC))
    guard = Guard(errand.url, errand.behind_proxy, pictures=proving)
    visit.watch(page)
    await page.route("**/*", guard.decide)
    try:
        await page.goto(errand.url, wait_until="commit", timeout=1000 * DOCUMENT_SECONDS)
    except Error as error:
        if visit.crashed or page.is_closed():
            raise BrowserBroke(str(error)[:300]) from error
        return await _failed(errand, visit, guard, str(error))
    look = await _settled(page, errand, visit)
    if guard.led_inside([look.answer.final_url, *look.answer.hops]):
        return replace(look, outcome=Outcome.REFUSED, reading=_nothing("led_inside"))
    look = await _with_compatibility(page, look, visit)
    look = replace(look, exchanges=await _exchanges(visit))
    wanted = proving or INCOMPATIBLE.intersection(look.reading.signs)
    return replace(look, shots=await _pictures(page, context, look, errand)) if wanted else look


async def _settled(page: Page, errand: Errand, visit: Visit) -> Look:
    """The look once the page is at rest and says something, or the time for it is over."""
    clock = asyncio.get_running_loop().time
    ends, quiet_since, shape = clock() + SETTLE_SECONDS, clock(), ""
    look: Look | None = None
    while clock() < ends:
        await asyncio.sleep(STEP_SECONDS)
        now = await _shape(page)
        if now != shape:
            shape, quiet_since = now, clock()
            continue
        if clock() - quiet_since < QUIET_SECONDS or shape.startswith("loading"):
            continue
        look = await _look(page, errand, visit)
        if _is_told(look):
            break
        quiet_since = clock()
    return look if look is not None and clock() < ends else await _look(page, errand, visit)


def _is_told(look: Look) -> bool:
    """Whether nothing is gained by waiting on: a dated list, or a page that says what it is."""
    read = look.outcome is Outcome.READ and look.reading.newest is not None
    return read or look.outcome in SPEAKS_AT_ONCE


async def _shape(page: Page) -> str:
    try:
        return str(await page.evaluate(SHAPE))
    except Error:  # it is just going elsewhere
        return ""


async def _look(page: Page, errand: Errand, visit: Visit) -> Look:
    """What the page says at this moment."""
    response = visit.document(page)
    answer = Answer(
        at=datetime.now(UTC),
        elapsed_ms=_elapsed(response),
        asked_url=errand.url,
        final_url=page.url if page.url.startswith("http") else errand.url,
        hops=_hops(response, page.url, errand.url),
        status=response.status if response else 200,
        headers=await _headers(response),
        body=await _body(page, response),
    )
    look = look_at(answer, today=errand.today(), hint=errand.hint)
    return replace(look, client=Client.BROWSER, purpose=errand.purpose)


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


async def _failed(errand: Errand, visit: Visit, guard: Guard, words: str) -> Look:
    """The look where no page came."""
    outcome = Outcome.REFUSED if visit.downloaded else outcome_of_error(words)
    if guard.refused and outcome in (Outcome.CONNECT_FAILURE, Outcome.OUR_FAULT):
        outcome = Outcome.REFUSED
    answer = Answer(datetime.now(UTC), 0, errand.url, errand.url)
    return Look(
        answer,
        outcome,
        _nothing(outcome.value),
        error=words.split("\n")[0][:300],
        client=Client.BROWSER,
        purpose=errand.purpose,
        exchanges=await _exchanges(visit),
        shots=(),
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


async def _exchanges(visit: Visit) -> tuple[Exchange, ...]:
    found = []
    for response in visit.responses:
        request = response.request
        body = b""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(2):
                body = await response.body()
        found.append(
            Exchange(
                at=datetime.now(UTC),
                method=request.method,
                url=response.url,
                kind=request.resource_type,
                status=response.status,
                headers=dict(response.headers),
                body=body if len(body) <= LARGEST_EXCHANGE else b"",
                request_headers=dict(request.headers),
                request_body=request.post_data_buffer or b"",
            )
        )
    return tuple(found)


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


async def _dismiss(dialog: Any) -> None:
    with suppress(Error):
        await dialog.dismiss()


async def _close(popup: Page) -> None:
    with suppress(Error):
        await popup.close()
