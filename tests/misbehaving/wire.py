"""Behaviours on the wire: what comes too late, in pieces, too much of, or not as HTTP has it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from functools import cache

from rules.facts import Outcome
from tests.misbehaving.lists import FRESH, PINNED, STALE
from tests.misbehaving.rows import Exchange, behaviour

LATE, IN_TIME = 60.0, 0.7  # seconds; the looks give up in between
HALF_PINNED = PINNED[: PINNED.index(b"</ul>")]


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def fresh(exchange: Exchange) -> None:
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.READ, Outcome.READ, ("violation", "超过1个月未更新"))
async def stale(exchange: Exchange) -> None:
    await exchange.send("200 OK", STALE)


@behaviour(Outcome.READ, Outcome.READ, ("ok", None))
async def gzipped(exchange: Exchange) -> None:
    await exchange.send("200 OK", gzip.compress(FRESH), "Content-Encoding: gzip")


@behaviour(Outcome.READ, Outcome.READ)
async def deflated(exchange: Exchange) -> None:
    await exchange.send("200 OK", zlib.compress(FRESH), "Content-Encoding: deflate")


@behaviour(Outcome.READ, Outcome.READ)
async def chunked(exchange: Exchange) -> None:
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(FRESH[at : at + 700]), FRESH[at : at + 700])
        for at in range(0, len(FRESH), 700)
    )
    await exchange.raw_page("Transfer-Encoding: chunked", body=chunks + b"0\r\n\r\n")


@behaviour(Outcome.READ, Outcome.READ)
async def hinted(exchange: Exchange) -> None:
    """An answer before the answer."""
    await exchange.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.TIMEOUT, Outcome.TIMEOUT, ("violation", "栏目打不开"))
async def silent(exchange: Exchange) -> None:
    """The line stands, and nothing comes."""
    await asyncio.sleep(LATE)


@behaviour(Outcome.READ, Outcome.READ)
async def slow(exchange: Exchange) -> None:
    """The first byte takes its time, and is in time."""
    await asyncio.sleep(IN_TIME)
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.TIMEOUT, Outcome.TIMEOUT)
async def too_slow(exchange: Exchange) -> None:
    await asyncio.sleep(LATE)
    await exchange.send("200 OK", FRESH)


@behaviour(Outcome.TIMEOUT, Outcome.TIMEOUT)
async def drips(exchange: Exchange) -> None:
    """One byte a second."""
    await exchange.raw_page(f"Content-Length: {len(FRESH)}")
    for byte in FRESH:
        await exchange.raw(bytes((byte,)))
        await asyncio.sleep(1)


@behaviour(Outcome.TIMEOUT, Outcome.READ, ("unknown", "low_confidence"))
async def drips_below_the_pinned(exchange: Exchange) -> None:
    """Old entries come at once; those below, and the end, one byte a second."""
    await exchange.raw_page(f"Content-Length: {len(FRESH)}", body=HALF_PINNED)
    for byte in FRESH:
        await exchange.raw(bytes((byte,)))
        await asyncio.sleep(1)


@behaviour(Outcome.BROKEN_ANSWER, Outcome.BROKEN_ANSWER)
async def hung_up(exchange: Exchange) -> None:
    exchange.writer.close()


def reset(exchange: Exchange) -> None:
    """End the line as a broken one."""
    known = exchange.writer.get_extra_info("socket")
    known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.writer.transport.abort()


@behaviour(Outcome.BROKEN_ANSWER, Outcome.BROKEN_ANSWER)
async def reset_at_once(exchange: Exchange) -> None:
    reset(exchange)


@behaviour(Outcome.READ, Outcome.READ, ("unknown", "low_confidence"))
async def reset_below_the_pinned(exchange: Exchange) -> None:
    await exchange.raw_page(f"Content-Length: {len(PINNED)}", body=HALF_PINNED)
    await asyncio.sleep(0.2)  # or nothing of it is heard at all
    reset(exchange)


@behaviour(Outcome.BROKEN_ANSWER, Outcome.BROKEN_ANSWER)
async def not_http(exchange: Exchange) -> None:
    await exchange.raw(b"\x00\x01\x02 this is no answer\r\n\r\n")
    exchange.writer.close()


@behaviour(Outcome.READ, Outcome.READ)
async def cut_off(exchange: Exchange) -> None:
    await exchange.raw_page(f"Content-Length: {len(FRESH)}", body=FRESH[: len(FRESH) * 3 // 4])
    exchange.writer.close()


@behaviour(Outcome.READ, Outcome.READ, ("unknown", "low_confidence"))
async def cut_off_unsaid(exchange: Exchange) -> None:
    """Old pinned items came through, the new ones below did not, and no length was promised."""
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    await exchange.raw(head + HALF_PINNED)
    exchange.writer.close()


@behaviour(Outcome.READ, Outcome.READ, ("unknown", "low_confidence"))
async def packed_half(exchange: Exchange) -> None:
    """As above; the server itself packed half a page, and sent that whole."""
    await exchange.send("200 OK", gzip.compress(HALF_PINNED), "Content-Encoding: gzip")


@behaviour(Outcome.READ, Outcome.READ, ("unknown", "low_confidence"))
async def chunks_break_off(exchange: Exchange) -> None:
    chunk = b"%x\r\n%s\r\n" % (len(HALF_PINNED), HALF_PINNED)
    await exchange.raw_page("Transfer-Encoding: chunked", body=chunk)
    exchange.writer.close()


@behaviour(Outcome.TIMEOUT, Outcome.READ, ("unknown", "low_confidence"))
async def promises_too_much(exchange: Exchange) -> None:
    """The length is too long, and the line stays open."""
    await exchange.raw_page(f"Content-Length: {len(STALE) + 900}", body=STALE)
    await asyncio.sleep(LATE)


@behaviour(Outcome.READ, Outcome.READ, ("unknown", "low_confidence"))
async def promises_too_little(exchange: Exchange) -> None:
    """The length is too short: the rest is not heard."""
    await exchange.raw_page(f"Content-Length: {len(HALF_PINNED)}", body=PINNED)
    exchange.writer.close()


@behaviour(Outcome.BROKEN_ANSWER, Outcome.BROKEN_ANSWER)
async def packed_by_word_only(exchange: Exchange) -> None:
    """It says gzip, and is none."""
    await exchange.send("200 OK", STALE, "Content-Encoding: gzip")


@behaviour(Outcome.REFUSED, Outcome.TIMEOUT)
async def too_large(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<html>")
    await asyncio.sleep(LATE)


@behaviour(Outcome.REFUSED, Outcome.OUR_FAULT)
async def endless(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await exchange.raw(b"<!-- endless -->" * 4096)


@behaviour(Outcome.TIMEOUT, Outcome.BROKEN_ANSWER)
async def endless_headers(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\n")
    for number in range(20000):
        await exchange.raw(b"X-%d: %s\r\n" % (number, b"x" * 60))


@behaviour(Outcome.REFUSED, Outcome.OUR_FAULT)
async def gzip_bomb(exchange: Exchange) -> None:
    """Of one word: its letters take more memory than a page may have, just to be laid out."""
    await exchange.send("200 OK", _bomb(), "Content-Encoding: gzip")


@cache
def _bomb() -> bytes:
    return gzip.compress(b"<html><body>" + b"0" * (12 << 20) + b"</body></html>", 1)


@behaviour(Outcome.UNREADABLE, Outcome.UNREADABLE)
async def nothing(exchange: Exchange) -> None:
    await exchange.send("200 OK", b"")


@behaviour(Outcome.UNREADABLE, Outcome.REFUSED)
async def no_content(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 204 No Content\r\n\r\n")
