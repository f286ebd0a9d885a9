"""A misbehaving web server on loopback: every behaviour is a few lines and a row of the table.

The rows say which outcome one look at `/name` must have. Behaviours write raw bytes, for what
libraries would never send is the point.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.facts import Outcome

TODAY = date(2022, 6, 20)

ROBOTS = b"User-agent: *\nDisallow: /robots_denied\n"


def list_page(newest: date, count: int = 12, head: str = "") -> bytes:
    """An ordinary column of a government site, one item every third day up to `newest`."""
    rows = "".join(
        f'<li><a href="/art/{day:%Y/%m/%d}/art_{n}.html">{title}{n}号工作会议召开</a>'
        f"<span>{day:%Y-%m-%d}</span></li>"
        for n, day in enumerate(newest - timedelta(days=3 * n) for n in range(count))
        for title in ("示例市推进第",)
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}"
        "<title>工作动态-示例市</title></head>"
        '<body><div class="nav"><a href="/">首页</a><a href="/xw/">新闻</a></div>'
        f'<div class="list"><h2>工作动态</h2><ul>{rows}</ul></div>'
        "<footer>主办：示例市人民政府办公室</footer></body></html>"
    ).encode()


FRESH = list_page(TODAY - timedelta(days=1))
STALE = list_page(TODAY - timedelta(days=40))
SOFT_404 = (
    "<html><head><title>404</title></head><body><h1>抱歉，您访问的页面不存在或已删除</h1></body></html>"
).encode()


@dataclass
class Exchange:
    """One request being answered: its path, how often it came, and where the answer goes."""

    path: str
    visit: int
    host: str
    writer: asyncio.StreamWriter
    agent: str = ""
    cookie: str = ""

    async def send(self, status: str, body: bytes = b"", *headers: str) -> None:
        """A whole, honest answer."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        if not any(header.lower().startswith("content-type") for header in headers):
            lines.insert(1, "Content-Type: text/html; charset=utf-8")
        self.writer.write("\r\n".join(lines).encode() + body)
        await self.writer.drain()

    async def raw(self, data: bytes) -> None:
        """Anything at all."""
        self.writer.write(data)
        await self.writer.drain()


Behaviour = Callable[[Exchange], Awaitable[None]]
BEHAVIOURS: dict[str, tuple[Behaviour, Outcome]] = {}


def behaviour(outcome: Outcome) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour under its function's name, with the outcome of one look at it."""

    def register(function: Behaviour) -> Behaviour:
        BEHAVIOURS[function.__name__] = (function, outcome)
        return function

    return register


@behaviour(Outcome.READ)
async def fresh(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.READ)
async def stale(exchange: Exchange) -> None:
    await exchange.send("200 OK", STALE)


@behaviour(Outcome.READ)
async def gzipped(exchange: Exchange) -> None:
    await exchange.send("200 OK", gzip.compress(FRESH), "Content-Encoding: gzip")


@behaviour(Outcome.NOT_FOUND)
async def missing(exchange: Exchange) -> None:
    await exchange.send("404 Not Found", b"<h1>404 Not Found</h1>")


@behaviour(Outcome.NOT_FOUND)
async def gone(exchange: Exchange) -> None:
    await exchange.send("410 Gone")


@behaviour(Outcome.NOT_FOUND)
async def soft_missing(exchange: Exchange) -> None:
    await exchange.send("200 OK", SOFT_404)


@behaviour(Outcome.NOT_FOUND)
async def thrown_home(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", "Location: /")


@behaviour(Outcome.SERVER_ERROR)
async def broken(exchange: Exchange) -> None:
    await exchange.send("500 Internal Server Error", b"<h1>Internal Server Error</h1>")


@behaviour(Outcome.SERVER_ERROR)
async def broken_once(exchange: Exchange) -> None:
    await (broken if exchange.visit == 1 else fresh)(exchange)


@behaviour(Outcome.BROKEN_ANSWER)
async def hung_up(exchange: Exchange) -> None:
    exchange.writer.close()


@behaviour(Outcome.BROKEN_ANSWER)
async def not_http(exchange: Exchange) -> None:
    await exchange.raw(b"\x00\x01\x02 this is no answer\r\n\r\n")
    exchange.writer.close()


@behaviour(Outcome.READ)
async def cut_off(exchange: Exchange) -> None:
    half = FRESH[: len(FRESH) * 3 // 4]
    await exchange.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        + f"Content-Length: {len(FRESH)}\r\n\r\n".encode()
        + half
    )
    exchange.writer.close()


@behaviour(Outcome.READ)
async def cut_off_unsaid(exchange: Exchange) -> None:
    """Old pinned items came through, the new ones below did not, and no length was promised."""
    pinned = list_page(TODAY - timedelta(days=900))
    page = pinned[: pinned.index(b"</ul>")]
    await exchange.raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page)
    exchange.writer.close()


@behaviour(Outcome.READ)
async def packed_half(exchange: Exchange) -> None:
    """As above; the server itself packed half a page, and sent that whole."""
    pinned = list_page(TODAY - timedelta(days=900))
    body = gzip.compress(pinned[: pinned.index(b"</ul>")])
    await exchange.send("200 OK", body, "Content-Encoding: gzip")


@behaviour(Outcome.REFUSED)
async def too_large(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<html>")


@behaviour(Outcome.REFUSED)
async def endless(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(4096):
        await exchange.raw(b"<p>endless</p>" * 1024)


@behaviour(Outcome.REFUSED)
async def gzip_bomb(exchange: Exchange) -> None:
    body = gzip.compress(b"<p>0</p>" * (8 << 20))
    await exchange.send("200 OK", body, "Content-Encoding: gzip")


@behaviour(Outcome.REDIRECT_LOOP)
async def redirect_loop(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", f"Location: /redirect_loop?again={exchange.visit}")


@behaviour(Outcome.READ)
async def redirected(exchange: Exchange) -> None:
    await exchange.send("301 Moved Permanently", b"", "Location: /fresh")


@behaviour(Outcome.REFUSED)
async def redirected_inside(exchange: Exchange) -> None:
    await exchange.send("302 Found", b"", "Location: http://169.254.169.254/latest/")


@behaviour(Outcome.READ)
async def refreshed(exchange: Exchange) -> None:
    page = b'<html><head><meta http-equiv="refresh" content="0;url=/fresh"></head></html>'
    await exchange.send("200 OK", page)


@behaviour(Outcome.FORWARD)
async def sent_nowhere(exchange: Exchange) -> None:
    page = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:99999/">'
    await exchange.send("200 OK", b"<html><head>" + page + b"</head></html>")


@behaviour(Outcome.READ)
async def framed(exchange: Exchange) -> None:
    page = (
        '<html><head><title>工作动态</title></head><body><iframe src="/fresh" width="100%">'
        "</iframe></body></html>"
    )
    await exchange.send("200 OK", page.encode())


@behaviour(Outcome.CHALLENGE)
async def jsl_521(exchange: Exchange) -> None:
    script = (
        b"<script>document.cookie=('_')+('_')+('j')+('s')+('l');"
        b"location.href=location.pathname</script>"
    )
    await exchange.send(
        "521 Unknown", script, "Set-Cookie: __jsluid_h=5f1; path=/", "X-Via-JSL: 3ab,-"
    )


@behaviour(Outcome.CHALLENGE)
async def ruishu_412(exchange: Exchange) -> None:
    page = (
        b'<html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="q">'
        b"<script>$_ts=window.$_ts</script></head></html>"
    )
    await exchange.send("412 Precondition Failed", page, "Set-Cookie: enable_O=1")


@behaviour(Outcome.CHALLENGE)
async def cloud_shield(exchange: Exchange) -> None:
    page = "<html><title>访问被拦截</title><body>您的请求疑似攻击行为，已被云防护拦截</body></html>"
    await exchange.send("403 Forbidden", page.encode())


@behaviour(Outcome.RATE_LIMITED)
async def too_many(exchange: Exchange) -> None:
    await exchange.send("429 Too Many Requests", b"", "Retry-After: 3600")


@behaviour(Outcome.RATE_LIMITED)
async def busy(exchange: Exchange) -> None:
    await exchange.send("503 Service Unavailable", b"busy", "Retry-After: 3600")


@behaviour(Outcome.LOGIN)
async def walled(exchange: Exchange) -> None:
    await exchange.send("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="x"')


@behaviour(Outcome.ROBOTS_DENIED)
async def robots_denied(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.SCRIPT_SHELL)
async def scripted(exchange: Exchange) -> None:
    await exchange.send("200 OK", _filled_by_script(FRESH))


@behaviour(Outcome.SCRIPT_SHELL)
async def scripted_stale(exchange: Exchange) -> None:
    await exchange.send("200 OK", _filled_by_script(STALE))


def _filled_by_script(page: bytes) -> bytes:
    """The page with its list taken out and put back by a script."""
    head, rest = page.decode().split("<ul>", 1)
    rows, tail = rest.split("</ul>", 1)
    fill = f"setTimeout(() => {{ document.getElementById('list').innerHTML = `{rows}` }}, 300)"
    return f"{head}<ul id='list'></ul><script>{fill}</script>{tail}".encode()


@behaviour(Outcome.CHALLENGE)
async def lets_browsers_in(exchange: Exchange) -> None:
    """A firewall that an unmodified browser passes by itself, with a cookie set by its script."""
    if "passed=1" in exchange.cookie:
        await exchange.send("200 OK", FRESH)
        return
    script = b"<script>document.cookie='passed=1';location.reload()</script>"
    await exchange.send("521 ", script, "Set-Cookie: __jsluid_s=1")


@behaviour(Outcome.NOT_FOUND)
async def hides_from_programs(exchange: Exchange) -> None:
    """404 to whatever is no browser."""
    if "Chrome" in exchange.agent:
        await exchange.send("200 OK", FRESH)
        return
    await exchange.send("404 Not Found", SOFT_404)


@behaviour(Outcome.UNREADABLE)
async def nothing(exchange: Exchange) -> None:
    await exchange.send("200 OK", b"")


@dataclass
class Misbehaving:
    """The running server: its address, and how often each path was asked for."""

    port: int
    visits: Counter[str] = field(default_factory=Counter)
    down: bool = False

    def url(self, name: str) -> str:
        """The address of a behaviour."""
        return f"http://127.0.0.1:{self.port}/{name}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it ends, one way or another."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer_one(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, ConnectionError, RuntimeError):
            pass
        finally:
            writer.close()

    async def _answer_one(self, head: str, writer: asyncio.StreamWriter) -> None:
        target = head.split(" ", 2)[1]
        path = target.removeprefix(f"http://127.0.0.1:{self.port}")
        name = path.split("?")[0].strip("/")
        self.visits[name] += 1
        fields = dict(line.partition(": ")[::2] for line in head.split("\r\n")[1:])
        agent, cookie = fields.get("User-Agent", ""), fields.get("Cookie", "")
        exchange = Exchange(path, self.visits[name], "127.0.0.1", writer, agent, cookie)
        if self.down:
            writer.close()
        elif name == "robots.txt":
            await exchange.send("200 OK", ROBOTS, "Content-Type: text/plain")
        elif name in BEHAVIOURS:
            await BEHAVIOURS[name][0](exchange)
        else:
            await fresh(exchange)


@contextmanager
def misbehaving_server() -> Iterator[Misbehaving]:
    """The server in a thread of its own, while the block lasts."""
    loop = asyncio.new_event_loop()
    state = Misbehaving(port=0)
    server = loop.run_until_complete(asyncio.start_server(state.answer, "127.0.0.1", 0))
    state.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()
