"""A small server whose pages need a browser, and one browser for all tests of this room."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from crawler.browser.engine import Engine
from crawler.browser.errand import Errand
from crawler.browser.finding import find_browser
from crawler.browser.rendering import render
from crawler.look import Look
from tests.browser.pages import PAGES

TODAY = date(2022, 6, 20)
CHECKER = "xunjian/test"


class Handler(BaseHTTPRequestHandler):
    """Serves `PAGES`; remembers what was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = PAGES.get(self.path, (404, {}, "<h1>404 页面不存在</h1>"))
        assert isinstance(self.server, ThreadingHTTPServer)
        port = str(self.server.server_port)
        content = body.replace("{port}", port).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value.replace("{port}", port))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture(scope="session")
def site() -> Iterator[tuple[str, list[str]]]:
    """The server's address, and what it was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", Handler.asked
    server.shutdown()


Looker = Callable[..., Look]


@pytest.fixture(scope="session")
def look(site: tuple[str, list[str]]) -> Iterator[Looker]:
    """Renders one page of the server: `look("/path", purpose=...)`."""
    path = find_browser()
    if path is None:
        pytest.skip("no browser")
    loop = asyncio.new_event_loop()
    engine = Engine(path, CHECKER, None)
    loop.run_until_complete(engine.__aenter__())

    async def one(errand: Errand) -> Look:
        async with engine.context() as seat:
            return await render(seat, errand)

    def run(where: str, **changes: Any) -> Look:
        errand = replace(Errand(f"{site[0]}{where}", lambda: TODAY, CHECKER), **changes)
        return loop.run_until_complete(one(errand))

    def call(work: Callable[[Engine], Coroutine[Any, Any, Any]]) -> Any:
        return loop.run_until_complete(work(engine))

    run.call = call  # type: ignore[attr-defined]
    yield run
    loop.run_until_complete(engine.__aexit__())
    loop.close()
