"""Rounds with both clients: what is proved, what is cleared, what is left on the machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.browser.finding import find_browser
from tests.misbehaving import Misbehaving, misbehaving_server
from tests.rounds.city import column, crawl, crawl_command, query, write_city

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
COLUMNS = {
    "fresh": ("ok", None),
    "stale": ("violation", "超过1个月未更新"),
    "missing": ("violation", "栏目打不开"),
    "broken": ("violation", "栏目打不开"),
    "thrown_home": ("violation", "栏目打不开"),
    "broken_once": ("ok", None),
    "framed": ("ok", None),
    "scripted": ("ok", None),
    "scripted_stale": ("violation", "超过1个月未更新"),
    "lets_browsers_in": ("ok", None),
    "hides_from_programs": ("ok", None),
    "ruishu_412": ("unknown", "blocked"),
    "walled": ("unknown", "login_required"),
    "robots_denied": ("unknown", "robots"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    if find_browser() is None:
        pytest.skip("no browser")
    with misbehaving_server() as running:
        yield running


@pytest.fixture(scope="module")
def inspected(server: Misbehaving, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("both")
    write_city(folder, server, [column(name, name) for name in COLUMNS], browser="")
    done = crawl(folder)
    assert done.returncode in (0, 4), done.stderr
    return folder


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_ends_as_two_clients_see_it(inspected: Path, name: str) -> None:
    rows = query(
        inspected,
        f"select truth, coalesce(reason, wording) from verdict where target = '测试网/{name}'",
    )
    assert rows == [COLUMNS[name]]


def test_what_is_accused_was_seen_by_the_browser_last_and_has_its_picture(inspected: Path) -> None:
    rows = query(inspected, 'select "column", target, evidence from violation order by 1')
    assert [name for name, _, _ in rows] == [
        "broken",
        "missing",
        "scripted_stale",
        "stale",
        "thrown_home",
    ]
    for _, target, evidence in rows:
        clients = query(
            inspected,
            "select f.client from fetch f join due d on d.id = f.due_id"
            f" where d.target = '{target}' order by f.look",
        )
        assert clients[-1] == ("browser",)
        names = {Path(path).name for path in json.loads(evidence)}
        assert names == {"page.png", "exchanges.warc.gz", "items.json", "case.json"}


def test_only_what_plain_http_cannot_read_is_rendered_to_be_read(inspected: Path) -> None:
    rows = query(
        inspected,
        "select d.target from fetch f join due d on d.id = f.due_id"
        " where f.client = 'browser' and f.purpose = 'read' order by 1",
    )
    names = {target.split("/")[1] for (target,) in rows}
    assert names == {"scripted", "scripted_stale", "lets_browsers_in", "ruishu_412"}


def test_no_browser_outlives_a_killed_inspection(server: Misbehaving, tmp_path: Path) -> None:
    names = [f"scripted?{n}" for n in range(30)]
    write_city(tmp_path, server, [column(name, name) for name in names], browser="")
    mark = f"OF_THIS_TEST={tmp_path}"
    marked = os.environ | dict([mark.split("=", 1)])
    command = crawl_command(tmp_path)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=marked) as process:
        wait_until(lambda: bool(chromiums(mark)))
        process.send_signal(signal.SIGKILL)
    wait_until(lambda: not chromiums(mark))


def wait_until(holds: object, seconds: float = 60) -> None:
    """Wait for the other processes; fails when they take too long."""
    assert callable(holds)
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came about"
        time.sleep(0.05)


def chromiums(mark: str) -> set[int]:
    """The processes of browsers that inherited a mark in their environment, by number."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            program = (entry / "cmdline").read_bytes().split(b"\0", 1)[0]
            own = mark.encode() in (entry / "environ").read_bytes()
            if own and b"chrom" in program and b"(Z" not in (entry / "stat").read_bytes():
                found.add(int(entry.name))
        except OSError:
            continue
    return found
