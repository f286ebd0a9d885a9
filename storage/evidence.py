"""Evidence on disk: one folder a round and target, every file under its SHA-256 in the database.

`FOLDER/2022-06-20/0123456789abcdef/case.json`. A later look of the same round puts its files in
the place of the earlier one's; after that nothing is ever written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.files import UNFINISHED, plain_trouble, write_whole
from storage.models import Due, EvidenceRow, Round, Violation


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to keep."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with one file. `what` is missing, changed or stray."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """The bundles in `folder`, which is made with the first of them."""

    folder: Path

    def keep(self, session: Session, due_id: int, pieces: Sequence[Piece], at: datetime) -> None:
        """Keep the bundle of a due target, in place of one taken by an earlier look of the round.

        The files are there before the rows are committed. Raises EnvironmentTrouble where the
        disk is full or refuses.
        """
        due = session.get_one(Due, due_id)
        day = session.get_one(Round, due.round_id).check_date
        place = Path(day.isoformat()) / sha256(due.target.encode()).hexdigest()[:16]
        session.execute(delete(EvidenceRow).where(EvidenceRow.due_id == due_id))
        with plain_trouble(self.folder):
            for piece in pieces:
                write_whole(self.folder / place / piece.name, piece.content)
        session.add_all(
            EvidenceRow(
                due_id=due_id,
                kind=piece.kind,
                path=(place / piece.name).as_posix(),
                sha256=sha256(piece.content).hexdigest(),
                size=len(piece.content),
                taken_at=at,
            )
            for piece in pieces
        )

    def verify(self, session: Session) -> tuple[Damage, ...]:
        """What is not as the database says, by path."""
        rows = session.execute(select(EvidenceRow.path, EvidenceRow.sha256)).all()
        found = [
            Damage(path, what) for path, digest in rows if (what := self._damage(path, digest))
        ]
        known = {path for path, _ in rows}
        strays = (Damage(path, "stray") for path in self._files() if path not in known)
        return tuple(sorted((*found, *strays), key=lambda one: one.path))

    def _damage(self, path: str, digest: str) -> str:
        try:
            content = (self.folder / path).read_bytes()
        except OSError:
            return "missing"
        return "" if sha256(content).hexdigest() == digest else "changed"

    def _files(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.suffix != UNFINISHED:
                yield path.relative_to(self.folder).as_posix()


def bundle(session: Session, target: str, day: date) -> list[EvidenceRow]:
    """The files of a target's bundle of one round, in the order they were made."""
    query = (
        select(EvidenceRow)
        .join(Due, EvidenceRow.due_id == Due.id)
        .join(Round, Due.round_id == Round.id)
        .where(Due.target == target, Round.check_date == day)
    )
    return list(session.scalars(query.order_by(EvidenceRow.id)))


def paths_of(session: Session, target: str, days: Iterable[date]) -> list[str]:
    """The paths of a target's bundles on some check days, in their order."""
    return [row.path for day in days for row in bundle(session, target, day)]


def unproved(session: Session) -> list[int]:
    """The ids of violations without any evidence."""
    return [row.id for row in session.scalars(select(Violation)) if not row.evidence]
