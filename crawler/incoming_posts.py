"""Posts and statements of accounts coming in: remembered, and their judged rounds judged again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler.incoming import Taken, judged_again, near
from rules.duties import account_duties
from rules.facts import SHANGHAI
from rules.postings import Posting, may_change
from rules.profiles import Profile
from rules.register import Register
from storage.engine import transaction
from storage.evidence import EvidenceStore
from storage.models import ProfileText, RegisterText, Round
from storage.postings import keep_postings

FARTHEST = timedelta(days=366 + 7)  # that an account's window may reach back from its check day


def take_postings(
    engine: Engine, postings: Sequence[Posting], evidence: EvidenceStore, now: datetime
) -> Taken[Posting]:
    """Remember rows and judge again what was judged without them.

    Their screenshots lie in `evidence` already.
    """
    with transaction(engine) as session:
        kept = keep_postings(session, postings, now)
    told = [at.astimezone(SHANGHAI).date() for one in postings for at in _instants(one)]
    rounds = near(engine, told, FARTHEST)

    def hears(session: Session, row: Round) -> bool:
        return _hears(session, row, postings)

    return Taken(kept, judged_again(engine, rounds, hears, evidence, now))


def _instants(one: Posting) -> list[datetime]:
    return [at for at in (one.at, one.checked_at) if at is not None]


def _hears(session: Session, row: Round, postings: Sequence[Posting]) -> bool:
    """Whether any of some rows may say something in a round, by its own register and profile."""
    register = Register.from_snapshot(session.get_one(RegisterText, row.register_hash).text)
    profile = Profile.from_snapshot(session.get_one(ProfileText, row.profile_hash).text)
    owed = account_duties(register, profile, only={one.target for one in postings})
    return any(
        may_change(one, owed[one.target], row.check_date) for one in postings if one.target in owed
    )
