"""What was read of an account for one check day, for its explanation: source by source, in words.

Read from the ledger alone. What each source can prove stands beside what it showed, and the two
readings of a week beside the quota.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from reports.safety import harmless
from rules.account_marks import NATURAL_WEEK, QUOTA, SEVEN_DAYS
from rules.facts import SHANGHAI
from rules.posts import FetchOutcome, FetchResult
from rules.windows import windows_of
from rules.words import catalogue, say
from storage.account_reads import control_reads, controlled, reads_of_due

MOST_TITLES = 5
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post as it was seen; `at` is aware."""

    at: datetime | None
    title: str
    url: str | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One read of one source. `whole_from`: every post since then was shown; None: not known."""

    source: str
    at: datetime
    outcome: str
    reason: str | None
    posts: int
    newest: tuple[ShownPost, ...]
    whole_from: datetime | None
    proves: bool
    controls_ok: bool | None
    total: int | None


def source_reads(session: Session, round_id: int, due_id: int) -> tuple[SourceRead, ...]:
    """All reads of one account in a round, in order of reading."""
    found = controlled(reads_of_due(session, due_id), control_reads(session, round_id))
    return tuple(_read(one) for one in found)


def _read(result: FetchResult) -> SourceRead:
    counted = [one for one in result.posts if one.counts and not one.deleted]
    dated = sorted(
        (one for one in counted if one.time is not None),
        key=lambda one: one.time or result.fetched_at,
        reverse=True,
    )
    return SourceRead(
        source=result.source,
        at=result.fetched_at,
        outcome=result.outcome,
        reason=result.reason,
        posts=len(counted),
        newest=tuple(
            ShownPost(one.time, one.title[:LONGEST_TITLE], one.url, one.pinned)
            for one in dated[:MOST_TITLES]
        ),
        whole_from=result.complete_from,
        proves=result.can_prove_absence,
        controls_ok=result.control_ok,
        total=result.profile_total,
    )


def read_line(one: SourceRead) -> str:
    """One read in words."""
    parts = [_when(one.at), source_name(one.source), say(f"account_outcome.{one.outcome}")]
    if one.reason is not None:
        parts.append(say(f"fetch_reason.{one.reason}"))
    if one.outcome == FetchOutcome.OK:
        parts.append(say("explain.account_posts", posts=one.posts))
    if one.newest and one.newest[0].at is not None:
        parts.append(say("explain.account_newest", at=_when(one.newest[0].at)))
    if one.whole_from is not None:
        parts.append(say("explain.account_whole", since=_when(one.whole_from)))
    parts.append(say("explain.account_proves" if one.proves else "explain.account_clears"))
    if one.controls_ok is not None:
        parts.append(
            say("explain.account_control" if one.controls_ok else "explain.account_no_control")
        )
    return harmless("，".join(parts))


def post_lines(reads: Sequence[SourceRead]) -> Iterator[str]:
    """The newest posts that any of the reads showed, each once."""
    shown = {(one.title, one.at): one for read in reads for one in read.newest}
    ordered = sorted(
        (one for one in shown.values() if one.at is not None),
        key=lambda one: one.at or datetime.min.replace(tzinfo=SHANGHAI),
        reverse=True,
    )
    for one in ordered[:MOST_TITLES]:
        assert one.at is not None
        pinned = say("explain.account_pinned") if one.pinned else ""
        yield harmless(f"{_when(one.at)} {pinned}{one.title} {one.url or ''}")


def quota_line(check_date: date, days: int, signs: Sequence[str]) -> str:
    """The two readings of a week beside the quota; empty where the account has none."""
    told = dict(sign.split(":", 1) for sign in signs if ":" in sign)
    if QUOTA not in told:
        return ""
    windows = windows_of(check_date, days)
    seven, week = windows.seven_days.window, windows.natural_week.window
    return say(
        "explain.account_quota",
        quota=told[QUOTA],
        seven=told.get(SEVEN_DAYS, "?"),
        seven_since=f"{seven.since:%m-%d}",
        week=told.get(NATURAL_WEEK, "?"),
        week_since=f"{week.since:%m-%d}",
    )


def source_name(source: str) -> str:
    """What people call a source."""
    return catalogue().get(f"account_source.{source}", source)


def _when(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
