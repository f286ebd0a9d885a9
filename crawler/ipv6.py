"""Whether a host answers over IPv6: its AAAA records, and HTTP over one of them (P30).

Blocks: call it in a thread. One question a host; where a name leads inside nothing is connected.
What follows from the answers, beside those of the controls, is `standing`'s and pure.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.reach import Reach
from rules.facts import Truth

MOST_ADDRESSES = 3
Connect = Callable[[str, int, float], socket.socket]
Resolve = Callable[[str, int, socket.AddressFamily], list[str]]


class Six(StrEnum):
    """What a host says over IPv6."""

    ANSWERED = "answered"
    NO_ADDRESS = "no_address"  # it has an IPv4 address and no other
    NO_ANSWER = "no_answer"
    NOT_RESOLVED = "not_resolved"  # nothing is known of it at all
    REFUSED = "refused"  # its address leads inside


def resolve(host: str, port: int, family: socket.AddressFamily) -> list[str]:
    """The addresses of a host in one family; empty where it has none, or nobody says."""
    try:
        found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A line to an address. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


def ask_over_ipv6(
    url: str,
    *,
    reach: Reach,
    user_agent: str,
    seconds: float = 15.0,
    resolver: Resolve = resolve,
    connector: Connect = connect,
) -> Six:
    """What the host of `url` says to a HEAD request over IPv6, within `seconds` an address."""
    parts = urlsplit(url)
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    addresses = resolver(host, port, socket.AF_INET6)
    if not addresses:
        has_other = bool(resolver(host, port, socket.AF_INET))
        return Six.NO_ADDRESS if has_other else Six.NOT_RESOLVED
    open_ones = [one for one in addresses if reach.by_address(host, one)]
    if not open_ones:
        return Six.REFUSED
    head = (
        f"HEAD / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {user_agent}\r\nConnection: close\r\n\r\n"
    )
    for address in open_ones[:MOST_ADDRESSES]:
        try:
            line = connector(address, port, seconds)
            if _answers(line, host, is_secure, head.encode("ascii", "ignore"), seconds):
                return Six.ANSWERED
        except (OSError, ValueError):
            continue
    return Six.NO_ANSWER


def _answers(line: socket.socket, host: str, is_secure: bool, head: bytes, seconds: float) -> bool:
    with line:
        line.settimeout(seconds)
        if not is_secure:
            return _speaks_http(line, head)
        with _any_certificate().wrap_socket(line, server_hostname=host) as secure:
            return _speaks_http(secure, head)


def _speaks_http(line: socket.socket, head: bytes) -> bool:
    line.sendall(head)
    return line.recv(5) == b"HTTP/"


def _any_certificate() -> ssl.SSLContext:
    """Whether the line is there is asked here; whether its certificate is good, elsewhere."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def standing(site: Six, controls: Sequence[Six]) -> tuple[Truth, str]:
    """What follows, with its reason. Without a control that answers over IPv6 our own end may
    have none, and nothing is known of the site."""
    if site is Six.ANSWERED:
        return Truth.OK, site.value
    if Six.ANSWERED not in controls:
        return Truth.UNKNOWN, "no_ipv6_here"
    if site in (Six.NO_ADDRESS, Six.NO_ANSWER):
        return Truth.VIOLATION, site.value
    return Truth.UNKNOWN, site.value
