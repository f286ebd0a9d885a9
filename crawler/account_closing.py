"""Judging the accounts of a round: fed from the ledger, judged in `rules`, braked by platform."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.postings import import_results
from rules.account_guards import brake_accounts
from rules.account_judging import judge_account, outcome_of
from rules.duties import account_duties
from rules.facts import TargetKind
from rules.months import Judged
from rules.profiles import Profile
from rules.register import Register
from storage import account_reads
from storage.models import Due, Round


def judged_accounts(
    session: Session,
    row: Round,
    register: Register,
    profile: Profile,
    earlier: Sequence[AbstractSet[str]],
    now: datetime,
) -> dict[str, Judged]:
    """The verdict on every account that was due in a round, with the outcome it rests on.

    `earlier` are the accused targets of the judged rounds before, oldest first; `now` is when
    this is judged: what people handed in by then is heard.
    """
    owed = account_duties(register, profile, only=_due(session, row))
    if not owed:
        return {}
    controls = account_reads.control_reads(session, row.id)
    read = account_reads.reads_by_target(session, row.id)
    memories = account_reads.memories(session, row)
    results = {
        target: (
            *account_reads.controlled(read.get(target, ()), controls),
            *import_results(session, duty, row.check_date, now),
        )
        for target, duty in owed.items()
    }
    verdicts = {
        target: judge_account(
            duty, results[target], row.check_date, profile, memory=memories.get(target)
        )
        for target, duty in owed.items()
    }
    return {
        target: Judged(verdict, outcome_of(results[target]))
        for target, verdict in brake_accounts(verdicts, owed, earlier).items()
    }


def _due(session: Session, row: Round) -> frozenset[str]:
    query = select(Due.target).where(Due.round_id == row.id, Due.target_kind == TargetKind.ACCOUNT)
    return frozenset(session.scalars(query))
