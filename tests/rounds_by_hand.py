"""Rounds written into a ledger by hand: what each column's looks saw, then the real closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawler.closing import RoundReport, close_round
from crawler.supervisor import Effort
from rules.facts import Sight
from rules.judging import conclude
from rules.profiles import Profile, load_profile
from rules.register import Register, account_targets, targets
from storage import ledger
from storage.engine import transaction
from storage.evidence import EvidenceStore
from storage.models import Due, Fetch, Round, VerdictRow

PROFILE: Profile = load_profile("national", None)
EFFORT = Effort(children=1, crashes=0, looks=1)


def write_round(
    engine: Engine,
    folder: Path,
    day: date,
    register: Register,
    seen: Mapping[str, Sequence[Sight]],
    profile: Profile = PROFILE,
) -> RoundReport:
    """Open the round of a day, hand in its looks (by target), and close it. Accounts are due only
    where they have looks."""
    opened = datetime.combine(day, time(0, 0), UTC)
    with transaction(engine) as session:
        row = _opened(session, day, register, profile, opened, seen)
        for due in session.scalars(select(Due).where(Due.round_id == row.id)).all():
            _look(session, due, seen[due.target])
        evidence = EvidenceStore(folder)
        now = opened + timedelta(hours=4)
        return close_round(session, row, effort=EFFORT, now=now, evidence=evidence)


def _opened(
    session: Session,
    day: date,
    register: Register,
    profile: Profile,
    opened: datetime,
    seen: Mapping[str, Sequence[Sight]],
) -> Round:
    hashes = ledger.keep_texts(session, register.to_snapshot(), profile.to_snapshot(), profile.name)
    due = [
        ledger.DueTarget(one.id, one.kind, one.site, one.url, "platform:one", 0)
        for one in (*targets(register, day), *account_targets(register, day, only=seen))
    ]
    row = Round(
        check_date=day,
        opened_at=opened,
        register_hash=hashes[0],
        profile_hash=hashes[1],
        report={},
    )
    return ledger.open_round(session, row, due)


def _look(session: Session, due: Due, sights: Sequence[Sight]) -> None:
    for number, sight in enumerate(sights):
        last = number == len(sights) - 1
        fetch = Fetch(
            due_id=due.id,
            look=number,
            client=sight.client,
            purpose=sight.purpose,
            at=sight.at,
            elapsed_ms=5,
            url=due.url,
            final_url=due.url,
            status=200,
            outcome=sight.outcome,
            newest=sight.newest,
            item_count=sight.item_count,
            items_digest=sight.items_digest,
            confidence=sight.confidence,
            signs=list(sight.signs),
            controls_ok=sight.controls_ok,
        )
        observation = conclude(sights) if last else None
        ledger.record_look(session, fetch, again=None, observation=observation)


def verdicts(session: Session, day: date) -> dict[str, tuple[str, str | None]]:
    """Truth and reason (or wording) of every target of a round."""
    query = select(VerdictRow).join(Round, VerdictRow.round_id == Round.id)
    return {
        row.target: (row.truth, row.reason or row.wording)
        for row in session.scalars(query.where(Round.check_date == day))
    }
