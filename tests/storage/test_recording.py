"""Looks stored together: each as if it were stored by itself."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, select

from rules.facts import Client, NextLook, Outcome, Purpose, Sight
from rules.sights import conclude
from storage import ledger
from storage.engine import transaction
from storage.ledger import Record
from storage.models import Due, DueState, Fetch, ObservationRow, Round
from tests.months import DAYS, write_june

AT = datetime(2022, 6, 6, 3, tzinfo=UTC)
READ = Sight(AT, Client.HTTP, Outcome.READ)
LATER = NextLook(AT, Client.BROWSER, Purpose.PROVE)


def look(due: Due, number: int) -> Fetch:
    return Fetch(
        due_id=due.id,
        look=number,
        client=Client.HTTP,
        at=AT,
        elapsed_ms=1,
        url=due.url,
        final_url=due.url,
        outcome=Outcome.READ,
        signs=[],
    )


def test_of_looks_stored_together_some_conclude_some_wait_and_what_stands_is_not_doubled(
    engine: Engine,
) -> None:
    write_june(engine)
    with transaction(engine) as session:
        query = select(Due).join(Round, Due.round_id == Round.id).order_by(Due.id)
        done, waits, stands = session.scalars(query.where(Round.check_date == DAYS[0])).all()[:3]
        before = {due.id: list(ledger.fetches(session, due.id)) for due in (done, waits, stands)}
        for due in (done, waits):
            due.state = DueState.PENDING
        concluded = conclude((READ,))
        session.query(ObservationRow).where(ObservationRow.due_id == done.id).delete()
        ledger.record_looks(
            session,
            [
                Record(look(done, done.looks), None, concluded),
                Record(look(waits, waits.looks), LATER, None),
                Record(look(stands, 0), None, concluded),
            ],
        )
    with transaction(engine) as session:
        seen = {due.id: ledger.fetches(session, due.id) for due in (done, waits, stands)}
        fresh = {due_id: len(found) - len(before[due_id]) for due_id, found in seen.items()}
        assert fresh == {done.id: 1, waits.id: 1, stands.id: 0}
        row = session.query(ObservationRow).where(ObservationRow.due_id == done.id).one()
        assert row.fetches == [fetch.id for fetch in seen[done.id]]
        asked = session.get_one(Due, waits.id)
        assert (asked.state, asked.client, asked.purpose) == (
            DueState.RECHECK,
            LATER.client,
            LATER.purpose,
        )
        assert session.get_one(Due, done.id).state == DueState.DONE
