"""`xunjian schedule`: stay, run every round when it is due, catch up, mark what was missed.

Beside the rounds it samples the home pages, day and night; after a month's last round it surveys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import structlog
import typer

import scheduler
from cli.rounds_run import City, Options, open_city, run_round_async, words_of
from cli.sample import wave
from cli.sample import words_of as words_of_wave
from cli.survey import run_survey
from cli.survey import words_of as words_of_survey
from cli.workspace import Workspace, workspace_of
from crawler.lock import alone
from crawler.survey.running import Wanted, is_owed
from rules.availability import next_wave
from rules.calendar import due_round, missed_rounds, survey_month
from rules.errors import XunjianError
from rules.facts import SHANGHAI
from rules.words import say
from storage import ledger
from storage.engine import open_database, reading, transaction
from storage.samples import last_wave

RETRY_AFTER = timedelta(minutes=30)  # between two tries at a round that stays incomplete or blind
TRY_AGAIN = timedelta(minutes=29)  # between two waves, whatever became of the first

log = structlog.get_logger()


class Keeper:
    """Runs what is due at a waking; remembers only when it last tried in vain."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tried: dict[date, datetime] = {}
        self._surveyed = datetime.min.replace(tzinfo=UTC)

    async def tick(self, now: datetime) -> None:
        """Run the round that is due at `now` (aware), if there is one; errors are told."""
        try:
            city = open_city(self._workspace)  # anew each time: the register may have changed
            await self._tick(city, now)
        except XunjianError as error:
            log.error(str(error))

    async def _tick(self, city: City, now: datetime) -> None:
        self._mark_missed(city, now)
        with reading(city.engine) as session:
            statuses = ledger.statuses(session)
        day = due_round(city.register.rounds, now, statuses)
        if day is None:
            await self._survey(city, now, statuses)
            return
        if now - self._tried.get(day, now - RETRY_AFTER) < RETRY_AFTER:
            return
        self._tried[day] = now
        _, report = await run_round_async(city, day, None, Options())
        for line in words_of(report, narrowed=False):
            log.info(line)

    async def _survey(self, city: City, now: datetime, statuses: Mapping[date, str]) -> None:
        """Run the month's survey when its last round is over, until nothing of it is left."""
        month = survey_month(city.register.rounds, now, statuses)
        if month is None or now - self._surveyed < RETRY_AFTER:
            return
        today = now.astimezone(SHANGHAI).date()
        if not is_owed(city.engine, city.register, city.profile, month, today):
            return
        self._surveyed = now
        report = await run_survey(city, Wanted(month), None, Options())
        for line in words_of_survey(report):
            log.info(line)

    def _mark_missed(self, city: City, now: datetime) -> None:
        with transaction(city.engine) as session:
            missed = missed_rounds(city.register.rounds, now, ledger.statuses(session))
            for day in missed:
                log.warning(say("schedule.missed", day=day))
                ledger.mark_missed(
                    session,
                    day,
                    register=city.register.to_snapshot(),
                    profile=city.profile.to_snapshot(),
                    profile_name=city.profile.name,
                    now=now,
                )


class Sampler:
    """Runs the wave of samples that is due at a waking; the last wave in the ledger says when."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tried: datetime | None = None

    async def tick(self, now: datetime) -> None:
        """Run the wave that is due at `now` (aware), if there is one; errors are told."""
        try:
            if self._is_due(now):
                self._tried = now
                log.info(say("sample.wave", words="；".join(await self._run())))
        except XunjianError as error:
            log.error(str(error))

    async def _run(self) -> list[str]:
        city = open_city(self._workspace)
        try:
            return list(words_of_wave(await wave(city, Options(), None)))
        finally:
            city.engine.dispose()

    def _is_due(self, now: datetime) -> bool:
        """Whether to sample now; what left nothing in the ledger is not tried again at once."""
        if self._tried is not None and now - self._tried < TRY_AGAIN:
            return False
        engine = open_database(self._workspace.database_url)
        with reading(engine) as session:
            due = next_wave(last_wave(session))
        engine.dispose()
        return due is None or now >= due


def schedule(ctx: typer.Context) -> None:
    """Stay in the foreground (systemd or a container keeps us) until SIGTERM."""
    workspace = workspace_of(ctx)
    city = open_city(workspace)  # a wrong file is said now, not on the sixth
    with reading(city.engine) as session:
        if ledger.has_rounds(session, simulated=True):  # one of today's date would pass for done
            raise XunjianError(say("crawl.mixed"))
    with alone(workspace.root / "data" / "xunjian.lock"):
        log.info(say("schedule.started", days="、".join(str(d) for d in city.register.rounds.days)))
        ticks = [Keeper(workspace).tick]
        if workspace.settings.sampling:
            ticks.append(Sampler(workspace).tick)
        asyncio.run(scheduler.run_clock(*ticks))
        log.info(say("schedule.stopped"))
