"""What people handed in for an account, for its explanation: statements and the newest posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from reports.safety import harmless
from rules.facts import SHANGHAI
from rules.postings import Posting, PostingKind, is_signed_for, last_day
from rules.windows import midnight
from rules.words import say
from storage.postings import following_check_day, postings_until

MOST_POSTS = 5
LONGEST_TITLE = 60


def handed_in(session: Session, target: str, check_date: date) -> tuple[Posting, ...]:
    """The statements that speak of a check day and the newest posts up to its end, each newest
    first; empty for what is no account."""
    last = last_day(check_date, following_check_day(session, check_date))
    told = postings_until(session, target, midnight(last + timedelta(days=1)))
    signed = [one for one in told if is_signed_for(one, check_date, last)]
    return (*signed, *list(_posts(told, midnight(check_date + timedelta(days=1))))[:MOST_POSTS])


def _posts(told: tuple[Posting, ...], until: datetime) -> Iterator[Posting]:
    for one in told:
        if one.kind is PostingKind.PUBLISHED and one.at is not None and one.at < until:
            yield one


def posting_line(one: Posting) -> str:
    """One statement or post in words."""
    if one.kind is PostingKind.PUBLISHED:
        title = one.title[:LONGEST_TITLE] or one.url
        return harmless(say("postings.posted", at=_shown(one.at), title=title))
    seen = say("postings.saw", at=_shown(one.at)) if one.at else say("postings.saw_none")
    picture = (one.screenshot or "")[:16]
    return harmless(
        say(
            "postings.signed",
            at=_shown(one.checked_at),
            person=one.person,
            seen=seen,
            picture=say("explain.pictured", sha256=picture),
        )
    )


def _shown(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
