"""Running rounds for the commands: the workspace's files into one inspection, and its exit code."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine

from cli.progress import round_progress
from cli.workspace import Workspace
from crawler.browser.finding import find_browser
from crawler.closing import RoundReport
from crawler.inspection import Opened, inspect, only_targets, open_inspection
from crawler.supervisor import CrawlSettings
from rules.errors import Exit
from rules.profiles import Profile, load_profile
from rules.register import Register, load_register
from rules.words import say
from storage.engine import open_database
from storage.models import RoundStatus

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """What a command line may change for one run; None means the workspace's setting."""

    proxy: str | None = None
    workers: int | None = None
    recheck_after: tuple[timedelta, ...] | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """A workspace that is ready to be inspected."""

    workspace: Workspace
    register: Register
    profile: Profile
    engine: Engine


def open_city(workspace: Workspace) -> City:
    """Load register and profile, open the database. Raises WrongFile, EnvironmentTrouble."""
    register = load_register(workspace.rules_path)
    profile = load_profile(register.profile, workspace.profiles_folder)
    return City(workspace, register, profile, open_database(workspace.database_url))


def crawl_settings(workspace: Workspace, options: Options) -> CrawlSettings:
    """The settings of the workspace with the command line's on top."""
    settings = workspace.settings
    return CrawlSettings(
        database_url=workspace.database_url,
        bodies_folder=str(workspace.bodies_folder),
        user_agent=workspace.user_agent,
        recheck_after=(
            settings.recheck_after if options.recheck_after is None else options.recheck_after
        ),
        workers=options.workers or settings.workers,
        proxy=options.proxy or settings.proxy,
        body_limit=int(settings.body_limit),
        memory_mb=int(settings.child_memory) >> 20,
        child_seconds=int(settings.child_time.total_seconds()),
        log_level="DEBUG" if settings.log_level == "debug" else "ERROR",
        browser=find_browser(settings.browser),
        evidence_folder=str(workspace.evidence_folder),
        evidence_keep=settings.evidence_keep,
        intranet=settings.intranet,
        platforms=settings.platforms,
        platform_robots=settings.platform_robots,
        data_folder=str(workspace.data_folder),
    )


def run_round(
    city: City, check_date: date, as_of: date | None, options: Options
) -> tuple[Opened, RoundReport]:
    """Open or resume the round of a check day and run it to its end, showing progress.

    Raises KeyboardInterrupt after a clean stop on SIGINT or SIGTERM.
    """
    return asyncio.run(stoppable(run_round_async(city, check_date, as_of, options)))


async def run_round_async(
    city: City, check_date: date, as_of: date | None, options: Options
) -> tuple[Opened, RoundReport]:
    """As `run_round`, inside a running loop; cancelled, it ends its children before it goes."""
    settings = crawl_settings(city.workspace, options)
    opened = open_inspection(
        city.engine,
        city.register,
        city.profile,
        check_date=check_date,
        as_of=as_of,
        behind_proxy=bool(settings.proxy or os.environ.get("http_proxy")),
    )
    settings = _narrowed(city, opened, settings, options.only)
    key = "crawl.resumed" if opened.done else "crawl.opened"
    title = say(key, day=check_date, due=opened.due, done=opened.done)
    with round_progress(title, opened.due, opened.done) as progress:
        if settings.browser is None:
            progress.trouble(say("browser.none"))
        if opened.register_changed:
            progress.trouble(say("crawl.old_register"))
        return opened, await inspect(city.engine, opened, settings, progress, as_of=as_of)


def _narrowed(
    city: City, opened: Opened, settings: CrawlSettings, names: Sequence[str]
) -> CrawlSettings:
    if not names:
        return settings
    return replace(settings, only=only_targets(city.engine, opened, names))


async def stoppable(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`; SIGINT and SIGTERM cancel it and become a KeyboardInterrupt."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)


def exit_of(report: RoundReport) -> Exit:
    """The exit code that a round's report stands for (design, section 5)."""
    if report.status is RoundStatus.BLIND or report.settled.over_budget:
        return Exit.BLIND
    return Exit.DONE if report.status is RoundStatus.COMPLETE else Exit.INCOMPLETE


def words_of(report: RoundReport, *, narrowed: bool) -> list[str]:
    """What a round's report says to its operator, a line each."""
    day, settled = report.check_date, report.settled
    if report.left:
        key = "crawl.blind" if report.status is RoundStatus.BLIND else "crawl.incomplete"
        lines = [say(key, day=day, left=report.left)]
        return [*lines, say("crawl.only_left")] if narrowed else lines
    lines = [
        say(
            "crawl.complete",
            day=day,
            seconds=round(report.seconds),
            **{truth: settled.truths.get(truth, 0) for truth in ("ok", "violation", "unknown")},
        )
    ]
    if report.status is RoundStatus.BLIND:
        lines.append(say("crawl.blind", day=day))
    elif settled.over_budget:
        counted = settled.counted
        lines.append(say("crawl.over_budget", day=day, unknown=counted, budget=settled.budget))
    if settled.excused:
        lines.append(say("crawl.excused", count=settled.excused))
    return lines
