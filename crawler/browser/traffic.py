"""What went over the lines of one page: to whom, how much, since when somebody is silent, and why
a line could not be opened."""

from __future__ import annotations

import errno
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.browser.upstream import UpstreamDown
from rules.facts import Outcome

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# Errors of our own line; every other failure is the other side's.
OURS = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS})

Place = tuple[str, int]  # a host as the browser asks for it, and a port


class Refused(Exception):
    """A page led to a place where it may not lead us."""


@dataclass(slots=True)
class Traffic:
    """One page's. `left`: how many more bytes it may receive; `lines`: how many it may open."""

    left: int
    lines: int
    refused: list[str] = field(default_factory=list)
    _failures: dict[Place, Outcome] = field(default_factory=dict)
    _asked: dict[Place, float] = field(default_factory=dict)
    _heard: dict[Place, float] = field(default_factory=dict)

    @property
    def is_spent(self) -> bool:
        """Whether the page asked for more than any page may."""
        return self.left < 0

    def asks(self, place: Place) -> None:
        """Something is sent to a place."""
        self._asked[place] = time.monotonic()

    def hears(self, place: Place, size: int) -> None:
        """So many bytes came from a place."""
        self._heard[place] = time.monotonic()
        self.left -= size

    def opened(self, place: Place) -> None:
        """A line to a place was opened."""
        self._failures.pop(place, None)

    def failed(self, place: Place, error: Exception) -> None:
        """No line to a place could be opened."""
        outcome = outcome_of(error)
        self._failures[place] = outcome
        if outcome is Outcome.REFUSED:
            self.refused.append(place[0])

    def failure(self, url: str) -> Outcome | None:
        """Why no line to the host of an address could be opened; None where one could."""
        return self._failures.get(place_of(url))

    def kept_waiting(self, url: str) -> float:
        """The seconds since the host of an address was last asked, if it has been silent since.

        0 where it said something, or was never asked: who waits then, waits for this machine.
        """
        asked = self._asked.get(place_of(url))
        if asked is None or self._heard.get(place_of(url), 0) >= asked:
            return 0
        return time.monotonic() - asked


def place_of(url: str) -> Place:
    """Host and port of an address, as the browser asks for them."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", 0


def outcome_of(error: Exception) -> Outcome:
    """The outcome of a line that could not be opened."""
    if isinstance(error, Refused):
        return Outcome.REFUSED
    if isinstance(error, socket.gaierror):
        return Outcome.DNS_FAILURE
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT
    if isinstance(error, UpstreamDown) or getattr(error, "errno", None) in OURS:
        return Outcome.OUR_FAULT
    return Outcome.CONNECT_FAILURE
