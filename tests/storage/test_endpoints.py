"""Learned calls: usable from the next round on, replaced, verified, forgotten, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage import endpoints
from storage.endpoints import Call
from storage.engine import transaction
from storage.ledger import round_of
from storage.models import Due, ObservationRow
from tests.months import DAYS, NEWS, POLICY, at, write_june

CALL = Call("POST", "http://jia.example.test/{clock}", {"version": 1, "body": ["a=\u4e00"]}, 15)


@pytest.fixture
def june(engine: Engine) -> Engine:
    write_june(engine)
    return engine


def round_id(session: Session, day: date) -> int:
    row = round_of(session, day)
    assert row is not None
    return row.id


def test_a_call_is_usable_from_the_next_round_on(june: Engine) -> None:
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[1])
    with transaction(june) as session:
        found = [endpoints.usable(session, round_id(session, day), [NEWS, POLICY]) for day in DAYS]
    assert [list(one) for one in found] == [[], [], [NEWS]]
    assert found[2][NEWS].call == CALL
    assert (found[2][NEWS].learned_on, found[2][NEWS].rounds_since) == (DAYS[1], 1)


def test_rounds_are_counted_from_the_last_verification(june: Engine) -> None:
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[0])
        last = round_id(session, DAYS[2])
        assert endpoints.usable(session, last, [NEWS])[NEWS].rounds_since == 2
        endpoints.verify(session, NEWS, replace(CALL, items=9), DAYS[1])
        found = endpoints.usable(session, last, [NEWS])[NEWS]
        assert (found.rounds_since, found.call.items) == (1, 9)
        assert (found.learned_on, found.verified_on) == (DAYS[0], DAYS[1])


def test_learning_again_takes_the_place_of_what_was_known(june: Engine) -> None:
    other = replace(CALL, method="GET", recipe={"version": 1})
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[0])
        endpoints.learn(session, NEWS, other, DAYS[1])
        (found,) = endpoints.all_of(session)
        assert (found.call, found.learned_on, found.verified_on) == (other, DAYS[1], DAYS[1])


def test_an_earlier_round_that_is_run_again_changes_nothing(june: Engine) -> None:
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[1])
        endpoints.learn(session, NEWS, replace(CALL, items=1), DAYS[0])
        endpoints.verify(session, NEWS, replace(CALL, items=1), DAYS[0])
        assert endpoints.of_target(session, NEWS) == endpoints.all_of(session)[0]
        assert endpoints.all_of(session)[0].call.items == 15


def test_what_is_forgotten_is_gone(june: Engine) -> None:
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[0])
        assert endpoints.forget(session, NEWS)
        assert not endpoints.forget(session, NEWS)
        endpoints.use(session, NEWS, CALL, 1)
        endpoints.verify(session, NEWS, CALL, DAYS[1])
        assert endpoints.of_target(session, NEWS) is None


def test_the_calls_of_one_site_are_listed_alone(june: Engine) -> None:
    with transaction(june) as session:
        endpoints.learn(session, NEWS, CALL, DAYS[0])
        endpoints.learn(session, "丙局/公告", CALL, DAYS[0])
        endpoints.use(session, NEWS, replace(CALL, items=20), 3)
        found = endpoints.all_of(session, "甲区政府网")
        assert [(one.target, one.call.items, one.rounds_since) for one in found] == [(NEWS, 20, 3)]
        assert len(endpoints.all_of(session)) == 2


def test_a_round_knows_how_many_targets_were_read_through_a_call(june: Engine) -> None:
    with transaction(june) as session:
        rounds = {day: round_id(session, day) for day in DAYS}
        for target, signs in ((NEWS, ["json", "endpoint"]), (POLICY, ["endpoint_distrusted"])):
            due = session.query(Due).filter_by(round_id=rounds[DAYS[2]], target=target).one()
            session.query(ObservationRow).filter_by(due_id=due.id).delete()
            session.add(
                ObservationRow(
                    round_id=due.round_id,
                    due_id=due.id,
                    target=target,
                    observed_at=at(DAYS[2]),
                    outcome="read",
                    item_count=1,
                    confidence=0.8,
                    signs=signs,
                    fetches=[],
                )
            )
        session.flush()
        assert endpoints.read_through(session, rounds[DAYS[2]]) == 1
        assert endpoints.read_through(session, rounds[DAYS[0]]) == 0
