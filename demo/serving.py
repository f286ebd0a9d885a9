"""The city on the wire: a forward HTTP proxy on loopback, and a control address of its own.

Only requests in proxy form (absolute address, plain http) reach the city; CONNECT gets 502. In
plain form there is only /__city__/: `date` (GET, or POST 2022-06-13), `network` (POST up or down),
`stats` (GET). The checker never uses these; the demo's runner and the tests do.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from urllib.parse import urlsplit

from demo.answering import answer
from demo.exchange import Answer, Request
from demo.pages.refusals import WAITING_COOKIE
from demo.plan import City

REFUSAL = b"This is the proxy of a pretend city: use it as a proxy, plain http only.\n"
CONTROL = "/__city__/"
LIMIT = 1 << 20
SERVERS = ("nginx", "Apache", "Microsoft-IIS/8.5", "Tengine", "******")


class CityServer:
    """Serves one city. `day` may be set while it runs; `latency` is seconds before each answer."""

    def __init__(self, city: City, day: date, latency: float = 0.0) -> None:
        self.city = city
        self.day = day
        self.latency = latency
        self.network_up = True
        self.by_host: Counter[str] = Counter()
        self._visits: Counter[tuple[date, str, str]] = Counter()
        self._let_in: set[str] = set()  # hosts whose waiting room a browser has passed

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive until its client or a reset ends it."""
        try:
            while await self._exchange(reader, writer):
                pass
        except (
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            ConnectionError,
            ValueError,
        ):
            pass  # the client left, or does not speak HTTP: nothing to say to it
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.split("\r\n")
        method, target, _ = line.split(" ", 2)
        headers = {
            name.lower(): value.strip()
            for name, _, value in (entry.partition(":") for entry in fields if entry)
        }
        body = await reader.readexactly(min(int(headers.get("content-length", "0")), LIMIT))
        reply = await self._reply(method, target, headers, body)
        if reply.cut:
            writer.transport.abort()
            return False
        writer.write(_wire(method, reply, target, headers))
        await writer.drain()
        if reply.torn:
            await _tear(writer)
        ends = reply.torn or reply.missing or headers.get("connection", "").lower() == "close"
        return not ends

    async def _reply(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        if target.startswith(CONTROL):
            return self._control(method, target.removeprefix(CONTROL), body.decode().strip())
        if method == "CONNECT":
            return Answer(502, b"no TLS here\n", "text/plain")
        if not target.lower().startswith("http://"):
            return Answer(400, REFUSAL, "text/plain")
        if not self.network_up:
            return Answer(cut=True)
        request = self._request(method, target, headers, body)
        reply = answer(self.city, self.day, request)
        await asyncio.sleep(self.latency + reply.delay)
        return reply

    def _request(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Request:
        parts = urlsplit(target)
        host = (parts.hostname or "").lower()
        address = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.by_host[host] += 1
        self._visits[self.day, host, address] += 1
        cookies = headers.get("cookie", "")
        if WAITING_COOKIE in cookies:
            self._let_in.add(host)
        return Request(
            method=method,
            host=host,
            address=address,
            visit=self._visits[self.day, host, address],
            cookies=cookies,
            agent=headers.get("user-agent", ""),
            body=body.decode("utf-8", "replace"),
            known=host in self._let_in,
            token=headers.get("access-token", ""),
        )

    def _control(self, method: str, name: str, words: str) -> Answer:
        known: dict[str, Callable[[str], object]] = {
            "date": self._set_day,
            "network": self._set_network,
            "stats": lambda _: None,
        }
        if name not in known:
            return Answer(404, b"date, network, stats\n", "text/plain")
        try:
            if method == "POST":
                known[name](words)
        except ValueError as wrong:
            return Answer(400, f"{wrong}\n".encode(), "text/plain")
        return Answer(body=self._stats(), content_type="application/json")

    def _set_day(self, words: str) -> None:
        self.day = date.fromisoformat(words)

    def _set_network(self, words: str) -> None:
        if words not in ("up", "down"):
            raise ValueError(f"network is up or down, not {words!r}")
        self.network_up = words == "up"

    def _stats(self) -> bytes:
        return json.dumps(
            {
                "date": self.day.isoformat(),
                "network": "up" if self.network_up else "down",
                "seed": self.city.seed,
                "total": self.by_host.total(),
                "requests": dict(self.by_host),
            }
        ).encode()


def _wire(method: str, reply: Answer, target: str, headers: Mapping[str, str]) -> bytes:
    """The bytes of an answer. One host in four compresses for who takes it, one in five chunks."""
    host = urlsplit(target).hostname or ""
    mark = sum(map(ord, host))
    extra = list(reply.headers)
    body = reply.body
    if reply.torn or reply.missing:
        return _broken(reply, body)
    if mark % 4 == 0 and len(body) > 500 and "gzip" in headers.get("accept-encoding", ""):
        body = gzip.compress(body, 1, mtime=0)
        extra.append(("Content-Encoding", "gzip"))
    if not any(name == "Server" for name, _ in extra):
        extra.append(("Server", SERVERS[mark % len(SERVERS)]))
    if mark % 5 == 1 and method != "HEAD":
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        extra.append(("Transfer-Encoding", "chunked"))
    else:
        extra.append(("Content-Length", str(len(body))))
    return _head(reply, extra) + (b"" if method == "HEAD" else body)


def _head(reply: Answer, extra: Sequence[tuple[str, str]]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in extra)
    start = (
        f"HTTP/1.1 {reply.status} {_reason(reply.status)}\r\n"
        f"Content-Type: {reply.content_type}\r\n{lines}\r\n"
    )
    return start.encode("latin-1")


def _broken(reply: Answer, body: bytes) -> bytes:
    """More is promised than comes: half the body of what will be torn, or a wrong length."""
    promised = str(len(body) + reply.missing)
    sent = body[: len(body) // 2] if reply.torn else body
    return _head(reply, [*reply.headers, ("Content-Length", promised)]) + sent


async def _tear(writer: asyncio.StreamWriter) -> None:
    """Reset the connection once what was written has left."""
    await asyncio.sleep(0.05)
    line = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 521 is no status of the standard
        return "Unknown"


async def open_city(city: City, day: date, port: int = 0, latency: float = 0.0) -> asyncio.Server:
    """A listening server on loopback."""
    service = CityServer(city, day, latency)
    return await asyncio.start_server(service.serve, "127.0.0.1", port, limit=LIMIT)


def port_of(server: asyncio.Server) -> int:
    """The port it listens on."""
    port: int = server.sockets[0].getsockname()[1]
    return port
