"""The relay: where it opens lines, what it passes, how it lets lines end, what a proxy is told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from crawler.browser.relay import Relay
from crawler.browser.upstream import Upstream
from rules.facts import Outcome

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


def lies_at(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name resolve to these addresses, each time to the next; returns who was asked."""
    names: list[str] = []

    async def resolve(host: str, port: int, **_: object) -> list[object]:
        names.append(host)
        found = addresses[min(len(names), len(addresses)) - 1]
        return [(2, 1, 6, "", (one, port)) for one in found.split()]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", lambda _, *a, **k: resolve(*a, **k))
    return names


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the relay connects to; all of them lead to loopback here."""
    found: list[str] = []
    real = asyncio.open_connection

    async def dial(host: str, port: int) -> Line:
        found.append(host)
        if host.startswith("203.0.114"):
            raise ConnectionRefusedError
        return await real("127.0.0.1", port)

    monkeypatch.setattr(asyncio, "open_connection", dial)
    return found


def test_what_a_registered_private_address_says_comes_through_and_goes_back() -> None:
    async def talk() -> bytes:
        async with server(echo) as port, Relay() as relay:
            relay.begin(f"http://127.0.0.1:{port}/")
            code, (reader, writer) = await asked(relay, "127.0.0.1", port)
            assert code == 0
            writer.write(b"hello")
            return await reader.readexactly(5)

    assert asyncio.run(talk()) == b"hello"


@pytest.mark.parametrize(
    ("host", "lies", "intranet", "outcome"),
    [
        ("127.0.0.1", "", False, Outcome.REFUSED),
        ("localhost", "", True, Outcome.REFUSED),
        ("10.0.0.1", "", False, Outcome.REFUSED),
        ("0x7f.1", "", True, Outcome.REFUSED),
        (SITE, "127.0.0.1", False, Outcome.REFUSED),
        (SITE, "127.0.0.1", True, Outcome.REFUSED),
        (SITE, "10.0.0.1", False, Outcome.REFUSED),
        ("cdn.other.test", "::ffff:10.0.0.1", False, Outcome.REFUSED),
    ],
)
def test_no_line_is_opened_inside(
    monkeypatch: pytest.MonkeyPatch, host: str, lies: str, intranet: bool, outcome: Outcome
) -> None:
    if lies:
        lies_at(monkeypatch, lies)

    async def talk() -> tuple[int, Outcome | None, list[str]]:
        async with Relay(intranet=intranet) as relay:
            relay.begin(f"http://{SITE}/")
            code, _ = await asked(relay, host, 80)
            return code, relay.traffic.failure(f"http://{host}/"), relay.traffic.refused

    code, why, refused = asyncio.run(talk())
    assert code != 0
    assert (why, refused) == (outcome, [host])


def test_of_several_addresses_only_the_public_ones_are_tried(
    monkeypatch: pytest.MonkeyPatch, dialled: list[str]
) -> None:
    lies_at(monkeypatch, "10.0.0.1 2400:3200::1 203.0.114.9 8.8.8.8 127.0.0.1")

    async def talk() -> int:
        async with server(echo) as port, Relay() as relay:
            relay.begin(f"http://{SITE}/")
            return (await asked(relay, SITE, port))[0]

    code = asyncio.run(talk())
    assert code == 0
    assert dialled[-2:] == ["203.0.114.9", "8.8.8.8"]  # the one before them is the test's own line


def test_a_name_is_resolved_once_and_the_line_goes_to_what_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, dialled: list[str]
) -> None:
    """What a name says the second time is never asked: it may have changed its mind."""
    names = lies_at(monkeypatch, "8.8.8.8", "127.0.0.1")

    async def talk() -> int:
        async with server(echo) as port, Relay() as relay:
            relay.begin(f"http://{SITE}/")
            return (await asked(relay, SITE, port))[0]

    assert asyncio.run(talk()) == 0
    assert names == [SITE]
    assert dialled[-1] == "8.8.8.8"


@pytest.mark.parametrize(
    ("host", "error", "outcome"),
    [
        ("127.0.0.1", None, Outcome.CONNECT_FAILURE),
        (SITE, socket.gaierror(-2, "unknown"), Outcome.DNS_FAILURE),
        (SITE, OSError(101, "network is unreachable"), Outcome.OUR_FAULT),
        (SITE, TimeoutError(), Outcome.TIMEOUT),
    ],
)
def test_why_no_line_came_about_is_known(
    monkeypatch: pytest.MonkeyPatch, host: str, error: Exception | None, outcome: Outcome
) -> None:
    async def fail(*_: object, **__: object) -> list[object]:
        assert error is not None
        raise error

    if error is not None:
        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", fail)

    async def talk() -> Outcome | None:
        async with server(echo) as port:
            pass  # nobody listens there any more
        async with Relay() as relay:
            relay.begin(f"http://{host}:{port}/")
            await asked(relay, host, port)
            return relay.traffic.failure(f"http://{host}:{port}/")

    assert asyncio.run(talk()) is outcome


def test_a_line_that_was_reset_is_reset_for_the_browser_too() -> None:
    async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"half")
        await writer.drain()
        await asyncio.sleep(0.05)
        known = writer.get_extra_info("socket")
        known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async def talk() -> bytes:
        async with server(reset) as port, Relay() as relay:
            relay.begin(f"http://127.0.0.1:{port}/")
            _, (reader, _) = await asked(relay, "127.0.0.1", port)
            assert await reader.readexactly(4) == b"half"
            with pytest.raises(ConnectionResetError):
                await reader.read()
            return b"reset"

    assert asyncio.run(talk()) == b"reset"


def test_a_page_may_receive_only_so_much() -> None:
    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while True:
                writer.write(bytes(1 << 16))
                await writer.drain()

    async def talk() -> tuple[int, bool]:
        async with server(endless) as port, Relay(most_bytes=1 << 20) as relay:
            relay.begin(f"http://127.0.0.1:{port}/")
            _, (reader, _) = await asked(relay, "127.0.0.1", port)
            size = 0
            with suppress(OSError):
                while chunk := await reader.read(1 << 16):
                    size += len(chunk)
            return size, relay.traffic.is_spent

    size, spent = asyncio.run(talk())
    assert spent
    assert 0 < size <= 1 << 20


@pytest.mark.parametrize("said", [False, True])
def test_who_keeps_a_page_waiting_is_known(said: bool) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(5)
        if said:
            writer.write(b"yes")
        await reader.read()

    async def talk() -> tuple[float, float]:
        async with server(serve) as port, Relay() as relay:
            url = f"http://127.0.0.1:{port}/"
            relay.begin(url)
            _, (reader, writer) = await asked(relay, "127.0.0.1", port)
            writer.write(b"hello")
            if said:
                await reader.readexactly(3)
            await asyncio.sleep(0.1)
            return relay.traffic.kept_waiting(url), relay.traffic.kept_waiting("http://a.test/")

    waited, never_asked = asyncio.run(talk())
    assert (waited > 0) is not said
    assert never_asked == 0


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
