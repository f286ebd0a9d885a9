"""The false-accusation figure as a table, and in one line for the notice's maker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.tables import Cell, Table
from rules.facts import Truth
from rules.figures import ALL, Decided, Figure, figures
from rules.problems import FAMILY_OF_RULE
from rules.reviewing import Decision, Dismissal
from rules.submissions import rate
from rules.words import say
from storage.models import (
    ProposalRow,
    ReviewRow,
    Round,
    RoundStatus,
    VerdictRow,
    Violation,
    ViolationStatus,
)
from storage.proposals import proposals
from storage.violations import Narrow, violations

FIELDS = (
    "month",
    "rule",
    "decided",
    "confirmed",
    "dismissed",
    "false_ones",
    "share_false",
    *(f"dismissed_{one}" for one in Dismissal),
)
SHOWN = FIELDS[:7]
PLATFORMS = "P24"  # what stands in annex 6 is no row of the violation table
Key: TypeAlias = tuple[str, str, str]


def figure_table(session: Session, narrow: Narrow) -> Table:
    """What people made of the findings, by month and rule."""
    rows: tuple[Mapping[str, Cell], ...] = tuple(
        {
            "month": one.month,
            "rule": say("review.all_rules") if one.rule == ALL else one.rule,
            "decided": one.decided,
            "confirmed": one.confirmed,
            "dismissed": one.dismissed,
            "false_ones": one.false,
            "share_false": rate(one.false, one.decided),
            **{f"dismissed_{reason}": one.reasons.get(reason, 0) for reason in Dismissal},
        }
        for one in figures(_decided(session, narrow))
    )
    return Table("figures", FIELDS, rows, SHOWN)


def figure_note(session: Session, month: str) -> str | None:
    """The month's figure in words, for whoever makes its notice; None where nothing was decided."""
    found: list[Figure] = list(figures(_decided(session, Narrow(month=month))))
    if not found:
        return None
    told = found[0]
    share = rate(told.false, told.decided)
    return say("notice.figure", month=month, decided=told.decided, false=told.false, rate=share)


def _decided(session: Session, narrow: Narrow) -> Iterator[Decided]:
    """Every finding on which a decision of a person holds; a proposal and what it became once.

    What only the setting confirmed was decided by nobody.
    """
    rows: list[Violation | ProposalRow] = [*proposals(session, narrow)]
    rows += violations(session, narrow)
    standing: dict[Key, Violation | ProposalRow] = {
        (row.month, row.target, FAMILY_OF_RULE[row.rule]): row for row in rows
    }
    for key, last in _latest(session, narrow).items():
        row = standing.get(key)
        is_open = row is not None and row.status == ViolationStatus.CANDIDATE
        if is_open or last.reviewer == say("review.by_setting"):
            continue
        rule = PLATFORMS if row is None else row.rule
        reason = Dismissal(last.reason) if last.reason else None
        was_so = reason is Dismissal.UPDATED and _updated_after(session, last)
        yield Decided(last.month, rule, Decision(last.decision), reason, was_so)


def _updated_after(session: Session, last: ReviewRow) -> bool:
    """Whether the first round that saw the target updated shows a date after the days that it was
    dismissed for: until then it was as the machine had said."""
    day = date.fromisoformat(last.rounds[-1])
    query = (
        select(VerdictRow.newest)
        .join(Round, VerdictRow.round_id == Round.id)
        .where(Round.check_date > day, Round.status == RoundStatus.COMPLETE)
        .where(VerdictRow.profile_hash == Round.profile_hash, VerdictRow.target == last.target)
        .where(VerdictRow.truth == Truth.OK, VerdictRow.newest.is_not(None))
    )
    newest = session.scalars(query.order_by(Round.check_date).limit(1)).first()
    return newest is not None and newest > day


def _latest(session: Session, narrow: Narrow) -> Mapping[Key, ReviewRow]:
    """The decision that holds on each finding, by month, target and family."""
    query = select(ReviewRow).order_by(ReviewRow.id)
    if narrow.month is not None:
        query = query.where(ReviewRow.month == narrow.month)
    return {
        (row.month, row.target, FAMILY_OF_RULE.get(row.family, row.family)): row
        for row in session.scalars(query)
    }
