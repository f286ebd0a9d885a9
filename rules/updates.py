"""What all sources together say of an account's updates: one push, one update. Pure.

A post is known by its id on its platform, whoever told of it; the parts of one push share a group.
Pinned posts count by their own time like any other. What cannot be relied on is kept apart as
doubtful, never dropped: it clears nobody, and it keeps the judge from accusing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.facts import SHANGHAI
from rules.id_times import EARLIEST, LATEST, id_time
from rules.platforms import Platform
from rules.posts import FetchResult, Post, Precision, TimeSource, Window

# Two sources tell of one event within this; a clock may be off by as much.
SLACK = timedelta(minutes=10)
# A printed time further than this from the one in the id, or from another source's, is in doubt.
FAR_OFF = timedelta(days=1)

_LENGTH = {
    Precision.SECOND: timedelta(),
    Precision.MINUTE: timedelta(seconds=59),
    Precision.DAY: timedelta(days=1) - timedelta(seconds=1),
}
# Whom to believe about one post's time; feeds lie most (hours of a time zone lost).
_TRUST = (
    TimeSource.API,
    TimeSource.DETAIL,
    TimeSource.ID,
    TimeSource.PAGE,
    TimeSource.MANUAL,
    TimeSource.FEED,
)


class Doubt(StrEnum):
    """Why an update cannot be relied on, as the sign that the verdict carries."""

    UNDATED = "undated_post"
    TIME_MISMATCH = "time_mismatch"
    FUTURE = "future_time"
    DELETED = "post_deleted"
    DISPUTED = "post_disputed"  # one source counts it, another calls it private or an advertisement


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when (both inclusive) something may have been published."""

    first: datetime
    last: datetime

    def lies_in(self, window: Window) -> bool:
        """Whether it was in the window, whenever in the span it was."""
        return window.since <= self.first and self.last < window.until

    def may_lie_in(self, window: Window) -> bool:
        """Whether it may have been in the window."""
        return self.first < window.until and self.last >= window.since

    def touches(self, other: Span) -> bool:
        """Whether both may have been at one instant."""
        return self.first <= other.last and other.first <= self.last

    def may_hold(self, at: datetime) -> bool:
        """Whether it may have been at an instant."""
        return self.first <= at <= self.last

    def widened(self, by: timedelta) -> Span:
        """The span with as much more before and after it."""
        return Span(self.first - by, self.last + by)


@dataclass(frozen=True, slots=True)
class Update:
    """One publish event. `spans` says when by all accounts; in doubt, none means: nobody knows.

    `seen_by` holds the numbers of the results that show it, `sources` their sources.
    """

    spans: tuple[Span, ...]
    seen_by: frozenset[int]
    sources: frozenset[str]
    doubts: frozenset[Doubt] = frozenset()
    to_the_day: bool = False

    def lies_in(self, window: Window) -> bool:
        """Whether it surely counts there."""
        return not self.doubts and any(span.lies_in(window) for span in self.spans)

    def is_near(self, other: Update) -> bool:
        """Whether it may be the same event as another, by time."""
        return any(one.widened(SLACK).touches(span) for one in self.spans for span in other.spans)

    def doubts_in(self, window: Window) -> tuple[str, ...]:
        """Why it might count there, yet not surely; empty: that is no question."""
        if self.lies_in(window) or self.doubts == {Doubt.UNDATED}:
            return ()  # what has no date at all speaks against its own source alone
        margin = timedelta(days=1) if self.to_the_day else timedelta()
        near = any(span.widened(margin).may_lie_in(window) for span in self.spans)
        if not near and self.spans:
            return ()
        return tuple(sorted(self.doubts)) or (DAY_AT_EDGE,)


# A day without an hour stands at a window's edge.
DAY_AT_EDGE = "day_at_edge"


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A post as one result shows it."""

    number: int
    result: FetchResult
    post: Post


@dataclass(frozen=True, slots=True)
class _Told:
    """What all sightings of one post come to."""

    sightings: tuple[_Sighting, ...]
    spans: tuple[Span, ...]
    doubts: frozenset[Doubt]
    to_the_day: bool


def updates_of(platform: Platform, results: Sequence[FetchResult]) -> tuple[Update, ...]:
    """The updates in all results of one account. Results are numbered by their place in `results`.

    What no source counts (advertisements, private posts, posts under review) is left out.
    """
    sightings: dict[str, list[_Sighting]] = defaultdict(list)
    for number, result in enumerate(results):
        for post in result.posts:
            sightings[post.id].append(_Sighting(number, result, post))
    pushes: dict[tuple[bool, str], list[_Told]] = defaultdict(list)
    for post_id, seen in sightings.items():
        if any(one.post.counts for one in seen):
            groups = {one.post.group_id for one in seen if one.post.group_id is not None}
            key = (True, min(groups)) if groups else (False, post_id)
            pushes[key].append(_told(platform, post_id, seen))
    return tuple(_update(parts) for parts in pushes.values())


def _told(platform: Platform, post_id: str, seen: Sequence[_Sighting]) -> _Told:
    withdrawn = set(_withdrawn(seen))
    dated = [one for one in seen if is_dated(one.post)]
    if not dated:
        return _Told(tuple(seen), (), frozenset(withdrawn | {Doubt.UNDATED}), to_the_day=False)
    best = min(dated, key=_trust)
    span = span_of(best.post)
    if _is_future(best.post, max(one.result.fetched_at for one in dated)):
        return _Told(tuple(seen), (), frozenset(withdrawn | {Doubt.FUTURE}), to_the_day=False)
    within = id_time(platform, post_id)
    # A time that the id confirms needs no other source's.
    others = [span_of(one.post) for one in dated] if within is None else [Span(within, within)]
    far = tuple(one for one in others if not one.widened(FAR_OFF).touches(span))
    doubts = withdrawn | ({Doubt.TIME_MISMATCH} if far else set())
    is_day = best.post.precision is Precision.DAY
    return _Told(tuple(seen), (span, *far), frozenset(doubts), is_day)


def _withdrawn(seen: Iterable[_Sighting]) -> Iterator[Doubt]:
    """Why it may be no update any more, or never was one, by what some source says."""
    if any(one.post.deleted for one in seen):
        yield Doubt.DELETED
    if not all(one.post.counts for one in seen):
        yield Doubt.DISPUTED


def is_misdated(platform: Platform, post: Post, fetched_at: datetime) -> bool:
    """Whether a post's time cannot be: later than it was read, or far from the time in its id."""
    if not is_dated(post):
        return False
    within = id_time(platform, post.id)
    off = within is not None and not span_of(post).widened(FAR_OFF).may_hold(within)
    return off or _is_future(post, fetched_at)


def _is_future(post: Post, fetched_at: datetime) -> bool:
    return span_of(post).first > fetched_at + SLACK


def is_dated(post: Post) -> bool:
    """Whether a post has a time that can be one: older than all platforms, it was misread."""
    return post.time is not None and EARLIEST.year <= post.time.year < LATEST.year


def span_of(post: Post) -> Span:
    """When a dated post was published, as exactly as is known. A naive time is Shanghai's."""
    assert post.time is not None
    at = post.time if post.time.tzinfo is not None else post.time.replace(tzinfo=SHANGHAI)
    at = at.astimezone(SHANGHAI)
    if post.precision is Precision.DAY:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(at, at + _LENGTH[post.precision])


def _trust(one: _Sighting) -> tuple[bool, int, int, datetime]:
    order = _TRUST.index(one.post.time_source)
    precise = list(_LENGTH).index(one.post.precision)
    is_feed = one.post.time_source is TimeSource.FEED
    return (is_feed, precise, order, span_of(one.post).first)


def _update(parts: Sequence[_Told]) -> Update:
    """A push: sure as soon as one part of it is. Its parts may differ by minutes."""
    sure = [part for part in parts if not part.doubts]
    counted = sure or parts
    unknown = any(not part.spans for part in counted)
    return Update(
        spans=() if unknown else tuple(span for part in counted for span in part.spans),
        seen_by=frozenset(one.number for part in parts for one in part.sightings),
        sources=frozenset(one.result.source for part in parts for one in part.sightings),
        doubts=frozenset[Doubt]().union(*(part.doubts for part in counted)),
        to_the_day=any(part.to_the_day for part in counted),
    )


def surely(updates: Iterable[Update], window: Window) -> int:
    """How many updates there were in a window, at the least.

    Sources may know one post by different ids, so it is not enough to count ids: as many as one
    source shows, or as lie so far apart in time that they cannot be one, whichever is more.
    """
    inside = [one for one in updates if one.lies_in(window)]
    shown = Counter(source for one in inside for source in one.sources)
    spans = [span for one in inside for span in one.spans if span.lies_in(window)]
    return max(min(_apart(spans), len(inside)), *shown.values(), 0)


def _apart(spans: Iterable[Span]) -> int:
    """The most spans of which no two may be one event."""
    found, end = 0, None
    for span in sorted(spans, key=lambda one: one.last):
        if end is None or span.first > end + SLACK:
            found, end = found + 1, span.last
    return found


def newest(updates: Iterable[Update]) -> datetime | None:
    """The instant of the newest update that can be relied on."""
    sure = (one for one in updates if not one.doubts)
    return max((span.first for one in sure for span in one.spans), default=None)
