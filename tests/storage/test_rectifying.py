"""Repairs in the database: found when a round closes, with their history, undone by a relapse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from rules.facts import Outcome, Sight
from rules.register import Register
from rules.reviewing import Decision, Reference, Ruling, Subject
from storage.engine import reading, transaction
from storage.models import RectificationRow, Violation
from storage.rectifying import note_repairs, record
from storage.reviews import decide
from tests.months import at
from tests.reports.test_notice_months import register
from tests.rounds_by_hand import write_round
from tests.rules.sights import read, saw

FIRST, SECOND, THIRD, NEXT = (
    date(2022, 6, 6),
    date(2022, 6, 13),
    date(2022, 6, 20),
    date(2022, 7, 6),
)
OLD = date(2022, 5, 1)


def stale(newest: date = OLD) -> tuple[Sight, ...]:
    return (read(newest), read(newest, minute=120))


@pytest.fixture
def book(tmp_path: Path) -> Register:
    return register(tmp_path, "甲网")


def round_on(
    engine: Engine, folder: Path, book: Register, day: date, seen: tuple[Sight, ...]
) -> None:
    (column,) = (column for site in book.sites for column in site.columns)
    write_round(engine, folder, day, book, {column.id: seen})


def confirm(engine: Engine, number: int = 1) -> None:
    with transaction(engine) as session:
        ruling = Ruling(Reference(Subject.VIOLATION, number), Decision.CONFIRMED, None, "", "张三")
        decide(session, [ruling], at(THIRD))


def status(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.status for row in session.scalars(select(Violation).order_by(Violation.id))]


def history(engine: Engine) -> list[tuple[str, date, date, str]]:
    with reading(engine) as session:
        rows = session.scalars(select(RectificationRow).order_by(RectificationRow.id))
        return [(row.step, row.day, row.seen_on, row.person) for row in rows]


def test_a_round_that_closes_marks_what_it_shows_to_be_repaired(
    engine: Engine, tmp_path: Path, book: Register
) -> None:
    round_on(engine, tmp_path, book, FIRST, stale())
    confirm(engine)
    round_on(engine, tmp_path, book, SECOND, (saw(Outcome.CHALLENGE),))
    assert status(engine) == ["confirmed"]
    round_on(engine, tmp_path, book, THIRD, (read(date(2022, 6, 15)),))
    assert status(engine) == ["rectified"]
    assert history(engine) == [("rectified", THIRD, THIRD, "")]


def test_what_is_confirmed_after_its_repair_is_marked_at_once(
    engine: Engine, tmp_path: Path, book: Register
) -> None:
    round_on(engine, tmp_path, book, FIRST, stale())
    round_on(engine, tmp_path, book, SECOND, (read(date(2022, 6, 10)),))
    assert status(engine) == ["candidate"]
    confirm(engine)
    assert history(engine) == [("rectified", SECOND, SECOND, "")]
    confirm(engine)
    assert status(engine) == ["rectified"]
    assert len(history(engine)) == 1


def test_a_relapse_in_a_later_month_opens_it_again(
    engine: Engine, tmp_path: Path, book: Register
) -> None:
    round_on(engine, tmp_path, book, FIRST, stale())
    round_on(engine, tmp_path, book, SECOND, (read(date(2022, 6, 10)),))
    confirm(engine)
    round_on(engine, tmp_path, book, NEXT, stale(date(2022, 6, 10)))
    assert status(engine) == ["confirmed", "candidate"]
    assert history(engine)[-1] == ("reopened", NEXT, NEXT, "")


def test_what_a_person_recorded_stands_until_a_later_round_fails(
    engine: Engine, tmp_path: Path, book: Register
) -> None:
    round_on(engine, tmp_path, book, FIRST, stale())
    confirm(engine)
    with transaction(engine) as session:
        row = session.get_one(Violation, 1)
        record(session, row, person="李四", note="现场看过", day=SECOND, at=at(SECOND))
        note_repairs(session, at(SECOND))
    assert status(engine) == ["rectified"]
    round_on(engine, tmp_path, book, THIRD, stale())
    assert status(engine) == ["confirmed"]
    assert [step[0] for step in history(engine)] == ["rectified", "reopened"]


def test_nothing_is_noted_twice(engine: Engine, tmp_path: Path, book: Register) -> None:
    round_on(engine, tmp_path, book, FIRST, stale())
    round_on(engine, tmp_path, book, SECOND, (read(date(2022, 6, 10)),))
    confirm(engine)
    with transaction(engine) as session:
        again = note_repairs(session, at(THIRD))
    assert (again.rectified, again.reopened) == ((), ())
    assert len(history(engine)) == 1
