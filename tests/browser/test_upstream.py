"""The operator's proxy behind the relay: what it is told, and whose fault it is when it fails."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from crawler.browser.relay import Relay
from crawler.browser.upstream import Upstream
from rules.facts import Outcome
from tests.browser.lines import SITE, asked, echo, server

# What a browser sends, and what the operator's proxy must get.
TOLD = [
    (b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", 80, b"GET http://www.site.test/a HTTP/1.1\r\n"),
    (b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", 8080, b"GET http://www.site.test:8080/a HTTP/1.1\r\n"),
    (b"\x16\x03\x01 hello", 443, b"CONNECT www.site.test:443 HTTP/1.1\r\n"),
]


@pytest.mark.parametrize(("sent", "port", "told"), TOLD)
def test_a_proxy_is_told_where_to(sent: bytes, port: int, told: bytes) -> None:
    heard = asyncio.run(through_proxy(sent, port, b"HTTP/1.1 200 OK\r\n\r\n"))
    assert heard.startswith(told)
    assert b"Proxy-Authorization: Basic bmFtZTpwYXNzd29yZA==\r\n" in heard


async def through_proxy(sent: bytes, port: int, answer: bytes) -> bytes:
    """What a proxy hears of a browser's first bytes."""
    heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.set_result(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)

    async with server(proxy) as at:
        upstream = Upstream(f"http://name:password@127.0.0.1:{at}")
        async with Relay(upstream=upstream) as relay:
            relay.begin(f"http://{SITE}/")
            _, (_, writer) = await asked(relay, SITE, port)
            writer.write(sent)
            return await heard


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", Outcome.CONNECT_FAILURE),
        (b"HTTP/1.1 407 Who are you\r\n\r\n", Outcome.OUR_FAULT),
    ],
)
def test_a_tunnel_that_a_proxy_refuses_is_a_failure_with_its_reason(
    answer: bytes, outcome: Outcome
) -> None:
    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await reader.read()

    async def talk() -> Outcome | None:
        async with server(proxy) as at, Relay(upstream=Upstream(f"127.0.0.1:{at}")) as relay:
            relay.begin(f"https://{SITE}/")
            _, (reader, writer) = await asked(relay, SITE, 443)
            writer.write(b"\x16\x03\x01")
            with suppress(OSError):
                assert await reader.read() == b""
            return relay.traffic.failure(f"https://{SITE}/")

    assert asyncio.run(talk()) is outcome


def test_a_proxy_that_is_not_there_is_our_own_fault() -> None:
    async def talk() -> Outcome | None:
        async with server(echo) as gone:
            pass
        async with Relay(upstream=Upstream(f"http://127.0.0.1:{gone}")) as relay:
            relay.begin(f"http://{SITE}/")
            await asked(relay, SITE, 80)
            return relay.traffic.failure(f"http://{SITE}/")

    assert asyncio.run(talk()) is Outcome.OUR_FAULT


def test_requests_on_one_line_each_get_their_address_and_bodies_pass_untouched() -> None:
    bodies = [
        b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n\r\nGET /no HTTP/1.1",
        b"POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"GET /c HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
        b"GET /no frames of a socket\r\n\r\n",
    ]

    async def talk() -> bytes:
        heard = bytearray()
        ended = asyncio.Event()

        async def proxy(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
            while chunk := await reader.read(1000):
                heard.extend(chunk)
                if heard.endswith(bodies[-1]):
                    ended.set()

        async with server(proxy) as at, Relay(upstream=Upstream(f"127.0.0.1:{at}")) as relay:
            relay.begin(f"http://{SITE}/")
            _, (_, writer) = await asked(relay, SITE, 80)
            for body in bodies:
                writer.write(body)
            async with asyncio.timeout(10):
                await ended.wait()
        return bytes(heard)

    origin = f"http://{SITE}/".encode()
    wanted = b"".join(bodies)
    for path in (b"POST /a", b"POST /b", b"GET /c"):
        wanted = wanted.replace(path, path.replace(b"/", origin))
    assert asyncio.run(talk()) == wanted
