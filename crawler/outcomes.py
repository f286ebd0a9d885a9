"""From what happened on the wire to one typed outcome: the tables, and nothing else.

Every fetch ends in exactly one `Outcome`; what is then done with it stands in
`rules.facts.OUTCOMES`. Sources: standard, section 5.3 (availability and its look-alikes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

from rules.facts import Outcome, PageState

# What the page says about itself, when the status code says nothing (2xx).
BY_STATE: Mapping[PageState, Outcome] = MappingProxyType(
    {
        PageState.LIST: Outcome.READ,
        PageState.ARTICLE: Outcome.READ,
        PageState.EMPTY: Outcome.EMPTY,
        PageState.FORWARD: Outcome.FORWARD,
        PageState.SCRIPT_SHELL: Outcome.SCRIPT_SHELL,
        PageState.CHALLENGE: Outcome.CHALLENGE,
        PageState.LOGIN: Outcome.LOGIN,
        PageState.NOT_FOUND: Outcome.NOT_FOUND,
        PageState.SERVER_ERROR: Outcome.SERVER_ERROR,
        PageState.SUSPENDED: Outcome.SUSPENDED,
        PageState.UNREADABLE: Outcome.UNREADABLE,
    }
)

# Status codes that speak for themselves whatever the page says; 521 and 412 are the answers of
# 加速乐 and 瑞数 to programs, 403/405/406/418/451 refusals of a client, not faults of a page.
BY_STATUS: Mapping[int, Outcome] = MappingProxyType(
    {
        401: Outcome.LOGIN,
        403: Outcome.CHALLENGE,
        404: Outcome.NOT_FOUND,
        405: Outcome.CHALLENGE,
        406: Outcome.CHALLENGE,
        407: Outcome.OUR_FAULT,
        410: Outcome.NOT_FOUND,
        412: Outcome.CHALLENGE,
        418: Outcome.CHALLENGE,
        429: Outcome.RATE_LIMITED,
        451: Outcome.CHALLENGE,
        521: Outcome.CHALLENGE,
    }
)

# What a page may say of itself under an error status: these win, they are not the unit's fault.
SPEAKS_LOUDER = frozenset({PageState.CHALLENGE, PageState.LOGIN, PageState.SUSPENDED})

# What a control's answer may be: a page of its own host, whatever it shows. A log-in page, a
# firewall's or another host's may come from whatever stands between us and the world.
PROVES_THE_LINE = frozenset(
    {Outcome.READ, Outcome.EMPTY, Outcome.SCRIPT_SHELL, Outcome.FORWARD, Outcome.UNREADABLE}
)

# Exceptions of the download by class name, searched along the class's ancestors. Names, because
# they come from three libraries of which two hide their classes.
BY_EXCEPTION: Mapping[str, Outcome] = MappingProxyType(
    {
        "DownloadTimeoutError": Outcome.TIMEOUT,
        "TimeoutError": Outcome.TIMEOUT,
        "TCPTimedOutError": Outcome.TIMEOUT,
        "CannotResolveHostError": Outcome.DNS_FAILURE,
        "DNSLookupError": Outcome.DNS_FAILURE,
        "DownloadConnectionRefusedError": Outcome.CONNECT_FAILURE,
        "ConnectError": Outcome.CONNECT_FAILURE,
        "TunnelError": Outcome.CONNECT_FAILURE,
        "SSLError": Outcome.TLS_FAILURE,
        "Error": Outcome.TLS_FAILURE,  # OpenSSL.SSL.Error
        "DownloadCancelledError": Outcome.REFUSED,  # over the size limit
        "ResponseDataLossError": Outcome.BROKEN_ANSWER,
        "DownloadFailedError": Outcome.BROKEN_ANSWER,
        "BadGzipFile": Outcome.BROKEN_ANSWER,
        "ConnectionLost": Outcome.BROKEN_ANSWER,
        "ConnectionDone": Outcome.BROKEN_ANSWER,
        "UnsupportedURLSchemeError": Outcome.REFUSED,
        "RefusedAddress": Outcome.REFUSED,
        "TooManyHops": Outcome.REDIRECT_LOOP,
        "RobotsDenied": Outcome.ROBOTS_DENIED,
        "IgnoreRequest": Outcome.REFUSED,  # what is left of them: over the limit when unpacked
    }
)


def outcome_of_exception(error: BaseException) -> Outcome:
    """The outcome of a download that raised; what is in no table is our own fault."""
    if any(_is_tls(cause) for cause in _causes(error)):
        return Outcome.TLS_FAILURE
    names = (ancestor.__name__ for ancestor in type(error).__mro__)
    return next((BY_EXCEPTION[name] for name in names if name in BY_EXCEPTION), Outcome.OUR_FAULT)


def _causes(error: BaseException) -> Iterator[object]:
    """The error, its cause and what Twisted packed into `reasons`."""
    for wrapper in (error, error.__cause__):
        yield wrapper
        yield from (getattr(reason, "value", reason) for reason in getattr(wrapper, "reasons", ()))


def _is_tls(error: object) -> bool:
    return type(error).__module__.startswith(("OpenSSL", "ssl", "service_identity"))


def outcome_of_answer(status: int, retry_after: int | None, state: PageState) -> Outcome:
    """The outcome of an answer that arrived whole, from its status code and its page's state."""
    if 200 <= status < 300:
        return BY_STATE[state]
    if state in SPEAKS_LOUDER and status != HTTPStatus.TOO_MANY_REQUESTS:
        return BY_STATE[state]
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status == 503 and retry_after is not None:
        return Outcome.RATE_LIMITED
    return Outcome.SERVER_ERROR if status >= 500 or status == 408 else Outcome.UNREADABLE


FRONT_PAGE = re.compile(r"/*(?:(?:index|default|home)\.\w+)?", re.IGNORECASE)


def landed_elsewhere(asked: str, landed: str) -> Outcome | None:
    """MOVED when a redirect ended on another host, NOT_FOUND when a deep link ended in front.

    A leading `www.`, the scheme and the port make no other host. None: it stayed where it was.
    """
    before, after = urlsplit(asked), urlsplit(landed)
    if _bare_host(before.hostname) != _bare_host(after.hostname):
        return Outcome.MOVED
    if after.query == "" and _is_front(after.path):
        return None if before.query == "" and _is_front(before.path) else Outcome.NOT_FOUND
    return None


def _is_front(path: str) -> bool:
    """Whether a path is a site's front page, under its plain or a usual file name."""
    return FRONT_PAGE.fullmatch(path) is not None


def _bare_host(host: str | None) -> str:
    return (host or "").lower().removeprefix("www.")
