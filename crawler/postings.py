"""What people handed in for accounts, as a round hears it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from rules.duties import AccountDuty
from rules.manual_posts import results_of
from rules.post_addresses import post_named
from rules.postings import Posting, last_day
from rules.posts import FetchResult
from rules.windows import midnight
from storage import postings as postings_of

MOST_LINKS = 20  # that one account's round follows


def links_of(session: Session, target: str, since: datetime, until: datetime) -> tuple[str, ...]:
    """The addresses of posts that a unit handed in for an account, newest first.

    Only those that name a post on a platform that we know: nothing else is worth a request.
    """
    handed_in = postings_of.published_between(session, target, since, until)
    named = (one.url for one in handed_in if post_named(one.url) is not None)
    return tuple(islice(dict.fromkeys(named), MOST_LINKS))


def import_results(
    session: Session, duty: AccountDuty, check_date: date, now: datetime
) -> tuple[FetchResult, ...]:
    """What was handed in for an account, as reads of the source `import`: its posts in one, and
    every signed statement in one of its own."""
    last = last_day(check_date, postings_of.following_check_day(session, check_date))
    told = postings_of.postings_until(session, duty.target, midnight(last + timedelta(days=1)))
    return results_of(duty, told, check_date, last, now)


def import_result(
    session: Session, duty: AccountDuty, check_date: date, now: datetime
) -> FetchResult | None:
    """The first of `import_results`, the posts if there are any; None: nothing was handed in."""
    return next(iter(import_results(session, duty, check_date, now)), None)


def statements_of(session: Session, target: str, check_date: date) -> tuple[Posting, ...]:
    """The signed statements of one account that speak in the round of a check day."""
    last = last_day(check_date, postings_of.following_check_day(session, check_date))
    return postings_of.statements_on(session, target, check_date, last)
