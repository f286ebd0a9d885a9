"""The post counter of an account's profile as a second witness (social.md, rule 5). Pure.

Growth between two reads is an update, even where the list itself is refused. A counter that stands
still proves nothing: one post deleted, one added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from rules.posts import FetchResult, Window


@dataclass(frozen=True, slots=True)
class CounterRead:
    """What one source once gave as the number of an account's posts."""

    source: str
    at: datetime
    total: int


@dataclass(frozen=True, slots=True)
class Growth:
    """So many posts were added after `since` and until `until`, by one source's counter."""

    since: datetime
    until: datetime
    amount: int


def reads_of(results: Iterable[FetchResult]) -> tuple[CounterRead, ...]:
    """The counters in some results, as of when the origin was read."""
    return tuple(
        CounterRead(one.source, one.fresh_as_of or one.fetched_at, one.profile_total)
        for one in results
        if one.profile_total is not None
    )


def growths(reads: Iterable[CounterRead], window: Window) -> tuple[Growth, ...]:
    """Where a source's counter grew between two of its reads, both in the window.

    A read of 0 is no beginning: gates, too, show a profile with nothing on it.
    """
    by_source: dict[str, list[CounterRead]] = defaultdict(list)
    for read in reads:
        if window.holds(read.at) and read.total > 0:
            by_source[read.source].append(read)
    return tuple(
        Growth(before.at, after.at, after.total - before.total)
        for found in by_source.values()
        for before, after in pairwise(sorted(found, key=lambda read: (read.at, read.total)))
        if after.total > before.total and after.at > before.at
    )
