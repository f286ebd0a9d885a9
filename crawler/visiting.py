"""A visit: a page fetched and read, and followed where it sends its visitor.

Used inside a running Scrapy crawl by every spider that looks at pages. It never judges and
never writes; whatever happens comes back as a `Look`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.look import Answer, Look, look_at, look_failed, never_ends
from rules.facts import Hint, Outcome

MAX_FORWARDS = 3
# A page within a page is shown at the page's own address, so another host is no other site.
FRAME_SIGNS = frozenset({"frame", "frameset", "list_in_frame"})


def request_for(url: str, **meta: Any) -> Request:
    """The one kind of request a visit begins with; `meta` is for the spider's own use."""
    return Request(url, dont_filter=True, meta={"asked_url": url, "dont_retry": True} | meta)


class Visitor:
    """Reads answers of one crawl; `today` gives the Shanghai date at the time of asking."""

    def __init__(self, crawler: Crawler, today: Callable[[], date]) -> None:
        self._crawler = crawler
        self._today = today

    async def visit(self, request: Request, hint: Hint | None = None) -> Look:
        """Fetch one address outside the crawl's queue, read it and follow it."""
        try:
            response = await self._fetch(request)
        except Exception as error:  # noqa: BLE001 - typed by the table of exceptions
            return look_failed(_answer(request), error)
        return await self.read(response, hint)

    async def read(self, response: Response, hint: Hint | None = None) -> Look:
        """Read an answer that arrived; a refresh, a jump or a frame is followed a few times."""
        assert response.request is not None
        request = response.request
        try:
            look = self._look(request, response, hint)
        except Exception as error:  # noqa: BLE001 - ours: typed, and the target stays unknown
            return look_failed(_answer(request, response), error)
        if look.outcome is not Outcome.FORWARD or look.reading.forward is None:
            return look
        if request.meta.get("forwards", 0) >= MAX_FORWARDS:
            return look
        try:
            onward = _onward(request, look)
        except ValueError:  # it sends its visitor to what is no address
            return look
        return await self.visit(onward, hint)

    async def ask(self, request: Request) -> Answer | None:
        """The bare answer to a request for data, which is no page; None where none came."""
        try:
            return _answer(request, await self._fetch(request))
        except Exception:  # noqa: BLE001 - whatever failed: what did not come is not believed
            return None

    def failed(self, failure: Failure) -> Look:
        """The look for a request that brought no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        return look_failed(_answer(request), failure.value)

    def _look(self, request: Request, response: Response, hint: Hint | None) -> Look:
        framed = bool(request.meta.get("framed"))
        return look_at(_answer(request, response), today=self._today(), hint=hint, framed=framed)

    async def _fetch(self, request: Request) -> Response:
        assert self._crawler.engine is not None
        return await self._crawler.engine.download_async(request)


def _onward(request: Request, look: Look) -> Request:
    """The request that goes where a page sends its visitor."""
    assert look.reading.forward is not None
    onward = request.replace(url=look.reading.forward, callback=None, errback=None)
    onward.meta["redirect_urls"] = [*look.answer.hops, look.answer.final_url]
    onward.meta["redirect_times"] = 0
    onward.meta["forwards"] = request.meta.get("forwards", 0) + 1
    framed = any(sign in FRAME_SIGNS for sign in look.reading.signs)
    onward.meta["framed"] = framed or request.meta.get("framed", False)
    return onward


def _answer(request: Request, response: Response | None = None) -> Answer:
    meta = request.meta
    facts: dict[str, Any] = {} if response is None else _facts(response)
    return Answer(
        at=datetime.now(UTC),
        elapsed_ms=int(1000 * meta.get("download_latency", 0)),
        asked_url=meta.get("asked_url", request.url),
        hops=tuple(meta.get("redirect_urls", ())),
        **{"final_url": request.url} | facts,
    )


def _facts(response: Response) -> dict[str, Any]:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return {
        "final_url": response.url,
        "status": response.status,
        "headers": headers,
        "body": response.body,
        "cut_off": "dataloss" in response.flags or never_ends(response.body),
    }
