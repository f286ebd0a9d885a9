"""`xunjian sample` against the misbehaving server: every home once, politely, and only facts."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

import cli.schedule as schedule_module
from cli.rounds_run import City, Options
from cli.schedule import Sampler
from cli.workspace import Workspace
from crawler.sampling import WaveReport
from rules.availability import next_wave
from rules.errors import XunjianError
from storage.engine import open_database, reading
from storage.samples import last_wave
from tests.misbehaving import Fault, Misbehaving, misbehaving_server
from tests.rounds.city import COMMAND, column, crawl, query, write_city

QUICK = {"name": "quick", "extends": "national", "host_delay": "0s", "answer_within": "2s"}


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


def homes(
    folder: Path, server: Misbehaving, names: Sequence[str], controls: Sequence[str] = ("control",)
) -> None:
    """A workspace with one running site for each behaviour, and one that is closed."""
    write_city(folder, server, [], profile=QUICK, controls=controls)
    register = yaml.safe_load((folder / "rules.yaml").read_text("utf-8"))
    register["sites"] = [
        {"name": name, "unit": "市测试局", "url": server.url(name)} for name in names
    ] + [{"name": "关", "unit": "市测试局", "url": server.url("closed"), "status": "closed"}]
    (folder / "rules.yaml").write_text(yaml.safe_dump(register, allow_unicode=True), "utf-8")


def sample(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--workspace", str(folder), "sample", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def seen(folder: Path) -> dict[str, tuple[int, str]]:
    rows = query(folder, "select site, ok, outcome from sample where purpose = 'availability'")
    return {site: (ok, outcome) for site, ok, outcome in rows}


def test_one_wave_visits_every_running_home_once_and_keeps_what_came(
    server: Misbehaving, tmp_path: Path
) -> None:
    names = ["fresh", "scripted", "missing", "broken", "hung_up", "jsl_521", "walled", "nothing"]
    homes(tmp_path, server, [*names, "too_slow", "drips", "robots_denied", "redirected"])
    done = sample(tmp_path)
    assert done.returncode == 0, done.stderr
    assert seen(tmp_path) == {
        "fresh": (1, "read"),
        "scripted": (1, "script_shell"),
        "missing": (0, "not_found"),
        "broken": (0, "server_error"),
        "hung_up": (0, "broken_answer"),
        "jsl_521": (0, "challenge"),
        "walled": (0, "login"),
        "nothing": (0, "unreadable"),
        "too_slow": (0, "timeout"),
        "drips": (0, "timeout"),
        "robots_denied": (0, "robots_denied"),
        "redirected": (1, "read"),
    }
    assert {server.visits[name] for name in names[1:]} == {1}
    assert server.visits["fresh"] == 2  # once by itself, once by the redirect
    assert server.visits["closed"] == 0
    assert "打开 3，打不开 6，被拦截等不计入 3" in done.stdout
    slow = query(tmp_path, "select elapsed_ms from sample where site in ('too_slow', 'drips')")
    assert min(slow) >= (2000,)
    assert query(tmp_path, "select count(*) from sample where site is null")[0][0] > 0


def test_a_failure_is_dropped_and_the_wave_is_blind_while_no_control_answers(
    server: Misbehaving, tmp_path: Path
) -> None:
    homes(tmp_path, server, ["fresh", "hung_up"], controls=["reset_at_once"])
    done = sample(tmp_path)
    assert done.returncode == 4, done.stderr
    assert "打开 1，打不开 0" in done.stdout
    assert "作废 1 次" in done.stdout


def test_a_home_whose_robots_file_never_comes_is_asked_for_all_the_same(
    server: Misbehaving, tmp_path: Path
) -> None:
    homes(tmp_path, server, ["fresh"])
    server.down = Fault.HANGING_UP
    assert sample(tmp_path).returncode == 4
    assert seen(tmp_path) == {"fresh": (0, "broken_answer")}
    assert server.visits["fresh"] == 1


def test_a_wave_holds_the_lock_of_the_workspace(server: Misbehaving, tmp_path: Path) -> None:
    homes(tmp_path, server, ["fresh"])
    from crawler.lock import alone

    with alone(tmp_path / "data" / "xunjian.lock"):
        done = sample(tmp_path)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (5, 1)


def test_simulated_and_real_samples_do_not_mix(server: Misbehaving, tmp_path: Path) -> None:
    write_city(tmp_path, server, [column("新的", "fresh")])
    assert crawl(tmp_path).returncode == 0
    assert sample(tmp_path).returncode == 2
    assert sample(tmp_path, "--as-of", "2022-06-19").returncode == 0
    [(at,)] = query(tmp_path, "select at from sample where purpose = 'availability'")
    assert at.startswith(("2022-06-18", "2022-06-19"))  # stored in UTC
    done = subprocess.run(
        [*COMMAND, "--workspace", str(tmp_path), "availability", "--as-of", "2022-06-20",
         "--format", "csv"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "测试网,市测试局,2022-06-13,2022-06-19,1,0,0.0,unknown,too_few" in done.stdout


def test_a_running_round_is_not_disturbed_by_a_wave(server: Misbehaving, tmp_path: Path) -> None:
    """Beside a round only `schedule` samples, in one process under one lock: here, by hand."""
    write_city(tmp_path, server, [column(f"栏目{n}", "stale") for n in range(8)])
    workspace = Workspace(tmp_path)
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from cli.rounds_run import Options, open_city, run_round_async\n"
        "from cli.sample import wave\n"
        "from cli.workspace import Workspace\n"
        "from datetime import date, timedelta\n"
        "day = date(2022, 6, 20)\n"
        "async def both():\n"
        "    city = open_city(Workspace(Path(sys.argv[1])))\n"
        "    options = Options(recheck_after=(timedelta(seconds=1), timedelta(seconds=2)))\n"
        "    round_ = asyncio.ensure_future(run_round_async(city, day, day, options))\n"
        "    reports = [await wave(city, Options(), day) for _ in range(2)]\n"
        "    await round_\n"
        "    print([report.opened for report in reports])\n"
        "asyncio.run(both())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(workspace.root)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.strip() == "[1, 1]", done.stderr
    assert query(tmp_path, "select status from round") == [("complete",)]
    assert query(tmp_path, "select count(*) from violation") == [(8,)]


def test_the_parent_of_a_wave_never_loads_scrapy() -> None:
    script = "import sys, crawler.sampling; print('scrapy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


# When waves run by themselves.


@pytest.mark.parametrize("sampling", [True, False])
def test_schedule_samples_by_itself_while_a_round_waits_unless_told_not_to(
    server: Misbehaving, tmp_path: Path, sampling: bool
) -> None:
    write_city(tmp_path, server, [column("坏的", "missing")])
    with (tmp_path / "xunjian.toml").open("a", encoding="utf-8") as file:
        file.write(f"sampling = {str(sampling).lower()}\n")
    command = [*COMMAND, "--workspace", str(tmp_path), "schedule"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not (server.visits["missing"] and (server.visits[""] or not sampling)):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    assert bool(server.visits[""]) is sampling
    assert query(tmp_path, "select status from round") == [("open",)]


class Waves:
    """Stands in for the running of waves."""

    def __init__(self, *, broken: bool = False) -> None:
        self.count = 0
        self._broken = broken

    async def run(self, _city: City, _options: Options, _as_of: object) -> WaveReport:
        self.count += 1
        if self._broken:
            raise XunjianError("stopped here")
        return WaveReport(1, 1, 0, 0, 0, blind=False, crashed=False)


def wakings(
    folder: Path, waves: Waves, instants: Sequence[datetime], monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """How many waves have run after each waking."""
    monkeypatch.setattr(schedule_module, "wave", waves.run)
    sampler = Sampler(Workspace(folder))
    found = []
    for instant in instants:
        asyncio.run(sampler.tick(instant))
        found.append(waves.count)
    return found


def test_the_first_wave_runs_at_once_and_the_next_when_the_last_one_says(
    server: Misbehaving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes(tmp_path, server, ["fresh"])
    now = datetime.now(UTC)
    assert wakings(tmp_path, Waves(), [now], monkeypatch) == [1]
    assert sample(tmp_path).returncode == 0
    engine = open_database(Workspace(tmp_path).database_url)
    with reading(engine) as session:
        due = next_wave(last_wave(session))
    engine.dispose()
    assert due is not None
    instants = [due - timedelta(minutes=1), due, due + timedelta(minutes=10)]
    assert wakings(tmp_path, Waves(), instants, monkeypatch) == [0, 1, 1]


def test_a_wave_that_leaves_nothing_is_not_tried_again_at_every_waking(
    server: Misbehaving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes(tmp_path, server, ["fresh"])
    now = datetime.now(UTC)
    instants = [now + timedelta(minutes=10 * number) for number in range(4)]
    assert wakings(tmp_path, Waves(broken=True), instants, monkeypatch) == [1, 1, 1, 2]
