"""The browser's only way out: a SOCKS relay on loopback, with lines to permitted places alone.

Whatever a page makes the browser fetch passes here: redirects, frames, prefetches, sockets. A name
is resolved here and the line opened to the very address that was looked at, so that it cannot
change in between. What passes is never looked into.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable
from contextlib import suppress

from crawler.addresses import host_of
from crawler.browser.socks import FAILED, OPENED, asked_for, reply
from crawler.browser.traffic import Place, Refused, Traffic
from crawler.browser.upstream import (
    CHUNK,
    Line,
    Sink,
    TunnelRefused,
    Upstream,
    UpstreamDown,
    passed_on,
)
from crawler.reach import Reach

MOST_BYTES = 32 << 20  # of one page with all it fetches; a person's page has a few
MOST_OPENED = 400  # lines of one page
MOST_LINES = 128  # at once, of one context
CONNECT_SECONDS = 15
BREAKS = (OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError)


class Relay:
    """One port on loopback for one context of the browser; it lives as long as the context.

    `traffic` is that of the page which is open.
    """

    def __init__(
        self,
        *,
        intranet: bool = False,
        upstream: Upstream | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._intranet = intranet
        self._upstream = upstream
        self._most = most_bytes
        self._reach = Reach("", intranet)
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self.traffic = Traffic(most_bytes, MOST_OPENED)

    async def __aenter__(self) -> Relay:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for line in list(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        assert self._server is not None
        return f"socks5://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def begin(self, url: str) -> Reach:
        """A target's page comes next: its own address says what it may lead to."""
        self._reach = Reach(host_of(url), self._intranet)
        self.traffic = Traffic(self._most, MOST_OPENED)
        return self._reach

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        self.traffic.lines -= 1
        try:
            if len(self._lines) <= MOST_LINES and self.traffic.lines >= 0:
                await self._serve((reader, writer))
        except BREAKS:
            _reset(writer)  # one side broke off; the browser sees it as it was
        finally:
            self._lines.discard(task)
            writer.transport.abort()

    async def _serve(self, browser: Line) -> None:
        place = await asked_for(*browser)
        self.traffic.asks(place)
        try:
            site = await self._open(place)
        except (OSError, Refused) as error:
            self.traffic.failed(place, error)
            await reply(browser[1], FAILED)
            return
        try:
            await reply(browser[1], OPENED)
            self.traffic.opened(place)
            await self._carry(site, browser[1], place, await self._sender(browser[0], site, place))
        finally:
            site[1].transport.abort()

    async def _open(self, place: Place) -> Line:
        """A line to a host, or to the proxy in its stead. Raises Refused and OSError."""
        host, port = place
        if not self._reach.by_words(host):
            raise Refused(host)
        if self._upstream is not None:
            return await self._upstream.connect()
        addresses = await self._permitted(host, port)
        broken: OSError | Refused = Refused(host)
        for address in addresses:
            try:
                async with asyncio.timeout(CONNECT_SECONDS / len(addresses)):
                    return await asyncio.open_connection(address, port)
            except OSError as error:
                broken = error
        raise broken

    async def _permitted(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to, IPv4 first."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        addresses.sort(key=lambda address: ":" in address)
        return [one for one in addresses if self._reach.by_address(host, one)]

    async def _sender(
        self, browser: asyncio.StreamReader, site: Line, place: Place
    ) -> Awaitable[None]:
        """What sends on the browser's bytes. Notes what the proxy has against it."""
        sink = Sink(site[1], lambda: self.traffic.asks(place))
        if self._upstream is None:
            return passed_on(browser, sink)
        try:
            return await self._upstream.prepare(browser, site[0], sink, *place)
        except (TunnelRefused, UpstreamDown) as error:
            self.traffic.failed(place, error)
            raise

    async def _carry(
        self, site: Line, browser: asyncio.StreamWriter, place: Place, sender: Awaitable[None]
    ) -> None:
        """Pass on bytes both ways until the site breaks off or the browser has had enough."""
        sending = asyncio.ensure_future(sender)
        receiving = asyncio.ensure_future(self._receive(site[0], browser, place))
        both = (sending, receiving)
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if receiving.done():
                receiving.result()
            await sending
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _receive(
        self, site: asyncio.StreamReader, browser: asyncio.StreamWriter, place: Place
    ) -> None:
        while chunk := await site.read(CHUNK):
            self.traffic.hears(place, len(chunk))
            if self.traffic.is_spent:
                raise EOFError
            browser.write(chunk)
            await browser.drain()
        browser.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Let a line end as a broken one, not as one that was closed in good order."""
    known = writer.get_extra_info("socket")
    with suppress(OSError):  # it is gone already
        known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
