"""`login`: sessions and tokens come in, go out and are listed; what they hold is never shown."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cli import login as module
from cli.workspace import Workspace
from crawler.browser.finding import find_browser
from storage import sessions, tokens
from storage.engine import open_database, reading
from tests.cli.conftest import Run

SECRET = "very-secret-value"
COOKIE = {"name": "SUB", "value": SECRET, "domain": ".weibo.com", "path": "/"}
STATE = {"cookies": [COOKIE]}
UNIT = {"cookies": [{**COOKIE, "name": "slave_sid", "domain": "mp.weixin.qq.com"}]}
GH = "gh_0123456789ab"
ACCOUNTS = f"""
accounts:
  - {{name: 甲县发布, unit: 甲局, platform: wechat, id: {GH}}}
  - {{name: 甲县抖音, unit: 甲局, platform: douyin, id: MS4wEXAMPLE}}
"""
TOKENS = f"""
[douyin."MS4wEXAMPLE"]
access_token = "{SECRET}"
open_id = "open-1"
expires = 2026-12-10

[bilibili.app]
app_id = "app-1"
app_secret = "{SECRET}"
"""


@pytest.fixture(autouse=True)
def _no_screen_and_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", tokens.VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(workspace: Path) -> Path:
    with (workspace / "rules.yaml").open("a", encoding="utf-8") as file:
        file.write(ACCOUNTS)
    return workspace


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    path = tmp_path / "weibo.json"
    path.write_text(json.dumps(STATE), "utf-8")
    path.chmod(0o644)
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "unit.json"
    path.write_text(json.dumps(UNIT), "utf-8")
    return path


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "tokens.toml"
    path.write_text(TOKENS, "utf-8")
    return path


def test_a_session_from_a_desk_machine_is_kept_for_its_owner_alone(
    run: Run, office: Path, carried: Path
) -> None:
    ran = run("--workspace", office, "login", "weibo", "--import", carried)
    kept = office / "data" / "sessions" / "weibo.json"
    assert ran.code == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sessions.load(kept) == STATE
    assert SECRET not in ran.out + ran.err


def test_what_is_no_session_is_one_line(run: Run, office: Path, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]", "utf-8")
    ran = run("--workspace", office, "login", "weibo", "--import", tmp_path / "no.json")
    assert ran.code == 2
    assert "no.json" in ran.err
    assert not (office / "data" / "sessions").exists()


@pytest.mark.parametrize("over", [{"domain": ".douyin.com"}, {"expires": 1.0}])
def test_a_session_that_opens_nothing_is_one_line_and_not_kept(
    run: Run, office: Path, tmp_path: Path, over: dict[str, object]
) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"cookies": [{**COOKIE, **over}]}), "utf-8")
    ran = run("--workspace", office, "login", "weibo", "--import", path)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert SECRET not in ran.err
    assert not (office / "data" / "sessions").exists()


def test_a_unit_s_own_session_belongs_to_its_account(run: Run, office: Path, units: Path) -> None:
    named = ("--import", units, "--account", "甲县发布")
    assert run("--workspace", office, "login", "wechat", *named).code == 0
    assert (office / "data" / "sessions" / f"wechat-{GH}.json").exists()


@pytest.mark.parametrize(
    ("platform", "more"),
    [("wechat", ()), ("wechat", ("--account", "别人")), ("weibo", ("--account", "甲县发布"))],
)
def test_whose_session_it_is_must_be_plain(
    run: Run, office: Path, carried: Path, platform: str, more: tuple[str, ...]
) -> None:
    ran = run("--workspace", office, "login", platform, "--import", carried, *more)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_tokens_are_sealed_and_nothing_of_them_is_shown(
    run: Run, office: Path, token_file: Path
) -> None:
    ran = run("--workspace", office, "login", "all", "--import", token_file)
    assert ran.code == 0
    listed = run("--workspace", office, "login", "--list", "--format", "csv")
    assert "douyin:MS4wEXAMPLE" in listed.out
    assert "2026-12-10" in listed.out
    assert SECRET not in ran.out + ran.err + listed.out + listed.err
    space = Workspace(office)
    with reading(open_database(space.database_url)) as session:
        token = tokens.find(session, tokens.Seal.of(space.data_folder, {}), "douyin", "MS4wEXAMPLE")
    assert token is not None
    assert token.values == {"access_token": SECRET, "open_id": "open-1"}
    assert SECRET.encode() not in (space.data_folder / "xunjian.db").read_bytes()


def test_the_list_tells_for_how_many_accounts_each_is(
    run: Run, office: Path, token_file: Path, carried: Path, units: Path
) -> None:
    run("--workspace", office, "login", "all", "--import", token_file)
    run("--workspace", office, "login", "wechat", "--import", units, "--account", GH)
    run("--workspace", office, "login", "weibo", "--import", carried)
    listed = json.loads(run("--workspace", office, "login", "--list", "--format", "json").out)
    assert {(one["what"], one["name"]): one["accounts_served"] for one in listed} == {
        ("session", f"wechat-{GH}"): 1,
        ("session", "weibo"): 0,
        ("token", "bilibili:"): 0,
        ("token", "douyin:MS4wEXAMPLE"): 1,
    }


def test_only_the_named_platform_s_tokens_are_taken(
    run: Run, office: Path, token_file: Path
) -> None:
    assert run("--workspace", office, "login", "bilibili", "--import", token_file).code == 0
    listed = run("--workspace", office, "login", "--list", "--format", "csv").out
    assert "bilibili:" in listed
    assert "douyin" not in listed


def test_a_token_of_nobody_s_account_is_told(run: Run, office: Path, tmp_path: Path) -> None:
    path = tmp_path / "tokens.toml"
    path.write_text(f'[douyin.stranger]\naccess_token = "{SECRET}"\n', "utf-8")
    ran = run("--workspace", office, "login", "douyin", "--import", path)
    assert ran.code == 0
    assert "douyin:stranger" in ran.err


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("= 3", 1),
        ('[nowhere.x]\naccess_token = "a"', 1),
        ("douyin = 3", 1),
        ("[douyin]\nx = 3", 1),
        (f'[douyin.x]\npassword = "{SECRET}"', 1),
        (f'[douyin.x]\naccess_token = ["{SECRET}"]', 1),
        ('[douyin.x]\naccess_token = ""', 1),
        (f'[douyin.x]\naccess_token = "{SECRET * 1000}"', 1),
        (f'[douyin.x]\naccess_token = "{SECRET}"\nexpires = "soon"', 1),
        ("[douyin.x]", 1),
        (f'[weibo.x]\naccess_token = "{SECRET}"', 1),
        ("[douyin.x]\n[douyin.y]\n[z.x]", 3),
    ],
)
def test_every_mistake_of_a_token_file_is_one_line_and_nothing_is_kept(
    run: Run, office: Path, tmp_path: Path, text: str, count: int
) -> None:
    path = tmp_path / "tokens.toml"
    path.write_text(text, "utf-8")
    ran = run("--workspace", office, "login", "douyin", "--import", path)
    assert (ran.code, ran.err.count("\n")) == (2, count)
    assert SECRET not in ran.err
    assert "douyin" not in run("--workspace", office, "login", "--list", "--format", "csv").out


def test_a_machine_without_a_screen_says_what_to_do(run: Run, office: Path) -> None:
    ran = run("--workspace", office, "login", "weibo")
    assert (ran.code, ran.err.count("\n")) == (5, 1)
    assert "--export" in ran.err
    assert "--import" in ran.err


@pytest.mark.parametrize(
    "words", [("login",), ("login", "wiebo"), ("login", "pengpai"), ("login", "toutiao")]
)
def test_a_platform_without_a_login_is_wrong_use(
    run: Run, office: Path, words: tuple[str, ...]
) -> None:
    assert run("--workspace", office, *words).code == 2


def test_what_was_signed_in_by_hand_is_carried_away(
    run: Run, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "signed_in", lambda *_: STATE)
    path = tmp_path / "out.json"
    assert run("--workspace", office, "login", "weibo", "--export", path).code == 0
    assert sessions.load(path) == STATE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not (office / "data" / "sessions").exists()


def test_only_the_official_address_gives_the_number_of_the_records() -> None:
    inside = "https://mp.weixin.qq.com/cgi-bin/home?t=home/index&token=1234567890"
    (kept,) = module._records_token(["about:blank", inside])
    assert (kept["name"], kept["value"]) == ("token", "1234567890")
    cookies = sessions.cookies_in({"cookies": [kept]}, Path("wechat.json"))
    assert sessions.cookies_for(cookies, inside) == {}
    assert module._records_token(["https://evil.test/?token=1", "https://mp.weixin.qq.com/"]) == []


PAGE = "<title>登录</title><script>fetch('/in').then(() => fetch('/home'))</script>"


class Door(BaseHTTPRequestHandler):
    """A login page that signs in by itself, as a person would by hand."""

    through: threading.Event

    def do_GET(self) -> None:
        body = PAGE.encode() if self.path == "/" else b""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/in":
            self.send_header("Set-Cookie", f"SUB={SECRET}; Path=/; HttpOnly")
        self.end_headers()
        self.wfile.write(body)
        if f"SUB={SECRET}" in self.headers.get("Cookie", ""):
            self.through.set()

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture
def door() -> Iterator[tuple[str, threading.Event]]:
    through = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Door,), {"through": through}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", through
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_what_a_person_signed_in_to_is_kept_and_sent_again(
    tmp_path: Path, door: tuple[str, threading.Event]
) -> None:
    path = find_browser("")
    if path is None:
        pytest.skip("no browser")
    address, through = door
    waited: list[bool] = []
    state = module._by_hand(path, address, lambda: waited.append(through.wait(30)), headless=True)
    assert waited == [True]
    sessions.save(tmp_path / "weibo.json", state)
    cookies = sessions.cookies_in(sessions.load(tmp_path / "weibo.json"), tmp_path)
    assert sessions.cookies_for(cookies, address) == {"SUB": SECRET}
    assert sessions.cookies_for(cookies, "http://elsewhere.test/") == {}
