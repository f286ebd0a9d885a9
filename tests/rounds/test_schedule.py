"""`xunjian schedule`: the ledger says what is due; the clock only wakes."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import cli.schedule as schedule_module
import scheduler
from cli.rounds_run import City, Options, open_city
from cli.schedule import Keeper
from cli.workspace import Workspace
from crawler.survey.running import Wanted
from rules.errors import XunjianError
from storage import ledger
from storage.engine import transaction
from tests.misbehaving import Misbehaving, misbehaving_server
from tests.rounds.city import COMMAND, column, crawl, query, write_city

SIXTH = datetime(2022, 6, 6, 0, 30, tzinfo=UTC)  # half past eight in Shanghai


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


@pytest.fixture
def city(server: Misbehaving, tmp_path: Path) -> City:
    write_city(tmp_path, server, [column("新的", "fresh")])
    return open_city(Workspace(tmp_path))


class Rounds:
    """Stands in for the running of rounds: notes which were asked for."""

    def __init__(self) -> None:
        self.days: list[str] = []

    async def run(self, _city: City, day: object, _as_of: object, _options: Options) -> object:
        self.days.append(str(day))
        raise XunjianError("stopped here")


def wakings(city: City, *instants: datetime, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    rounds = Rounds()
    monkeypatch.setattr(schedule_module, "run_round_async", rounds.run)
    keeper = Keeper(city.workspace)
    for instant in instants:
        asyncio.run(keeper.tick(instant))
    return rounds.days


def test_a_round_is_run_when_it_is_due_and_tried_again_after_half_an_hour(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    instants = [SIXTH + timedelta(minutes=minutes) for minutes in (0, 10, 20, 31)]
    assert wakings(city, *instants, monkeypatch=monkeypatch) == ["2022-06-06", "2022-06-06"]


def test_before_the_hour_the_last_check_day_is_still_the_one_to_catch_up_with(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = SIXTH - timedelta(hours=1)
    assert wakings(city, early, monkeypatch=monkeypatch) == ["2022-05-27"]


def test_a_day_that_passed_without_a_complete_round_is_missed(
    city: City, server: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert crawl(city.workspace.root).returncode == 0  # the round of the twentieth
    weeks_later = datetime(2022, 7, 6, 0, 30, tzinfo=UTC)
    assert wakings(city, weeks_later, monkeypatch=monkeypatch) == ["2022-07-06"]
    rows = query(city.workspace.root, "select check_date, status from round order by 1")
    assert rows == [("2022-06-20", "complete"), ("2022-06-27", "missed")]


def test_the_survey_comes_after_the_last_round_of_the_month_and_is_tried_again_while_it_is_owed(
    city: City, server: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def survey(_city: City, wanted: Wanted, _as_of: object, _options: Options) -> object:
        asked.append(wanted.month)
        raise XunjianError("stopped here")

    monkeypatch.setattr(schedule_module, "run_survey", survey)
    with transaction(city.engine) as session:
        for day in (20, 27):
            ledger.mark_missed(
                session,
                date(2022, 6, day),
                register=city.register.to_snapshot(),
                profile=city.profile.to_snapshot(),
                profile_name=city.profile.name,
                now=SIXTH,
            )
    last = datetime(2022, 6, 27, 1, tzinfo=UTC)
    minutes = (-1440, 0, 10, 31)  # on the day before the last round there is nothing to do
    instants = [last + timedelta(minutes=one) for one in minutes]
    assert wakings(city, *instants, monkeypatch=monkeypatch) == []
    assert asked == ["2022-06", "2022-06"]


def test_the_clock_wakes_at_once_and_never_twice_at_a_time() -> None:
    script = (
        "import asyncio, os, signal, scheduler\n"
        "began = []\n"
        "async def tick(now):\n"
        "    began.append(now)\n"
        "    asyncio.get_running_loop().call_later(0.5, os.kill, os.getpid(), signal.SIGTERM)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(scheduler.run_clock(tick, wake_minutes=0.001))\n"
        "print(len(began), all(now.tzinfo for now in began))\n"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["1", "True"]
    assert scheduler.WAKE_MINUTES > 0


def test_sigterm_stops_a_running_round_cleanly_and_a_rerun_goes_on(
    server: Misbehaving, tmp_path: Path
) -> None:
    write_city(tmp_path, server, [column("坏的", "missing")])
    command = [*COMMAND, "--workspace", str(tmp_path), "schedule"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not server.visits["missing"]:
            time.sleep(0.05)
        busy = crawl(tmp_path)
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    assert (busy.returncode, len(busy.stderr.strip().splitlines())) == (5, 1)
    assert query(tmp_path, "select status from round") == [("open",)]
    assert query(tmp_path, "select count(*) from observation") == [(0,)]
