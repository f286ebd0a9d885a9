"""The plain types of accounts: what a source said of an account's recent posts.

Frozen values only, as in `rules.facts`. Instants are aware; a naive date of a platform is +08:00.
A source never judges: it says what it read, from when on that is all there is, and whether what
is missing from it may be believed to be absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FetchOutcome(StrEnum):
    """What one read of one source came to. Exactly one, whatever the platform did."""

    OK = "ok"  # at least one post was parsed
    EMPTY = "empty"  # the platform states that there is none: total 0, right account, live session
    GONE = "gone"  # it states: cancelled, migrated, banned, not found
    BLOCKED = "blocked"  # gate, captcha, limit, empty body, a count that does not fit
    LOGIN_REQUIRED = "login_required"  # the session or token is absent or dead
    ERROR = "error"  # network, 5xx, configuration, a shape that we do not know


class FetchReason(StrEnum):
    """Why, in more detail. Every one has its words in the catalogue (`fetch_reason`)."""

    VISITOR_GATE = "visitor_gate"
    HTTP_432 = "http_432"
    CAPTCHA = "captcha"
    EMPTY_BODY = "empty_body"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"  # robots.txt does not let programs ask
    REFUSED = "refused"  # 403, or an answer of the platform's own that says so
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a word, no secret
    NO_PERMISSION = "no_permission"
    LOGIN_WALL = "login_wall"
    DATA_DELAYED = "data_delayed"
    API_OFFLINE = "api_offline"
    RENAMED = "renamed"
    MIGRATED = "migrated"
    CANCELLED = "cancelled"
    SUSPENDED = "suspended"
    PRIVATE = "private"
    NOT_FOUND = "not_found"
    WRONG_ACCOUNT = "wrong_account"
    COUNT_MISMATCH = "count_mismatch"
    UNCONFIRMED = "unconfirmed"  # an empty answer that nothing else confirms
    HIDDEN_NEWEST = "hidden_newest"
    STALE_BRIDGE = "stale_bridge"
    SOURCE_REGRESSED = "source_regressed"
    TIME_MISMATCH = "time_mismatch"
    PARSE_ERROR = "parse_error"
    BAD_LINK = "bad_link"
    NETWORK = "network"
    SERVER_ERROR = "server_error"
    NOT_CONFIGURED = "not_configured"


class Precision(StrEnum):
    """How exactly a post's time is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class TimeSource(StrEnum):
    """Where a post's time was read."""

    API = "api"
    DETAIL = "detail"
    ID = "id"
    FEED = "feed"
    PAGE = "page"
    MANUAL = "manual"


class PostKind(StrEnum):
    """What a post is."""

    ORIGINAL = "original"
    REPOST = "repost"
    ARTICLE = "article"
    VIDEO = "video"
    IMAGE = "image"
    LIVE = "live"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time. `until` is not in it any more: 00:00 (Asia/Shanghai) of the check day, or of
    the Monday after a natural week."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Post:
    """One publish event, or a part of one: parts of one push share their `group_id`.

    `time` is None where it could not be read: such a post proves that its source is not whole.
    `counts` is False for what is no update: an advertisement, private, under review.
    """

    id: str
    time: datetime | None
    precision: Precision = Precision.SECOND
    time_source: TimeSource = TimeSource.API
    title: str = ""
    url: str | None = None
    pinned: bool = False
    kind: PostKind = PostKind.ORIGINAL
    deleted: bool = False
    counts: bool = True
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose page answered: the platform's id of it (None: it did not say), and the name seen."""

    platform_id: str | None = None
    name_seen: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one source said of one account.

    `complete_from`: every post with `complete_from <= time <= fresh_as_of` is in `posts`; None:
    nothing is known of that. `fresh_as_of` is when the origin was read, not when a bridge answered.
    `can_prove_absence` is a property of the source (social.md, section 2), never of one answer.
    `control_ok` says whether the source's control accounts showed their usual posts in the same
    run (whoever runs sources sets it; None: not asked). A signed manual check is its own control.
    `witness` is who looked, where that was a person.
    """

    source: str
    outcome: FetchOutcome
    fetched_at: datetime
    reason: FetchReason | None = None
    posts: tuple[Post, ...] = ()
    identity: Identity = Identity()
    profile_total: int | None = None
    logged_in: bool = False
    complete_from: datetime | None = None
    fresh_as_of: datetime | None = None
    can_prove_absence: bool = False
    retry_after: int | None = None
    warnings: tuple[FetchReason, ...] = ()
    detail: str = ""
    control_ok: bool | None = None
    witness: str = ""
