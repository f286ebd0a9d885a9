"""The browser's only way out: a SOCKS relay on loopback, with lines to permitted places alone.

Whatever a page makes the browser fetch passes here: redirects, frames, prefetches, sockets. A name
is resolved here and the line opened to the very address that was looked at, so that it cannot
change in between. What passes is never looked into.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import struct
from collections.abc import Awaitable
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler.addresses import host_of
from crawler.browser.upstream import CHUNK, Line, TunnelRefused, Upstream, UpstreamDown, passed_on
from crawler.reach import Reach
from rules.facts import Outcome

MOST_BYTES = 64 << 20  # of one page with all it fetches; a person's page has a few
MOST_LINES = 128  # at once, of one context
CONNECT_SECONDS = 15
VERSION, CONNECT, IPV4, NAME, IPV6 = 5, 1, 1, 3, 4
LENGTHS = {IPV4: 4, NAME: 0, IPV6: 16}  # of an address by its kind; a name tells its own
OPENED, FAILED = 0, 4
BREAKS = (OSError, EOFError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError)
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# Errors of our own line; every other failure is the other side's.
OURS = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS})


class Refused(Exception):
    """A page led to a place where it may not lead us."""


class Relay:
    """One port on loopback for one context of the browser; it lives as long as the context."""

    def __init__(self, *, intranet: bool = False, upstream: Upstream | None = None) -> None:
        self._intranet = intranet
        self._upstream = upstream
        self._reach = Reach("", intranet)
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._left = MOST_BYTES
        self.refused: list[str] = []
        self._failures: dict[tuple[str, int], Outcome] = {}

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

    @property
    def is_spent(self) -> bool:
        """Whether this page asked for more than any page may."""
        return self._left < 0

    def begin(self, url: str) -> Reach:
        """A target's page comes next: its own address says what it may lead to."""
        self._reach = Reach(host_of(url), self._intranet)
        self._left = MOST_BYTES
        self.refused, self._failures = [], {}
        return self._reach

    def failure(self, url: str) -> Outcome | None:
        """Why no line to the host of an address could be opened; None where one could."""
        return self._failures.get(_place(url))

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            if len(self._lines) <= MOST_LINES:
                await self._serve((reader, writer))
        except BREAKS:
            _reset(writer)  # one side broke off; the browser sees it as it was
        finally:
            self._lines.discard(task)
            writer.transport.abort()

    async def _serve(self, browser: Line) -> None:
        reader, writer = browser
        host, port = await _asked_for(reader, writer)
        try:
            site = await self._open(host, port)
        except (OSError, Refused) as error:
            self._note(host, port, error)
            await _reply(writer, FAILED)
            return
        try:
            await _reply(writer, OPENED)
            self._failures.pop((host, port), None)
            await self._carry(site, writer, await self._sender(reader, site, host, port))
        finally:
            site[1].transport.abort()

    def _note(self, host: str, port: int, error: Exception) -> None:
        outcome = Outcome.REFUSED if isinstance(error, Refused) else outcome_of(error)
        self._failures[host, port] = outcome
        if outcome is Outcome.REFUSED:
            self.refused.append(host)

    async def _open(self, host: str, port: int) -> Line:
        """A line to a host, or to the proxy in its stead. Raises Refused and OSError."""
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
        self, browser: asyncio.StreamReader, site: Line, host: str, port: int
    ) -> Awaitable[None]:
        """What sends on the browser's bytes. Notes what the proxy has against it."""
        if self._upstream is None:
            return passed_on(browser, site[1])
        try:
            return await self._upstream.prepare(browser, site, host, port)
        except (TunnelRefused, UpstreamDown) as error:
            self._note(host, port, error)
            raise

    async def _carry(
        self, site: Line, browser: asyncio.StreamWriter, sender: Awaitable[None]
    ) -> None:
        """Pass on bytes both ways until the site breaks off or the browser has had enough."""
        sending = asyncio.ensure_future(sender)
        receiving = asyncio.ensure_future(self._receive(site[0], browser))
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

    async def _receive(self, site: asyncio.StreamReader, browser: asyncio.StreamWriter) -> None:
        while chunk := await site.read(CHUNK):
            self._left -= len(chunk)
            if self._left < 0:
                raise EOFError
            browser.write(chunk)
            await browser.drain()
        browser.write_eof()


async def _asked_for(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """The host and port that a client of SOCKS 5 asks for. Raises ValueError for anything else."""
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(bytes((VERSION, 0)))
    version, command, _, kind = await reader.readexactly(4)
    if (version, command) != (VERSION, CONNECT) or kind not in LENGTHS:
        raise ValueError("not a CONNECT of SOCKS 5")
    size = LENGTHS[kind] or (await reader.readexactly(1))[0]
    packed = await reader.readexactly(size)
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    host = packed.decode("ascii") if kind == NAME else str(ip_address(packed))
    return host.lower(), port


async def _reply(writer: asyncio.StreamWriter, code: int) -> None:
    writer.write(bytes((VERSION, code, 0, IPV4)) + bytes(6))
    await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Let a line end as a broken one, not as one that was closed in good order."""
    known = writer.get_extra_info("socket")
    if known is not None:
        known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _place(url: str) -> tuple[str, int]:
    """Host and port of an address, as the browser asks for them."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", 0


def outcome_of(error: Exception) -> Outcome:
    """The outcome of a line that could not be opened."""
    if isinstance(error, socket.gaierror):
        return Outcome.DNS_FAILURE
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT
    if isinstance(error, UpstreamDown) or getattr(error, "errno", None) in OURS:
        return Outcome.OUR_FAULT
    return Outcome.CONNECT_FAILURE
