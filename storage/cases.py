"""Everything that the ledger holds of one finding, as a case that can be judged again elsewhere.

The duty alone goes with it, not the register; bodies are named by their hash and lie elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.errors import XunjianError
from rules.facts import SHANGHAI
from rules.problems import FAMILY_OF_RULE
from rules.register import Register
from rules.reviewing import Dismissal, Subject, reference_of
from rules.words import say
from storage.models import (
    Due,
    Fetch,
    ProfileText,
    ProposalRow,
    RegisterText,
    ReviewRow,
    Round,
    VerdictRow,
    Violation,
)

Finding: TypeAlias = Violation | ProposalRow
FORMAT = 1  # of case.json
# Dismissals that say that the machine should have seen otherwise: judged again, it must not accuse.
SEEN_WRONG = frozenset({Dismissal.MISREAD, Dismissal.MOVED, Dismissal.OUR_LINE})
_LOOK = (
    "client",
    "purpose",
    "url",
    "final_url",
    "hops",
    "status",
    "headers",
    "body_sha256",
    "error",
    "state",
    "outcome",
    "item_count",
    "items_digest",
    "confidence",
    "signs",
    "controls_ok",
)


@dataclass(frozen=True, slots=True)
class Case:
    """`told` is the case as JSON, `bodies` the hashes of its pages, `profiles` the texts of the
    profiles by hash."""

    told: Mapping[str, Any]
    bodies: tuple[str, ...]
    profiles: Mapping[str, str]


def finding_of(session: Session, text: str) -> Finding:
    """The violation or proposal of an id as people write it. Raises XunjianError for none."""
    reference = reference_of(text)
    row: Finding | None = None
    if reference is not None and reference.subject is Subject.VIOLATION:
        row = session.get(Violation, reference.number)
    elif reference is not None and reference.subject is Subject.PROPOSAL:
        row = session.get(ProposalRow, reference.number)
    if row is None:
        raise XunjianError(say("listed.no_such", found=text[:40]))
    return row


def case_of(session: Session, row: Finding) -> Case:
    """The case of a finding of a column. Raises XunjianError for an account's, or a veto, which
    rest on no page of their own."""
    if row.column is None:
        raise XunjianError(say("case.no_page", problem=row.problem))
    days = [date.fromisoformat(text) for text in row.rounds]
    rounds = session.scalars(select(Round).where(Round.check_date.in_(days))).all()
    told = [_round(session, row, one) for one in sorted(rounds, key=lambda one: one.check_date)]
    looks = [look for one in told for look in one["looks"]]
    profiles = {one.profile_hash for one in rounds}
    return Case(
        told={
            "format": FORMAT,
            **{name: getattr(row, name) for name in ("month", "target", "site", "unit", "column")},
            **{name: getattr(row, name) for name in ("url", "problem", "rule", "status")},
            "family": FAMILY_OF_RULE[row.rule].value,
            **_decided(session, row),
            "rounds": told,
        },
        bodies=tuple(dict.fromkeys(look["body_sha256"] for look in looks if look["body_sha256"])),
        profiles={name: session.get_one(ProfileText, name).text for name in profiles},
    )


def _decided(session: Session, row: Finding) -> Mapping[str, Any]:
    """What the person said, and whether the machine, judging again, must come to it by itself."""
    query = select(ReviewRow).where(ReviewRow.month == row.month, ReviewRow.target == row.target)
    family = FAMILY_OF_RULE[row.rule]
    said = [
        one
        for one in session.scalars(query.order_by(ReviewRow.id))
        if family == FAMILY_OF_RULE.get(one.family, one.family)
    ]
    if not said:
        return {"decision": None, "reason": None, "note": "", "must_not_accuse": False}
    last = said[-1]
    return {
        "decision": last.decision,
        "reason": last.reason,
        "note": last.note,
        "must_not_accuse": last.reason in SEEN_WRONG,
    }


def _round(session: Session, row: Finding, one: Round) -> dict[str, Any]:
    due = session.scalars(select(Due).where(Due.round_id == one.id, Due.target == row.target)).one()
    verdict = session.scalars(
        select(VerdictRow).where(
            VerdictRow.round_id == one.id,
            VerdictRow.target == row.target,
            VerdictRow.profile_hash == one.profile_hash,
        )
    ).one_or_none()
    return {
        "check_date": one.check_date.isoformat(),
        "profile": one.profile_hash,
        "register": _register_of(session, one, row.target),
        "verdict": None if verdict is None else _verdict(verdict),
        "looks": list(_looks(session, due, one.as_of)),
    }


def _verdict(row: VerdictRow) -> Mapping[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("truth", "reason", "rule", "wording")},
        **{name: getattr(row, name) for name in ("days", "limit", "outcome", "signs")},
        "newest": row.newest and row.newest.isoformat(),
    }


def _register_of(session: Session, one: Round, target: str) -> str:
    """The snapshot of a register that holds the one column and nothing else."""
    whole = Register.from_snapshot(session.get_one(RegisterText, one.register_hash).text)
    sites = tuple(
        replace(site, columns=tuple(column for column in site.columns if column.id == target))
        for site in whole.sites
        if any(column.id == target for column in site.columns)
    )
    return Register(city=whole.city, sites=sites, rounds=whole.rounds).to_snapshot()


def _looks(session: Session, due: Due, as_of: date | None) -> Iterator[dict[str, Any]]:
    """Every look with what the reader said then; `today` is the day as of which it read."""
    for row in session.scalars(select(Fetch).where(Fetch.due_id == due.id).order_by(Fetch.look)):
        yield {
            "at": row.at.isoformat(),
            "today": (as_of or row.at.astimezone(SHANGHAI).date()).isoformat(),
            **{name: getattr(row, name) for name in _LOOK},
            "newest": row.newest and row.newest.isoformat(),
        }
