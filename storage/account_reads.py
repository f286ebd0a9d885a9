"""What was read of accounts: `rules.posts.FetchResult` as rows, and what earlier rounds left.

Every function takes a session and the caller owns the transaction. Rows are append-only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.account_case import AccountMemory
from rules.counters import CounterRead, reads_of
from rules.posts import (
    FetchOutcome,
    FetchReason,
    FetchResult,
    Identity,
    Post,
    PostKind,
    Precision,
    TimeSource,
)
from storage.models import AccountReadRow, Due, Round, Sample

MOST_POSTS = 300  # of one read that are kept: the newest, and what has no time
REMEMBERED = timedelta(days=120)  # of earlier rounds, for counters and the newest post of a source
CONTROL = "account_control"  # the purpose of a sample that was a control account


def row_of(due_id: int, look: int, result: FetchResult, bodies: Sequence[str]) -> AccountReadRow:
    """The row that keeps one read."""
    result = trimmed(result)
    return AccountReadRow(
        due_id=due_id,
        look=look,
        source=result.source,
        outcome=result.outcome,
        reason=result.reason,
        fetched_at=result.fetched_at,
        result=to_json(result),
        bodies=list(bodies),
    )


def reads_by_target(session: Session, round_id: int) -> dict[str, tuple[FetchResult, ...]]:
    """All reads of a round by target, in order of reading."""
    query = (
        select(Due.target, AccountReadRow)
        .join(AccountReadRow, AccountReadRow.due_id == Due.id)
        .where(Due.round_id == round_id)
        .order_by(AccountReadRow.due_id, AccountReadRow.look, AccountReadRow.id)
    )
    found: dict[str, list[FetchResult]] = defaultdict(list)
    for target, row in session.execute(query):
        found[target].append(from_json(row.result))
    return {target: tuple(results) for target, results in found.items()}


def reads_of_due(session: Session, due_id: int) -> tuple[FetchResult, ...]:
    """All reads of one due target, in order of reading."""
    query = select(AccountReadRow.result).where(AccountReadRow.due_id == due_id)
    rows = session.scalars(query.order_by(AccountReadRow.look, AccountReadRow.id))
    return tuple(from_json(row) for row in rows)


def read_since(session: Session, source: str, since: datetime) -> list[datetime]:
    """When accounts were read by a source after an instant, ascending."""
    query = select(AccountReadRow.fetched_at).where(
        AccountReadRow.source == source, AccountReadRow.fetched_at > since
    )
    return list(session.scalars(query.order_by(AccountReadRow.fetched_at)))


def memories(
    session: Session, row: Round, targets: Collection[str] | None = None
) -> dict[str, AccountMemory]:
    """What the rounds before this one left of each account: counters, and each source's newest."""
    query = (
        select(Due.target, AccountReadRow.result)
        .join(AccountReadRow, AccountReadRow.due_id == Due.id)
        .join(Round, Due.round_id == Round.id)
        .where(Round.check_date < row.check_date, Round.check_date >= row.check_date - REMEMBERED)
        .order_by(Round.check_date, AccountReadRow.id)
    )
    found: dict[str, list[FetchResult]] = defaultdict(list)
    for target, result in session.execute(query):
        if targets is None or target in targets:
            found[target].append(from_json(result))
    return {target: _memory(results) for target, results in found.items()}


def _memory(results: Sequence[FetchResult]) -> AccountMemory:
    newest: dict[str, datetime] = {}
    for result in results:
        times = [
            post.time
            for post in result.posts
            if post.time is not None and post.counts and not post.deleted
        ]
        # A time later than the read is no post's; it would make every later read look regressed.
        sure = [at for at in times if at <= result.fetched_at]
        if sure:
            newest[result.source] = max(*sure, newest.get(result.source, sure[0]))
    counters: tuple[CounterRead, ...] = reads_of(results)
    return AccountMemory(newest=newest, counters=counters)


def control_reads(session: Session, round_id: int) -> dict[str, list[tuple[datetime, bool]]]:
    """When each source's control accounts were read in a round, and whether they showed their
    usual posts; by source, ascending."""
    query = select(Sample.url, Sample.at, Sample.ok).where(
        Sample.round_id == round_id, Sample.purpose == CONTROL
    )
    found: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    for source, at, ok in session.execute(query.order_by(Sample.at, Sample.id)):
        found[source].append((at, ok))
    return dict(found)


def controlled(
    results: Iterable[FetchResult], controls: Mapping[str, Sequence[tuple[datetime, bool]]]
) -> tuple[FetchResult, ...]:
    """The results with `control_ok` as the controls before and after each of them say.

    True: the last control read before it and the first after it both showed their posts. False:
    one of them did not. What says it itself (a signed check) is left as it is.
    """
    return tuple(
        one
        if one.control_ok is not None
        else replace(one, control_ok=_verdict(one.fetched_at, controls.get(one.source, ())))
        for one in results
    )


def trimmed(result: FetchResult) -> FetchResult:
    """The result with no more posts than are kept; it says how far back it is whole then."""
    if len(result.posts) <= MOST_POSTS:
        return result

    def newness(post: Post) -> datetime:
        return post.time or datetime.max.replace(tzinfo=UTC)

    ordered = sorted(result.posts, key=newness, reverse=True)
    kept, left = ordered[:MOST_POSTS], ordered[MOST_POSTS:]
    reached = result.complete_from
    if reached is not None and newness(left[0]) >= reached:
        reached = None
    return replace(result, posts=tuple(kept), complete_from=reached)


def _verdict(at: datetime, reads: Sequence[tuple[datetime, bool]]) -> bool | None:
    before = [ok for when, ok in reads if when <= at]
    after = [ok for when, ok in reads if when >= at]
    if not before or not after:
        return None if not reads else False
    return before[-1] and after[0]


def to_json(result: FetchResult) -> dict[str, Any]:
    """A result as plain JSON; instants as ISO 8601 with their zone."""
    told = {one.name: _plain(getattr(result, one.name)) for one in fields(result)}
    told["posts"] = [
        {one.name: _plain(getattr(post, one.name)) for one in fields(post)} for post in result.posts
    ]
    told["identity"] = [result.identity.platform_id, result.identity.name_seen]
    return told


def from_json(told: Mapping[str, Any]) -> FetchResult:
    """The result that `to_json` wrote."""
    return FetchResult(
        **{
            **told,
            "outcome": FetchOutcome(told["outcome"]),
            "reason": FetchReason(told["reason"]) if told["reason"] else None,
            "warnings": tuple(FetchReason(one) for one in told["warnings"]),
            "posts": tuple(_post(one) for one in told["posts"]),
            "identity": Identity(*told["identity"]),
        }
        | {name: _instant(told[name]) for name in ("fetched_at", "complete_from", "fresh_as_of")}
    )


def _post(told: Mapping[str, Any]) -> Post:
    return Post(
        **{
            **told,
            "time": _instant(told["time"]),
            "precision": Precision(told["precision"]),
            "time_source": TimeSource(told["time_source"]),
            "kind": PostKind(told["kind"]),
        }
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
