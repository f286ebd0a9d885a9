"""A page is listened to: what it asks for by itself is heard, in order, and nothing else."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.browser.engine import Engine
from crawler.browser.finding import find_browser
from crawler.browser.listening import Listener, Patience, listening

pytestmark = pytest.mark.browser
ENDS = ("/api/posts",)
QUICK = Patience(document=5, settle=3, whole=15)
ASKING = """<!DOCTYPE html><meta charset="utf-8"><title>号</title><body style="height:3000px">
<script>
let page = 0;
const ask = () => fetch('/api/posts?page=' + ++page, {method: 'POST', body: 'page=' + page});
fetch('/api/other'); ask();
addEventListener('scroll', () => { if (page < 2) ask(); });
</script>"""
GATE = "<!DOCTYPE html><title>Sina Visitor System</title><p>请稍候</p>"


class Handler(BaseHTTPRequestHandler):
    """Two pages, an interface and a page that wants a cookie."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/mine":
            self.answer(ASKING if "SUB=office" in self.headers.get("Cookie", "") else GATE)
        else:
            self.answer(ASKING if path == "/page" else GATE)

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        self.answer(json.dumps({"asked": self.rfile.read(size).decode()}))

    def answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        kind = "application/json" if text.startswith("{") else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    if find_browser() is None:
        pytest.skip("no browser")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


Work = Callable[[Listener], Any]


def listen(home: str, work: Work, state: Path | None = None) -> Any:
    path = find_browser()
    assert path is not None

    async def inner() -> Any:
        async with (
            Engine(path, "xunjian/test", None) as engine,
            engine.context(state) as seat,
            listening(seat, home, QUICK) as listener,
        ):
            return await work(listener)

    return asyncio.run(inner())


def test_the_pages_own_requests_are_heard_in_order(home: str) -> None:
    async def work(listener: Listener) -> Any:
        page = await listener.open(f"{home}/page", ENDS)
        first = listener.heard()
        await listener.scroll()
        return page, first, listener.heard(), await listener.picture()

    page, first, second, picture = listen(home, work)
    assert page.status == 200
    assert "<title>号</title>" in page.body.decode()
    assert [json.loads(one.body) for one in first] == [{"asked": "page=1"}]
    assert [(one.method, one.request_body) for one in second] == [("POST", b"page=2")]
    assert picture.startswith(b"\x89PNG")


def test_a_gate_gives_its_page_and_nothing_heard(home: str) -> None:
    async def work(listener: Listener) -> Any:
        return await listener.open(f"{home}/mine", ENDS), listener.heard()

    page, heard = listen(home, work)
    assert "Sina Visitor System" in page.body.decode()
    assert heard == ()


def test_a_session_opens_the_door(home: str, tmp_path: Path) -> None:
    cookie = {"name": "SUB", "value": "office", "domain": "127.0.0.1", "path": "/"}
    full = cookie | {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    state = tmp_path / "weibo.json"
    state.write_text(json.dumps({"cookies": [full], "origins": []}))

    async def work(listener: Listener) -> Any:
        await listener.open(f"{home}/mine", ENDS)
        return listener.heard()

    assert len(listen(home, work, state)) == 1


def test_an_address_that_nobody_answers_is_no_page(home: str) -> None:
    async def work(listener: Listener) -> Any:
        return await listener.open("http://127.0.0.1:9/", ENDS)

    assert listen(home, work) is None
