"""The main job on pretend cities: exactly the planted faults, no innocent accused."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from demo.truth import ExpectedFault, expected
from tests.rounds.city import COMMAND, query

SEEDS = (0, 7)
STRANGERS = 9  # columns of 911 that a reader may fail to read though a person could
CHECK_DAYS = [f"2022-06-{day:02}" for day in (6, 13, 20, 27)]


@pytest.fixture(scope="module", params=SEEDS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CityRun:
    seed: int = request.param
    folder = tmp_path_factory.mktemp("city") / "demo"
    done = subprocess.run(
        [*COMMAND, "demo", "--dir", str(folder), "--seed", str(seed)],
        capture_output=True,
        text=True,
        check=False,
    )
    return CityRun(seed, folder, done)


class CityRun:
    """One run of the demo, and the seed of its city."""

    def __init__(self, seed: int, folder: Path, done: subprocess.CompletedProcess[str]) -> None:
        self.seed, self.folder, self.done = seed, folder, done


@pytest.mark.long
def test_four_rounds_are_complete_and_within_the_budget(city: CityRun) -> None:
    assert city.done.returncode == 0, city.done.stderr[-2000:]
    rows = query(city.folder, "select check_date, status from round order by check_date")
    assert rows == [(day, "complete") for day in CHECK_DAYS]


@pytest.mark.long
def test_the_violation_table_holds_exactly_what_plain_http_can_prove(city: CityRun) -> None:
    rows = query(
        city.folder,
        'select site, "column", problem, newest, days, rounds from violation',
    )
    proved = [fault for fault in expected(city.seed).faults if not fault.needs_browser]
    assert len(proved) == 7
    assert sorted(rows) == sorted(as_row(fault) for fault in proved)


def as_row(fault: ExpectedFault) -> tuple[object, ...]:
    rounds = ", ".join(f'"{day}"' for day in fault.rounds)
    newest = fault.newest.isoformat() if fault.newest else None
    return fault.site, fault.column, fault.problem, newest, fault.days, f"[{rounds}]"


@pytest.mark.long
def test_what_waits_for_the_browser_stands_among_the_unknowns(city: CityRun) -> None:
    [dead] = [fault for fault in expected(city.seed).faults if fault.problem == "栏目打不开"]
    assert unknown_rounds(city)[dead.site, dead.column] == {
        (day, "one_client") for day in dead.rounds
    }
    assert "浏览器" in city.done.stdout


@pytest.mark.long
def test_what_must_be_unknown_is_and_hardly_anything_else(city: CityRun) -> None:
    truth = expected(city.seed)
    seen = unknown_rounds(city)
    allowed = {(row.site, row.column): row for row in truth.unknowns}
    waiting = {(fault.site, fault.column) for fault in truth.faults if fault.needs_browser}
    strangers = set(seen) - set(allowed) - waiting
    assert len(strangers) <= STRANGERS, strangers
    for place, row in allowed.items():
        if place in waiting:
            continue
        assert {reason for _, reason in seen.get(place, set())} <= row.http, place
        if row.must:
            assert {day for day, _ in seen[place]} == set(row.rounds), place


def unknown_rounds(city: CityRun) -> dict[tuple[str, str], set[tuple[date, str]]]:
    """The unknown verdicts by site and column: the check days and reasons."""
    rows = query(
        city.folder,
        "select d.site, v.target, r.check_date, v.reason from verdict v"
        " join round r on r.id = v.round_id"
        " join due d on d.round_id = v.round_id and d.target = v.target"
        " where v.truth = 'unknown'",
    )
    found: dict[tuple[str, str], set[tuple[date, str]]] = {}
    for site, target, day, reason in rows:
        place = (site, target.removeprefix(f"{site}/"))
        found.setdefault(place, set()).add((date.fromisoformat(day), reason))
    return found
