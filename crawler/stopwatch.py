"""How long a page took on the wire, over all its hops; the library tells of first bytes only.

Waiting for a host's turn is not counted, for that is our own politeness.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response


@dataclass(slots=True)
class Watch:
    """The time that one visit has taken; put it into a request's meta under `watch`. `asked` says
    whether the page itself was ever asked for."""

    seconds: float = 0.0
    asked: bool = False
    headers_at: float | None = None

    @property
    def milliseconds(self) -> int:
        return int(1000 * self.seconds)


class Stopwatch:
    """A downloader middleware, the nearest to the wire: adds up what the hops of a visit took."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopwatch:
        """The stopwatch of one crawl."""
        watch = cls()
        crawler.signals.connect(watch.asked, signals.request_reached_downloader)
        crawler.signals.connect(watch.headers_came, signals.headers_received)
        return watch

    def asked(self, request: Request) -> None:
        """A request leaves for its host."""
        if "watch" in request.meta:
            request.meta["watch"].asked = True

    def headers_came(self, request: Request) -> None:
        """The first bytes of an answer are there."""
        if "watch" in request.meta:
            request.meta["watch"].headers_at = monotonic()

    def process_response(self, request: Request, response: Response) -> Response:
        """Add what this hop took: to its first byte, and from there to its last."""
        watch: Watch | None = request.meta.get("watch")
        if watch is not None:
            body = monotonic() - watch.headers_at if watch.headers_at is not None else 0.0
            watch.seconds += request.meta.get("download_latency", 0.0) + body
            watch.headers_at = None
        return response
