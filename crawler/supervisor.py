"""The supervisor: drives one round from the ledger until nothing is left that can be done now.

It starts child crawls shard by shard, waits for re-checks, and asks the ledger what is left; it
keeps nothing in memory that the ledger does not know. It never imports Scrapy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawler.children import ChildEnd, run_child
from crawler.job import Job
from crawler.rechecks import WAVE_GAP, is_void, wave_at
from rules.errors import EnvironmentTrouble
from rules.facts import Client, Outcome, PageState, TargetKind
from rules.judging import conclude
from rules.words import say
from storage import ledger
from storage.engine import reading, transaction
from storage.models import Due, Fetch

CRASHES_ALLOWED = 3  # then the target is our own fault to answer for: unknown
WAVES_A_RECHECK = 3  # void sights are looked at again, but not for ever
PLATFORM_HOUR = 3600  # seconds; accounts an hour are what platforms are owed
IDLE_ALLOWED = 3  # children in a row that ended before they began anything
BROWSERS = 1  # browser children at once: each of them is several processes


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How children are run. `only` narrows this run to some targets; the round stays whole.

    `browser` is the path of the Chromium on this machine; None: nothing is rendered or proved.
    """

    database_url: str
    bodies_folder: str
    user_agent: str
    recheck_after: tuple[timedelta, ...]
    workers: int = 2
    proxy: str | None = None
    body_limit: int = 16 << 20
    memory_mb: int = 1024
    child_seconds: int = 3600
    log_level: str = "ERROR"
    only: frozenset[str] | None = None
    browser: str | None = None
    evidence_folder: str = ""
    evidence_keep: timedelta | None = None
    intranet: bool = False
    platforms: Mapping[str, str] = field(default_factory=dict)
    platform_robots: Mapping[str, str] = field(default_factory=dict)
    data_folder: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the lines of a round, which goes its way beside the others.

    `patient`: what waits for a look for longer than this run may is left to a later one, for only
    that look can settle it; elsewhere what was seen stands as it is.
    """

    spider: str
    kinds: ledger.Kinds
    patient: bool = False


COLUMNS = Line("spiders.columns.ColumnsSpider", frozenset(TargetKind) - {TargetKind.ACCOUNT})
ACCOUNTS = Line(
    "spiders.accounts.spider.AccountsSpider", frozenset({TargetKind.ACCOUNT}), patient=True
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one child is given: targets of one shard, for one client."""

    shard: int
    client: Client
    targets: tuple[str, ...]


class Progress(Protocol):
    """What a long round tells its watcher."""

    def stored(self, looked: int, done: int) -> None:
        """A batch was stored: so many looks, so many targets done."""

    def waiting(self, count: int, until: datetime) -> None:
        """So many targets wait for their re-check; it goes on at an instant (aware, UTC)."""

    def trouble(self, words: str) -> None:
        """Something went wrong that the round survives."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one run of the supervisor spent."""

    children: int
    crashes: int
    looks: int

    def __add__(self, other: Effort) -> Effort:
        return Effort(
            self.children + other.children,
            self.crashes + other.crashes,
            self.looks + other.looks,
        )


class Supervisor:
    """One run over one line of an open round; its re-checks come by `recheck_after`, which for
    other lines than that of the columns is not the settings'."""

    def __init__(
        self,
        engine: Engine,
        round_id: int,
        settings: CrawlSettings,
        progress: Progress,
        *,
        as_of: str | None,
        line: Line = COLUMNS,
        recheck_after: Sequence[timedelta] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._round_id = round_id
        self._settings = settings
        self._progress = progress
        self._as_of = as_of
        self._line = line
        self._schedule = settings.recheck_after if recheck_after is None else recheck_after
        self._clock = clock
        self._children = self._crashes = self._looks = self._idle = 0

    async def run(self) -> Effort:
        """Look at everything that can be looked at within the re-check schedule.

        Raises EnvironmentTrouble where database or disk give out; cancellation stops the
        children and leaves the round resumable.
        """
        took = await self._pass_all(until=None)
        # The first pass was not looked at in one instant, nor will its re-checks be.
        schedule = self._schedule
        span = took + max(schedule, default=timedelta())
        deadline = self._clock() + span
        # A wave for every gap of a first pass that found little now and then, and some more; the
        # looks that only the browser can take come on top of the schedule.
        for _ in range((len(schedule) + 1) * (WAVES_A_RECHECK + span // WAVE_GAP)):
            wave = wave_at(self._waiting(deadline))
            if wave is None:
                break
            await self._wait_until(wave, deadline)
            # Only waiting is bounded: a slow or killed child must not cost a target its re-check.
            deadline += await self._pass_all(until=deadline)
        self._conclude_rest()
        return Effort(self._children, self._crashes, self._looks)

    async def _wait_until(self, wave: datetime, deadline: datetime) -> None:
        seconds = (wave - self._clock()).total_seconds()
        if seconds > 0:
            self._progress.waiting(len(self._waiting(deadline)), wave)
            await asyncio.sleep(seconds)

    async def _pass_all(self, until: datetime | None) -> timedelta:
        """Look at what is ready now, and again at what a dead child left; how long it took.

        Re-checks that come due after `until` are left alone.
        """
        began = self._clock()
        at = began if until is None else min(began, until)
        while batches := self._batches(at):
            await self._pass(batches)
        return self._clock() - began

    def _batches(self, at: datetime) -> list[Batch]:
        """What is ready at an instant: one batch a shard and client, and alone what a child has
        died on."""
        shards: dict[tuple[int, Client], list[str]] = {}
        alone = []
        with reading(self._engine) as session:
            for one in ledger.ready(session, self._round_id, at, self._line.kinds):
                if not self._wanted(one.target):
                    continue
                if one.crashes >= CRASHES_ALLOWED - 1:
                    alone.append(Batch(one.shard, one.client, (one.target,)))
                else:
                    shards.setdefault((one.shard, one.client), []).append(one.target)
        return [Batch(*key, tuple(names)) for key, names in shards.items()] + alone

    def _waiting(self, until: datetime) -> list[datetime]:
        with reading(self._engine) as session:
            waiting = ledger.waiting(session, self._round_id, until, self._line.kinds)
        return [at for target, at in waiting if self._wanted(target)]

    def _wanted(self, target: str) -> bool:
        return self._settings.only is None or target in self._settings.only

    async def _pass(self, batches: Sequence[Batch]) -> None:
        """One child for each batch, so many at once as there are workers, and few with browsers."""
        places = {
            Client.HTTP: asyncio.Semaphore(self._settings.workers),
            Client.BROWSER: asyncio.Semaphore(BROWSERS),
        }

        async def one(batch: Batch) -> ChildEnd:
            async with places[batch.client]:
                return await self._run(batch)

        try:
            async with asyncio.TaskGroup() as group:
                ends = [group.create_task(one(batch)) for batch in batches]
        except* EnvironmentTrouble as troubles:
            raise troubles.exceptions[0] from None
        for task in ends:
            self._settle(task.result())

    async def _run(self, batch: Batch) -> ChildEnd:
        settings = self._settings
        self._children += 1
        job = Job(
            database_url=settings.database_url,
            bodies_folder=settings.bodies_folder,
            round_id=self._round_id,
            shard=batch.shard,
            spider=self._line.spider,
            recheck_after=tuple(after.total_seconds() for after in self._schedule),
            as_of=self._as_of,
            user_agent=settings.user_agent,
            body_limit=settings.body_limit,
            memory_mb=settings.memory_mb,
            seconds=settings.child_seconds,
            log_level=settings.log_level,
            only=batch.targets,
            client=batch.client,
            browser=settings.browser,
            proxy=settings.proxy,
            evidence_folder=settings.evidence_folder,
            intranet=settings.intranet,
            platforms=dict(settings.platforms),
            platform_robots=dict(settings.platform_robots),
            data_folder=settings.data_folder,
        )
        return await run_child(job, proxy=settings.proxy, on_stored=self._progress.stored)

    def _settle(self, end: ChildEnd) -> None:
        """After a child's end: count what it stored, and whom it may have died on."""
        self._looks += end.looked
        self._idle = 0 if end.looked or end.in_hand else self._idle + 1
        if self._idle >= idle_allowed(self._line, self._settings.child_seconds):
            raise EnvironmentTrouble(say("crawl.child_idle"))
        if not end.crashed and end.looked:
            return
        self._crashes += 1
        self._progress.trouble(say("crawl.child_died", count=len(end.in_hand)))
        with transaction(self._engine) as session:
            ledger.note_crashes(session, end.in_hand)
            kinds = self._line.kinds
            for due in ledger.crashed(session, self._round_id, CRASHES_ALLOWED, kinds):
                self._progress.trouble(say("crawl.poisoned", url=due.url))
                self._give_up(session, due)

    def _give_up(self, session: Session, due: Due) -> None:
        """Children die on this target: its observation says so, and accuses nobody."""
        fetch = Fetch(
            due_id=due.id,
            look=due.looks,
            client=due.client,
            purpose=due.purpose,
            at=self._clock(),
            elapsed_ms=0,
            url=due.url,
            final_url=due.url,
            state=PageState.UNREADABLE,
            outcome=Outcome.OUR_FAULT,
            item_count=0,  # said here: a row knows its defaults only once it is written
            confidence=0.0,
            signs=["child_died"],
        )
        observation = conclude((ledger.sight_of(fetch),))
        ledger.record_look(session, fetch, again=None, observation=observation)

    def _conclude_rest(self) -> None:
        """Targets that wait for longer than we may: their valid sights stand as they are.

        One whose last sight is void stays undone, for a later run to look at again.
        """
        if self._line.patient:
            return
        with transaction(self._engine) as session:
            sights = ledger.sights_by_due(session, self._round_id, unfinished=True)
            for due in ledger.unfinished(session, self._round_id, self._line.kinds):
                seen = sights[due.id]
                if not is_void(seen[-1]) and self._wanted(due.target):
                    ledger.conclude_due(session, due, conclude(seen), self._clock())


def idle_allowed(line: Line, child_seconds: int) -> int:
    """How many children in a row may begin nothing: those of a patient line may wait, one after
    the other, until an hour's limit of a platform is over."""
    waiting = PLATFORM_HOUR // max(1, child_seconds) if line.patient else 0
    return IDLE_ALLOWED + waiting


def known_names(names: Collection[str], places: Mapping[str, str | None]) -> frozenset[str]:
    """The targets that `--only` means: by target id, all of a site, an account by its name.

    `places`: target -> its site, or the account's name.
    """
    wanted = set(names)
    return frozenset(
        target for target, site in places.items() if target in wanted or site in wanted
    )
