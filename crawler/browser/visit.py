"""What happened on one page while it was open: its answers, its errors, how its document ended."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error, Page, Request, Response

from crawler.look import Exchange

KEPT = frozenset({"document", "script", "xhr", "fetch"})
FILLING = frozenset({"script", "xhr", "fetch"})  # what may still change what the page shows
LASTING = FILLING | {"document", "eventsource"}  # what may do so later, frames among it
MOST_EXCHANGES = 60
MOST_ERRORS = 60
LARGEST_EXCHANGE = 1 << 20  # bytes of one kept body
BODY_SECONDS = 2.0  # for one of them, which may never end
BODIES_SECONDS = 10.0  # for all


@dataclass  # without slots: the library marks the objects whose methods it calls
class Visit:
    """Follows one page. `asked` is the last address that was to become the page, `failed` the last
    one that did not, and why; `slowest` the longest time that the page took to say what it holds.
    """

    page: Page
    responses: list[Response] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: str = ""
    failed: tuple[str, str] | None = None
    slowest: float = 0
    crashed: bool = False
    downloaded: bool = False
    listens: bool = False  # it holds a line on which anything may come
    # Of documents: when they were asked for, and whether they came whole.
    _began: dict[Request, float] = field(default_factory=dict)
    _ended: dict[Request, bool] = field(default_factory=dict)
    _open: set[Request] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def watch(self) -> None:
        """Follow what the page does from now on."""
        page = self.page
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfinished", lambda request: self._over(request, whole=True))
        page.on("requestfailed", lambda request: self._over(request, whole=False))
        page.on("pageerror", self._erred)
        page.on("crash", lambda _: setattr(self, "crashed", True))
        page.on("download", lambda _: setattr(self, "downloaded", True))
        page.on("websocket", lambda _: setattr(self, "listens", True))
        page.on("dialog", lambda dialog: self._later(dialog.dismiss()))
        page.on("popup", lambda popup: self._later(popup.close()))

    def must_live(self) -> None:
        """Raise Error where the page is gone or its process ended."""
        if self.crashed or self.page.is_closed():
            raise Error("the page is gone")

    @property
    def is_coming(self) -> bool:
        """Whether the document itself is still on its way."""
        response = self.document()
        return response is not None and self.came_whole(response) is None

    @property
    def is_error(self) -> bool:
        """Whether the document came with a status that no script of it takes back."""
        response = self.document()
        return response is not None and response.status >= 400

    @property
    def is_filling(self) -> bool:
        """Whether the page still waits for what may change it."""
        return any(request.resource_type in FILLING for request in self._open)

    @property
    def is_busy(self) -> bool:
        """Whether anything is on its way that may change it, now or in its own good time."""
        return self.listens or bool(self._open)

    def document(self) -> Response | None:
        """The last answer that became the page itself."""
        pages = (one for one in self.responses if self._is_page(one.request))
        return next((one for one in reversed([*pages]) if not 300 <= one.status < 400), None)

    def came_whole(self, response: Response) -> bool | None:
        """Whether all of a document arrived; None while it is still on its way."""
        return self._ended.get(response.request)

    def waited(self, response: Response) -> float:
        """The seconds since a document was asked for."""
        now = asyncio.get_running_loop().time()
        return now - self._began.get(response.request, now)

    async def exchanges(self) -> tuple[Exchange, ...]:
        """What the page fetched that may say what it shows, its bodies bounded."""
        clock = asyncio.get_running_loop().time
        ends = clock() + BODIES_SECONDS
        found = []
        for one in self.responses:
            bare = exchange_of(one)
            found.append(await whole_exchange(one, bare) if clock() < ends else bare)
        return tuple(found)

    def _asked(self, request: Request) -> None:
        if request.resource_type in LASTING:
            self._open.add(request)
        if request.resource_type == "document" and self._is_page(request):
            self.asked = request.url
            self._began[request] = asyncio.get_running_loop().time()

    def _answered(self, response: Response) -> None:
        if response.request.resource_type in KEPT and len(self.responses) < MOST_EXCHANGES:
            self.responses.append(response)

    def _over(self, request: Request, *, whole: bool) -> None:
        self._open.discard(request)
        if not self._is_page(request):
            return
        self._ended[request] = whole
        if not whole:
            self.failed = (request.url, request.failure or "")

    def _erred(self, error: Exception) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(str(error)[:300])

    def _is_page(self, request: Request) -> bool:
        with suppress(Error):
            return request.is_navigation_request() and request.frame == self.page.main_frame
        return False

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def whole_body(response: Response) -> bytes:
    """The bytes of an answer; nothing where they do not come, or are gone."""
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            return await response.body()
    return b""


async def all_headers(message: Request | Response) -> dict[str, str]:
    """All headers, cookies among them; those that scripts may see where the others do not come."""
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            return await message.all_headers()
    return dict(message.headers)


async def whole_exchange(response: Response, bare: Exchange) -> Exchange:
    """One answer with all that is kept of it, its body only if it is not too large."""
    body = await whole_body(response)
    return replace(
        bare,
        headers=await all_headers(response),
        body=body if len(body) <= LARGEST_EXCHANGE else b"",
        request_headers=await all_headers(response.request),
    )


def exchange_of(response: Response) -> Exchange:
    """One answer as it is kept, without what must be fetched for it."""
    request = response.request
    return Exchange(
        at=datetime.now(UTC),
        method=request.method,
        url=response.url,
        kind=request.resource_type,
        status=response.status,
        headers=dict(response.headers),
        body=b"",
        request_headers=dict(request.headers),
        request_body=request.post_data_buffer or b"",
    )


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    with suppress(Error):
        await work
