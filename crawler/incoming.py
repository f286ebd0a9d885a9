"""Signed checks coming in: remembered, and the judged rounds that they speak in judged again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawler.closing import judge_again
from rules.checks import DAYS_AFTER, Check, window
from rules.register import Register
from storage import verdicts as verdicts_of
from storage.checks import keep_checks
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore
from storage.kept import Kept
from storage.models import RegisterText, Round
from storage.verdicts import Change

T = TypeVar("T")
FARTHEST = timedelta(days=62)  # of two check days


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The judged rounds that something new speaks in, and the verdicts that it changed."""

    rounds: tuple[date, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """What came of some rows: how they were kept, and what was judged again with them."""

    kept: Kept[T]
    rejudged: Rejudged


def take_checks(
    engine: Engine, checks: Sequence[Check], evidence: EvidenceStore, now: datetime
) -> Taken[Check]:
    """Remember checks and judge again what was judged without them.

    Their screenshots lie in `evidence` already.
    """
    with transaction(engine) as session:
        kept = keep_checks(session, checks, now)
    rounds = near(engine, [check.checked_on for check in checks], FARTHEST)

    def hears(session: Session, row: Round) -> bool:
        return _hears(session, row, checks)

    return Taken(kept, judged_again(engine, rounds, hears, evidence, now))


def judged_again(
    engine: Engine,
    rounds: Sequence[int],
    hears: Callable[[Session, Round], bool],
    evidence: EvidenceStore,
    now: datetime,
) -> Rejudged:
    """Judge again those of some rounds that have been judged and hear what came in.

    A round that is being closed in the same moment either finds it or waits to be judged again
    here: its row is locked by both.
    """
    days: list[date] = []
    changes: list[Change] = []
    for round_id in rounds:
        with transaction(engine) as session:
            row = session.get_one(Round, round_id, with_for_update=True)
            if hears(session, row) and verdicts_of.judged(session, row):
                days.append(row.check_date)
                changes += judge_again(session, row, now=now, evidence=evidence)
    return Rejudged(tuple(days), tuple(changes))


def near(engine: Engine, days: Sequence[date], farthest: timedelta) -> list[int]:
    """The rounds that may hear what was seen on some days, by check day: those up to `farthest`
    after one."""
    if not days:
        return []
    first, last = min(days) - timedelta(days=DAYS_AFTER), max(days) + farthest
    query = select(Round.id).where(Round.check_date.between(first, last))
    with reading(engine) as session:
        return list(session.scalars(query.order_by(Round.check_date)))


def _hears(session: Session, row: Round, checks: Sequence[Check]) -> bool:
    register = Register.from_snapshot(session.get_one(RegisterText, row.register_hash).text)
    first, last = window(register.rounds, row.check_date)
    return any(first <= check.checked_on <= last for check in checks)
