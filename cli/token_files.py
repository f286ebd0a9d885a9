"""Token files: what units and platforms gave the office to read accounts with, as TOML.

```toml
[douyin."MS4wLjABAAAA…"]          # platform, then the account's id as in rules.yaml
access_token = "…"
open_id = "…"
expires = 2026-12-10              # a day or an instant, if it is known

[wechat.app]                      # the office's own application at a platform
app_id = "…"
app_secret = "…"
```

Nothing of what stands in such a file is ever printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rules.errors import Mistake, WrongFile
from rules.facts import SHANGHAI
from rules.platforms import Platform
from rules.windows import midnight
from rules.words import say
from storage.tokens import Token

LARGEST = 4 << 20  # bytes of a file
LONGEST = 4096  # characters of a value
APP = "app"  # the name under which the office's own application stands
WORDS = (
    "access_token",
    "refresh_token",
    "open_id",
    "app_id",
    "app_secret",
    "ticket",
    "token",
)
EXPIRES = "expires"


def read_tokens(path: Path, platform: str) -> tuple[Token, ...]:
    """The tokens in a file; of one platform, or of all. Raises WrongFile with every mistake."""
    told = _toml(path)
    mistakes: list[Mistake] = []
    found = [
        token
        for name, table in told.items()
        for token in _of_platform(path, name, table, mistakes)
        if platform in ("all", name)
    ]
    if not found and not mistakes:
        mistakes.append(_wrong(path, say("login.no_tokens", platform=platform), "login.shape"))
    if mistakes:
        raise WrongFile(tuple(sorted(mistakes)))
    return tuple(found)


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError(f"> {LARGEST >> 20} MiB")
        return tomllib.loads(text.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        what = say("login.unread", what=getattr(error, "strerror", None) or _first_line(error))
        raise WrongFile((_wrong(path, what, "login.shape"),)) from error


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _of_platform(
    path: Path, platform: str, table: object, mistakes: list[Mistake]
) -> Iterator[Token]:
    if platform not in set(Platform) or not isinstance(table, Mapping):
        mistakes.append(_wrong(path, say("login.bad_platform", name=platform), "login.shape"))
        return
    for account, values in table.items():
        token = _token(path, platform, account, values, mistakes)
        if token is not None:
            yield token


def _token(
    path: Path, platform: str, account: str, values: object, mistakes: list[Mistake]
) -> Token | None:
    place = f"{platform}.{account}"
    if not isinstance(values, Mapping):
        mistakes.append(_wrong(path, say("login.bad_entry", place=place), "login.shape"))
        return None
    words = {name: value for name, value in values.items() if name != EXPIRES}
    wrong = [name for name, value in words.items() if not _is_word(name, value)]
    expires = _instant(values.get(EXPIRES))
    if EXPIRES in values and expires is None:
        wrong.append(EXPIRES)
    if wrong or not words:
        names = "、".join(wrong) or "—"
        what = say("login.bad_words", place=place, names=names)
        mistakes.append(_wrong(path, what, "login.known_words"))
        return None
    told = {name: str(value) for name, value in words.items()}
    return Token(platform, "" if account == APP else account, told, expires)


def _is_word(name: str, value: object) -> bool:
    return name in WORDS and isinstance(value, str) and 0 < len(value) <= LONGEST


def _instant(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
    return midnight(value) if isinstance(value, date) else None


def _wrong(path: Path, what: str, write: str) -> Mistake:
    return Mistake(str(path), 0, 0, what, say(write, words="、".join((*WORDS, EXPIRES))))
