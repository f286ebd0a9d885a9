"""What people handed in for accounts, as a round reads it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from rules.duties import AccountDuty
from rules.posts import FetchResult


def links_of(session: Session, target: str, since: datetime, until: datetime) -> tuple[str, ...]:
    """The addresses of posts that a unit handed in for an account, newest first."""
    del session, target, since, until
    return ()


def import_result(
    session: Session, duty: AccountDuty, check_date: date, now: datetime
) -> FetchResult | None:
    """What was handed in for an account, as a read of the source `import`; None: nothing was."""
    del session, duty, check_date, now
    return None
