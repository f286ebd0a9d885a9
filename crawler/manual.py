"""Signed checks and statements in the judging of a round: found for the judge, and kept as its
evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler import proofs
from crawler.postings import statements_of
from rules.checks import Check, speaks, window
from rules.facts import TargetKind, Truth, Verdict
from rules.months import Judged
from rules.postings import Posting
from rules.register import Register
from storage import account_reads, ledger
from storage.checks import checks_between, known_to_have_had_items
from storage.evidence import Attached, EvidenceStore, detach
from storage.models import Due, Round


@dataclass(frozen=True, slots=True)
class Manual:
    """The signed checks that speak in one round, by target, by day; and which of these columns are
    known to have had entries."""

    checks: Mapping[str, Sequence[Check]]
    had_items: frozenset[str]


def manual_of(session: Session, row: Round, register: Register) -> Manual:
    """The signed checks that speak in a round, by the calendar of its own register."""
    checks = checks_between(session, *window(register.rounds, row.check_date))
    return Manual(checks, known_to_have_had_items(session, list(checks)))


def keep_as_evidence(
    session: Session,
    row: Round,
    judged: Mapping[str, Judged],
    manual: Manual,
    store: EvidenceStore,
    now: datetime,
) -> None:
    """Put the checks and statements behind a round's violations into their bundles, in place of
    earlier ones.

    Raises EnvironmentTrouble where the disk is full or refuses.
    """
    detach(session, row.id)
    accused = {
        target: one.verdict
        for target, one in judged.items()
        if one.verdict.truth is Truth.VIOLATION
    }
    query = select(Due).where(Due.round_id == row.id).order_by(Due.id)
    for due in session.scalars(query) if accused else ():
        verdict = accused.get(due.target)
        signed = _signed(session, row, due, verdict, manual) if verdict is not None else ()
        if verdict is not None and signed:
            case = _case(session, due, verdict, signed)
            attached = [
                Attached("check", store.put(case, ".json"), now),
                *_pictures(signed, store, now),
            ]
            store.attach(session, due.id, attached)


def _signed(
    session: Session, row: Round, due: Due, verdict: Verdict, manual: Manual
) -> Sequence[Check] | Sequence[Posting]:
    """What people signed of one accused target, as far as its verdict may rest on it."""
    if due.target_kind == TargetKind.ACCOUNT:
        return statements_of(session, due.target, row.check_date)
    return manual.checks[due.target] if speaks(verdict) else ()


def _case(
    session: Session, due: Due, verdict: Verdict, signed: Sequence[Check] | Sequence[Posting]
) -> bytes:
    looks = ledger.fetches(session, due.id)
    case: dict[str, Any] = proofs.case_of(session, due.round_id, due.id, looks, verdict)
    if due.target_kind == TargetKind.ACCOUNT:
        reads = account_reads.reads_of_due(session, due.id)
        case["reads"] = [account_reads.to_json(one) for one in reads]
    case["manual_checks"] = [asdict(one) for one in signed]
    text = json.dumps(case, ensure_ascii=False, indent=1, default=str)
    return text.encode("utf-8", "replace")


def _pictures(
    signed: Sequence[Check] | Sequence[Posting], store: EvidenceStore, now: datetime
) -> Iterator[Attached]:
    for one in signed:
        if one.screenshot is not None:
            yield Attached("screenshot", store.path_of(one.screenshot), now)
