"""Downloader middlewares: the library's own, ending in typed exceptions, and the address guard."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import leads_inside

# A site that is down has no robots.txt either; its own look says so, without a traceback.
logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)


class RobotsDenied(IgnoreRequest):
    """robots.txt does not allow this address."""


class TooManyHops(IgnoreRequest):
    """Redirects without end."""


class RefusedAddress(IgnoreRequest):
    """A public site leads to a private address: not followed."""


class TypedRobots(RobotsTxtMiddleware):
    """Obeys robots.txt, and says so with an exception of its own.

    Where no answer came for robots.txt, none of the page is asked for: the look fails as the
    robots file did, and is repeated later. An error status means that there is no robots file.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unheard: dict[str, Exception] = {}
        self._asked: dict[str, asyncio.Future[Any]] = {}

    async def robot_parser(self, request: Request) -> Any:
        """The parser of a host's robots.txt, asked for once.

        The library lets everybody else who waits for the same file go on as if there were none:
        the result of its Deferred reaches the first of them only.
        """
        netloc = urlsplit(request.url).netloc
        if netloc not in self._asked:
            self._asked[netloc] = asyncio.ensure_future(super().robot_parser(request))
        return await asyncio.shield(self._asked[netloc])

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unheard[netloc] = exc
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Raise RobotsDenied where the library only ignores, or why robots.txt is not known."""
        unheard = self._unheard.get(urlsplit(request.url).netloc)
        if rp is None and unheard is not None:
            raise unheard
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsDenied(str(error)) from error


class TypedRedirects(RedirectMiddleware):
    """Follows redirects, and says when they have no end."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            raise TooManyHops(str(error)) from error


class AddressGuard:
    """Refuses to be led from a public site to a private address, on every hop."""

    def process_request(self, request: Request) -> None:
        """Raise RefusedAddress where the target's own address did not lead us inside already."""
        asked = request.meta.get("asked_url")
        if asked and leads_inside(asked, request.url):
            raise RefusedAddress(f"{request.url} is not public")
