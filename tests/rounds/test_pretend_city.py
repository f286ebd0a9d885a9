"""The main job on pretend cities: exactly the planted faults, no innocent accused."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.browser.finding import find_browser
from demo.account_truth import expected_accounts, may_be_unknown, must_be_unknown
from demo.comparing import differences
from demo.disclosure_truth import expected_rows
from demo.notice_truth import account_rows, figures, site_rows, submission_rows
from demo.truth import ExpectedFault, expected
from tests.rounds.city import COMMAND, query

# Both cities with the browser that the machine has; and the first over plain HTTP alone.
RUNS = [
    pytest.param((0, ""), marks=pytest.mark.browser, id="first"),
    pytest.param((7, ""), marks=pytest.mark.browser, id="second"),
    pytest.param((0, "off"), id="first-http"),
]
STRANGERS = 9  # columns of 911 that a reader may fail to read though a person could
RENDERED_AGAIN = 0.05  # of what the first round rendered to read a list (design, section 9)
INCOMPATIBLE = "网页不兼容"
CHECK_DAYS = [f"2022-06-{day:02}" for day in (6, 13, 20, 27)]


@pytest.fixture(scope="module", params=RUNS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CityRun:
    seed, browser = request.param
    if not browser and find_browser() is None:
        pytest.skip("no browser")
    folder = tmp_path_factory.mktemp("city") / "demo"
    done = subprocess.run(
        [*COMMAND, "demo", "--dir", str(folder), "--seed", str(seed)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XUNJIAN_BROWSER": browser},
    )
    return CityRun(seed, not browser, folder, done)


class CityRun:
    """One run of the demo: the seed of its city, and whether a browser looked, too."""

    def __init__(
        self, seed: int, browser: bool, folder: Path, done: subprocess.CompletedProcess[str]
    ) -> None:
        self.seed, self.browser, self.folder, self.done = seed, browser, folder, done

    def notice(self) -> dict[str, Any]:
        """The month's notice that the run ended with."""
        text = (self.folder / "out" / "notice-2022-06.json").read_text("utf-8")
        return dict(json.loads(text))

    def is_provable(self, fault: ExpectedFault) -> bool:
        """Whether the machine can prove a fault here."""
        return fault.by == "machine" and (self.browser or not fault.needs_browser)


@pytest.mark.long
def test_four_rounds_are_complete_and_within_the_budget(city: CityRun) -> None:
    assert city.done.returncode == 0, city.done.stderr[-2000:]
    rows = query(city.folder, "select check_date, status from round order by check_date")
    assert rows == [(day, "complete") for day in CHECK_DAYS]


@pytest.mark.long
def test_the_violation_table_holds_exactly_what_can_be_proved(city: CityRun) -> None:
    rows = query(
        city.folder,
        'select site, "column", problem, newest, days, rounds from violation'
        f" where site is not null and problem <> '{INCOMPATIBLE}'",  # a person's word, see below
    )
    proved = [fault for fault in expected(city.seed).faults if city.is_provable(fault)]
    assert len(proved) == (8 if city.browser else 7)
    assert sorted(rows) == sorted(as_row(fault) for fault in proved)


def as_row(fault: ExpectedFault) -> tuple[object, ...]:
    rounds = ", ".join(f'"{day}"' for day in fault.rounds)
    newest = fault.newest.isoformat() if fault.newest else None
    return fault.site, fault.column, fault.problem, newest, fault.days, f"[{rounds}]"


@pytest.mark.long
def test_every_violation_has_a_bundle_that_verifies(city: CityRun) -> None:
    rows = query(city.folder, "select evidence, rounds, site from violation")
    for evidence, rounds, site in rows:
        paths = json.loads(evidence)
        if site is None:
            for day in json.loads(rounds):
                kinds = {Path(path).name for path in paths if path.startswith(day)}
                assert {"case.json", "exchanges.warc.gz"} <= kinds
            continue
        for day in json.loads(rounds):
            kinds = {Path(path).name for path in paths if path.startswith(day)}
            assert {"case.json", "exchanges.warc.gz", "items.json"} <= kinds
            assert ("page.png" in kinds) is city.browser or "page.png" not in kinds
    done = subprocess.run(
        [*COMMAND, "--workspace", str(city.folder), "evidence", "verify"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_what_waits_for_a_browser_or_a_person_stands_among_the_unknowns(city: CityRun) -> None:
    seen = unknown_rounds(city)
    for fault in expected(city.seed).faults:
        if not fault.needs_browser or city.is_provable(fault):
            continue
        reasons = {reason for _, reason in seen[fault.site, fault.column]}
        assert {day for day, _ in seen[fault.site, fault.column]} == set(fault.rounds)
        if city.browser:
            assert reasons == {"incompatible"}
        elif fault.by == "machine":
            assert reasons == {"one_client"}
    assert ("没有可用的浏览器" in city.done.stderr) is not city.browser


@pytest.mark.long
def test_what_must_be_unknown_is_and_hardly_anything_else(city: CityRun) -> None:
    truth = expected(city.seed)
    seen = unknown_rounds(city)
    allowed = {(row.site, row.column): row for row in truth.unknowns}
    waiting = {(f.site, f.column) for f in truth.faults if f.needs_browser}
    strangers = set(seen) - set(allowed) - waiting
    assert len(strangers) <= STRANGERS, strangers
    for place, row in allowed.items():
        if place in waiting:
            continue
        reasons = row.browser if city.browser else row.http
        days = {day for day, _ in seen.get(place, set())}
        assert {reason for _, reason in seen.get(place, set())} <= reasons, (place, row.why)
        assert days <= set(row.rounds), (place, row.why)
        if row.browser_must if city.browser else row.must:
            assert days == set(row.rounds), (place, row.why)


@pytest.mark.long
def test_no_innocent_column_is_accused_in_any_round(city: CityRun) -> None:
    guilty = {(f.site, f.column): set(f.rounds) for f in expected(city.seed).faults}
    rows = query(
        city.folder,
        "select d.site, v.target, r.check_date from verdict v join round r on r.id = v.round_id"
        " join due d on d.round_id = v.round_id and d.target = v.target"
        " where v.truth = 'violation' and d.site is not null",
    )
    assert rows
    for site, target, day in rows:
        column = target.removeprefix(f"{site}/")
        assert date.fromisoformat(day) in guilty.get((site, column), set()), target


@pytest.mark.long
def test_the_published_annex_has_its_nine_rows(city: CityRun) -> None:
    """Eight that the machine decides, and three columns of one site that wait for a person."""
    if not city.browser:
        pytest.skip("two of the nine need a browser")
    proposed = query(
        city.folder,
        f"select site, \"column\", rounds from proposal where problem = '{INCOMPATIBLE}'",
    )
    by_person = [fault for fault in expected(city.seed).faults if fault.by == "person"]
    assert sorted(proposed) == sorted(
        (fault.site, fault.column, json.dumps([day.isoformat() for day in fault.rounds]))
        for fault in by_person
    )
    rows = query(city.folder, "select site, problem from violation where site is not null")
    confirmed = [site for site, problem in rows if problem == INCOMPATIBLE]
    assert sorted(confirmed) == sorted(site for site, _, _ in proposed)
    assert len(proposed) == 3
    assert len(rows) - len(confirmed) + len(set(confirmed)) == 9


@pytest.mark.long
def test_annexes_two_and_three_are_exact_and_nobody_else_is_named(city: CityRun) -> None:
    rows = query(
        city.folder,
        'select "list", account, unit, platform, problem, rounds from violation'
        " where account is not null",
    )
    wanted = [
        (
            "account_failed" if row.stale else "account_problem",
            row.name,
            row.unit,
            row.platform,
            row.problem,
            json.dumps([day.isoformat() for day in row.rounds]),
        )
        for row in expected_accounts(city.seed)
    ]
    assert sorted(rows) == sorted(wanted)
    assert [row.stale for row in expected_accounts(city.seed)].count(True) == 1
    assert len({(row.platform, row.ident) for row in expected_accounts(city.seed)}) == 24


@pytest.mark.long
def test_the_accounts_that_nobody_can_read_are_unknown_and_no_others(city: CityRun) -> None:
    rows = query(
        city.folder,
        "select v.target, count(*) from verdict v join due d on d.round_id = v.round_id"
        " and d.target = v.target where v.truth = 'unknown' and d.target_kind = 'account'"
        " group by v.target",
    )
    seen = {tuple(target.split(":", 1)): rounds for target, rounds in rows}
    assert set(seen) <= may_be_unknown(city.seed, browser=city.browser)
    for place in must_be_unknown(city.seed):
        assert seen.get(place) == 2, place
    if city.browser:
        assert max(seen.values()) < len(CHECK_DAYS), "an account that no round could read"


@pytest.mark.long
def test_what_the_first_round_rendered_to_read_the_second_does_not(city: CityRun) -> None:
    if not city.browser:
        pytest.skip("no browser")
    rows = query(city.folder, "select report from round order by check_date")
    first, second, *_ = (json.loads(report)["rendered"]["to_read"] for (report,) in rows)
    assert first >= 30
    assert second <= RENDERED_AGAIN * first, rendered_to_read(city, CHECK_DAYS[1])


@pytest.mark.long
def test_the_notice_names_exactly_whom_it_must_and_counts_what_is_so(city: CityRun) -> None:
    found = city.notice()
    proved = [fault for fault in expected(city.seed).faults if city.is_provable(fault)]
    if city.browser:
        proved = list(expected(city.seed).faults)  # a person confirmed what is only proposed
        assert found["figures"] == figures(city.seed)
        assert len(found["annex1"]) == 9
    assert in_any_order(found["annex1"]) == in_any_order(site_rows(proved))
    for annex, stale in (("annex2", True), ("annex3", False)):
        wanted = account_rows(city.seed, stale=stale)
        assert in_any_order(found[annex]) == in_any_order(wanted)
    assert found["annex4"] == submission_rows(city.seed, counties=True)
    assert found["annex5"] == submission_rows(city.seed, counties=False)
    assert found["failed_sites"] == []
    if city.browser:
        assert found["annex6"] == [
            asdict(row) for row in expected_rows(city.seed, after_rounds=True)
        ]


@pytest.mark.long
def test_the_published_notice_differs_in_its_own_slips_alone(city: CityRun) -> None:
    if city.seed:
        assert "公布的通报" not in city.done.stdout
        return
    text = (city.folder / "out" / "notice-2022-06.txt").read_text("utf-8-sig")
    found = differences(city.notice(), text)
    unexplained = [one for one in found if not one.why]
    if city.browser:
        assert unexplained == []
        assert "与公布的通报逐行一致" in city.done.stdout
    else:  # what a browser proves is missing, and said to be
        assert {"附件1", "附件6"} <= {one.place for one in unexplained}
        assert "没有说明" in city.done.stdout


def in_any_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(_sorted(row), ensure_ascii=False, sort_keys=True) for row in rows)


def _sorted(row: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(cell) if isinstance(cell, list) else cell for key, cell in row.items()}


def rendered_to_read(city: CityRun, day: str) -> list[str]:
    """What a round rendered to read, for who must find out why."""
    rows = query(
        city.folder,
        "select d.target from fetch f join due d on d.id = f.due_id"
        f" join round r on r.id = d.round_id where r.check_date = '{day}'"
        " and f.client = 'browser' and f.purpose = 'read' order by 1",
    )
    return [target for (target,) in rows]


def unknown_rounds(city: CityRun) -> dict[tuple[str, str], set[tuple[date, str]]]:
    """The unknown verdicts by site and column: the check days and reasons."""
    rows = query(
        city.folder,
        "select d.site, v.target, r.check_date, v.reason from verdict v"
        " join round r on r.id = v.round_id"
        " join due d on d.round_id = v.round_id and d.target = v.target"
        " where v.truth = 'unknown' and d.site is not null",
    )
    found: dict[tuple[str, str], set[tuple[date, str]]] = {}
    for site, target, day, reason in rows:
        place = (site, target.removeprefix(f"{site}/"))
        found.setdefault(place, set()).add((date.fromisoformat(day), reason))
    return found
