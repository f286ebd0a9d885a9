"""A browser child: the looks of one shard that only a browser can take, in a process of its own.

Started by the supervisor as `python -m crawler.browser.child`, spoken to like `crawler.child`: a
job on standard input, what is in hand and what is stored on standard output. Exit codes: 0, or 5.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.request import getproxies

from crawler.browser.engine import PAGES_A_CONTEXT, Engine, Seat
from crawler.browser.errand import Errand, Limits
from crawler.browser.pace import Pace
from crawler.browser.plain import look_at_control
from crawler.browser.rendering import PageBroke, render
from crawler.child import die_with_parent
from crawler.confirming import with_articles
from crawler.controls import Controls
from crawler.desk import Desk
from crawler.job import Job
from crawler.look import Answer, Look
from rules.errors import EnvironmentTrouble, Exit
from rules.facts import Client, Outcome, PageReading, PageState, Purpose
from storage.engine import open_database
from storage.ledger import Task

SITES_AT_ONCE = 4  # seats in all, whatever a host group may have: they mostly wait
TRIES = 2  # of a page on which the browser broke


class BrowserChild:
    """One run over the tasks of a job."""

    def __init__(self, job: Job, desk: Desk, engine: Engine) -> None:
        self._job = job
        self._desk = desk
        self._engine = engine
        self._tries: Counter[int] = Counter()
        self._suspects: list[Task] = []
        delay = desk.profile.host_delay.total_seconds()
        self._paces: defaultdict[str, Pace] = defaultdict(lambda: Pace(delay))
        self._controls = Controls(
            desk.register.controls,
            self._look_at_control,
            desk.keep_probe,
            spacing=delay,
        )

    async def run(self) -> None:
        """Look at every task, some sites at once, each host group at its own pace."""
        places = asyncio.Semaphore(SITES_AT_ONCE)
        try:
            async with asyncio.timeout(self._job.seconds):
                async with asyncio.TaskGroup() as group:
                    for tasks in by_group(self._desk.tasks):
                        runs = deque(self._runs(tasks))
                        for _ in range(self._desk.profile.host_concurrency):
                            group.create_task(self._line(runs, places))
                for task in self._suspects:
                    await self._alone(task)
        except* TimeoutError:
            pass  # what is left is ready for another child
        except* EnvironmentTrouble as troubles:
            raise troubles.exceptions[0] from None
        finally:
            self._desk.flush()

    def _runs(self, tasks: Sequence[Task]) -> Iterator[list[Task]]:
        """The tasks of one host group by site, in runs that its seats share evenly."""
        share = -(-len(tasks) // self._desk.profile.host_concurrency)
        return runs_of(
            tasks,
            lambda task: self._desk.targets[task.target].site,
            most=min(share, PAGES_A_CONTEXT),
        )

    async def _line(self, runs: deque[list[Task]], places: asyncio.Semaphore) -> None:
        """One seat of a host group: a context for each run that the others have left to it."""
        while runs:
            async with places:
                left = runs.popleft() if runs else []
                while left:
                    left = await self._some(left)

    async def _some(self, tasks: list[Task]) -> list[Task]:
        """Look at tasks in one context until one of them breaks it; what is left of them.

        Where the browser itself broke, each page that was open in it may have done it: they are
        looked at again when everybody else is done, one by one (`_alone`).
        """
        async with self._engine.context() as seat:
            for place, task in enumerate(tasks):
                try:
                    await self._take(seat, task)
                except PageBroke as error:
                    if not await self._engine.is_well(seat.started):
                        await self._engine.drop(seat.started)
                        self._suspects.append(task)
                        return tasks[place + 1 :]
                    return tasks[place + (await self._give_up(task, error)) :]
        return []

    async def _alone(self, task: Task) -> None:
        """Look at a task that the browser may have broken on, with nobody else in the browser."""
        try:
            async with self._engine.context() as seat:
                await self._take(seat, task)
            return
        except PageBroke as error:
            if not await self._engine.is_well(seat.started):
                await self._engine.drop(seat.started)
            given_up = await self._give_up(task, error)
        if not given_up:
            await self._alone(task)

    async def _give_up(self, task: Task, error: PageBroke) -> bool:
        """One more try of a page was in vain; whether it was its last."""
        self._tries[task.due_id] += 1
        if self._tries[task.due_id] < TRIES:
            return False
        await self._hand_in(task, broken(task, error))
        return True

    async def _take(self, seat: Seat, task: Task) -> None:
        """One look at a task, and at what confirms it."""
        look = await self._render(seat, task, self._errand(task))
        await self._hand_in(task, await self._confirmed(seat, task, look))

    async def _render(self, seat: Seat, task: Task, errand: Errand) -> Look:
        """One page rendered on behalf of a task, when it is its host group's turn."""
        await self._paces[task.host_group].turn()
        self._desk.begin(task)
        look = await render(seat, errand)
        seat.started.pages += 1
        return look

    async def _confirmed(self, seat: Seat, task: Task, look: Look) -> Look:
        """The look with what the ledger remembers and what the newest entries' own pages show."""
        look = self._desk.remembered(task, look)
        errand = replace(self._errand(task), hint=None, purpose=Purpose.READ)
        opened = [
            await self._render(seat, task, replace(errand, url=url))
            for url in self._desk.articles_to_open(task, look)
        ]
        return with_articles(look, opened, self._desk.today) if opened else look

    def _errand(self, task: Task) -> Errand:
        return Errand(
            task.url,
            lambda: self._desk.today,
            self._job.user_agent,
            hint=self._desk.targets[task.target].hint,
            purpose=task.purpose,
            limits=Limits(document=self._desk.profile.answer_within.total_seconds()),
            target=task.url,
        )

    async def _hand_in(self, task: Task, look: Look) -> None:
        ok = self._controls.last
        if not self._desk.is_plain(task, look):
            ok = await self._controls.answer_now()
        self._desk.finish(task, look, ok)
        self._desk.flush()

    async def _look_at_control(self, url: str) -> Look:
        job = self._job
        return await look_at_control(
            url,
            today=self._desk.today,
            user_agent=job.user_agent,
            proxy=job.proxy,
            seconds=self._desk.profile.answer_within.total_seconds(),
            intranet=job.intranet,
        )


def by_group(tasks: Sequence[Task]) -> list[list[Task]]:
    """The tasks of each host group together: one politeness budget."""
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.host_group, []).append(task)
    return list(groups.values())


def runs_of(
    tasks: Sequence[Task], site_of: Callable[[Task], str | None], *, most: int
) -> Iterator[list[Task]]:
    """Runs of tasks of one site, none longer than `most`."""
    run: list[Task] = []
    for task in sorted(tasks, key=lambda task: str(site_of(task))):
        if run and (site_of(run[0]) != site_of(task) or len(run) >= most):
            yield run
            run = []
        run.append(task)
    if run:
        yield run


def broken(task: Task, error: Exception) -> Look:
    """The look at a page on which the browser breaks: our fault, and nobody else's."""
    answer = Answer(datetime.now(UTC), 0, task.url, task.url)
    reading = PageReading(PageState.UNREADABLE, signs=("browser_broke",))
    return Look(
        answer,
        Outcome.OUR_FAULT,
        reading,
        error=str(error)[:300],
        client=Client.BROWSER,
        purpose=task.purpose,
    )


async def crawl(job: Job) -> None:
    """Take the job's looks; raises EnvironmentTrouble where database, disk or browser give out."""
    assert job.browser is not None
    desk = Desk(open_database(job.database_url), job, lambda: datetime.now(UTC))
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with Engine(
        job.browser,
        job.user_agent,
        job.proxy or getproxies().get("http"),
        intranet=job.intranet,
        memory_mb=job.memory_mb,
        most_bytes=2 * job.body_limit,
    ) as engine:
        await BrowserChild(job, desk, engine).run()


def main() -> int:
    """Run the job on standard input."""
    die_with_parent()
    try:
        with suppress(asyncio.CancelledError):
            asyncio.run(crawl(Job.from_json(sys.stdin.readline())))
    except EnvironmentTrouble as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return Exit.DONE


if __name__ == "__main__":
    sys.exit(main())
