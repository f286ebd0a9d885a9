"""The instant that some platforms write into a post's id (social.md, rule 7). Pure.

Good to some minutes; for a scheduled post perhaps the upload. It corroborates a printed time, and
dates what is printed without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from rules.platforms import Platform

# Seconds from 1970 to the zero of 微博's ids.
WEIBO_EPOCH = 515483463
# None of the platforms is older, and none of their ids reaches beyond: no other number is a time.
EARLIEST, LATEST = datetime(2009, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

_NUMBER = re.compile(r"[0-9]{10,20}")
_HEX = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)


def _weibo(post_id: str) -> int | None:
    return (int(post_id) >> 22) + WEIBO_EPOCH if _NUMBER.fullmatch(post_id) else None


def _upper_half(post_id: str) -> int | None:
    return int(post_id) >> 32 if _NUMBER.fullmatch(post_id) else None


def _first_eight(post_id: str) -> int | None:
    return int(post_id[:8], 16) if _HEX.fullmatch(post_id) else None


# How each platform's ids hold seconds since 1970.
_SECONDS: Mapping[Platform, Callable[[str], int | None]] = MappingProxyType(
    {
        Platform.WEIBO: _weibo,
        Platform.DOUYIN: _upper_half,
        Platform.TOUTIAO: _upper_half,
        Platform.XIAOHONGSHU: _first_eight,
    }
)


def id_time(platform: Platform, post_id: str) -> datetime | None:
    """The instant in a post's id (UTC), or None: this id holds none."""
    read = _SECONDS.get(platform)
    seconds = None if read is None else read(post_id)
    if seconds is None or not EARLIEST.timestamp() <= seconds < LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)
