"""A fake of some platforms over plain HTTP, in the documented shapes, and a workspace that reads
accounts there. `Living` is what the platforms hold: the tests change it between rounds.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rules.facts import SHANGHAI
from storage import sessions

NOON = datetime(2022, 6, 20, 7, tzinfo=SHANGHAI)  # an hour before the round of this day
BUSY, SILENT, SHORT, CONTROL = "1000000001", "1000000002", "1000000003", "1000000009"
NAMES = {BUSY: "勤更新", SILENT: "久不更新", SHORT: "更新不足", CONTROL: "对照号"}
EPOCH_OF_MIDS = 515483463
SIZE = 10

PROFILE = """name: test-city
extends: kaifeng-2022
independent_after: 1s
host_delay: 0s
account_second_after: {second_after}
account_pace: 0.0
"""


def daily(count: int, since: int = 0) -> list[datetime]:
    """Posts, one a day, the newest so many days before the round."""
    return [NOON - timedelta(days=since + n) for n in range(count)]


@dataclass
class Living:
    """When each 微博 account posted, newest first; what the platform answers instead."""

    times: dict[str, list[datetime]] = field(
        default_factory=lambda: {
            BUSY: daily(40),
            SILENT: daily(20, since=20),
            SHORT: [NOON - timedelta(days=3), *daily(20, since=9)],
            CONTROL: daily(40),
        }
    )
    instead: dict[str, tuple[int, str]] = field(default_factory=dict)  # by account
    asked: Counter[str] = field(default_factory=Counter)
    sessions_live: bool = True
    address: str = ""


def blog(at: datetime, uid: str) -> dict[str, Any]:
    seconds = int(at.timestamp())
    return {
        "mid": str((seconds - EPOCH_OF_MIDS) << 22),
        "mblogid": f"Q{seconds}",
        "created_at": at.strftime("%a %b %d %H:%M:%S %z %Y"),
        "text_raw": f"{at:%m月%d日} 工作动态",
        "user": {"idstr": uid, "screen_name": NAMES[uid]},
    }


class Handler(BaseHTTPRequestHandler):
    """微博's two interfaces that a logged-in page asks."""

    living: Living

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: found[0] for name, found in parse_qs(parts.query).items()}
        uid = asked.get("uid", "")
        self.living.asked[parts.path.rsplit("/", 1)[-1]] += 1
        if parts.path == "/robots.txt" or uid not in self.living.times:
            self.answer(404, "not found", "text/plain")
        elif uid in self.living.instead:
            status, text = self.living.instead[uid]
            self.answer(status, text, "text/html")
        elif not self.living.sessions_live or "SUB=office" not in self.headers.get("Cookie", ""):
            self.answer(200, json.dumps({"ok": -100, "url": "https://login.sina.com.cn"}))
        else:
            self.answer(200, json.dumps(self.said(parts.path, uid, asked)))

    def said(self, path: str, uid: str, asked: Mapping[str, str]) -> dict[str, Any]:
        times = self.living.times[uid]
        if path.endswith("/profile/info"):
            user = {"idstr": uid, "screen_name": NAMES[uid], "statuses_count": len(times)}
            return {"ok": 1, "data": {"user": user}}
        start = SIZE * (int(asked.get("page", "1")) - 1)
        page, more = times[start : start + SIZE], times[start + SIZE :]
        mark = {"since_id": f"mark{start + SIZE}"} if more else {}
        listed = [blog(at, uid) for at in page]
        return {"ok": 1, "data": {"list": listed, "total": len(times), **mark}}

    def answer(self, status: int, text: str, kind: str = "application/json") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is theirs."""


@contextmanager
def platforms() -> Iterator[Living]:
    """The fake, served on loopback."""
    living = Living()
    handler = type("Bound", (Handler,), {"living": living})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    living.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield living
    server.shutdown()


def crowd(living: Living, count: int) -> tuple[str, ...]:
    """So many more accounts, every fifth of them silent."""
    uids = tuple(str(2000000000 + n) for n in range(count))
    for n, uid in enumerate(uids):
        NAMES[uid] = f"第{n}号"
        living.times[uid] = daily(20, since=20) if n % 5 == 0 else daily(40)
    return uids


def account(uid: str, **more: Any) -> dict[str, Any]:
    entry = {"name": NAMES[uid], "unit": "示例单位", "platform": "weibo", "id": uid}
    return {**entry, "sources": ["weibo_timeline"], **more}


def write_accounts(
    folder: Path,
    living: Living,
    *uids: str,
    controls: bool = True,
    session: bool = True,
    second_after: str = "1s",
) -> None:
    """A workspace with these accounts; JSON is YAML enough."""
    register: dict[str, Any] = {
        "city": "示例市",
        "profile": "test-city",
        "controls": [],
        "sites": [],
        "accounts": [account(uid) for uid in uids],
    }
    if controls:
        entry = {"platform": "weibo", "id": CONTROL, "name": NAMES[CONTROL], "every": "2d"}
        register["control_accounts"] = [entry]
    text = json.dumps(register, ensure_ascii=False)
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    (folder / "profiles").mkdir(exist_ok=True)
    profile = PROFILE.format(second_after=second_after)
    (folder / "profiles" / "test-city.yaml").write_text(profile, encoding="utf-8")
    (folder / "xunjian.toml").write_text(
        f'recheck_after = "1s,2s"\n[platforms]\nweibo = "{living.address}"\n', encoding="utf-8"
    )
    if session:
        cookie = {"name": "SUB", "value": "office", "domain": "127.0.0.1", "path": "/"}
        sessions.save(
            sessions.path_of(folder / "data" / "sessions", "weibo"),
            {"cookies": [cookie], "origins": []},
        )
