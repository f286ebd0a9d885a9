"""Whole rounds of the installed command against the misbehaving server."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.progress import round_progress
from cli.rounds_run import Options, crawl_settings, open_city
from cli.workspace import Workspace
from crawler.children import ChildEnd
from crawler.inspection import open_inspection
from crawler.lock import alone
from crawler.supervisor import CRASHES_ALLOWED, Supervisor
from storage.engine import open_database, reading
from storage.violations import violations
from tests.misbehaving import BEHAVIOURS, TODAY, Fault, Misbehaving, misbehaving_server
from tests.rounds.city import COMMAND, column, crawl, crawl_command, query, write_city


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


def verdicts(folder: Path) -> dict[str, tuple[str, str | None]]:
    rows = query(folder, "select target, truth, reason from verdict")
    return {target.split("/")[-1]: (truth, reason) for target, truth, reason in rows}


def test_a_stale_column_is_a_violation_and_a_fresh_one_is_not(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("新的", "fresh"), column("旧的", "stale")])
    done = crawl(tmp_path)
    assert done.returncode == 0, done.stderr
    rows = query(tmp_path, 'select "column", problem, days, rounds from violation')
    assert rows == [("旧的", "超过1个月未更新", 40, '["2022-06-20"]')]


def test_every_behaviour_ends_in_one_observation_and_accuses_nobody_by_http_alone(
    server: Misbehaving, tmp_path: Path
) -> None:
    # An old list in the page's own bytes is proof enough where there is no browser to ask.
    names = [name for name in BEHAVIOURS if name not in ("stale", "renewed_late")]
    write_city(tmp_path, server, [column(name, name) for name in names])
    done = crawl(tmp_path)
    assert done.returncode == 4, done.stderr  # far more than five in a hundred are unknown
    assert query(tmp_path, "select count(*) from observation") == [(len(names),)]
    assert query(tmp_path, "select * from violation") == []
    seen = verdicts(tmp_path)
    assert seen["fresh"] == seen["broken_once"] == seen["framed"] == ("ok", None)
    assert seen["missing"] == seen["broken"] == seen["hung_up"] == ("unknown", "one_client")
    assert seen["jsl_521"] == seen["cloud_shield"] == ("unknown", "blocked")
    assert seen["robots_denied"] == ("unknown", "robots")


@pytest.mark.postgres
def test_a_round_on_postgresql_finds_the_same(
    server: Misbehaving, tmp_path: Path, postgres_url: str
) -> None:
    write_city(tmp_path, server, [column("新的", "fresh"), column("旧的", "stale")])
    done = crawl(tmp_path, XUNJIAN_DATABASE_URL=postgres_url)
    assert done.returncode == 0, done.stderr
    with reading(open_database(postgres_url)) as session:
        rows = [(row.column, row.problem, row.days, row.rounds) for row in violations(session)]
    assert rows == [("旧的", "超过1个月未更新", 40, ["2022-06-20"])]


def test_two_columns_on_one_address_are_both_checked(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("甲", "stale"), column("乙", "stale")])
    assert crawl(tmp_path).returncode == 0
    assert query(tmp_path, "select count(*) from violation") == [(2,)]


def test_without_a_living_control_nobody_is_accused_and_the_round_is_blind(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(
        tmp_path, server, [column("旧的", "stale"), column("新的", "fresh")], controls=["hung_up"]
    )
    done = crawl(tmp_path)
    assert done.returncode == 4, done.stderr
    assert query(tmp_path, "select status from round") == [("blind",)]
    assert query(tmp_path, "select * from violation") == []


def test_what_refuses_us_while_no_control_answers_is_not_the_end_of_it(
    server: Misbehaving, tmp_path: Path
) -> None:
    """A captive portal throws everybody to an address inside: our line, and not for good."""
    inside = "redirected_inside"
    write_city(tmp_path, server, [column("甲", inside), column("乙", inside)], controls=[inside])
    assert crawl(tmp_path).returncode == 4
    assert query(tmp_path, "select status from round") == [("blind",)]
    assert query(tmp_path, "select count(*) from observation") == [(0,)]


def test_an_old_round_run_again_takes_nothing_from_its_month(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("甲", "stale")])
    earlier = ("--date", "2022-06-13", "--as-of", "2022-06-13")
    assert crawl(tmp_path, *earlier).returncode == 0
    write_city(tmp_path, server, [column("甲", "stale"), column("乙", "stale")])
    assert crawl(tmp_path).returncode == 0
    before = query(tmp_path, 'select "column", rounds from violation order by 1')
    assert crawl(tmp_path, *earlier).returncode == 0
    assert query(tmp_path, 'select "column", rounds from violation order by 1') == before
    assert len(before) == 2


def test_simulated_and_real_rounds_do_not_mix(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("甲", "fresh")])
    assert crawl(tmp_path).returncode == 0
    for more in (["crawl", "--date", "2022-06-13"], ["schedule"]):
        command = [*COMMAND, "--workspace", str(tmp_path), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, "--as-of" in done.stderr) == (2, True)
    assert query(tmp_path, "select count(*) from round") == [(1,)]


def test_what_children_die_on_ends_as_our_fault(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("甲", "fresh")])
    city = open_city(Workspace(tmp_path))
    opened = open_inspection(
        city.engine, city.register, city.profile, check_date=TODAY, as_of=TODAY, behind_proxy=False
    )
    settings = crawl_settings(city.workspace, Options())
    with round_progress("", 1, 0) as progress:
        supervisor = Supervisor(city.engine, opened.round_id, settings, progress, as_of=None)
        for _ in range(CRASHES_ALLOWED):
            supervisor._settle(ChildEnd(code=-9, looked=0, in_hand={1}))
    assert query(tmp_path, "select outcome, item_count from observation") == [("our_fault", 0)]


def test_a_very_long_address_is_looked_at_too(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("甲", "fresh?" + "x" * 3000)])
    assert crawl(tmp_path).returncode == 0


def test_a_child_reads_its_job_in_any_locale(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("栏目", "fresh")])
    command = crawl_command(tmp_path)
    locale = os.environ | {"PYTHONIOENCODING": "gbk"}
    assert subprocess.run(command, capture_output=True, check=False, env=locale).returncode == 0


def test_a_blind_round_goes_on_when_the_line_is_back(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("旧的", "stale"), column("坏的", "missing")])
    server.down = Fault.HANGING_UP
    assert crawl(tmp_path).returncode == 4
    server.down = None
    assert crawl(tmp_path).returncode in (0, 4)
    assert query(tmp_path, "select status from round") == [("complete",)]
    assert verdicts(tmp_path) == {
        "旧的": ("violation", None),
        "坏的": ("unknown", "one_client"),
    }


def test_running_a_complete_round_again_changes_nothing(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("旧的", "stale")])
    assert crawl(tmp_path).returncode == 0
    before = query(tmp_path, "select * from fetch"), query(tmp_path, "select * from violation")
    visits = server.visits.total()
    assert crawl(tmp_path).returncode == 0
    after = query(tmp_path, "select * from fetch"), query(tmp_path, "select * from violation")
    assert (after, server.visits.total()) == (before, visits)


def test_a_second_inspection_of_one_workspace_says_so_and_goes(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("新的", "fresh")])
    with alone(tmp_path / "data" / "xunjian.lock"):
        done = crawl(tmp_path)
    assert done.returncode == 5
    assert len(done.stderr.strip().splitlines()) == 1


def test_only_some_leaves_the_rest_of_the_round_to_be_done(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("甲", "fresh"), column("乙", "fresh")])
    assert crawl(tmp_path, "--only", "测试网/甲", "--only", "没有的").returncode == 2
    assert crawl(tmp_path, "--only", "测试网/甲").returncode == 3
    assert query(tmp_path, "select count(*) from observation") == [(1,)]
    assert crawl(tmp_path).returncode == 0


def test_ctrl_c_leaves_a_round_that_the_same_command_finishes(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column(f"栏目{n}", "stale") for n in range(20)])
    command = crawl_command(tmp_path)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not server.visits["stale"]:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "crawl --date" in words.splitlines()[-1]
    assert crawl(tmp_path).returncode == 0
    assert query(tmp_path, "select count(*) from violation") == [(20,)]


def test_a_day_to_come_is_refused_with_one_line(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("新的", "fresh")])
    done = crawl(tmp_path, "--date", "2022-06-27")
    assert done.returncode == 2
    assert "2022-06-20" in done.stderr
