"""Taking out of addresses and bodies what opens doors, before anything is kept of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from spiders.accounts.conversing import Access

HIDDEN = "-hidden-"
SHORTEST = 6  # characters of a secret; what is shorter stands in too many innocent places
# Parameters whose values are nobody else's business, whoever put them there.
_PARAMETERS = re.compile(
    r"((?:^|[?&;\"'{,\s])(?:(?:[a-z]{1,20}[_-]){0,3}(?:token|secret|appsecret|ticket)|key)"
    r"\"?\s*[=:]\s*\"?)[^&;\"'\s,}]{4,}",
    re.IGNORECASE,
)


def secrets_of(access: Access) -> tuple[str, ...]:
    """What of an access must not be told, as it is and as addresses and JSON write it."""
    held = {one for one in _held(access) if one is not None and len(one) >= SHORTEST}
    return tuple(sorted({form for one in held for form in _forms(one)}, key=len, reverse=True))


def _forms(secret: str) -> Iterable[str]:
    return secret, quote(secret, safe=""), quote(secret), quote_plus(secret), _in_json(secret)


def _in_json(secret: str) -> str:
    return json.dumps(secret)[1:-1]


def _held(access: Access) -> Iterable[str | None]:
    yield access.token
    yield from access.cookies.values()


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` without any of `secrets`, and without the values of parameters that hold some."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return _PARAMETERS.sub(rf"\1{HIDDEN}", text)
