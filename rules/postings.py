"""What people hand in for accounts: posts that were published, and signed statements of none. Pure.

A post handed in clears like any other. A statement (经人工查看确无更新) is a look by a person: it
says that nothing was published from `at`, the newest post that the person saw, or, without one,
within the account's own period before the check day, up to `checked_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rules.checks import DAYS_AFTER
from rules.duties import AccountDuty
from rules.facts import SHANGHAI
from rules.windows import midnight, windows_of


class PostingKind(StrEnum):
    """What a row says (记录类型)."""

    PUBLISHED = "published"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Posting:
    """One row. `at` is when the post was published; of a statement, when the newest post that the
    person saw was (None: not written down). `checked_at` is a statement's own instant; all are
    aware. `screenshot` is the picture's SHA-256."""

    target: str
    kind: PostingKind
    at: datetime | None
    title: str = ""
    url: str = ""
    pinned: bool = False
    screenshot: str | None = None
    person: str = ""
    checked_at: datetime | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others; another row of the same key corrects it."""
        if self.kind is PostingKind.NONE:
            return (self.target, self.kind, self.checked_at)
        return (self.target, self.kind, self.at, self.url, "" if self.url else self.title)


def heard_until(check_date: date) -> datetime:
    """Until when a post counts for a check day: to the end of it, in the unit's favour. What was
    published later may be the repair."""
    return midnight(check_date + timedelta(days=1))


def last_day(check_date: date, following: date | None = None) -> date:
    """The last day on which a statement still speaks of a check day; `following` is the check day
    after it, from which on it would speak of that one."""
    last = check_date + timedelta(days=DAYS_AFTER)
    return last if following is None else min(last, following - timedelta(days=1))


def is_signed_for(posting: Posting, check_date: date, last: date) -> bool:
    """Whether a row is a statement made for a check day: on it or after it, up to `last`."""
    if posting.kind is not PostingKind.NONE or posting.checked_at is None:
        return False
    return check_date <= posting.checked_at.astimezone(SHANGHAI).date() <= last


def may_change(posting: Posting, duty: AccountDuty, check_date: date) -> bool:
    """Whether a row may say something in the round of a check day."""
    if is_signed_for(posting, check_date, last_day(check_date)):
        return True
    since = windows_of(check_date, duty.days).reach.since
    return posting.at is not None and since <= posting.at < heard_until(check_date)
