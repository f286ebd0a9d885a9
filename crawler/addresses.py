"""Which hosts share one politeness budget: the register's platforms and what names resolve to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

RESOLVERS = 16
PLATFORM, ADDRESS = "platform:", "ip:"
ACCOUNTS = "accounts:"  # the host group of all accounts on one platform


def host_of(url: str) -> str:
    """The host of an address in lower case, or an empty string."""
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def resolve(host: str) -> str | None:
    """One stable address of a host, or None where it has none. Blocks: call it in a thread."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return None
    return min(str(info[4][0]) for info in found)


def host_groups(
    places: Mapping[str, str | None],
    *,
    behind_proxy: bool,
    resolver: Callable[[str], str | None] = resolve,
) -> dict[str, str]:
    """The host group of each host: the register's platform, else the resolved address, else itself.

    `places` maps a host to its `hosted_on`. Behind a proxy nothing is resolved.
    """
    groups = {host: PLATFORM + hosted for host, hosted in places.items() if hosted}
    rest = [host for host in places if host not in groups]
    if behind_proxy:
        return groups | {host: host for host in rest}
    with ThreadPoolExecutor(RESOLVERS) as pool:
        for host, address in zip(rest, pool.map(resolver, rest), strict=True):
            groups[host] = ADDRESS + address if address else host
    return groups


def is_shared(group: str) -> bool:
    """Whether a host group may hold several sites; a host that stands for itself does not."""
    return group.startswith((PLATFORM, ADDRESS))


def shards(groups: Iterable[str], size: int) -> dict[str, int]:
    """The shard of each host group, given one entry a target: whole groups, about `size` each.

    Stable: it depends on the groups and their order alone.
    """
    counts: dict[str, int] = {}
    for group in groups:
        counts[group] = counts.get(group, 0) + 1
    placed: dict[str, int] = {}
    shard, filled = 0, 0
    for group, count in counts.items():
        if filled and filled + count > size:
            shard, filled = shard + 1, 0
        placed[group], filled = shard, filled + count
    return placed
