"""Lines through a relay, as a browser asks for them, and servers at their other end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from crawler.browser.relay import Relay

SITE = "www.site.test"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def server(serve: Serve) -> AsyncIterator[int]:
    """A server on loopback; every connection goes to `serve`."""
    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with running:
        yield running.sockets[0].getsockname()[1]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(1000):
        writer.write(chunk)
    writer.close()


async def asked(relay: Relay, host: str, port: int) -> tuple[int, Line]:
    """A line through the relay, as a browser asks for it, and the relay's answer."""
    place = relay.address.rpartition(":")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(place[2]))
    name = host.encode()
    writer.write(b"\5\1\0\5\1\0\3" + bytes((len(name),)) + name + port.to_bytes(2, "big"))
    assert await reader.readexactly(2) == b"\5\0"
    answer = await reader.readexactly(10)
    return answer[1], (reader, writer)
