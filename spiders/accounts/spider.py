"""Accounts: one look at every ready account, platform by platform, handed in at the desk.

Thin: what is asked is `conversing`'s, what an answer says the parsers', what follows the judge's
and the desk's. One worker a platform, at its pace; the first sign of a block closes a source.
Official and public interfaces are asked by Scrapy, pages opened in the browser, which is started
only where one is needed.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.account_desk import AccountDesk, SourceRead
from rules.errors import EnvironmentTrouble
from rules.facts import Truth
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Post
from rules.register import Account, ControlAccount
from rules.words import say
from spiders.accounts import received
from spiders.accounts.access import Keys
from spiders.accounts.answers import Sought
from spiders.accounts.asking import hosts_of
from spiders.accounts.driving import drive, renew
from spiders.accounts.lines import Line
from spiders.accounts.pacing import Breakers, Pace
from spiders.accounts.pages import Refusal
from spiders.accounts.readers import unread
from spiders.accounts.source import Source
from spiders.accounts.sources import SOURCES, sources_of
from storage.ledger import Task

LAST_ORDERS = 180.0  # seconds before a child's end in which no further account is begun
NOT_ASKED = frozenset({"import"})  # it is heard before anybody is asked


class AccountsSpider(Spider):
    """Visits the accounts of one round; `trouble` is set where the database gave out."""

    name = "accounts"
    desk_of = AccountDesk

    def __init__(self, desk: AccountDesk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.desk = desk
        self.trouble: EnvironmentTrouble | None = None
        self.crash: BaseException | None = None
        self.breakers = Breakers()
        self._paces: dict[str, Pace] = {}
        self._ends = float("inf")
        self._controlled: set[str] = set()
        self._wanting: set[str] = set()  # sources whose reads settled nothing: controls once more
        self._draw = Random().random  # noqa: S311 - the jitter of a pause
        job = desk.job
        self.keys = Keys(
            hosts=hosts_of(job.platforms),
            folder=Path(job.data_folder),
            database=desk.database,
            environment=os.environ,
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AccountsSpider:
        """The spider, with its lines to the platforms."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.line = Line(crawler, spider.desk.job, spider.desk.now)
        return spider

    line: Line

    async def start(self) -> AsyncIterator[Request]:
        """Everything is asked from here; nothing goes through the crawl's own queue."""
        seconds = self.desk.job.seconds
        self._ends = asyncio.get_running_loop().time() + seconds - min(LAST_ORDERS, seconds / 10)
        try:
            async with self.line, asyncio.TaskGroup() as group:
                for platform, tasks in self._by_platform():
                    group.create_task(self._platform(platform, tasks))
        except* EnvironmentTrouble as troubles:
            self.trouble = _first(troubles)
        except* Exception as errors:  # noqa: BLE001 - ours: the child ends with it
            self.crash = errors
        return
        yield  # what makes it an iterator

    def _by_platform(self) -> list[tuple[Platform, list[Task]]]:
        def platform_of(task: Task) -> Platform:
            return self.desk.duties[task.target].platform

        ordered = sorted(self.desk.tasks, key=platform_of)
        return [(one, list(tasks)) for one, tasks in groupby(ordered, platform_of)]

    async def _platform(self, platform: Platform, tasks: Sequence[Task]) -> None:
        """One worker: account after account, and the controls once more where it matters."""
        for task in tasks:
            if not await self._turn(self.desk.accounts[task.target]):
                break  # what is left is ready for another child
            await self._account(task)
        for source in sources_of(platform):
            if source.name in self._wanting:
                await self._read_controls(source, platform)

    async def _turn(self, account: Account) -> bool:
        """Wait until the hour allows for another account; False where this child's time ends."""
        now = asyncio.get_running_loop().time()
        asked = (one for one in asked_sources(account) if self.breakers.closed(one) is None)
        wait = max((self._pace(one).until_the_next(now) for one in asked), default=0.0)
        left = self._ends - now
        await asyncio.sleep(max(0.0, min(wait, left)))
        return wait < left

    async def _account(self, task: Task) -> None:
        """One look: its sources in their order, until one of them clears."""
        self.desk.begin(task)
        account = self.desk.accounts[task.target]
        before = (*self.desk.earlier(task), *self.desk.imported(task))
        reads: list[SourceRead] = []
        for source in asked_sources(account):
            if self._is_settled(task, before, reads):
                break
            reads.append(await self._read(source, task, account, before, reads))
            if not self._is_settled(task, before, reads):
                self._wanting.add(source.name)
        self.desk.finish(task, telling(reads))

    def _is_settled(
        self, task: Task, before: Sequence[FetchResult], reads: Sequence[SourceRead]
    ) -> bool:
        results = (*before, *(read.result for read in reads))
        return bool(results) and self.desk.verdict(task, results).truth is Truth.OK

    async def _read(
        self,
        source: Source,
        task: Task,
        account: Account,
        before: Sequence[FetchResult],
        reads: Sequence[SourceRead],
    ) -> SourceRead:
        await self._control_first(source, account.platform)
        known = (*before, *(read.result for read in reads))

        def enough(posts: Sequence[Post]) -> bool:
            if not posts:  # a counter alone clears, but the list is read all the same
                return False
            shown = FetchResult(source.name, FetchOutcome.OK, self.desk.now(), posts=tuple(posts))
            return self.desk.verdict(task, (*known, shown)).truth is Truth.OK

        sought = Sought(
            platform=account.platform,
            platform_id=account.id,
            name=account.name,
            aliases=account.aliases,
            window=self.desk.windows(task).reach,
        )
        return await self._ask(source, account, sought, enough, self.desk.links(task))

    async def _ask(
        self,
        source: Source,
        account: Account,
        sought: Sought,
        enough: Any,
        links: tuple[str, ...] = (),
    ) -> SourceRead:
        if source.name == received.SOURCE:
            folder = Path(self.desk.job.data_folder)
            return received.received(folder, sought, self.desk.now())
        refusal = self.breakers.closed(source) or self._full(source)
        if refusal is not None:
            return SourceRead(unread(source.name, sought, refusal, self.desk.now()))
        await self._renewed(source, account)
        read = await self._driven(source, account, sought, enough, links)
        expired = read.result.reason is FetchReason.TOKEN_EXPIRED
        if expired and await self._renewed(source, account, refused=True):
            read = await self._driven(source, account, sought, enough, links)
        self.keys.look_at(source, account, read.result)
        if self.breakers.look_at(source, read.result):
            reason = say(f"fetch_reason.{read.result.reason}")
            self.logger.error(say("session.source_closed", source=source.name, reason=reason))
        return read

    async def _driven(
        self, source: Source, account: Account, sought: Sought, enough: Any, links: tuple[str, ...]
    ) -> SourceRead:
        opened = self.keys.access(source, account, links=links)
        if isinstance(opened, Refusal):
            return SourceRead(unread(source.name, sought, opened, self.desk.now()))
        state = self.keys.state(source, account)
        pace = self._pace(source)
        return await drive(source, sought, opened, enough, self.line, pace, state=state)

    async def _renewed(self, source: Source, account: Account, *, refused: bool = False) -> bool:
        """Whether an account has a new token: where its old one is at its end, or was refused."""
        renewing = self.keys.renewing(source, account, self.desk.now(), refused=refused)
        if renewing is None:
            return False
        fresh = await renew(source, self.keys.hosts, renewing, self.line, self._pace(source))
        if fresh is not None:
            self.keys.keep(account, fresh, self.desk.now())
        return fresh is not None

    def _pace(self, source: Source) -> Pace:
        if source.name not in self._paces:
            pace = Pace(source, self.desk.profile.account_pace, self._draw)
            now = asyncio.get_running_loop().time()
            pace.remember(now - ago for ago in self.desk.lately(source.name))
            self._paces[source.name] = pace
        return self._paces[source.name]

    def _full(self, source: Source) -> Refusal | None:
        """The refusal of our own: so many accounts of this source were read within a day."""
        now = asyncio.get_running_loop().time()
        if self._pace(source).begin(now):
            return None
        wait = 24 * 3600
        return Refusal(FetchOutcome.BLOCKED, FetchReason.RATE_LIMITED, wait, detail="our own pace")

    async def _control_first(self, source: Source, platform: Platform) -> None:
        """The controls of a source before its first account in this child."""
        if source.name not in self._controlled:
            self._controlled.add(source.name)
            await self._read_controls(source, platform)

    async def _read_controls(self, source: Source, platform: Platform) -> None:
        """Read a source's control accounts, and keep whether one of them showed what it should."""
        controls = [one for one in self.desk.register.control_accounts if one.platform is platform]
        if not controls or not source.may_prove:
            return
        shown = [await self._shows(source, control) for control in controls]
        self.desk.keep_control(source.name, self.desk.now(), any(shown))

    async def _shows(self, source: Source, control: ControlAccount) -> bool:
        """Whether a control account shows a post within its usual rhythm."""
        now = self.desk.now()

        def is_recent(posts: Sequence[Post]) -> bool:
            return any(
                post.time is not None and now - control.every <= post.time <= now
                for post in posts
                if post.counts and not post.deleted
            )

        sought = Sought(
            platform=control.platform,
            platform_id=control.id,
            name=control.name,
            window=self.desk.control_window(control.every),
        )
        read = await self._ask(source, control.as_account(), sought, is_recent)
        ours = read.result.identity.platform_id in (None, control.id)
        return read.result.outcome is FetchOutcome.OK and ours and is_recent(read.result.posts)


def asked_sources(account: Account) -> tuple[Source, ...]:
    """The sources of an account, in the register's order; without any, those that its platform
    has by default."""
    if account.sources:
        named = (SOURCES[name] for name in account.sources if name in SOURCES)
        return tuple(one for one in named if one.name not in NOT_ASKED)
    return tuple(
        one
        for one in sources_of(account.platform)
        if one.is_on(account.platform) and one.name not in NOT_ASKED
    )


def telling(reads: Sequence[SourceRead]) -> list[SourceRead]:
    """The reads that tell of the account: a source that nobody has set up says nothing beside one
    that somebody has."""
    set_up = [one for one in reads if one.result.reason is not FetchReason.NOT_CONFIGURED]
    return set_up or list(reads[:1])


def _first(troubles: BaseExceptionGroup[EnvironmentTrouble]) -> EnvironmentTrouble:
    found = troubles.exceptions[0]
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found
