"""One month's survey, from the register to the database. Never imports Scrapy.

It belongs to no round. What is owed and what is done stands in the database alone, so that a second
run goes on with what the first one left.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from crawler.children import run_child
from crawler.supervisor import CrawlSettings
from crawler.survey.job import SurveyJob
from crawler.survey.targets import SITES, targets_of
from rules.errors import EnvironmentTrouble, XunjianError
from rules.facts import SHANGHAI
from rules.profiles import Profile
from rules.register import Register
from rules.site_checks import Doubt
from rules.words import say
from storage import ledger
from storage.engine import reading, transaction
from storage.models import SurveyRow
from storage.site_checks import (
    OPEN,
    VOIDS_ALLOWED,
    SurveyState,
    has_surveys,
    note_crashes,
    owe,
    rows_of,
    site_checks,
)
from storage.vetoes import conclude_again

TARGETS_A_CHILD = 200
IDLE_ALLOWED = 3  # children in a row that ended before they began anything


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which survey: of what month, of which sites (none named: the month's own), all of them, and
    whether what is done is done once more."""

    month: str
    names: tuple[str, ...] = ()
    every: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """How a month's survey stands after a run: all that it owes, done, left, and given up because
    children died on it. `blind`: something is left because no control answered. `broken`: checks
    that broke on our side and say nothing of their sites."""

    month: str
    due: int
    done: int
    given_up: int
    blind: bool
    broken: int = 0

    @property
    def left(self) -> int:
        """What a further run goes on with."""
        return self.due - self.done - self.given_up


async def survey_month(
    engine: Engine,
    register: Register,
    profile: Profile,
    settings: CrawlSettings,
    wanted: Wanted,
    *,
    as_of: date | None,
    on_stored: Callable[[int, int], None] = lambda _looked, _done: None,
) -> SurveyReport:
    """Survey what the month owes and is not done yet.

    Raises XunjianError where simulated and real results would stand side by side, or where the
    register names no control, without which nothing negative could ever stand; EnvironmentTrouble
    where database, disk or browser give out.
    """
    if not register.controls:
        raise XunjianError(say("survey.no_controls"))
    targets = targets_of(
        register,
        wanted.month,
        profile.survey_share,
        wanted.names,
        every=wanted.every,
        today=as_of or _today(),
    )
    with transaction(engine) as session:
        simulated = as_of is not None
        if ledger.has_rounds(session, simulated=not simulated) or has_surveys(
            session, simulated=not simulated
        ):
            raise XunjianError(say("crawl.mixed"))
        owe(session, wanted.month, targets, simulated=simulated, again=wanted.again)
        hashes = ledger.keep_texts(
            session, register.to_snapshot(), profile.to_snapshot(), profile.name
        )
    run = _Run(engine, settings, wanted.month, hashes, _shift(as_of), frozenset(targets))
    await run.all(on_stored)
    with transaction(engine) as session:
        conclude_again(session, wanted.month)  # the vetoes that hear a survey
    return run.report()


def is_owed(engine: Engine, register: Register, profile: Profile, month: str, today: date) -> bool:
    """Whether anything of a month's survey is left to do today."""
    targets = targets_of(register, month, profile.survey_share, (), every=False, today=today)
    with reading(engine) as session:
        over = {(row.kind, row.target) for row in rows_of(session, month) if row.state not in OPEN}
    return any(target not in over for target in targets)


def _today() -> date:
    return datetime.now(UTC).astimezone(SHANGHAI).date()


def _shift(as_of: date | None) -> int:
    return (as_of - _today()).days if as_of else 0


class _Run:
    """One run over a month's survey; of its targets only those that this run is about."""

    def __init__(
        self,
        engine: Engine,
        settings: CrawlSettings,
        month: str,
        hashes: tuple[str, str],
        shift: int,
        targets: Collection[tuple[str, str]],
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._month = month
        self._hashes = hashes
        self._shift = shift
        self._targets = targets

    async def all(self, on_stored: Callable[[int, int], None]) -> None:
        """Child after child, waiting for what must be looked at again, until nothing is left that
        this run can do."""
        idle = 0
        while left := self._left():
            wake = min(row.not_before or datetime.now(UTC) for row in left)
            await asyncio.sleep(max(0.0, (wake - datetime.now(UTC)).total_seconds()))
            end = await run_child(
                self._job(ready(left, datetime.now(UTC))),
                proxy=self._settings.proxy,
                on_stored=on_stored,
            )
            idle = 0 if end.looked or end.in_hand else idle + 1
            if idle >= IDLE_ALLOWED:
                raise EnvironmentTrouble(say("crawl.child_idle"))
            if end.crashed or not end.looked:  # a child whose time was up is to blame for nothing
                with transaction(self._engine) as session:
                    note_crashes(session, end.in_hand)

    def _left(self) -> list[SurveyRow]:
        return [row for row in self._rows() if row.state in OPEN and row.voids < VOIDS_ALLOWED]

    def _rows(self) -> list[SurveyRow]:
        with reading(self._engine) as session:
            rows = rows_of(session, self._month)
        return [row for row in rows if (row.kind, row.target) in self._targets]

    def _job(self, rows: Sequence[SurveyRow]) -> SurveyJob:
        settings = self._settings
        return SurveyJob(
            database_url=settings.database_url,
            bodies_folder=settings.bodies_folder,
            evidence_folder=settings.evidence_folder,
            month=self._month,
            ids=tuple(row.id for row in rows),
            register=self._hashes[0],
            profile=self._hashes[1],
            user_agent=settings.user_agent,
            body_limit=settings.body_limit,
            memory_mb=settings.memory_mb,
            seconds=settings.child_seconds,
            log_level=settings.log_level,
            intranet=settings.intranet,
            behind_proxy=bool(settings.proxy or os.environ.get("http_proxy")),
            browser=settings.browser,
            proxy=settings.proxy,
            shift_days=self._shift,
        )

    def report(self) -> SurveyReport:
        """How what this run was about stands now."""
        rows = self._rows()
        states = [row.state for row in rows]
        return SurveyReport(
            month=self._month,
            due=len(rows),
            done=states.count(SurveyState.DONE),
            given_up=states.count(SurveyState.GIVEN_UP),
            blind=any(row.voids for row in rows if row.state in OPEN),
            broken=self._broken(),
        )

    def _broken(self) -> int:
        with reading(self._engine) as session:
            found = site_checks(session, self._month)
        return sum(
            one.check.reason == Doubt.OUR_FAULT and (SITES, one.site) in self._targets
            for one in found
        )


def ready(rows: Sequence[SurveyRow], now: datetime) -> list[SurveyRow]:
    """What the next child is given: what may be looked at now, first looks first; alone what a
    child has died on."""
    due = [row for row in rows if row.not_before is None or row.not_before <= now]
    due.sort(key=lambda row: (row.crashes, row.passes, row.id))
    if due and due[0].crashes:
        return due[:1]
    return [row for row in due if not row.crashes][:TARGETS_A_CHILD]
