"""The certificate that a host shows: whether it offers one, is trusted, named for it, in date.

Blocks: call it in a thread. No rule demands one (standard, 5.4 has none): a host without https is a
notice, and one whose certificate browsers refuse is proposed where visitors are sent to it.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from crawler.ipv6 import Connect, connect
from crawler.reach import Reach
from rules.facts import Truth

WARN_BEFORE = timedelta(days=30)
PORT = 443


class Shown(StrEnum):
    """What a host shows to whoever asks for a secure line."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    SELF_SIGNED = "self_signed"
    OTHER_NAME = "other_name"
    UNTRUSTED = "untrusted"  # perhaps an authority that only this machine does not know
    NONE = "none"  # nobody listens there
    UNCLEAR = "unclear"  # no answer in time, a broken line, a name that leads inside


# By OpenSSL's verify codes (X509_V_ERR_…).
BY_CODE: Mapping[int, Shown] = MappingProxyType(
    {
        9: Shown.NOT_YET,
        10: Shown.EXPIRED,
        18: Shown.SELF_SIGNED,
        19: Shown.SELF_SIGNED,
        62: Shown.OTHER_NAME,
        64: Shown.OTHER_NAME,
    }
)
FAULTS = frozenset({Shown.EXPIRED, Shown.SELF_SIGNED, Shown.OTHER_NAME})


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was shown; `until` (aware, UTC) of one that is valid."""

    shown: Shown
    until: datetime | None = None


def certificate_of(
    host: str,
    *,
    reach: Reach,
    seconds: float = 15.0,
    port: int = PORT,
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    connector: Connect = connect,
    resolver: Callable[[str], str | None],
) -> Certificate:
    """The certificate of a host. `resolver` gives one address of a name, or None."""
    address = resolver(host)
    if address is None or not reach.by_address(host, address):
        return Certificate(Shown.UNCLEAR)
    try:
        with connector(address, port, seconds) as line:
            return _shaken(line, host, context(), seconds)
    except ConnectionRefusedError:
        return Certificate(Shown.NONE)
    except ssl.SSLCertVerificationError as error:
        return Certificate(BY_CODE.get(error.verify_code, Shown.UNTRUSTED))
    except (OSError, ValueError):
        return Certificate(Shown.UNCLEAR)


def _shaken(line: socket.socket, host: str, context: ssl.SSLContext, seconds: float) -> Certificate:
    line.settimeout(seconds)
    with context.wrap_socket(line, server_hostname=host) as secure:
        told = secure.getpeercert() or {}
    until = told.get("notAfter")
    if not isinstance(until, str):
        return Certificate(Shown.UNCLEAR)
    return Certificate(Shown.VALID, datetime.fromtimestamp(ssl.cert_time_to_seconds(until), tz=UTC))


def standing(one: Certificate, now: datetime, *, is_sent_there: bool) -> tuple[Truth, str]:
    """What follows, with its reason: a fault only where the site's own address is a secure one
    (`is_sent_there`). A certificate that ends within thirty days is well, and says so."""
    if one.shown is Shown.VALID:
        ends_soon = one.until is not None and one.until - now <= WARN_BEFORE
        return Truth.OK, "ends_soon" if ends_soon else one.shown.value
    if one.shown is Shown.NONE:
        return Truth.OK, "no_https"
    if one.shown in FAULTS and is_sent_there:
        return Truth.VIOLATION, one.shown.value
    is_known = one.shown in FAULTS
    return (Truth.OK if is_known else Truth.UNKNOWN), one.shown.value
