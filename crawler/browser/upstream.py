"""The operator's HTTP proxy behind the relay: what the browser sends, in the form it takes.

Plain requests get their absolute address, everything under TLS a tunnel. Answers pass untouched.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from urllib.parse import unquote, urlsplit

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CHUNK = 1 << 16
TLS_HELLO = b"\x16"  # the first byte of everything under TLS
HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_CHUNKED = re.compile(rb"^transfer-encoding:.*chunked", re.IGNORECASE | re.MULTILINE)
_UPGRADE = re.compile(rb"^upgrade:", re.IGNORECASE | re.MULTILINE)


class Sink:
    """Where bytes go; `told` hears of each time that some do."""

    def __init__(self, writer: asyncio.StreamWriter, told: Callable[[], None]) -> None:
        self._writer = writer
        self._told = told

    async def put(self, data: bytes) -> None:
        """Send some bytes. Raises OSError."""
        self._told()
        self._writer.write(data)
        await self._writer.drain()


class UpstreamDown(OSError):
    """The operator's proxy does not answer, or wants a password: our own fault."""


class TunnelRefused(OSError):
    """The proxy answers, but brings no line to the site."""


class Upstream:
    """An HTTP proxy by its address, `http://[name:password@]host:port`."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._pass = b""
        if parts.username is not None:
            words = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._pass = b"Proxy-Authorization: Basic " + b64encode(words.encode()) + b"\r\n"

    async def connect(self) -> Line:
        """A line to the proxy. Raises UpstreamDown."""
        try:
            return await asyncio.open_connection(self._host, self._port)
        except OSError as error:
            raise UpstreamDown(str(error)) from error

    async def prepare(
        self,
        browser: asyncio.StreamReader,
        answers: asyncio.StreamReader,
        sink: Sink,
        host: str,
        port: int,
    ) -> Awaitable[None]:
        """What sends the browser's bytes on, once its first one has told what they are.

        Raises TunnelRefused, UpstreamDown, OSError and EOFError.
        """
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        first = await browser.readexactly(1)
        if first != TLS_HELLO:
            return self._requests(browser, sink, place, first)
        await self._tunnel(answers, sink, place.encode())
        await sink.put(first)
        return passed_on(browser, sink)

    async def _tunnel(self, answers: asyncio.StreamReader, sink: Sink, place: bytes) -> None:
        await sink.put(b"CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (place, place, self._pass))
        head = await answers.readuntil(HEAD_END)
        status = head.split(b" ", 2)[1] if b" " in head else b""
        if status == b"407":
            raise UpstreamDown("407")
        if not status.startswith(b"2"):
            raise TunnelRefused(status.decode("latin-1"))

    async def _requests(
        self, browser: asyncio.StreamReader, sink: Sink, place: str, first: bytes
    ) -> None:
        """Plain requests one after the other, each with its absolute address."""
        origin = f"http://{place.removesuffix(':80')}".encode()
        while True:
            head = first + await browser.readuntil(HEAD_END)
            first = b""
            line, _, fields = head.partition(b"\r\n")
            method, _, rest = line.partition(b" ")
            await sink.put(b"%s %s%s\r\n%s%s" % (method, origin, rest, self._pass, fields))
            if _UPGRADE.search(fields):
                await passed_on(browser, sink)
                return
            await _body(browser, sink, fields)


async def _body(browser: asyncio.StreamReader, sink: Sink, fields: bytes) -> None:
    """The body of one request, as its head says."""
    length = _LENGTH.search(fields)
    if length is not None:
        left = int(length[1])
        while left and (chunk := await browser.read(min(left, CHUNK))):
            left -= len(chunk)
            await sink.put(chunk)
    elif _CHUNKED.search(fields):
        size = b"1"
        while int(size.split(b";")[0], 16):
            size = await browser.readuntil(b"\r\n")
            await sink.put(size + await browser.readexactly(int(size.split(b";")[0], 16) + 2))


async def passed_on(reader: asyncio.StreamReader, sink: Sink) -> None:
    """Bytes as they come, until there are no more."""
    while chunk := await reader.read(CHUNK):
        await sink.put(chunk)
