"""Retention: evidence that an office may not keep for ever goes when its time is up.

Off unless the settings say how long. The row in the violation table stays, without its files; the
row of a signed check stays, with the hash of its screenshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.evidence import CHECKS, screenshots
from storage.files import plain_trouble
from storage.models import Due, EvidenceRow, ProposalRow, Round, Violation


def kept_since(keep: timedelta | None, today: date) -> date:
    """The first check day whose evidence is still kept."""
    return date.min if keep is None else today - keep


def let_go(session: Session, before: date) -> tuple[str, ...]:
    """Take the bundles of all rounds before a check day out of the database; returns their paths,
    to be removed once this transaction is committed, and those of the screenshots of signed checks
    made before that day, of which the suffix is not known.

    A file that the bundle of a kept round holds, too, stays, and so does what rests on it.
    """
    dues = select(Due.id).join(Round, Due.round_id == Round.id).where(Round.check_date < before)
    old = EvidenceRow.due_id.in_(dues)
    gone = set(session.scalars(select(EvidenceRow.path).where(old)))
    session.execute(delete(EvidenceRow).where(old))
    gone -= _held(session, gone)
    named = (*session.scalars(select(Violation)), *session.scalars(select(ProposalRow)))
    for row in named if gone else ():
        if gone.intersection(row.evidence):
            row.evidence = [path for path in row.evidence if path not in gone]
    bundled = (path for path in gone if not path.startswith(f"{CHECKS}/"))
    return tuple(sorted((*bundled, *_screenshots(session, before))))


def _held(session: Session, gone: Set[str]) -> set[str]:
    """What of these files the bundle of another round holds; only checks' files may be shared."""
    shared = select(EvidenceRow.path).where(EvidenceRow.path.startswith(f"{CHECKS}/")).distinct()
    return set(session.scalars(shared)) & gone


def _screenshots(session: Session, before: date) -> Iterator[str]:
    """The screenshots of people that were all made before a day, if no bundle holds them."""
    held = set(session.scalars(select(EvidenceRow.sha256).distinct()))
    for digest, last in screenshots(session).items():
        if last < before and digest not in held:
            yield f"{CHECKS}/{digest[:2]}/{digest}"


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files that `let_go` named, whatever their suffix where it names none, and folders
    that are empty then."""
    with plain_trouble(folder):
        for path in paths:
            place = folder / path
            for one in [place] if place.suffix else place.parent.glob(f"{place.name}.*"):
                one.unlink(missing_ok=True)
            for above in place.parents[:2]:
                if above != folder and above.is_dir() and not any(above.iterdir()):
                    above.rmdir()
