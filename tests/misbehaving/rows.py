"""The rows of the misbehaving server: what a behaviour is given, and what must be seen of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from rules.facts import Outcome


@dataclass
class Exchange:
    """One request being answered: its path, how often it came, and where the answer goes.

    `trap` is a port on this machine at which nobody may ever knock.
    """

    path: str
    visit: int
    host: str
    trap: int
    writer: asyncio.StreamWriter
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_browser(self) -> bool:
        """Whether who asks says that it is one."""
        return "Chrome" in self.fields.get("User-Agent", "")

    @property
    def cookie(self) -> str:
        """The cookies that came with the request."""
        return self.fields.get("Cookie", "")

    async def send(self, status: str, body: bytes = b"", *headers: str) -> None:
        """A whole, honest answer."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        if not any(header.lower().startswith("content-type") for header in headers):
            lines.insert(1, "Content-Type: text/html; charset=utf-8")
        await self.raw("\r\n".join(lines).encode() + body)

    async def page(self, body: str, head: str = "") -> None:
        """A page of this body, well-formed."""
        await self.send("200 OK", page(body, head))

    async def notice(self, status: str, title: str, words: str, *headers: str) -> None:
        """A short page that only says something."""
        body = f"<html><head><title>{title}</title></head><body>{words}</body></html>"
        await self.send(status, body.encode(), *headers)

    async def raw(self, data: bytes) -> None:
        """Anything at all."""
        self.writer.write(data)
        await self.writer.drain()

    async def raw_page(self, *lines: str, body: bytes = b"") -> None:
        """The head of a page, line by line, and what follows it."""
        head = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *lines, "", ""]
        await self.raw("\r\n".join(head).encode() + body)


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    """One behaviour: the outcome of one look of each client, and the verdict of a whole round with
    both of them, where that says something; `host` of a public one that stands by itself."""

    answer: Behaviour
    http: Outcome
    browser: Outcome
    verdict: tuple[str, str | None] | None = None
    host: str | None = None


BEHAVIOURS: dict[str, Row] = {}  # asked for at the server's own address
PUBLIC: dict[str, Row] = {}  # asked for by a public name, with the server as a proxy
PIECES: dict[str, Behaviour] = {}  # what their pages fetch besides; nobody looks at them
ANYWHERE: dict[str, Behaviour] = {}  # what some hosts answer to any path, by their names


def behaviour(
    http: Outcome,
    browser: Outcome,
    verdict: tuple[str, str | None] | None = None,
    table: dict[str, Row] = BEHAVIOURS,
) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour under its function's name."""

    def register(function: Behaviour) -> Behaviour:
        assert function.__name__ not in table, "one behaviour would hide another"
        table[function.__name__] = Row(function, http, browser, verdict)
        return function

    return register


def piece(function: Behaviour) -> Behaviour:
    """Register what a page fetches besides."""
    PIECES[function.__name__] = function
    return function


def page(body: str, head: str = "") -> bytes:
    """A whole page."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}"
        "<title>工作动态-示例市</title></head>"
        f"<body>{body}</body></html>"
    ).encode()
