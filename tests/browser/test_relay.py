"""The relay: where it opens lines, what it passes, how it lets lines end."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

import pytest

from crawler.browser.relay import Relay
from rules.facts import Outcome
from tests.browser.lines import SITE, Line, asked, echo, server


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
