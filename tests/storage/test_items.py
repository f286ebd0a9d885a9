"""First sights in the ledger: written once, with the day on which the entry was not there yet."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from rules.facts import Client, Item, Outcome, Sight
from rules.marks import ENDPOINT
from rules.sights import conclude
from storage import ledger
from storage.engine import transaction
from storage.items import Sighting, had_items, key_of, past_of, path_of, remember
from storage.models import Due, DueState, Fetch, ItemRow, Round
from tests.months import DAYS, NEWS, write_june

AT = datetime(2022, 6, 6, 3, tzinfo=UTC)
ONE = Item("关于甲的通知", "http://www.example.test/1.html", date(2022, 6, 1))
TWO = Item("关于乙的通知", "http://www.example.test/2.html")


def see(engine: Engine, *items: Item, since: date | None = None, day: date = DAYS[0]) -> None:
    with transaction(engine) as session:
        remember(session, [Sighting(NEWS, items, AT, day, since, "http")])


def test_an_entry_is_written_once(engine: Engine) -> None:
    see(engine, ONE)
    see(engine, ONE, TWO, since=DAYS[0], day=DAYS[1])
    with transaction(engine) as session:
        rows = session.execute(select(ItemRow.title, ItemRow.seen_on, ItemRow.since)).all()
    assert sorted(map(tuple, rows), key=str) == [
        ("关于乙的通知", DAYS[1], DAYS[0]),
        ("关于甲的通知", DAYS[0], None),
    ]


def test_the_past_of_a_list_holds_what_is_known_of_its_entries(engine: Engine) -> None:
    see(engine, ONE)
    with transaction(engine) as session:
        past = past_of(session, NEWS, [ONE, TWO], "http")
        assert dict(past.since) == {key_of(ONE): None}
        [(printed, seen_on)] = past.first.values()
        assert (printed, seen_on) == (ONE.date, DAYS[0])
        assert past_of(session, "另一个/栏目", [ONE, TWO], "http").since == {}


def read_once(engine: Engine, *signs: str) -> None:
    """One look of the first round that read the column over HTTP, with these signs."""
    sight = Sight(AT, Client.HTTP, Outcome.READ, signs=signs)
    with transaction(engine) as session:
        query = select(Due).join(Round, Due.round_id == Round.id)
        due = session.scalars(query.where(Due.target == NEWS, Round.check_date == DAYS[0])).one()
        due.state = DueState.PENDING
        fetch = Fetch(
            due_id=due.id,
            look=due.looks,
            client=sight.client,
            at=AT,
            elapsed_ms=1,
            url=due.url,
            final_url=due.url,
            outcome=sight.outcome,
            signs=list(signs),
        )
        ledger.record_look(session, fetch, again=None, observation=conclude((sight,)))


@pytest.mark.parametrize(
    ("signs", "path", "other"), [((), "http", "endpoint"), ((ENDPOINT,), "endpoint", "http")]
)
def test_it_knows_when_the_list_was_last_read_by_the_same_path(
    engine: Engine, signs: tuple[str, ...], path: str, other: str
) -> None:
    write_june(engine)
    see(engine, ONE)
    read_once(engine, *signs)
    with transaction(engine) as session:
        assert past_of(session, NEWS, [ONE], path).read_on == DAYS[0]
        assert past_of(session, NEWS, [ONE], other).read_on is None
        assert past_of(session, NEWS, [TWO], path).read_on is None  # nothing known to compare


def test_a_column_that_ever_had_entries_is_known(engine: Engine) -> None:
    with transaction(engine) as session:
        assert not had_items(session, NEWS)
    see(engine, ONE)
    with transaction(engine) as session:
        assert had_items(session, NEWS)


def test_titles_that_no_database_keeps_are_remembered_all_the_same(engine: Engine) -> None:
    see(engine, Item("坏\x00\ud800字符", "http://www.example.test/3.html"))
    with transaction(engine) as session:
        assert session.scalars(select(ItemRow.title)).one() == "坏\ufffd\ufffd字符"


def test_a_path_is_named_by_who_looked_and_what_was_asked() -> None:
    assert path_of(Client.HTTP, ()) == "http"
    assert path_of(Client.HTTP, (ENDPOINT,)) == "endpoint"
    assert path_of(Client.BROWSER, ()) == "browser"
