"""The benchmark's sites as a proxy in a process of its own: quick, and the same for everybody.

`python -m benchmarks.crawl.server DAY` prints its port; the newest entry of every list is of DAY.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from benchmarks.crawl.pages import page

ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


async def answer(newest: date, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection until its client leaves."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            url = urlsplit(head.split(b" ", 2)[1].decode("latin-1"))
            writer.write(_answer(url.hostname or "", url.path, newest))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _answer(host: str, path: str, newest: date) -> bytes:
    kind, body = "text/plain", ROBOTS
    if path != "/robots.txt":
        kind, body = "text/html; charset=utf-8", page(int(host[1:].split(".")[0]), path, newest)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def main(newest: date) -> None:
    """Serve on any port of this machine until the process is ended."""
    server = await asyncio.start_server(partial(answer, newest), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(date.fromisoformat(sys.argv[1])))
