"""Behaviours of pages that take all they can get: time, memory, windows, lines."""

from __future__ import annotations

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, filled
from tests.misbehaving.pages import FILL
from tests.misbehaving.rows import Exchange, behaviour, piece


def after_the_list(script: str) -> bytes:
    """A fresh column, and a script below it."""
    return FRESH.replace(b"</body>", f"<script>{script}</script></body>".encode())


@behaviour(Outcome.READ, Outcome.OUR_FAULT, ("ok", None))
async def hangs(exchange: Exchange) -> None:
    """A script that never ends."""
    await exchange.send("200 OK", after_the_list("while (true) {}"))


@behaviour(Outcome.UNREADABLE, Outcome.OUR_FAULT, ("unknown", "unreadable"))
async def hangs_without_a_list(exchange: Exchange) -> None:
    await exchange.send("200 OK", filled("while (true) {}"))


@behaviour(Outcome.UNREADABLE, Outcome.OUR_FAULT)
async def eats_memory(exchange: Exchange) -> None:
    eat = "const a = []; setInterval(() => a.push(new Uint8Array(4 << 20).fill(1)), 5)"
    await exchange.send("200 OK", filled(eat))


@behaviour(Outcome.READ, Outcome.OUR_FAULT)
async def alerts_for_ever(exchange: Exchange) -> None:
    await exchange.send("200 OK", after_the_list("while (true) alert('!')"))


@behaviour(Outcome.READ, Outcome.READ)
async def opens_windows_for_ever(exchange: Exchange) -> None:
    await exchange.send("200 OK", after_the_list("setInterval(() => window.open('/fresh'), 5)"))


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def never_rests(exchange: Exchange) -> None:
    """A page that adds to itself for ever, and no list."""
    grow = "setInterval(() => document.body.append(document.createElement('p')), 10)"
    await exchange.send("200 OK", filled(grow))


@behaviour(Outcome.FORWARD, Outcome.UNREADABLE)
async def goes_on_for_ever(exchange: Exchange) -> None:
    """Each page sends its visitor to the next one, by script."""
    script = f"<script>location.href = '/goes_on_for_ever?{exchange.visit}'</script>"
    await exchange.page(script)


@behaviour(Outcome.READ, Outcome.READ)
async def asks_for_a_thousand(exchange: Exchange) -> None:
    ask = "for (let n = 0; n < 1000; n++) fetch('/piece_of_many?' + n)"
    await exchange.send("200 OK", after_the_list(ask))


@piece
async def piece_of_many(exchange: Exchange) -> None:
    await exchange.send("200 OK", b"1")


@behaviour(Outcome.READ, Outcome.READ)
async def opens_many_sockets(exchange: Exchange) -> None:
    ask = "for (let n = 0; n < 1000; n++) new WebSocket(`ws://${location.host}/socket`)"
    await exchange.send("200 OK", after_the_list(ask))


@piece
async def socket(exchange: Exchange) -> None:
    await exchange.send("404 Not Found")


@behaviour(Outcome.READ, Outcome.READ)
async def keeps_a_worker(exchange: Exchange) -> None:
    """Service workers would answer in the server's stead; none may stay."""
    script = "navigator.serviceWorker.register('/worker')"
    await exchange.send("200 OK", after_the_list(script))


@piece
async def worker(exchange: Exchange) -> None:
    script = b"self.onfetch = e => e.respondWith(new Response('<h1>404</h1>'))"
    await exchange.send("200 OK", script, "Content-Type: text/javascript")


@behaviour(Outcome.READ, Outcome.READ)
async def frames_itself(exchange: Exchange) -> None:
    """A page that shows itself in a frame, which shows itself in a frame …"""
    frame = f"<iframe src='/frames_itself?{exchange.visit}'></iframe>"
    await exchange.send("200 OK", FRESH.replace(b"</body>", f"{frame}</body>".encode()))


@behaviour(Outcome.SCRIPT_SHELL, Outcome.READ)
async def tampers(exchange: Exchange) -> None:
    """A page that replaces what a browser is asked with."""
    spoil = (
        "JSON.stringify = Array.prototype.push = Array.prototype.join = () => 'x';"
        "Object.prototype.toJSON = () => 'x'; window.Set = null; String.prototype.replace = null"
    )
    await exchange.send("200 OK", filled(f"{FILL}; {spoil}"))
