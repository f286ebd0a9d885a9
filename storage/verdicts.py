"""The verdicts of judged rounds: written when a round closes, read by months and reports.

Every function takes a session and the caller owns the transaction. Verdicts are those under the
round's own profile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.months import Judged
from storage.models import Due, ExchangeRow, Fetch, Round, VerdictRow


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict of a judged round that another judging made another. `before` is None where
    there was none."""

    check_date: date
    target: str
    before: Verdict | None
    after: Verdict


def changes(
    day: date, before: Mapping[str, Judged], after: Mapping[str, Judged]
) -> tuple[Change, ...]:
    """What two judgings of one round say differently, whatever signs they rest on."""
    plain = {target: replace(one.verdict, signs=()) for target, one in before.items()}
    return tuple(
        Change(day, target, before[target].verdict if target in before else None, one.verdict)
        for target, one in after.items()
        if not _is_the_same(plain.get(target), one.verdict)
    )


def _is_the_same(before: Verdict | None, after: Verdict) -> bool:
    """Whether nothing is concluded otherwise: of what is ok, its newest date may be another."""
    if before is None:
        return False
    if before.truth is Truth.OK and after.truth is Truth.OK:
        return before.warn == after.warn
    return before == replace(after, signs=())


def store_verdicts(
    session: Session,
    row: Round,
    verdicts: Mapping[str, Verdict],
    outcomes: Mapping[str, Outcome],
    at: datetime,
    profile_hash: str | None = None,
) -> None:
    """Write the verdicts of a round under its own profile or another one, replacing an earlier
    judging under it."""
    under = profile_hash or row.profile_hash
    session.execute(
        delete(VerdictRow).where(VerdictRow.round_id == row.id, VerdictRow.profile_hash == under)
    )
    session.add_all(
        VerdictRow(
            round_id=row.id,
            target=target,
            profile_hash=under,
            truth=verdict.truth,
            reason=verdict.reason,
            rule=verdict.rule,
            wording=verdict.wording,
            newest=verdict.newest,
            days=verdict.days,
            limit=verdict.limit,
            warn=verdict.warn,
            outcome=outcomes[target],
            signs=list(verdict.signs),
            judged_at=at,
        )
        for target, verdict in verdicts.items()
    )


def verdict_of(row: VerdictRow) -> Verdict:
    """The plain verdict that a verdict row stands for."""
    return Verdict(
        truth=Truth(row.truth),
        reason=UnknownReason(row.reason) if row.reason else None,
        rule=row.rule,
        wording=row.wording,
        newest=row.newest,
        days=row.days,
        limit=row.limit,
        warn=row.warn,
        signs=tuple(row.signs),
    )


def judged_rounds(session: Session, since: date, until: date) -> list[Round]:
    """The rounds between two civil dates (both inclusive) that have been judged, ascending."""
    query = (
        select(Round)
        .where(Round.check_date.between(since, until))
        .where(Round.id.in_(select(VerdictRow.round_id)))
        .order_by(Round.check_date)
    )
    return list(session.scalars(query))


def last_judged(session: Session, month: str | None = None) -> date | None:
    """The check day of the last judged round, or of a month's (YYYY-MM)."""
    query = select(func.max(Round.check_date)).where(Round.id.in_(select(VerdictRow.round_id)))
    if month is not None:
        first = date.fromisoformat(f"{month}-01")
        following = (first + timedelta(days=31)).replace(day=1)
        query = query.where(Round.check_date >= first, Round.check_date < following)
    return session.scalar(query)


def judged(session: Session, row: Round, sites: Collection[str] | None = None) -> dict[str, Judged]:
    """The verdicts of a round under its own profile, by target, each with its outcome; of some
    `sites` alone, by the names that they had in the round."""
    query = select(VerdictRow).where(
        VerdictRow.round_id == row.id, VerdictRow.profile_hash == row.profile_hash
    )
    if sites is not None:
        due = (Due.round_id == VerdictRow.round_id) & (Due.target == VerdictRow.target)
        query = query.join(Due, due).where(Due.site.in_(sites))
    return {
        found.target: Judged(verdict_of(found), Outcome(found.outcome))
        for found in session.scalars(query)
    }


def newest_of_sites(session: Session, since: date, until: date) -> dict[str, date]:
    """The newest date that any judged round between two days (both inclusive) read off any column
    of each site, by the name that the site had then."""
    query = (
        select(Due.site, func.max(VerdictRow.newest))
        .join(VerdictRow, (VerdictRow.round_id == Due.round_id) & (VerdictRow.target == Due.target))
        .join(Round, Round.id == Due.round_id)
        .where(Round.check_date.between(since, until))
        .where(VerdictRow.profile_hash == Round.profile_hash, VerdictRow.newest.is_not(None))
        .where(Due.site.is_not(None))
        .group_by(Due.site)
    )
    return {site: newest for site, newest in session.execute(query) if site and newest}


def bodies_in_use(session: Session) -> set[str]:
    """Hashes of the bodies to keep: of what is not judged yet and of all that is not ok."""
    further = (
        select(column)
        .join(Fetch, ExchangeRow.fetch_id == Fetch.id)
        .join(Due, Fetch.due_id == Due.id)
        for column in (ExchangeRow.body_sha256, ExchangeRow.request_sha256)
    )
    pages = select(Fetch.body_sha256).join(Due, Fetch.due_id == Due.id)
    found = (session.scalars(_needed(query)) for query in (pages, *further))
    return {digest for digests in found for digest in digests if digest}


def _needed(query: Select[str | None]) -> Select[str | None]:
    """The query, for what no verdict calls ok."""
    judged = (VerdictRow.round_id == Due.round_id) & (VerdictRow.target == Due.target)
    joined = query.outerjoin(VerdictRow, judged)
    open_ = or_(VerdictRow.truth.is_(None), VerdictRow.truth != Truth.OK)
    return joined.where(open_).distinct()


def unknown_of_sites(
    session: Session, row: Round, reason: UnknownReason, sites: Collection[str]
) -> int:
    """How many targets of some sites stayed unknown in a round for a reason."""
    if not sites:
        return 0
    query = (
        select(Due.site)
        .join(VerdictRow, (VerdictRow.round_id == Due.round_id) & (VerdictRow.target == Due.target))
        .where(Due.round_id == row.id, VerdictRow.profile_hash == row.profile_hash)
        .where(VerdictRow.truth == Truth.UNKNOWN, VerdictRow.reason == reason)
    )
    return sum(site in sites for site in session.scalars(query))


def tally(session: Session, row: Round) -> Mapping[str, Counter[str]]:
    """A round's verdicts counted by truth and, of the unknown ones, by reason."""
    query = select(VerdictRow.truth, VerdictRow.reason).where(
        VerdictRow.round_id == row.id, VerdictRow.profile_hash == row.profile_hash
    )
    pairs: Sequence[Any] = session.execute(query).all()
    return {
        "truth": Counter(truth for truth, _ in pairs),
        "reason": Counter(reason for _, reason in pairs if reason),
    }
