"""What was handed in for one account, as reads of the source `import`. Pure.

Posts clear, whoever handed them in, with a link or without. A signed statement is the only one of
them that may prove absence, and never by itself: `rules.account_proving` asks for a second proof,
by another source, by another person, or hours apart. What contradicts it takes its force away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from rules.duties import AccountDuty
from rules.platforms import Platform
from rules.post_addresses import post_named
from rules.postings import Posting, PostingKind, heard_until, is_signed_for
from rules.posts import FetchOutcome, FetchResult, Identity, Post, Precision, TimeSource
from rules.sheets import bare
from rules.windows import windows_of

SOURCE = "import"
MOST_POSTS = 300  # the newest
_MINUTE = timedelta(minutes=1)


def results_of(
    duty: AccountDuty,
    postings: Sequence[Posting],
    check_date: date,
    last: date,
    now: datetime,
) -> tuple[FetchResult, ...]:
    """The posts in one read, if there are any, and every statement made for the check day in one
    of its own. Statements count up to the day `last`, and all only as far as `now`."""
    posts = _posts(duty.platform, postings, min(now, heard_until(check_date) - _MINUTE))
    shown = FetchResult(
        source=SOURCE,
        outcome=FetchOutcome.OK,
        fetched_at=now,
        posts=posts,
        identity=Identity(duty.platform_id),
    )
    said = _statements(duty, postings, check_date, last, now)
    return (shown, *said) if posts else tuple(said)


def _posts(platform: Platform, postings: Sequence[Posting], until: datetime) -> tuple[Post, ...]:
    """One post a minute, newest first: what goes out within one minute is one push, which exports
    list by its articles. One with a link is taken, for its id is known to other sources."""
    of_minute: dict[datetime, Post] = {}
    for one in sorted(postings, key=lambda one: (not one.url, one.title)):
        if one.at is not None and one.at <= until:
            of_minute.setdefault(one.at, _post(platform, one, one.at))
    newest = sorted(of_minute, reverse=True)[:MOST_POSTS]
    return tuple(of_minute[at] for at in newest)


def _post(platform: Platform, one: Posting, at: datetime) -> Post:
    """A post under the id that its link names; one without is known by its minute alone."""
    named = post_named(one.url)
    known = named is not None and named.platform is platform
    return Post(
        id=named.post_id if named is not None and known else f"{SOURCE} {at.isoformat()}",
        time=at,
        precision=Precision.MINUTE,
        time_source=TimeSource.MANUAL,
        title=one.title,
        url=one.url or None,
        pinned=one.pinned,
        group_id=named.group_id if named is not None and known else None,
    )


def _statements(
    duty: AccountDuty, postings: Sequence[Posting], check_date: date, last: date, now: datetime
) -> Iterator[FetchResult]:
    """The statements, earliest first. One picture shows one look, whoever signs beneath it."""
    pictures: set[str | None] = {None}
    signed = [one for one in postings if is_signed_for(one, check_date, last)]
    for one in sorted(signed, key=lambda one: (_when(one), one.person)):
        if _when(one) <= now:
            yield _statement(duty, one, postings, check_date, one.screenshot not in pictures)
            pictures.add(one.screenshot)


def _statement(
    duty: AccountDuty,
    one: Posting,
    postings: Sequence[Posting],
    check_date: date,
    has_picture: bool,
) -> FetchResult:
    since = windows_of(check_date, duty.days).reach.since if one.at is None else one.at
    proves = has_picture and bool(one.person) and not _is_denied(one, since, postings)
    return FetchResult(
        source=SOURCE,
        outcome=FetchOutcome.EMPTY if one.at is None else FetchOutcome.OK,
        fetched_at=_when(one),
        posts=() if one.at is None else (_post(duty.platform, one, one.at),),
        identity=Identity(duty.platform_id),
        complete_from=since if proves else None,
        fresh_as_of=_when(one) if proves else None,
        can_prove_absence=proves,
        control_ok=True,
        witness=bare(one.person),
    )


def _is_denied(one: Posting, since: datetime, postings: Sequence[Posting]) -> bool:
    """Whether anything else that was handed in shows a post where a statement says there is none.

    The newest post that it saw itself, to the minute, is none of these.
    """
    begin = since if one.at is None else since + _MINUTE
    return any(
        other.at is not None and begin <= other.at <= _when(one)
        for other in postings
        if other is not one
    )


def _when(one: Posting) -> datetime:
    """The instant of a statement; the rest is sorted out before."""
    assert one.kind is PostingKind.NONE
    assert one.checked_at is not None
    return one.checked_at
