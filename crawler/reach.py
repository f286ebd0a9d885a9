"""Where a fetch may be led: public addresses, and what the register itself names. Pure.

A site says where its visitor goes next: by redirects, resources, frames, and by what its names
resolve to. None of these may lead us to this machine or, unless the operator says so (the setting
`intranet`), into the network that it stands in.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from enum import Enum

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What every client takes for an IPv4 address: one to four numbers, decimal, octal or hexadecimal.
NUMBERS = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)(?:\.(?:0[xX][0-9a-fA-F]*|[0-9]+)){0,3}")
DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})  # full stops of names
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Place(Enum):
    """Where an address lies, as seen from here."""

    PUBLIC = "public"
    INTRANET = "intranet"  # private, shared and test networks
    MACHINE = "machine"  # this machine, its link, its cloud's metadata, groups, nothing at all


# Names that are inside wherever they are resolved, by their last label; no dot: inside, too.
INSIDE = {
    "localhost": Place.MACHINE,
    "localdomain": Place.MACHINE,
    "ip6-localhost": Place.MACHINE,
    "ip6-loopback": Place.MACHINE,
    "local": Place.INTRANET,
    "internal": Place.INTRANET,
    "intranet": Place.INTRANET,
    "lan": Place.INTRANET,
    "corp": Place.INTRANET,
    "arpa": Place.INTRANET,
}


def plain_host(host: str) -> str:
    """A host as clients understand it: compatible characters folded, no brackets, no last dot."""
    folded = unicodedata.normalize("NFKC", host).translate(DOTS)
    return folded.strip("[]").lower().rstrip(".")


def literal(host: str) -> Address | None:
    """The address that a host is, in any spelling that a client would take for one; or None."""
    plain = plain_host(host)
    try:
        return ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        pass
    if NUMBERS.fullmatch(plain) is None:
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(plain))
    except OSError:
        return None


def place_of(address: Address) -> Place:
    """Where an address lies; one that carries an IPv4 address lies where that does."""
    carried = _carried(address)
    if carried is not None:
        return place_of(carried)
    if (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address.is_reserved
        or address in ipaddress.IPv4Network("0.0.0.0/8")
    ):
        return Place.MACHINE
    return Place.PUBLIC if address.is_global else Place.INTRANET


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def place_by_words(host: str) -> Place | None:
    """Where a host lies by its own words; None for a name that only resolving can place."""
    address = literal(host)
    if address is not None:
        return place_of(address)
    plain = plain_host(host)
    last = plain.rpartition(".")[2]
    if last in INSIDE:
        return INSIDE[last]
    return None if "." in plain else Place.INTRANET


@dataclass(frozen=True, slots=True)
class Reach:
    """What a target may lead us to: `asked` is the host of its own address in the register.

    What the register itself places inside may be asked for there, and nowhere else inside. With
    `intranet` the office's own network is open, too; this machine never is.
    """

    asked: str
    intranet: bool = False

    def by_words(self, host: str) -> bool:
        """Whether a host may be asked for, as far as its own words say."""
        if _same(host, self.asked):
            return True
        return self._is_open(place_by_words(host) or Place.PUBLIC)

    def by_address(self, host: str, address: str) -> bool:
        """Whether the address that a host was resolved to may be connected to."""
        found = literal(address)
        if found is None:
            return False
        place = place_of(found)
        registered = _same(host, self.asked) and place_by_words(host) is place
        return registered or self._is_open(place)

    def _is_open(self, place: Place) -> bool:
        return place is Place.PUBLIC or (self.intranet and place is Place.INTRANET)


def _same(one: str, other: str) -> bool:
    """Whether two hosts are one, however they are spelled."""
    return (literal(one) or plain_host(one)) == (literal(other) or plain_host(other))
