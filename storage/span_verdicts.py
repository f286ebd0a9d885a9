"""The verdicts of a span's complete rounds, as far as a month rule asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from rules.facts import Truth
from rules.problems import FAMILY_OF_RULE
from rules.profiles import Profile
from rules.spans import Span
from storage.checks import ROWS_AT_ONCE
from storage.models import ProfileText, Round, RoundStatus, VerdictRow

TWICE = 2


def _within(span: Span) -> tuple[ColumnElement[bool], ...]:
    following = (span.last + timedelta(days=31)).replace(day=1)
    return (
        Round.check_date >= span.first,
        Round.check_date < following,
        Round.status == RoundStatus.COMPLETE,
    )


def profile_of(session: Session, span: Span) -> Profile:
    """The profile of the span's last complete round."""
    query = select(ProfileText.text).join(Round, Round.profile_hash == ProfileText.hash)
    last = query.where(*_within(span)).order_by(Round.check_date.desc()).limit(1)
    return Profile.from_snapshot(session.scalars(last).one())


def last_settled(session: Session, span: Span, targets: Sequence[str]) -> Mapping[str, str]:
    """The last check day (ISO form) on which each of some targets was not unknown."""
    found: dict[str, str] = {}
    for start in range(0, len(targets), ROWS_AT_ONCE):
        some = targets[start : start + ROWS_AT_ONCE]
        query = (
            select(VerdictRow.target, Round.check_date)
            .join(Round, VerdictRow.round_id == Round.id)
            .where(*_within(span), VerdictRow.target.in_(some))
            .where(VerdictRow.profile_hash == Round.profile_hash)
            .where(VerdictRow.truth != Truth.UNKNOWN)
            .order_by(Round.check_date)
        )
        found |= {target: day.isoformat() for target, day in session.execute(query)}
    return found


def failed_in(session: Session, span: Span) -> set[tuple[str, str]]:
    """The targets, with the family, that failed in at least two rounds of the span."""
    query = (
        select(VerdictRow.target, VerdictRow.rule, Round.check_date)
        .join(Round, VerdictRow.round_id == Round.id)
        .where(*_within(span), VerdictRow.truth == Truth.VIOLATION)
        .where(VerdictRow.profile_hash == Round.profile_hash)
    )
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for target, rule, day in session.execute(query):
        if rule is not None and rule in FAMILY_OF_RULE:
            days[target, FAMILY_OF_RULE[rule]].add(day)
    return {key for key, failing in days.items() if len(failing) >= TWICE}
