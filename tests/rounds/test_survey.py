"""`xunjian survey` over the wire: misbehaving sites, a killed run that goes on, blindness."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import crawler.survey.running as running
from cli.rounds_run import Options, crawl_settings, open_city
from cli.workspace import Workspace
from crawler.browser.finding import find_browser
from crawler.survey.running import SurveyReport, Wanted, survey_month
from crawler.survey.targets import SITES, site_targets
from demo.founding import city_of
from demo.register import write_register
from demo.serving import open_city as serve_city
from demo.serving import port_of
from demo.survey_truth import expected_feet
from rules.register import Register
from rules.site_checks import CHECKS
from tests.misbehaving import Misbehaving, misbehaving_server
from tests.rounds.city import COMMAND, column, query, write_city

QUICK = {
    "name": "quick",
    "extends": "national",
    "independent_after": "1s",
    "answer_within": "2s",
    "host_delay": "0s",
    "survey_share": 1.0,
}
DAY = "2022-06-20"
STANDS = "select site, code, truth, count, places from site_check order by site, code"


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


def town(
    folder: Path,
    server: Misbehaving,
    names: Sequence[str],
    *,
    controls: Sequence[str] = ("control",),
) -> None:
    """A workspace with one site for each behaviour: its home page, and a column that is well."""
    write_city(folder, server, [], profile=QUICK, controls=controls)
    register = yaml.safe_load((folder / "rules.yaml").read_text("utf-8"))
    register["sites"] = [
        {
            "name": name,
            "unit": "市测试局",
            "url": server.url(name),
            "columns": [column("要闻", "fresh")],
        }
        for name in names
    ]
    (folder / "rules.yaml").write_text(yaml.safe_dump(register, allow_unicode=True), "utf-8")


def command(folder: Path, *more: str) -> list[str]:
    run = [*COMMAND, "--workspace", str(folder), "survey", "--as-of", DAY, "--format", "json"]
    return [*run, *more]


def survey(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, *more), capture_output=True, text=True, check=False, timeout=100
    )


def stands(folder: Path) -> list[tuple[Any, ...]]:
    return query(folder, STANDS)


@pytest.mark.long
def test_misbehaving_home_pages_are_unknown_and_accuse_nobody(
    server: Misbehaving, tmp_path: Path
) -> None:
    names = ["jsl_521", "walled", "hung_up", "too_slow", "missing", "robots_denied", "scripted"]
    town(tmp_path, server, names)
    done = survey(tmp_path, "--all")
    assert done.returncode == 0, done.stderr
    accused = {code for _, code, truth, *_ in stands(tmp_path) if truth == "violation"}
    assert accused <= {"domain", "header_name", "page_tags"}  # what the pages that came do show
    assert {code for _, code, *_ in stands(tmp_path)} <= set(CHECKS)
    assert {site for site, *_ in stands(tmp_path)} == set(names)
    assert query(tmp_path, "select count(*) from violation") == [(0,)]


@pytest.mark.long
def test_a_killed_survey_goes_on_with_what_is_left_and_ends_as_an_undisturbed_one(
    server: Misbehaving, tmp_path: Path
) -> None:
    names = ["fresh", "stale"]
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        town(folder, server, names)
    assert survey(whole, "--all").returncode == 0
    with subprocess.Popen(
        command(killed, "--all"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        database = killed / "data" / "xunjian.db"
        while process.poll() is None and not (database.exists() and _begun(killed)):
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert query(killed, "select count(*) from survey where state = 'done'")[0][0] < len(names)
    assert survey(killed, "--all").returncode == 0
    assert stands(killed) == stands(whole)


def _begun(folder: Path) -> bool:
    """Whether some first pass was stored."""
    try:
        return query(folder, "select count(*) from survey where passes > 0") != [(0,)]
    except Exception:  # noqa: BLE001 - the table is not there yet
        return False


@pytest.mark.long
def test_without_a_living_control_nothing_stands_and_the_command_says_so(
    server: Misbehaving, tmp_path: Path
) -> None:
    town(tmp_path, server, ["fresh"], controls=("reset_at_once",))
    done = survey(tmp_path, "--all")
    assert done.returncode == 4, done.stderr
    assert "对照点" in done.stderr
    assert stands(tmp_path) == []
    assert server.visits["fresh"] == 0  # nobody is asked while our own line is down


def test_an_unknown_name_is_refused_before_anything_is_asked(
    server: Misbehaving, tmp_path: Path
) -> None:
    town(tmp_path, server, ["fresh"])
    done = survey(tmp_path, "--site", "没有")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert server.visits.total() == 0


async def served(folder: Path, names: tuple[str, ...]) -> SurveyReport:
    """The survey of some sites of the pretend city, its children in processes of their own."""
    city = open_city(Workspace(folder))
    async with await serve_city(city_of(0), date.fromisoformat(DAY)) as open_to_all:
        proxy = f"http://127.0.0.1:{port_of(open_to_all)}"
        settings = crawl_settings(city.workspace, Options(proxy=proxy))
        wanted = Wanted("2022-06", names)
        day = date.fromisoformat(DAY)
        return await survey_month(
            city.engine, city.register, city.profile, settings, wanted, as_of=day
        )


@pytest.mark.long
@pytest.mark.browser
def test_with_a_browser_scripted_feet_are_seen_and_dead_links_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_browser() is None:
        pytest.skip("no browser")
    monkeypatch.setattr(running, "targets_of", only_sites)
    write_register(city_of(0), tmp_path)
    plants = ("scripted_foot", "lost_page")
    names = tuple(site.name for site in city_of(0).sites if site.planted in plants)
    report = asyncio.run(served(tmp_path, names))
    assert (report.due, report.done, report.blind) == (2, 2, False)
    accused = {(site, code) for site, code, truth, *_ in stands(tmp_path) if truth == "violation"}
    assert accused == {pair for pair in expected_feet(0) if pair[0] in names}
    marks = {truth for _, code, truth, *_ in stands(tmp_path) if code.startswith("mark_")}
    assert marks == {"ok"}


def only_sites(
    register: Register, month: str, share: float, names: Sequence[str], *, every: bool, **_: object
) -> list[tuple[str, str]]:
    """What a survey owes, if it owes nothing but sites."""
    return [(SITES, one) for one in site_targets(register, month, share, names, every=every)]
