"""Sessions of platforms on disk: what a browser remembered when a person had signed in.

One file a platform, `weibo.json`, or one an account where the session is the account's own,
`channels-sph123.json`, in the shape of Playwright's storage state. They open doors: only their
owner may read them, and nothing in them is ever printed. Instants are aware.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rules.errors import XunjianError
from rules.words import say
from storage.files import plain_trouble, write_whole

LARGEST = 4 << 20  # bytes of a session
MOST_COOKIES = 2000
_SAFE = re.compile(r"[^0-9A-Za-z_.@-]")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. `expires` in seconds since 1970, or None: as long as the session."""

    name: str
    value: str = field(repr=False)
    domain: str
    path: str = "/"
    expires: float | None = None
    secure: bool = False


def path_of(folder: Path, platform: str, account: str | None = None) -> Path:
    """Where the session of a platform, or of one account on it, lies under `folder`."""
    if account is None:
        return folder / f"{platform}.json"
    name = _SAFE.sub("_", account)[:80]
    if name != account:  # two accounts must not share a file
        name += f"-{sha256(account.encode()).hexdigest()[:8]}"
    return folder / f"{platform}-{name}.json"


def save(path: Path, state: Mapping[str, Any]) -> None:
    """Write a session for its owner's eyes alone; a folder made for it is its owner's alone, too.
    Raises XunjianError, EnvironmentTrouble."""
    cookies_in(state, path)
    with plain_trouble(path.parent):
        if not path.parent.is_dir():  # where it is to be carried away, the folder is not ours
            path.parent.mkdir(parents=True)
            path.parent.chmod(0o700)
        write_whole(path, json.dumps(state, ensure_ascii=False).encode())  # 0600


def load(path: Path) -> dict[str, Any]:
    """The session in a file. Raises XunjianError with one line: not there, not ours alone, no
    session."""
    try:
        mode = path.stat().st_mode
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise XunjianError(
            say("session.unread", path=path, what=error.strerror or error)
        ) from error
    if os.name == "posix" and mode & _OTHERS:
        raise XunjianError(say("session.open_to_others", path=path))
    try:
        state = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        state = None
    if not isinstance(state, dict):
        raise XunjianError(say("session.no_session", path=path))
    cookies_in(state, path)
    return state


def cookies_in(state: Mapping[str, Any], path: Path) -> tuple[Cookie, ...]:
    """The cookies of a session. Raises XunjianError where it has not that shape."""
    told = state.get("cookies")
    if not isinstance(told, Sequence) or isinstance(told, str) or len(told) > MOST_COOKIES:
        raise XunjianError(say("session.no_session", path=path))
    try:
        return tuple(_cookie(one) for one in told)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise XunjianError(say("session.no_session", path=path)) from error


def _cookie(told: Mapping[str, Any]) -> Cookie:
    expires = float(told.get("expires", -1))
    return Cookie(
        name=str(told["name"]),
        value=str(told["value"]),
        domain=str(told["domain"]).lower(),
        path=str(told.get("path") or "/"),
        expires=expires if expires > 0 else None,
        secure=bool(told.get("secure", False)),
    )


def cookies_for(cookies: Sequence[Cookie], url: str, now: datetime | None = None) -> dict[str, str]:
    """The names and values that a browser would send to an address, the longest path first."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").lower(), parts.path or "/"
    at = (now or datetime.now(UTC)).timestamp()
    sent = [
        one
        for one in cookies
        if _fits(one.domain, host)
        and _lies_under(path, one.path)
        and (one.expires is None or one.expires > at)
        and (not one.secure or parts.scheme == "https")
    ]
    found: dict[str, str] = {}
    for one in sorted(sent, key=lambda cookie: -len(cookie.path)):
        found.setdefault(one.name, one.value)
    return found


def cookie_header(cookies: Mapping[str, str]) -> str:
    """The header that carries cookies; characters that would break out of it are left away."""
    clean = {name: re.sub(r"[\x00-\x1f\x7f;]", "", value) for name, value in cookies.items()}
    return "; ".join(f"{name}={value}" for name, value in clean.items())


def _fits(domain: str, host: str) -> bool:
    bare = domain.lstrip(".")
    return host == bare or (domain.startswith(".") and host.endswith(f".{bare}"))


def _lies_under(path: str, above: str) -> bool:
    return path == above or path.startswith(above if above.endswith("/") else f"{above}/")
