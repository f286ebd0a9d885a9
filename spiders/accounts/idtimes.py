"""What the time inside a post's id says beside the printed one. A second witness only.

It sharpens a printed time that names no more than the day, dates what a list prints without a
time, and shows where the two cannot both be true.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from rules.facts import SHANGHAI
from rules.id_times import id_time
from rules.platforms import Platform
from rules.posts import Post, Precision, TimeSource

DAY = timedelta(days=1)


def lag(platform: Platform, post: Post) -> timedelta | None:
    """How much later than its id a post's printed time is; None where one of them is missing."""
    told = id_time(platform, post.id)
    return None if told is None or post.time is None else post.time - told


def disagrees(platform: Platform, post: Post) -> bool:
    """Whether a post's printed time and its id are more than a day apart."""
    slack = 2 * DAY if post.precision is Precision.DAY else DAY
    found = lag(platform, post)
    return found is not None and abs(found) > slack


def sharpened(platform: Platform, post: Post) -> Post:
    """The post, at its id's time where the printed one names only the same day, or nothing."""
    told = id_time(platform, post.id)
    if told is None or (post.time is not None and post.precision is not Precision.DAY):
        return post
    if post.time is not None and _day(post.time) != _day(told):
        return post
    return replace(post, time=told, precision=Precision.MINUTE, time_source=TimeSource.ID)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
