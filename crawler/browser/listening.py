"""A page opened to listen to the requests that it makes by itself; nothing is signed or forged.

For platforms whose lists only their own pages can ask for. Whoever opens it says which requests
matter, by how their paths end. Whatever happens comes back as exchanges.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, Response

from crawler.browser.engine import Seat
from crawler.browser.guard import Guard
from crawler.browser.visit import all_headers, exchange_of
from crawler.look import Exchange

MOST_HEARD = 40  # answers of one page
LARGEST = 8 << 20  # bytes of one
BODY_SECONDS = 5.0
QUIET_SECONDS = 0.6  # nothing came for so long: the page has asked what it asks
STEP_SECONDS = 0.15
SCROLL = "window.scrollTo(0, document.body ? document.body.scrollHeight : 0)"


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits in seconds: for the document, for what the page asks then, for all that is done."""

    document: float = 15.0
    settle: float = 8.0
    whole: float = 40.0


@dataclass(eq=False)
class Listener:
    """One open page. `heard` are the answers that matter, in their order."""

    page: Page
    guard: Guard
    patience: Patience
    endings: tuple[str, ...] = ()
    _heard: list[Exchange] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _changed: float = 0.0

    def watch(self) -> None:
        """Follow what the page does from now on."""
        self.page.on("response", self._answered)
        self.page.on("dialog", lambda dialog: self._later(_quietly(dialog.dismiss())))
        self.page.on("popup", lambda popup: self._later(_quietly(popup.close())))

    async def open(self, url: str, endings: Sequence[str]) -> Exchange | None:
        """Go to an address; the document as it stands once the page is at rest, or None."""
        self.endings = tuple(endings)
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(self.patience.whole):
                response = await self.page.goto(
                    url, wait_until="commit", timeout=1000 * self.patience.document
                )
                await self._rest()
                return await self._document(response)
        return None

    async def scroll(self) -> None:
        """To the page's end, and until it has asked what it asks there."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(self.patience.whole):
                await self.page.evaluate(SCROLL)
                await self._rest()

    def heard(self) -> tuple[Exchange, ...]:
        """What came since the last call."""
        found, self._heard = tuple(self._heard), []
        return found

    async def picture(self) -> bytes:
        """The page as it is shown; nothing where no picture can be taken."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(self.patience.document):
                return await self.page.screenshot(full_page=False, type="png")
        return b""

    async def _document(self, response: Response | None) -> Exchange | None:
        if response is None:
            return None
        html = await self.page.content()
        bare = exchange_of(response)
        return Exchange(
            at=datetime.now(UTC),
            method=bare.method,
            url=self.page.url,
            kind="document",
            status=bare.status,
            headers=await all_headers(response),
            body=html.encode("utf-8", "replace")[:LARGEST],
        )

    async def _rest(self) -> None:
        """Wait until nothing that matters came for a while, or the time for it is over."""
        clock = asyncio.get_running_loop().time
        began = self._changed = clock()
        while clock() < began + self.patience.settle:
            await asyncio.sleep(STEP_SECONDS)
            least = QUIET_SECONDS if self._heard else self.patience.settle / 2
            if not self._tasks and clock() - self._changed >= least:
                return

    def _answered(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if any(path.rstrip("/").endswith(end.rstrip("/")) for end in self.endings):
            self._later(self._take(response))

    async def _take(self, response: Response) -> None:
        if len(self._heard) >= MOST_HEARD:
            return
        bare, body = exchange_of(response), b""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(BODY_SECONDS):
                body = await response.body()
        self._heard.append(
            Exchange(
                at=bare.at,
                method=bare.method,
                url=bare.url,
                kind=bare.kind,
                status=bare.status,
                headers=dict(response.headers),
                body=body[: LARGEST + 1],
                request_body=bare.request_body[: 64 << 10],
            )
        )
        self._changed = asyncio.get_running_loop().time()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@asynccontextmanager
async def listening(seat: Seat, home: str, patience: Patience) -> AsyncIterator[Listener]:
    """A page of a seat, guarded as all of ours. `home`: the address that it is opened for."""
    page = await seat.context.new_page()
    guard = Guard(seat.relay.begin(home), pictures=False)
    listener = Listener(page, guard, patience)
    listener.watch()
    await page.route("**/*", guard.decide)
    try:
        yield listener
    finally:
        seat.started.pages += 1
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(5):
                await page.close()


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    with suppress(Error):
        await work
