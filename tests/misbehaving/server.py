"""The misbehaving web server on loopback, in a thread of its own.

It writes raw bytes, for what libraries would never send is the point. As a forward proxy it
answers for every public name, so that a public site can be shown without a network.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from tests.misbehaving.public import SITE
from tests.misbehaving.rows import ANYWHERE, BEHAVIOURS, PIECES, PUBLIC, Behaviour, Exchange
from tests.misbehaving.secure import TOO_NEW, contexts
from tests.misbehaving.wire import LATE, fresh

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")
ROBOTS = b"User-agent: *\nDisallow: /robots_denied\n"


class Fault(Enum):
    """How a line may fail."""

    HANGING_UP = "hanging up"
    REFUSING = "refusing"
    SILENT = "silent"


@dataclass
class Misbehaving:
    """The running server: its port, the addresses at which it listens there, the ports with TLS by
    their kind, and how often each path was asked for.

    `down` is how everybody is treated alike: hung up on, kept waiting, or not even connected.
    `watch` is called with every request; `caught` counts who knocked at the trap, which stands for
    whatever listens inside.
    """

    port: int
    hosts: list[str] = field(default_factory=list)
    secure: dict[str, int] = field(default_factory=dict)
    trap: int = 0
    caught: int = 0
    visits: Counter[str] = field(default_factory=Counter)
    down: Fault | None = None
    watch: Callable[[Exchange], None] = lambda _: None
    listeners: list[asyncio.Server] = field(default_factory=list)
    _lines: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, name: str) -> str:
        """The address of a behaviour."""
        return f"http://127.0.0.1:{self.port}/{name}"

    def spread_url(self, name: str) -> str:
        """The same at one of the server's addresses, so that not all wait for one another."""
        host = self.hosts[sum(name.encode()) % len(self.hosts)]
        return f"http://{host}:{self.port}/{name}"

    def secure_url(self, kind: str) -> str:
        """The address of a fresh column under TLS of a kind."""
        return f"https://127.0.0.1:{self.secure[kind]}/fresh"

    @property
    def proxy(self) -> str:
        """The server as a proxy, which answers for every name."""
        return f"http://127.0.0.1:{self.port}"

    def public_url(self, name: str) -> str:
        """The address of a public behaviour, to be asked for through the proxy."""
        row = PUBLIC.get(name)
        return f"http://{(row and row.host) or SITE}/{name}"

    def fail(self, fault: Fault) -> None:
        """From now on nobody gets anything; to be called from `watch`."""
        self.down = fault
        if fault is Fault.REFUSING:
            for listener in self.listeners:
                listener.close()

    def recover(self) -> None:
        """Be well again; to be called from outside."""
        refused, self.down = self.down is Fault.REFUSING, None
        if refused:
            loop = self.listeners[0].get_loop()
            asyncio.run_coroutine_threadsafe(self.listen(), loop).result(10)

    async def listen(self) -> None:
        """Take connections at every address, the first of which says which port."""
        self.listeners = []
        for host in self.hosts or HOSTS:
            with suppress(OSError):  # a machine that has but one address of its own
                self.listeners.append(
                    await asyncio.start_server(self.answer, host, self.port, limit=1 << 20)
                )
                self.port = self.listeners[0].sockets[0].getsockname()[1]
        self.hosts = [one.sockets[0].getsockname()[0] for one in self.listeners]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it ends, one way or another."""
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer_one(head.decode("latin-1"), writer)
        except (EOFError, asyncio.LimitOverrunError, OSError, RuntimeError):
            pass
        except asyncio.CancelledError:
            pass  # or the library would complain about every line that is cut at the end
        finally:
            self._lines.discard(task)
            writer.close()

    async def _answer_one(self, head: str, writer: asyncio.StreamWriter) -> None:
        target = urlsplit(head.split(" ", 2)[1])
        name = target.path.strip("/")
        self.visits[name] += 1
        fields = dict(line.partition(": ")[::2] for line in head.split("\r\n")[1:])
        host = target.hostname or "127.0.0.1"
        path = f"{target.path}?{target.query}"
        exchange = Exchange(path, self.visits[name], host, self.trap, writer, fields)
        self.watch(exchange)
        if self.down is Fault.SILENT:
            await asyncio.sleep(LATE)
        elif self.down is not None:
            writer.transport.abort()
        elif name == "robots.txt":
            await exchange.send("200 OK", ROBOTS, "Content-Type: text/plain")
        else:
            await _behaviour(name, host)(exchange)

    async def catch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody was led inside: let it be seen by what it reads there, too."""
        self.caught += 1
        with suppress(EOFError, OSError):
            await reader.readuntil(b"\r\n\r\n")
            await fresh(Exchange("", 1, "", 0, writer))
        writer.close()

    async def close(self) -> None:
        """End every connection."""
        for line in list(self._lines):
            line.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._lines, return_exceptions=True)


async def _old_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1024)
    writer.write(TOO_NEW)
    writer.close()


class Datagrams(asyncio.DatagramProtocol):
    """The trap for what comes without a connection."""

    def __init__(self, state: Misbehaving) -> None:
        self._state = state

    def datagram_received(self, *_: object) -> None:
        """Nobody has any business here."""
        self._state.caught += 1


async def _set_trap(state: Misbehaving) -> list[asyncio.Server]:
    """One port of this machine for both kinds of address and both transports."""
    servers = [await asyncio.start_server(state.catch, "127.0.0.1", 0)]
    state.trap = servers[0].sockets[0].getsockname()[1]
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(
        lambda: Datagrams(state), local_addr=("127.0.0.1", state.trap)
    )
    with suppress(OSError):  # a machine without IPv6
        servers.append(await asyncio.start_server(state.catch, "::1", state.trap))
    return servers


def _behaviour(name: str, host: str) -> Behaviour:
    table = PUBLIC if host.endswith(".test") else BEHAVIOURS
    if name in table:
        return table[name].answer
    return PIECES.get(name) or ANYWHERE.get(host, fresh)


@contextmanager
def misbehaving_server(folder: Path | None = None) -> Iterator[Misbehaving]:
    """The server while the block lasts; with TLS, too, where there is a folder for its keys."""
    loop = asyncio.new_event_loop()
    state = Misbehaving(port=0)

    async def start() -> list[asyncio.Server]:
        await state.listen()
        servers = await _set_trap(state)
        for kind, context in contexts(folder).items() if folder else ():
            one = await asyncio.start_server(state.answer, "127.0.0.1", 0, ssl=context)
            state.secure[kind] = one.sockets[0].getsockname()[1]
            servers.append(one)
        old = await asyncio.start_server(_old_tls, "127.0.0.1", 0)
        state.secure["old_tls"] = old.sockets[0].getsockname()[1]
        return [*servers, old]

    servers = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        asyncio.run_coroutine_threadsafe(state.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for server in (*servers, *state.listeners):
            server.close()
        loop.close()
