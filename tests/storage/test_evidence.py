"""Evidence on disk: whole, named by its hash in the database, and every damage found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import transaction
from storage.evidence import (
    Attached,
    Damage,
    EvidenceStore,
    Piece,
    bundle,
    detach,
    paths_of,
    unproved,
)
from storage.models import Due, ManualCheck, Round, Violation
from tests.months import DAYS, NEWS, write_june

AT = datetime(2022, 6, 6, 3, tzinfo=UTC)
PIECES = [Piece("case", "case.json", b"{}"), Piece("page", "page.png", b"PNG")]


@pytest.fixture
def june(engine: Engine) -> Engine:
    write_june(engine)
    return engine


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "cases")


def due_id(engine: Engine, day: date = DAYS[0]) -> int:
    with transaction(engine) as session:
        query = session.query(Due.id).join(Round, Due.round_id == Round.id)
        return int(query.filter(Due.target == NEWS, Round.check_date == day).scalar() or 0)


def keep(engine: Engine, store: EvidenceStore, pieces: list[Piece]) -> None:
    with transaction(engine) as session:
        store.keep(session, due_id(engine), pieces, AT)


def test_a_bundle_is_found_by_target_and_day(june: Engine, store: EvidenceStore) -> None:
    keep(june, store, PIECES)
    with transaction(june) as session:
        assert [row.kind for row in bundle(session, NEWS, DAYS[0])] == ["case", "page"]
        paths = paths_of(session, NEWS, DAYS)
        assert [Path(path).name for path in paths] == ["case.json", "page.png"]
        assert all((store.folder / path).is_file() for path in paths)
        assert store.verify(session) == ()


def test_a_later_look_of_the_round_takes_the_place_of_an_earlier_one(
    june: Engine, store: EvidenceStore
) -> None:
    keep(june, store, PIECES)
    keep(june, store, [Piece("case", "case.json", b"{1}"), Piece("page", "page.png", b"PNG2")])
    with transaction(june) as session:
        assert [row.size for row in bundle(session, NEWS, DAYS[0])] == [3, 4]
        assert store.verify(session) == ()


def test_what_a_later_look_did_not_take_stays(june: Engine, store: EvidenceStore) -> None:
    keep(june, store, PIECES)
    keep(june, store, [Piece("case", "case.json", b"{1}")])
    with transaction(june) as session:
        assert sorted(row.kind for row in bundle(session, NEWS, DAYS[0])) == ["case", "page"]
        assert store.verify(session) == ()


@pytest.mark.parametrize("what", ["missing", "changed", "stray"])
def test_every_damage_is_found(june: Engine, store: EvidenceStore, what: str) -> None:
    keep(june, store, PIECES)
    with transaction(june) as session:
        [path, _] = paths_of(session, NEWS, [DAYS[0]])
        place = store.folder / path
        if what == "missing":
            place.unlink()
        elif what == "changed":
            place.write_bytes(b"[]")
        else:
            path = f"{Path(path).parent.as_posix()}/other.png"
            (store.folder / path).write_bytes(b"x")
        assert store.verify(session) == (Damage(path, what),)


def test_a_violation_without_a_file_is_named(june: Engine) -> None:
    with transaction(june) as session:
        assert unproved(session) == []
        first = session.query(Violation).order_by(Violation.id).first()
        assert first is not None
        first.evidence = []
        session.flush()
        assert unproved(session) == [first.id]


def attach(engine: Engine, store: EvidenceStore, *contents: bytes) -> list[str]:
    """Keep files as those of a signed check in the bundle of the first day."""
    paths = [store.put(content, ".png") for content in contents]
    due = due_id(engine)
    with transaction(engine) as session:
        detach(session, session.get_one(Due, due).round_id)
        store.attach(session, due, [Attached("screenshot", one, AT) for one in paths])
    return paths


def test_what_came_from_a_check_joins_the_bundle_under_its_own_hash(
    june: Engine, store: EvidenceStore
) -> None:
    keep(june, store, PIECES)
    [path, again] = attach(june, store, b"PNG of a person", b"PNG of a person")
    assert path == again == store.path_of(Path(path).stem)
    with transaction(june) as session:
        assert [row.kind for row in bundle(session, NEWS, DAYS[0])] == [
            "case",
            "page",
            "screenshot",
        ]
        assert paths_of(session, NEWS, DAYS[:1])[-1] == path
        assert store.verify(session) == ()


def test_a_corrected_check_leaves_no_stray_and_its_old_file_is_still_compared(
    june: Engine, store: EvidenceStore
) -> None:
    [old] = attach(june, store, b"old")
    [new] = attach(june, store, b"new")
    with transaction(june) as session:
        assert [row.path for row in bundle(session, NEWS, DAYS[0])] == [new]
        assert store.verify(session) == ()
        (store.folder / old).write_bytes(b"other")
        assert store.verify(session) == (Damage(old, "changed"),)


def test_a_screenshot_that_is_gone_is_missed_before_any_bundle_holds_it(
    june: Engine, store: EvidenceStore
) -> None:
    path = store.put(b"PNG", ".jpg")
    with transaction(june) as session:
        session.add(
            ManualCheck(
                target=NEWS,
                checked_on=DAYS[0],
                outcome="read",
                newest=DAYS[0],
                person="张三",
                screenshot=Path(path).stem,
                note="",
                imported_at=AT,
            )
        )
        session.flush()
        assert store.verify(session) == ()
        (store.folder / path).unlink()
        assert [one.what for one in store.verify(session)] == ["missing"]
