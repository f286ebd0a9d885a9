"""What one answer said, before anything is concluded from it, and why it said nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules.posts import FetchOutcome, FetchReason, Identity, Post
from spiders.accounts.answers import Answer
from spiders.accounts.times import read_time

NOBODY = Identity()
REFUSALS = frozenset(
    {FetchOutcome.GONE, FetchOutcome.BLOCKED, FetchOutcome.LOGIN_REQUIRED, FetchOutcome.ERROR}
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer gives no posts. `retry_after` in seconds: when it is worth asking again."""

    outcome: FetchOutcome
    reason: FetchReason
    retry_after: int | None = None
    detail: str = ""

    def __post_init__(self) -> None:
        """An empty or a good answer is no refusal: that nobody may mix up."""
        if self.outcome not in REFUSALS:
            raise ValueError(f"{self.outcome} is no refusal")


class Refused(Exception):
    """Raised inside a parser and caught at its door."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.detail)


@dataclass(frozen=True, slots=True)
class Page:
    """The posts of one answer, in its order, and what it says around them.

    `total`: how many the list says it has (of what was asked for); `counted`: how many the
    account's own page says it has; `more`: whether the list says that it goes on; `next`: the
    mark to ask on with. None: it did not say.
    """

    posts: tuple[Post, ...] = ()
    refusal: Refusal | None = None
    identity: Identity = NOBODY
    counted: int | None = None
    total: int | None = None
    more: bool | None = None
    next: str | None = None
    warnings: tuple[FetchReason, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An answer and what it said."""

    answer: Answer
    page: Page


def misread(detail: str) -> Refusal:
    """The refusal for a shape that we do not know: an error, never an empty list."""
    return Refusal(FetchOutcome.ERROR, FetchReason.PARSE_ERROR, detail=detail)


def stamped(post: Post, raw: object, answer: Answer) -> Post:
    """The post at the time that the platform wrote for it; None where that is no time."""
    moment = read_time(raw, answer.fetched_at)
    return replace(post, time=moment.at, precision=moment.precision) if moment else post


def doubts(whole: bool, *more: FetchReason) -> tuple[FetchReason, ...]:
    """The warnings of a list: an entry that could not be read is one."""
    return more if whole else (FetchReason.PARSE_ERROR, *more)
