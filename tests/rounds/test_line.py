"""The checker's own line fails in the middle of a round: nobody is accused, exit 4, and the same
command finishes the round when the line is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.browser.finding import find_browser
from tests.misbehaving import Fault, Misbehaving, misbehaving_server
from tests.misbehaving.rows import Exchange
from tests.rounds.city import PROFILE, column, crawl, query, write_city

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]
LENIENT = PROFILE | {"unknown_budget": 1}
VERDICTS = {
    "fresh": ("ok", None),
    "stale": ("violation", "超过1个月未更新"),
    "missing": ("violation", "栏目打不开"),
    "scripted_stale": ("violation", "超过1个月未更新"),
}


class Asked(NamedTuple):
    """A request for a column: which one, how often by this kind of client, and by which kind."""

    name: str
    times: int
    browser: bool


Moment = Callable[[Asked], bool]
MOMENTS: dict[str, Moment] = {
    "as the first pass begins": lambda asked: asked.name in VERDICTS,
    "within the first pass": lambda asked: asked.name == "missing",
    "as the first re-check begins": lambda asked: asked.times == 2 and not asked.browser,
    "as the browser looks first": lambda asked: asked.browser,
    "as the browser proves": lambda asked: asked.browser and asked.times == 2,
    "as the browser proves the last": lambda asked: asked == ("missing", 1, True),
}
FAULTS: dict[str, tuple[str, Fault]] = {
    **{moment: (moment, Fault.HANGING_UP) for moment in MOMENTS},
    "refused as the browser looks": ("as the browser looks first", Fault.REFUSING),
    "silent as the re-check begins": ("as the first re-check begins", Fault.SILENT),
}
BRIEF = ("within the first pass", "as the browser looks first", "as the browser proves")


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    if find_browser() is None:
        pytest.skip("no browser")
    with misbehaving_server() as running:
        yield running


def fails_at(server: Misbehaving, moment: Moment, fault: Fault) -> Callable[[Exchange], None]:
    """Let the line fail at the first request that is the moment."""
    counts: dict[tuple[str, bool], int] = {}

    def watch(exchange: Exchange) -> None:
        name = exchange.path.partition("?")[0].strip("/")
        if name not in VERDICTS or server.down is not None:
            return
        times = counts[name, exchange.is_browser] = counts.get((name, exchange.is_browser), 0) + 1
        if moment(Asked(name, times, exchange.is_browser)):
            server.fail(fault)

    return watch


def make(folder: Path, server: Misbehaving) -> None:
    columns = [column(name, name) for name in VERDICTS]
    write_city(folder, server, columns, profile=LENIENT, browser="")


def verdicts(folder: Path) -> dict[str, tuple[str, str | None]]:
    found = query(folder, "select target, truth, coalesce(reason, wording) from verdict")
    return {target.split("/")[1]: (truth, words) for target, truth, words in found}


@pytest.mark.parametrize("row", FAULTS)
def test_a_line_that_fails_accuses_nobody_and_the_round_goes_on_when_it_is_back(
    server: Misbehaving, tmp_path: Path, row: str
) -> None:
    make(tmp_path, server)
    moment, fault = FAULTS[row]
    server.watch = fails_at(server, MOMENTS[moment], fault)
    done = crawl(tmp_path, seconds=300)
    assert server.down is fault, "the moment never came"
    assert done.returncode == 4, done.stderr
    assert query(tmp_path, "select status from round") == [("blind",)]
    assert query(tmp_path, "select count(*) from violation") == [(0,)]
    server.watch = lambda _: None
    server.recover()
    done = crawl(tmp_path, seconds=300)
    assert done.returncode == 0, done.stderr
    assert query(tmp_path, "select status from round") == [("complete",)]
    assert verdicts(tmp_path) == VERDICTS


@pytest.mark.parametrize("moment", BRIEF)
def test_a_line_that_fails_for_a_moment_delays_the_round_and_changes_nothing(
    server: Misbehaving, tmp_path: Path, moment: str
) -> None:
    make(tmp_path, server)
    fail, left = fails_at(server, MOMENTS[moment], Fault.HANGING_UP), [4]

    def watch(exchange: Exchange) -> None:
        if server.down is None and left[0]:
            fail(exchange)
        elif server.down is not None:
            left[0] -= 1
            server.down = None if left[0] == 0 else server.down

    server.watch = watch
    done = crawl(tmp_path, seconds=300)
    assert left == [0], "the moment never came"
    assert done.returncode == 0, done.stderr
    assert verdicts(tmp_path) == VERDICTS
