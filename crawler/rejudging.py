"""Going back in time: past rounds judged again under another profile, beside their own verdicts.

What was observed stays as it is; the round's own verdicts, its month and its report do, too. Only
new verdicts are written, under the other profile's hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from crawler.closing import MEMORY, accused_before, accused_in, as_they_stood, judged_under, store
from crawler.manual import manual_of
from rules.profiles import Profile
from storage import ledger
from storage import verdicts as verdicts_of
from storage.models import Round
from storage.verdicts import Change


@dataclass(frozen=True, slots=True)
class Rejudging:
    """What another profile made of some rounds. `verdicts`: how many were written."""

    rounds: tuple[date, ...]
    verdicts: int
    changes: tuple[Change, ...]


def rejudge(
    session: Session, rounds: Sequence[Round], profile: Profile, now: datetime
) -> Rejudging:
    """Judge some judged rounds, oldest first, under a profile. The caller owns the transaction."""
    accused = accused_before(session, rounds[0]) if rounds else []
    changes: list[Change] = []
    count = 0
    for row in rounds:
        register, own = as_they_stood(session, row)
        manual = manual_of(session, row, register)
        judged = judged_under(session, row, register, profile, manual, accused[-MEMORY:], now)
        _, profile_hash = ledger.keep_texts(
            session, register.to_snapshot(), profile.to_snapshot(), profile.name
        )
        before = verdicts_of.judged(session, row)
        if profile != own:
            store(session, row, judged, profile_hash, now)
        accused = [*accused, accused_in(judged)]
        changes += verdicts_of.changes(row.check_date, before, judged)
        count += len(judged)
    return Rejudging(tuple(row.check_date for row in rounds), count, tuple(changes))
