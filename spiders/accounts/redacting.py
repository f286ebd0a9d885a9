"""Taking out of addresses and bodies what opens doors, before anything is kept of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spiders.accounts.conversing import Access

HIDDEN = "-hidden-"
SHORTEST = 6  # characters of a secret; what is shorter stands in too many innocent places
# Parameters whose values are nobody else's business, whoever put them there.
_PARAMETERS = re.compile(
    r"((?:^|[?&;\"'{,\s])(?:access[_-]?token|component_access_token|refresh_token|token|secret"
    r"|appsecret|app_secret|client_secret|key|ticket)\"?\s*[=:]\s*\"?)[^&;\"'\s,}]{4,}",
    re.IGNORECASE,
)


def secrets_of(access: Access) -> tuple[str, ...]:
    """What of an access must not be told."""
    return tuple(
        sorted(
            {one for one in _held(access) if one is not None and len(one) >= SHORTEST},
            key=len,
            reverse=True,
        )
    )


def _held(access: Access) -> Iterable[str | None]:
    yield access.token
    yield from access.cookies.values()


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` without any of `secrets`, and without the values of parameters that hold some."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return _PARAMETERS.sub(rf"\1{HIDDEN}", text)
