"""Evidence on disk: one folder a round and target, every file under its SHA-256 in the database.

`FOLDER/2022-06-20/0123456789abcdef/case.json`. A later look of the same round puts its files in
the place of the earlier one's of the same name; after that nothing is ever written again.

What came from a signed check lies apart, under its own hash, `checks/ab/abcdef….png`: a check may
come after its round, and one screenshot may prove several columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from rules.facts import SHANGHAI
from storage.files import UNFINISHED, plain_trouble, write_whole
from storage.models import AppealRow, Due, EvidenceRow, ManualCheck, PostingRow, Round, Violation

CHECKS = "checks"  # the folder of what came from signed checks


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to keep."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """One file under its own hash, as a part of a bundle; `at` is when it was taken (UTC)."""

    kind: str
    path: str
    at: datetime


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
        """Keep the bundle of a due target; a file takes the place of one of its name that an
        earlier look of the round took, and the others stay.

        The files are there before the rows are committed. Raises EnvironmentTrouble where the
        disk is full or refuses.
        """
        due = session.get_one(Due, due_id)
        day = session.get_one(Round, due.round_id).check_date
        place = Path(day.isoformat()) / sha256(due.target.encode()).hexdigest()[:16]
        paths = [(place / piece.name).as_posix() for piece in pieces]
        session.execute(delete(EvidenceRow).where(EvidenceRow.path.in_(paths)))
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

    def put(self, content: bytes, suffix: str) -> str:
        """Keep a file under its own hash; its path in the folder. Raises EnvironmentTrouble."""
        path = _place(sha256(content).hexdigest(), suffix)
        if not (self.folder / path).exists():
            with plain_trouble(self.folder):
                write_whole(self.folder / path, content)
        return path

    def path_of(self, digest: str) -> str:
        """Where a file lies that was put under this hash; where a picture would, if it is gone."""
        there = (self.folder / CHECKS / digest[:2]).glob(f"{digest}.*")
        found = sorted(path.relative_to(self.folder).as_posix() for path in there)
        return found[0] if found else _place(digest, ".png")

    def attach(self, session: Session, due_id: int, pieces: Sequence[Attached]) -> None:
        """Add files that were `put` to the bundle of a due target."""
        session.add_all(
            EvidenceRow(
                due_id=due_id,
                kind=one.kind,
                path=one.path,
                sha256=Path(one.path).stem,
                size=self._size(one.path),
                taken_at=one.at,
            )
            for one in {piece.path: piece for piece in pieces}.values()
        )

    def _size(self, path: str) -> int:
        try:
            return (self.folder / path).stat().st_size
        except OSError:
            return 0  # gone: `verify` says so

    def verify(self, session: Session, since: date = date.min) -> tuple[Damage, ...]:
        """What is not as the database says, by path; screenshots of checks that were made before
        `since` may be gone by right."""
        rows = session.execute(select(EvidenceRow.path, EvidenceRow.sha256)).all()
        found = [
            Damage(path, what) for path, digest in rows if (what := self._damage(path, digest))
        ]
        known = {path for path, _ in rows}
        others = [path for path in self._files() if path not in known]
        found += [
            Damage(path, what)
            for path in others
            if (what := self._damage(path, Path(path).stem) if _is_check(path) else "stray")
        ]
        found += [Damage(path, "missing") for path in self._lost_screenshots(session, known, since)]
        return tuple(sorted(found, key=lambda one: one.path))

    def _lost_screenshots(self, session: Session, known: Set[str], since: date) -> Iterator[str]:
        """Screenshots of people that no bundle holds (yet) and that are gone."""
        for digest in sorted(one for one, last in screenshots(session).items() if last >= since):
            path = self.path_of(digest)
            if path not in known and not (self.folder / path).exists():
                yield path

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


def _place(digest: str, suffix: str) -> str:
    return f"{CHECKS}/{digest[:2]}/{digest}{suffix}"


def _is_check(path: str) -> bool:
    return path.startswith(f"{CHECKS}/")


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


def screenshots(session: Session) -> Mapping[str, date]:
    """The SHA-256 of every file that people handed in: with a signed check, for an account or with
    an appeal; and the last day (Shanghai) that it was handed in for."""
    instant = func.coalesce(PostingRow.checked_at, PostingRow.at)
    checked = select(ManualCheck.screenshot, ManualCheck.checked_on)
    posted = select(PostingRow.screenshot, instant).where(instant.is_not(None))
    found: dict[str, date] = {}
    for digest, when in (*session.execute(checked), *session.execute(posted)):
        day = when.astimezone(SHANGHAI).date() if isinstance(when, datetime) else when
        if digest is not None:
            found[digest] = max(day, found.get(digest, day))
    for files, day in session.execute(select(AppealRow.files, AppealRow.day)):
        for one in files:
            found[one["sha256"]] = max(day, found.get(one["sha256"], day))
    return found


def detach(session: Session, round_id: int) -> None:
    """Take what came from signed checks out of all bundles of a round; the files stay."""
    dues = select(Due.id).where(Due.round_id == round_id)
    from_checks = EvidenceRow.path.startswith(f"{CHECKS}/")
    session.execute(delete(EvidenceRow).where(EvidenceRow.due_id.in_(dues), from_checks))


def unproved(session: Session, since: date = date.min) -> list[int]:
    """The ids of violations without any evidence that failed on or after a check day."""
    rows = session.scalars(select(Violation).where(Violation.last_failed >= since))
    return [row.id for row in rows if not row.evidence]
