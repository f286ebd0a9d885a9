"""kill -9 of the supervisor or of a child, at moments drawn over the whole run.

A rerun of the same command ends with the ledger of an undisturbed run: nothing lost, nothing
doubled.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.misbehaving import Misbehaving, misbehaving_server
from tests.rounds.city import column, crawl, crawl_command, ledger, write_city
from tests.rounds.platforms import crowd, platforms, write_accounts

MOMENTS = 20
VICTIMS = ("supervisor", "child")
NAMES = ("fresh", "stale", "missing", "redirected", "jsl_521", "framed", "gzipped", "cut_off")
SLOWED = {
    "name": "slowed",
    "extends": "national",
    "independent_after": "1s",
    "host_delay": "1s",
    "host_concurrency": 2,
    "unknown_budget": 0.5,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    with misbehaving_server() as running:
        yield running


def make(folder: Path, server: Misbehaving) -> None:
    columns = [column(f"{name}{n}", name) for n in range(10) for name in NAMES]
    quick = SLOWED | {"host_delay": "0s"}
    write_city(folder, server, columns, profile=quick)


@pytest.fixture(scope="module")
def undisturbed(
    server: Misbehaving, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[tuple[Any, ...]]], float]:
    folder = tmp_path_factory.mktemp("undisturbed")
    make(folder, server)
    began = time.monotonic()
    done = crawl(folder)
    assert done.returncode == 0, done.stderr
    return ledger(folder), time.monotonic() - began


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


@pytest.mark.long
@pytest.mark.parametrize("moment", range(6))
def test_a_killed_round_of_accounts_run_again_equals_an_undisturbed_one(
    moment: int, tmp_path: Path
) -> None:
    with platforms() as living:
        uids = crowd(living, 40)
        for name in ("undisturbed", "killed"):
            (tmp_path / name).mkdir()
            write_accounts(tmp_path / name, living, *uids)
        began = time.monotonic()
        assert crawl(tmp_path / "undisturbed").returncode == 0
        seconds = time.monotonic() - began
        kill_after(tmp_path / "killed", seconds * (moment + 1) / 7, VICTIMS[moment % 2])
        assert crawl(tmp_path / "killed").returncode == 0
    whole = ledger(tmp_path / "undisturbed")
    assert ledger(tmp_path / "killed") == whole
    assert len(whole["violation"]) == 16  # eight silent ones, each on both lists


def kill_after(folder: Path, seconds: float, victim: str) -> None:
    with subprocess.Popen(
        crawl_command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(seconds)
        kill(process.pid, victim)
        process.wait()


@pytest.mark.long
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_round_run_again_equals_an_undisturbed_one(
    moment: int,
    server: Misbehaving,
    undisturbed: tuple[dict[str, list[tuple[Any, ...]]], float],
    tmp_path: Path,
) -> None:
    whole, seconds = undisturbed
    make(tmp_path, server)
    wait = seconds * (moment + random.Random(moment).random()) / MOMENTS
    with subprocess.Popen(
        crawl_command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(wait)
        kill(process.pid, VICTIMS[moment % 2])
        process.wait(timeout=120)
    done = crawl(tmp_path)
    assert done.returncode == 0, done.stderr
    assert ledger(tmp_path) == whole


def kill(pid: int, victim: str) -> None:
    try:
        victims = children_of(pid) if victim == "child" else [pid]
        for chosen in victims:
            os.kill(chosen, signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError):
        return  # it had ended by itself: then there is nothing to lose
