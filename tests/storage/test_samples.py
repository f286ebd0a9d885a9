"""Samples are counted by day once the day is over, and go some weeks later; the counts stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from rules.availability import DayCount
from rules.facts import Outcome
from storage.engine import reading, transaction
from storage.models import Sample, SampleDay
from storage.samples import AVAILABILITY, CONTROL, counts, last_wave, roll_up

FIRST = datetime(2022, 6, 13, 4, tzinfo=UTC)
SINCE, UNTIL = date(2022, 6, 13), date(2022, 6, 15)
DOWN = {Outcome.TIMEOUT: 1}


def visit(at: datetime, outcome: Outcome = Outcome.READ, site: str | None = "甲网") -> Sample:
    return Sample(
        purpose=AVAILABILITY if site else CONTROL,
        site=site,
        url="http://jia.test/",
        at=at,
        ok=outcome is Outcome.READ,
        outcome=outcome,
        elapsed_ms=900,
        status=200,
    )


def three_days(session: Session) -> None:
    """One good visit a day, one failure on the second with a control after it, one block."""
    for number in range(3):
        session.add(visit(FIRST + timedelta(days=number)))
    second = FIRST + timedelta(days=1, hours=1)
    session.add(visit(second, Outcome.TIMEOUT))
    session.add(visit(second + timedelta(seconds=9), site=None))
    session.add(visit(second + timedelta(hours=1), Outcome.CHALLENGE))
    session.add(visit(second + timedelta(hours=2), Outcome.TIMEOUT))
    session.flush()


EXPECTED = [
    DayCount("甲网", date(2022, 6, 13), n=1),
    DayCount("甲网", date(2022, 6, 14), n=2, left_out=1, dropped=1, causes=DOWN),
    DayCount("甲网", date(2022, 6, 15), n=1),
]


def test_samples_are_counted_as_they_lie(engine: Engine) -> None:
    with transaction(engine) as session:
        three_days(session)
        assert counts(session, SINCE, UNTIL) == EXPECTED
        assert counts(session, SINCE, SINCE) == EXPECTED[:1]
        assert last_wave(session) == FIRST + timedelta(days=2)


def test_counts_are_the_same_before_and_after_a_roll_up_and_today_is_not_rolled_up(
    engine: Engine,
) -> None:
    with transaction(engine) as session:
        three_days(session)
        assert roll_up(session, UNTIL) == 2
        assert roll_up(session, UNTIL) == 0
        assert counts(session, SINCE, UNTIL) == EXPECTED
        assert roll_up(session, UNTIL + timedelta(days=1)) == 1
        assert counts(session, SINCE, UNTIL) == EXPECTED
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Sample)) == 7


def test_old_samples_go_and_their_counts_stay(engine: Engine) -> None:
    with transaction(engine) as session:
        three_days(session)
        session.add(visit(FIRST + timedelta(days=70)))
        session.flush()
        roll_up(session, date(2022, 8, 23))
        assert counts(session, SINCE, UNTIL) == EXPECTED
        assert [row.at for row in session.scalars(select(Sample))] == [FIRST + timedelta(days=70)]
        assert len(session.scalars(select(SampleDay)).all()) == 4


def test_a_failure_just_before_midnight_is_proved_by_a_control_just_after_it(
    engine: Engine,
) -> None:
    midnight = datetime(2022, 6, 13, 16, tzinfo=UTC)
    with transaction(engine) as session:
        session.add(visit(midnight - timedelta(seconds=2), Outcome.TIMEOUT))
        session.add(visit(midnight + timedelta(seconds=3), site=None))
        session.flush()
        [count] = counts(session, SINCE, SINCE)
        assert count.causes == DOWN


def test_without_samples_there_is_nothing_to_count(engine: Engine) -> None:
    with transaction(engine) as session:
        assert roll_up(session, UNTIL) == 0
        assert counts(session, SINCE, UNTIL) == []
        assert last_wave(session) is None
