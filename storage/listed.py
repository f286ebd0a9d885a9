"""The violation that people name: V12 (or 12), or what the proposal P3 became by confirmation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.errors import XunjianError
from rules.problems import FAMILY_OF_RULE
from rules.reviewing import Subject, reference_of
from rules.words import say
from storage.models import ProposalRow, Violation


def listed(session: Session, text: str) -> Violation:
    """The violation of an id as people write it. Raises XunjianError where there is none."""
    reference = reference_of(f"V{text}" if text.strip().isdecimal() else text)
    row: Violation | None = None
    if reference is not None and reference.subject is Subject.VIOLATION:
        row = session.get(Violation, reference.number)
    elif reference is not None and reference.subject is Subject.PROPOSAL:
        row = _of_proposal(session, reference.number)
    if row is None:
        raise XunjianError(say("listed.no_such", found=text[:40]))
    return row


def _of_proposal(session: Session, number: int) -> Violation | None:
    """What a proposal became. Raises XunjianError for one that nobody has confirmed."""
    proposal = session.get(ProposalRow, number)
    if proposal is None:
        return None
    found = session.scalars(
        select(Violation).where(
            Violation.month == proposal.month,
            Violation.target == proposal.target,
            Violation.family == FAMILY_OF_RULE[proposal.rule],
        )
    ).one_or_none()
    if found is None:
        raise XunjianError(say("listed.only_proposed", found=f"P{number}"))
    return found
