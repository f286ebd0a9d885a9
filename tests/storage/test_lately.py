"""What the ledger says of earlier rounds: who was read plainly, whom it is no use to render."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from rules.facts import Client, Outcome
from rules.marks import ENDPOINT
from storage import ledger
from storage.engine import transaction
from storage.models import Due, Fetch, Round
from tests.months import DAYS, NEWS, write_june

AT = datetime(2022, 6, 13, 3, tzinfo=UTC)


def looked(
    engine: Engine,
    client: Client,
    outcome: Outcome,
    *,
    day: int = 1,
    confidence: float = 0.9,
    signs: tuple[str, ...] = (),
) -> None:
    """One look at the column in the round of a day."""
    with transaction(engine) as session:
        query = select(Due).join(Round, Due.round_id == Round.id)
        due = session.scalars(query.where(Due.target == NEWS, Round.check_date == DAYS[day])).one()
        session.add(
            Fetch(
                due_id=due.id,
                look=0,
                client=client,
                at=AT,
                elapsed_ms=1,
                url=due.url,
                final_url=due.url,
                outcome=outcome,
                confidence=confidence,
                signs=list(signs),
            )
        )


@pytest.fixture
def june(engine: Engine) -> Engine:
    write_june(engine)
    return engine


def last_round(engine: Engine) -> int:
    with transaction(engine) as session:
        return session.scalars(select(Round.id).where(Round.check_date == DAYS[2])).one()


@pytest.mark.parametrize(
    ("outcome", "confidence", "signs", "day", "plain"),
    [
        pytest.param(Outcome.READ, 0.9, (), 1, True, id="read"),
        pytest.param(Outcome.READ, 0.4, (), 1, False, id="in doubt"),
        pytest.param(Outcome.READ, 0.9, (ENDPOINT,), 1, False, id="by its call"),
        pytest.param(Outcome.EMPTY, 0.9, (), 1, False, id="empty"),
        pytest.param(Outcome.READ, 0.9, (), 0, False, id="two rounds ago"),
    ],
)
def test_plainly_read_is_what_the_round_before_read_over_http(
    june: Engine, outcome: Outcome, confidence: float, signs: tuple[str, ...], day: int, plain: bool
) -> None:
    looked(june, Client.HTTP, outcome, day=day, confidence=confidence, signs=signs)
    number = last_round(june)
    with transaction(june) as session:
        assert (NEWS in ledger.plainly_read(session, number)) is plain


def test_what_the_browser_read_was_not_read_plainly(june: Engine) -> None:
    looked(june, Client.BROWSER, Outcome.READ)
    number = last_round(june)
    with transaction(june) as session:
        assert ledger.plainly_read(session, number) == frozenset()


@pytest.mark.parametrize(("outcome", "vain"), [(Outcome.SCRIPT_SHELL, True), (Outcome.READ, False)])
def test_what_the_browser_could_not_read_lately_is_not_worth_rendering(
    june: Engine, outcome: Outcome, vain: bool
) -> None:
    looked(june, Client.BROWSER, outcome)
    number = last_round(june)
    with transaction(june) as session:
        assert (NEWS in ledger.not_worth_rendering(session, number)) is vain
