"""What the browser says when no page came, as a typed outcome: one table. Pure."""

from __future__ import annotations

import re

from rules.facts import Outcome

# Chromium's names of network errors, by how they begin; the first row that fits wins.
BY_NET_ERROR: tuple[tuple[str, Outcome], ...] = (
    ("ERR_NAME_", Outcome.DNS_FAILURE),
    ("ERR_DNS_", Outcome.DNS_FAILURE),
    ("ERR_TOO_MANY_REDIRECTS", Outcome.REDIRECT_LOOP),
    ("ERR_CERT_", Outcome.TLS_FAILURE),
    ("ERR_SSL_", Outcome.TLS_FAILURE),
    ("ERR_BAD_SSL_", Outcome.TLS_FAILURE),
    ("ERR_CONNECTION_TIMED_OUT", Outcome.TIMEOUT),
    ("ERR_TIMED_OUT", Outcome.TIMEOUT),
    ("ERR_CONNECTION_RESET", Outcome.BROKEN_ANSWER),
    ("ERR_CONNECTION_CLOSED", Outcome.BROKEN_ANSWER),
    ("ERR_CONNECTION_ABORTED", Outcome.BROKEN_ANSWER),
    ("ERR_CONNECTION_", Outcome.CONNECT_FAILURE),
    ("ERR_ADDRESS_UNREACHABLE", Outcome.CONNECT_FAILURE),
    ("ERR_PROXY_CONNECTION_FAILED", Outcome.OUR_FAULT),
    ("ERR_TUNNEL_CONNECTION_FAILED", Outcome.CONNECT_FAILURE),
    ("ERR_INTERNET_DISCONNECTED", Outcome.OUR_FAULT),
    ("ERR_NETWORK_", Outcome.OUR_FAULT),
    ("ERR_EMPTY_RESPONSE", Outcome.BROKEN_ANSWER),
    ("ERR_INVALID_", Outcome.BROKEN_ANSWER),
    ("ERR_CONTENT_", Outcome.BROKEN_ANSWER),
    ("ERR_INCOMPLETE_CHUNKED", Outcome.BROKEN_ANSWER),
    ("ERR_RESPONSE_HEADERS_", Outcome.BROKEN_ANSWER),
    ("ERR_HTTP2_", Outcome.BROKEN_ANSWER),
    ("ERR_QUIC_", Outcome.BROKEN_ANSWER),
    ("ERR_UNSAFE_", Outcome.REFUSED),
    ("ERR_BLOCKED_BY_", Outcome.REFUSED),
    ("ERR_ACCESS_DENIED", Outcome.REFUSED),
    ("ERR_ABORTED", Outcome.REFUSED),  # a download instead of a page
)
_NET_ERROR = re.compile(r"net::(ERR_[A-Z0-9_]+)")


# A server that speaks only what browsers no longer do.
_OBSOLETE_TLS = re.compile(
    r"ERR_SSL_(?:VERSION_OR_CIPHER_MISMATCH|OBSOLETE|UNSUPPORTED)"
    r"|SSL_ERROR_(?:UNSUPPORTED_VERSION|NO_CYPHER_OVERLAP)"  # Firefox
)


def is_obsolete_tls(words: str) -> bool:
    """Whether an error says that browsers refuse the server's TLS, whoever else speaks it."""
    return _OBSOLETE_TLS.search(words) is not None


def outcome_of_error(words: str) -> Outcome:
    """The outcome of a navigation that ended in an error with these words; ours if in no table."""
    found = _NET_ERROR.search(words)
    if found:
        name = found[1]
        return next((to for start, to in BY_NET_ERROR if name.startswith(start)), Outcome.OUR_FAULT)
    if "Download is starting" in words:
        return Outcome.REFUSED
    return Outcome.TIMEOUT if re.search(r"Timeout \d+ms exceeded", words) else Outcome.OUR_FAULT
