"""The desk and learned calls: what it loads, what it writes with a look, when it wants a render."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.desk import Desk
from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.lessons import VERIFY_EVERY
from crawler.endpoints.recipe import Recipe
from crawler.job import Job
from crawler.learned import call_of, known_calls
from crawler.look import Answer, Exchange, Look
from crawler.opening import due_targets, open_or_resume
from rules.facts import Client, Outcome, PageReading, PageState
from rules.kinds import ColumnKind
from rules.marks import ENDPOINT, ENDPOINT_DISTRUSTED
from rules.profiles import load_profile
from rules.register import Column, Register, Site
from storage import endpoints
from storage.engine import transaction
from storage.models import Due, DueState, ExchangeRow
from tests.crawler.endpoints.envelopes import draw, news, token, visit

RNG = random.Random(1)
ENVELOPE = draw(RNG, token_place="hidden", carrier="query", jsonp=False)
URL = ENVELOPE.page_url
TARGET = "某网/动态"
FIRST = date(2022, 5, 6)
DAYS = [FIRST + timedelta(days=7 * n) for n in range(VERIFY_EVERY + 1)]
NOW = datetime(2022, 6, 3, 3, tzinfo=UTC)
SEEN = visit(ENVELOPE, news(RNG, DAYS[1], 12), token(RNG))
REGISTER = Register(
    city="示例市",
    sites=(
        Site(
            "某网", "甲局", URL, columns=(Column(TARGET, "动态", URL, ColumnKind.NEWS, limit=90),)
        ),
    ),
)


@pytest.fixture
def rounds(engine: Engine) -> dict[date, int]:
    """A round for every day; the call was learned in the first."""
    found = {}
    profile = load_profile("national", None)
    for day in DAYS:
        due = due_targets(REGISTER, day, behind_proxy=True)
        with transaction(engine) as session:
            row = open_or_resume(
                session, REGISTER, profile, check_date=day, as_of=day, now=NOW, due=due
            )
            found[day] = row.id
    with transaction(engine) as session:
        endpoints.learn(session, TARGET, call_of(recipe()), FIRST)
    return found


def recipe() -> Recipe:
    found = learn(Rendered(URL, SEEN.exchanges, SEEN.shown, DAYS[-1]))
    assert found is not None
    return found


def desk_of(engine: Engine, tmp_path: Path, round_id: int, day: date, client: str = "http") -> Desk:
    job = Job(
        database_url="",
        bodies_folder=str(tmp_path / "bodies"),
        round_id=round_id,
        shard=0,
        spider="",
        recheck_after=(1.0,),
        as_of=day.isoformat(),
        user_agent="",
        body_limit=0,
        memory_mb=0,
        seconds=0,
        log_level="",
        only=(TARGET,),
        client=client,
        browser="/usr/bin/chromium",
        evidence_folder=str(tmp_path / "cases"),
    )
    return Desk(engine, job, lambda: NOW)


def looked(*signs: str, reading: PageReading = SEEN.shown) -> Look:
    answer = Answer(NOW, 5, URL, URL, status=200, headers={}, body=b"<html></html>")
    page = Exchange(NOW, "GET", URL, "document", 200, {}, b"<html></html>")
    call = replace(SEEN.exchanges[-1], at=NOW)
    read = reading.state is PageState.LIST
    outcome = Outcome.READ if read else Outcome.SCRIPT_SHELL
    return Look(answer, outcome, replace(reading, signs=signs), exchanges=(page, call))


SHELL = PageReading(PageState.SCRIPT_SHELL, confidence=0.8)


def finish(engine: Engine, tmp_path: Path, rounds: dict[date, int], day: date, look: Look) -> Due:
    desk = desk_of(engine, tmp_path, rounds[day], day)
    (task,) = desk.tasks
    desk.finish(task, look, controls_ok=True)
    desk.flush()
    with transaction(engine) as session:
        row = session.query(Due).filter_by(round_id=rounds[day]).one()
        session.expunge(row)
        return row


def test_the_call_is_known_from_the_next_round_on(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    known = [desk_of(engine, tmp_path, rounds[day], day).known_calls for day in DAYS]
    assert [list(one) for one in known] == [[]] + [[TARGET]] * VERIFY_EVERY
    assert known[1][TARGET].recipe == recipe()
    assert [one[TARGET].is_due for one in known[1:]] == [False, False, False, True]


def test_a_believed_call_settles_its_target_without_a_browser(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    due = finish(engine, tmp_path, rounds, DAYS[1], looked(ENDPOINT))
    assert due.state == DueState.DONE
    with transaction(engine) as session:
        found = endpoints.of_target(session, TARGET)
        assert found is not None
        assert (found.rounds_since, found.call.items) == (1, 12)


def test_a_call_that_is_due_is_rendered_to_be_compared(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    due = finish(engine, tmp_path, rounds, DAYS[-1], looked(ENDPOINT))
    assert (due.state, due.client, due.purpose) == (DueState.RECHECK, "browser", "read")
    desk = desk_of(engine, tmp_path, rounds[DAYS[-1]], DAYS[-1], "browser")
    (task,) = desk.tasks
    rendered = replace(looked(), client=Client.BROWSER, exchanges=SEEN.exchanges)
    desk.finish(task, rendered, controls_ok=None)
    desk.flush()
    with transaction(engine) as session:
        found = endpoints.of_target(session, TARGET)
        assert found is not None
        assert (found.learned_on, found.verified_on) == (FIRST, DAYS[-1])
        assert session.query(Due).filter_by(round_id=rounds[DAYS[-1]]).one().state == DueState.DONE


def test_a_call_that_is_not_believed_is_forgotten_with_its_look(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    look = looked(ENDPOINT_DISTRUSTED, reading=SHELL)
    due = finish(engine, tmp_path, rounds, DAYS[2], look)
    assert (due.client, due.purpose) == ("browser", "read")
    with transaction(engine) as session:
        assert endpoints.of_target(session, TARGET) is None


def test_a_call_that_a_render_teaches_is_not_known_in_the_same_round(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    with transaction(engine) as session:
        endpoints.forget(session, TARGET)
    finish(engine, tmp_path, rounds, DAYS[1], looked(reading=SHELL))
    desk = desk_of(engine, tmp_path, rounds[DAYS[1]], DAYS[1], "browser")
    (task,) = desk.tasks
    rendered = replace(looked(), client=Client.BROWSER, exchanges=SEEN.exchanges)
    desk.finish(task, rendered, controls_ok=None)
    desk.flush()
    assert desk_of(engine, tmp_path, rounds[DAYS[1]], DAYS[1]).known_calls == {}
    assert list(desk_of(engine, tmp_path, rounds[DAYS[2]], DAYS[2]).known_calls) == [TARGET]


def test_the_exchange_of_a_call_is_kept_while_its_target_is_unsettled(
    engine: Engine, tmp_path: Path, rounds: dict[date, int]
) -> None:
    items = tuple(replace(item, date=date(2021, 1, 1)) for item in SEEN.shown.items)
    stale = replace(SEEN.shown, items=items, newest=date(2021, 1, 1))
    finish(engine, tmp_path, rounds, DAYS[1], looked(ENDPOINT, reading=stale))
    finish(engine, tmp_path, rounds, DAYS[2], looked(ENDPOINT))
    with transaction(engine) as session:
        (kept,) = session.query(ExchangeRow).all()
        assert (kept.method, kept.url) == (SEEN.exchanges[-1].method, SEEN.exchanges[-1].url)


def test_calls_learned_in_one_round_are_verified_over_the_next_ones_and_then_every_few(
    engine: Engine, rounds: dict[date, int]
) -> None:
    names = {f"某网/栏目{n}" for n in range(60)}
    due: dict[date, set[str]] = {}
    with transaction(engine) as session:
        for name in names:
            endpoints.learn(session, name, call_of(recipe()), FIRST)
        for day in DAYS[1:]:
            known = known_calls(session, rounds[day], names)
            due[day] = {name for name, one in known.items() if one.is_due}
            for name in due[day]:
                endpoints.verify(session, name, call_of(recipe()), day)
    assert due[DAYS[1]] == set()
    assert all(len(due[day]) > 10 for day in DAYS[2:])
    assert set.union(*due.values()) == names
    assert sum(map(len, due.values())) == len(names)
