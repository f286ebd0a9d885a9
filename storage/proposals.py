"""Proposals: what the machine only suspects, written from a month's records, read by review.

What people have decided about a row (its status) and its id outlive every rewriting, as in
`storage.violations`. A confirmed one enters the violation table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.facts import Outcome
from rules.months import ACCOUNT_PROBLEM, SITE_FAILED, SITE_LIST, ProposalRecord
from rules.problems import FAMILY_OF_RULE, ROUND_FAMILIES, VETO_FAMILIES
from rules.reviewing import Subject
from storage.models import ProposalRow, Round, VerdictRow, Violation, ViolationStatus
from storage.violations import Narrow, Paths, is_reopened, last_decisions

# What a violation that was a proposal takes over as it stands.
_SAME = (
    "site",
    "account",
    "unit",
    "column",
    "kind",
    "platform",
    "problem",
    "rule",
    "url",
    "rounds",
    "evidence",
)
_REVIEWED = (ViolationStatus.CANDIDATE, ViolationStatus.CONFIRMED, ViolationStatus.DISMISSED)


def replace_proposals(
    session: Session,
    month: str,
    records: Iterable[ProposalRecord],
    paths: Paths | None = None,
    *,
    families: Collection[str] = ROUND_FAMILIES,
) -> None:
    """Make the proposals of `month` (YYYY-MM) what `records` say, with what was seen.

    Only rows of `families` are touched: what rounds propose, unless it is said otherwise.
    """
    query = select(ProposalRow).where(ProposalRow.month == month)
    standing = {
        (row.target, row.rule): row
        for row in session.scalars(query)
        if FAMILY_OF_RULE.get(row.rule) in families
    }
    decided = last_decisions(session, month, Subject.PROPOSAL)
    for record in records:
        row = standing.pop((record.target, record.rule), None) or ProposalRow()
        told = asdict(record) | {
            "signs": list(record.signs),
            "rounds": [day.isoformat() for day in record.rounds],
        }
        for name, value in told.items():
            setattr(row, name, value)
        if paths is not None:
            row.evidence = paths(session, record.target, record.rounds)
        if is_reopened(row, decided.get((row.target, row.rule))):
            row.status = ViolationStatus.CANDIDATE
        session.add(row)
        session.flush()
        enter(session, row)
    for row in standing.values():
        if row.status == ViolationStatus.CANDIDATE:
            session.delete(row)
    session.flush()


def enter(session: Session, proposal: ProposalRow) -> None:
    """Make the violation of a proposal say what the proposal says: none before it is confirmed.

    Once there is one it stays and follows the proposal, dismissed if that is dismissed.
    """
    family = FAMILY_OF_RULE[proposal.rule]
    row = session.scalars(
        select(Violation).where(
            Violation.month == proposal.month,
            Violation.target == proposal.target,
            Violation.family == family,
        )
    ).one_or_none()
    if row is None and proposal.status != ViolationStatus.CONFIRMED:
        return
    row = row or Violation(month=proposal.month, target=proposal.target, family=family)
    for name in _SAME:
        value = getattr(proposal, name)
        setattr(row, name, list(value) if isinstance(value, list) else value)
    if row.id is None or row.status in _REVIEWED or _is_undone(row, proposal):
        row.status = proposal.status
    row.on_list = list_of_proposal(proposal)
    row.first_failed, row.last_failed = map(date.fromisoformat, (row.rounds[0], row.rounds[-1]))
    row.outcome = _outcome(session, proposal.target, row.last_failed)
    session.add(row)
    session.flush()


def _is_undone(row: Violation, proposal: ProposalRow) -> bool:
    """Whether what was repaired is said to have been no problem at all."""
    is_none = proposal.status == ViolationStatus.DISMISSED
    return is_none and row.status == ViolationStatus.RECTIFIED


def list_of_proposal(proposal: ProposalRow) -> str:
    """The list that a proposal stands in once it is confirmed."""
    if proposal.account is not None:
        return ACCOUNT_PROBLEM
    return SITE_FAILED if FAMILY_OF_RULE[proposal.rule] in VETO_FAMILIES else SITE_LIST


def _outcome(session: Session, target: str, day: date) -> str:
    """What the round of a day saw of a target."""
    query = (
        select(VerdictRow.outcome)
        .join(Round, VerdictRow.round_id == Round.id)
        .where(Round.check_date == day, VerdictRow.target == target)
        .where(VerdictRow.profile_hash == Round.profile_hash)
    )
    return session.scalar(query) or Outcome.READ


def proposals(session: Session, narrow: Narrow | None = None) -> list[ProposalRow]:
    """The proposals by month and id, narrowed as violations are."""
    narrow = narrow or Narrow()
    query = select(ProposalRow).order_by(ProposalRow.month, ProposalRow.id)
    if narrow.month is not None:
        query = query.where(ProposalRow.month == narrow.month)
    if narrow.site is not None:
        query = query.where(ProposalRow.site == narrow.site)
    rows = session.scalars(query)
    day = narrow.round and narrow.round.isoformat()
    return [row for row in rows if day is None or day in row.rounds]
