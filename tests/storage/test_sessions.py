"""Session files: for their owner's eyes alone, in the one shape, sent only where they belong."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.errors import XunjianError
from storage import sessions

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECRET = "very-secret-value"
COOKIE = {"name": "SUB", "value": SECRET, "domain": ".weibo.com", "path": "/", "secure": True}
STATE = {"cookies": [COOKIE], "origins": []}


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_session_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = sessions.path_of(tmp_path / "data" / "sessions", "weibo")
    sessions.save(path, STATE)
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)
    assert sessions.load(path) == STATE


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    sessions.save(tmp_path / "carried.json", STATE)
    assert mode_of(tmp_path) == 0o755


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_session_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "weibo.json"
    sessions.save(path, STATE)
    path.chmod(mode)
    with pytest.raises(XunjianError, match="chmod 600") as caught:
        sessions.load(path)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"cookies": 3}',
        '{"cookies": "abc"}',
        '{"cookies": [3]}',
        '{"cookies": [{"name": "x"}]}',
        json.dumps({"cookies": [{**COOKIE, "expires": "soon"}]}),
        json.dumps({"cookies": [COOKIE] * (sessions.MOST_COOKIES + 1)}),
        json.dumps({**STATE, "origins": "x" * sessions.LARGEST}),
    ],
)
def test_whatever_else_stands_in_a_file_is_one_line_without_secrets(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "weibo.json"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(XunjianError) as caught:
        sessions.load(path)
    assert str(path) in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_cookie_shows_no_value() -> None:
    (cookie,) = sessions.cookies_in(STATE, Path("weibo.json"))
    assert SECRET not in repr(cookie)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://weibo.com/ajax", True),
        ("https://m.weibo.com/", True),
        ("http://weibo.com/", False),
        ("https://evilweibo.com/", False),
        ("https://weibo.com.evil.test/", False),
    ],
)
def test_cookies_go_only_where_a_browser_would_send_them(url: str, sent: bool) -> None:
    cookies = sessions.cookies_in(STATE, Path("weibo.json"))
    assert (sessions.cookies_for(cookies, url, NOW) == {"SUB": SECRET}) is sent


def test_a_cookie_that_is_over_is_not_sent() -> None:
    state = {"cookies": [{**COOKIE, "expires": NOW.timestamp() - 1}]}
    cookies = sessions.cookies_in(state, Path("weibo.json"))
    assert sessions.cookies_for(cookies, "https://weibo.com/", NOW) == {}


def test_a_value_cannot_break_out_of_its_header() -> None:
    assert sessions.cookie_header({"a": "1\r\nX: 2; b=3"}) == "a=1X: 2 b=3"


def test_two_accounts_never_share_a_file(tmp_path: Path) -> None:
    ids = ("a/b", "a_b", "a:b", "../b", "x" * 200, "x" * 201)
    paths = {sessions.path_of(tmp_path, "channels", ident) for ident in ids}
    assert len(paths) == len(ids)
    assert {path.parent for path in paths} == {tmp_path}
