"""`xunjian demo`: the main job on the pretend city, June 2022 from its rounds to its notice.

The city is a program of its own in another process; the rounds see it through its proxy alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli import demo_office as office
from cli.results import database, deliver, terminal_width
from cli.rounds_run import Options, exit_of, open_city, run_round, words_of
from cli.workspace import Workspace
from crawler.browser.finding import find_browser
from crawler.lock import alone
from reports.findings import proposal_table, round_table, unknown_table, violation_table
from reports.tables import Format, render
from rules.calendar import month_check_days
from rules.durations import write_duration
from rules.errors import EnvironmentTrouble, XunjianError
from rules.words import say
from storage.engine import reading
from storage.violations import Narrow

MONTH = "2022-06"
AFTER = date(2022, 7, 1)  # the day of the survey: all of the month can be counted then
PUBLISHED = 0  # the seed of the city that has a published notice
MARK = ".xunjian-demo"  # a folder with this file is ours to make anew
RECHECK_AFTER = (timedelta(seconds=1), timedelta(seconds=3))


def demo(
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help=say("option.demo_dir"))
    ] = Path("demo-output"),
    seed: Annotated[int, typer.Option(metavar="N", help=say("option.seed"))] = 0,
) -> int:
    """Make the city's workspace anew, inspect June 2022, print what was found and where it lies."""
    folder = folder.absolute()
    prepare(folder, seed)
    workspace = Workspace(folder)
    with running_city(seed) as proxy:
        with alone(folder / "data" / "xunjian.lock"):
            worst = rounds(workspace, proxy)
        set_city_day(proxy, AFTER)
        worst = max(worst, office.survey(workspace, MONTH, AFTER, proxy))
    conclude(workspace, seed)
    return worst


def rounds(workspace: Workspace, proxy: str) -> int:
    """The month's four rounds; the worst of their exit codes."""
    city, worst = open_city(workspace), 0
    office.authorise(workspace)
    gap = write_duration(city.profile.independent_after)
    typer.echo(say("demo.started", independent=gap), err=True)
    options = Options(proxy=proxy, recheck_after=RECHECK_AFTER)
    for day in month_check_days(city.register.rounds, MONTH):
        set_city_day(proxy, day)
        office.hand_in(workspace, day)
        _, report = run_round(city, day, day, options)
        for line in words_of(report, narrowed=False):
            typer.echo(line, err=True)
        worst = max(worst, exit_of(report))
    city.engine.dispose()
    return worst


def conclude(workspace: Workspace, seed: int) -> None:
    """The month's end: what was handed in, what was decided, what was found, and the notice."""
    office.bring_submissions(workspace)
    office.review(workspace, MONTH, seed)
    tell(workspace)
    office.notice(workspace, MONTH)
    if seed == PUBLISHED:
        office.compare(workspace, MONTH)
    where(workspace)


def prepare(folder: Path, seed: int) -> None:
    """A fresh workspace with the city's register and profile.

    Raises XunjianError for a folder that holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise XunjianError(say("demo.not_ours", folder=folder))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    office.city("register", "--seed", str(seed), "--out", str(folder))


@contextmanager
def running_city(seed: int) -> Iterator[str]:
    """The city, served in a process of its own; the address of its proxy."""
    command = [sys.executable, "-m", "demo", "serve", "--port", "0", "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line.startswith("listening on "):
                raise EnvironmentTrouble(say("demo.no_city"))
            yield "http://" + line.split()[-1]
        finally:
            process.terminate()


def set_city_day(proxy: str, day: date) -> None:
    """Let the city's sites look as they did on a day. This is for whoever plays the city."""
    request = urllib.request.Request(  # noqa: S310 - loopback, our own city
        f"{proxy}/__city__/date", data=day.isoformat().encode(), method="POST"
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        answer.read()


def tell(workspace: Workspace) -> None:
    """What was found and decided, what still waits, what stayed unknown, and the rounds."""
    with database(workspace) as engine, reading(engine) as session:
        for make in (violation_table, proposal_table, unknown_table, round_table):
            table = make(session, Narrow(month=MONTH))
            deliver(render(table, Format.TABLE, width=terminal_width(None)), Format.TABLE, None)


def where(workspace: Workspace) -> None:
    """Where everything lies."""
    typer.echo(
        say(
            "demo.where",
            rules=workspace.rules_path,
            database=workspace.root / "data" / "xunjian.db",
            bodies=workspace.bodies_folder,
            notice=workspace.out_folder,
            folder=workspace.root,
        )
    )
    seen = find_browser(workspace.settings.browser) is not None
    typer.echo(say("demo.reviewed" if seen else "demo.no_browser"))
