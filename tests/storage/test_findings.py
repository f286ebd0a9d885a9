"""What stayed unknown, what is near its limit, and how the rounds stand."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from storage.engine import reading
from storage.findings import known_sites, rounds, unknowns, warnings
from storage.violations import Narrow
from tests.months import DAYS, MUTE, POLICY, STATS, at, write_june


@pytest.fixture
def june(engine: Engine) -> Engine:
    write_june(engine)
    return engine


def test_an_unknown_target_stands_once_with_all_its_rounds(june: Engine) -> None:
    with reading(june) as session:
        found = unknowns(session)
    assert [(one.target, one.reason, one.rounds) for one in found] == [
        (STATS, "blocked", (DAYS[0],)),
        (MUTE, "blocked", (DAYS[0], DAYS[1])),
    ]
    assert found[1].url == "http://bing.example.test/gg/"
    assert found[1].register_hash == "register"


def test_a_warning_tells_the_age_of_its_last_round(june: Engine) -> None:
    with reading(june) as session:
        (found,) = warnings(session)
    assert (found.target, found.newest, found.days, found.limit) == (
        POLICY,
        date(2021, 12, 20),
        175,
        184,
    )
    assert found.rounds == (DAYS[1],)


@pytest.mark.parametrize(
    ("narrow", "targets"),
    [
        (Narrow(month="2022-06"), [STATS, MUTE]),
        (Narrow(month="2022-05"), []),
        (Narrow(month="2022-07"), []),
        (Narrow(round=DAYS[1]), [MUTE]),
        (Narrow(site="丙局网"), [MUTE]),
    ],
)
def test_unknowns_are_narrowed(june: Engine, narrow: Narrow, targets: list[str]) -> None:
    with reading(june) as session:
        assert [one.target for one in unknowns(session, narrow)] == targets


def test_a_round_is_counted_from_its_ledger_under_its_own_profile(june: Engine) -> None:
    with reading(june) as session:
        first, second, last = rounds(session)
    assert (first.check_date, first.status, first.due, first.done) == (DAYS[0], "complete", 4, 4)
    assert dict(first.truths) == {"ok": 1, "unknown": 2, "violation": 1}
    assert dict(first.reasons) == {"blocked": 2}
    assert (first.controls_probed, first.controls_answered, first.looks) == (3, 2, 8)
    assert (first.opened_at, first.closed_at) == (at(DAYS[0]), at(DAYS[0], 2))
    assert second.report == {"over_budget": True}
    assert (last.status, last.due, last.done, dict(last.truths)) == ("incomplete", 4, 1, {})


def test_no_round_is_no_trouble(engine: Engine) -> None:
    with reading(engine) as session:
        assert rounds(session) == []
        assert unknowns(session) == []
        assert known_sites(session) == []


def test_every_site_that_was_ever_due_is_known(june: Engine) -> None:
    with reading(june) as session:
        assert set(known_sites(session)) == {"甲区政府网", "乙局网", "丙局网"}
