"""Retention: evidence that an office may not keep for ever goes when its time is up.

Off unless the settings say how long. The row in the violation table stays, without its files.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.evidence import CHECKS
from storage.files import plain_trouble
from storage.models import Due, EvidenceRow, ProposalRow, Round, Violation


def kept_since(keep: timedelta | None, today: date) -> date:
    """The first check day whose evidence is still kept."""
    return date.min if keep is None else today - keep


def let_go(session: Session, before: date) -> tuple[str, ...]:
    """Take the bundles of all rounds before a check day out of the database; returns their paths,
    to be removed once this transaction is committed."""
    dues = select(Due.id).join(Round, Due.round_id == Round.id).where(Round.check_date < before)
    query = select(EvidenceRow.path).where(EvidenceRow.due_id.in_(dues))
    gone = set(session.scalars(query))
    if not gone:
        return ()
    session.execute(delete(EvidenceRow).where(EvidenceRow.due_id.in_(dues)))
    named = (*session.scalars(select(Violation)), *session.scalars(select(ProposalRow)))
    for row in named:
        if gone.intersection(row.evidence):
            row.evidence = [path for path in row.evidence if path not in gone]
    return tuple(sorted(gone))


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files of bundles, and folders that are empty then. Screenshots of signed checks
    stay: they lie under their own hash, and the check may stand in a later round's bundle."""
    with plain_trouble(folder):
        for path in paths:
            if path.startswith(f"{CHECKS}/"):
                continue
            (folder / path).unlink(missing_ok=True)
            for above in (folder / path).parents[:2]:
                if above != folder and above.is_dir() and not any(above.iterdir()):
                    above.rmdir()
