"""Downloader middlewares: the library's own, ending in typed exceptions, and the address guard."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.web.client import URI

from crawler.addresses import host_of
from crawler.reach import Reach, literal

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
    """Refuses to be led to a private address by redirects, forwards or names, on every hop.

    A name is resolved here first, by the very resolver and cache that the connection uses, so that
    it cannot change in between. Behind a proxy only literals and names can be looked at.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._intranet = crawler.settings.getbool("XUNJIAN_INTRANET")
        self._proxied = frozenset(getproxies())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """The guard of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RefusedAddress where the target's own address does not lead us inside already.

        What nobody asked for by an address of the register, as robots.txt, speaks for itself.
        """
        reach, host = self._reach(request), host_of(request.url)
        if not reach.by_words(host):
            raise RefusedAddress(f"{request.url} is not public")
        if self._is_direct(request) and literal(host) is None:
            address = await self._address_of(request.url)
            if not reach.by_address(host, address):
                raise RefusedAddress(f"{request.url} is at {address}, which is not public")

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise RefusedAddress where an answer came from inside all the same: nobody reads it."""
        at = response.ip_address
        if at is None or not self._is_direct(request):
            return response
        if not self._reach(request).by_address(host_of(request.url), str(at)):
            raise RefusedAddress(f"{request.url} was answered by {at}, which is not public")
        return response

    def _reach(self, request: Request) -> Reach:
        meta = request.meta
        if "task" in meta:  # what pages name is asked for on behalf of a target of the register
            return Reach(host_of(meta["task"].url), self._intranet)
        first = meta.get("redirect_urls", [request.url])[0]
        return Reach(host_of(meta.get("asked_url", first)), self._intranet)

    def _is_direct(self, request: Request) -> bool:
        parts = urlsplit(request.url)
        return parts.scheme not in self._proxied or bool(proxy_bypass(parts.hostname or ""))

    async def _address_of(self, url: str) -> str:
        """The address that a connection to this host will be made to. Raises DNSLookupError."""
        from twisted.internet import reactor

        host = URI.fromBytes(url.encode()).host.decode()
        found: Deferred[Any] = reactor.resolve(host)
        return str(await maybe_deferred_to_future(found))
