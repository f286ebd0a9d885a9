"""Columns: one look at every ready column of a shard, handed in at the desk.

Thin: the visit is `crawler.visiting`'s, the next step the desk's. It never judges and never
writes to the database.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.calling import Caller
from crawler.confirming import with_articles
from crawler.controls import Controls
from crawler.desk import Desk
from crawler.look import Look
from crawler.random_path import RandomPaths
from crawler.visiting import Visitor, request_for
from rules.errors import EnvironmentTrouble
from storage.ledger import Task

FLUSH_SECONDS = 0.5
OBJECTS_A_SWEEP = 10_000  # the tree of a page is thousands, all of which die with it


class ColumnsSpider(Spider):
    """Visits the columns of one shard; `trouble` is set where the database gave out."""

    name = "columns"
    desk_of = Desk
    visitor: Visitor
    caller: Caller
    random_paths: RandomPaths

    def __init__(self, desk: Desk, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.desk = desk
        self.trouble: EnvironmentTrouble | None = None
        self._flush_later: asyncio.TimerHandle | None = None
        self.controls = Controls(
            desk.register.controls,
            self._look_at_control,
            desk.keep_probe,
            spacing=desk.profile.host_delay.total_seconds(),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ColumnsSpider:
        """The spider, with the desk told when a target is in hand and when all is over."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.visitor = Visitor(crawler, lambda: spider.desk.today)
        spider.caller = Caller(spider.visitor, spider.desk.known_calls, lambda: spider.desk.today)
        spider.random_paths = RandomPaths(spider.visitor)
        crawler.signals.connect(spider.in_hand, signals.request_reached_downloader)
        crawler.signals.connect(spider.flush, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request for every task, two of one address included."""
        gc.freeze()  # what is loaded by now stays for good
        gc.set_threshold(OBJECTS_A_SWEEP)
        for task in self.desk.tasks:
            request = self._request(task, task.url)
            request.meta["task"] = task
            yield request.replace(callback=self.parse, errback=self.failed)

    def _request(self, task: Task, url: str) -> Request:
        """A request on behalf of a task: at its host's pace, under its site's robots rule."""
        return request_for(
            url,
            download_slot=task.host_group,
            dont_obey_robotstxt=not self.desk.targets[task.target].robots_obey,
            cookiejar=task.due_id,
        )

    def in_hand(self, request: Request) -> None:
        """A request left for its host: if this process dies now, this target was in hand."""
        if "task" in request.meta:
            self.desk.begin(request.meta["task"])

    async def parse(self, response: Response) -> None:
        """A page arrived."""
        task: Task = response.meta["task"]
        look = await self.visitor.read(response, self.desk.targets[task.target].hint)
        assert response.request is not None
        look = await self.caller.instead(task.target, task.url, look, response.request)
        look = await self.random_paths.beside(look, lambda url: self._request(task, url))
        await self._hand_in(task, look)

    async def failed(self, failure: Failure) -> None:
        """No page arrived."""
        request: Request = failure.request  # type: ignore[attr-defined]
        await self._hand_in(request.meta["task"], self.visitor.failed(failure))

    async def _look_at_control(self, url: str) -> Look:
        return await self.visitor.visit(request_for(url, download_slot=f"control:{url}"))

    async def _confirmed(self, task: Task, look: Look) -> Look:
        """The look with what the ledger remembers and what the newest entries' own pages show."""
        look = self.desk.remembered(task, look)
        urls = self.desk.articles_to_open(task, look)
        opened = [await self.visitor.visit(self._request(task, url)) for url in urls]
        return with_articles(look, opened, self.desk.today) if opened else look

    async def _hand_in(self, task: Task, look: Look) -> None:
        try:
            look = await self._confirmed(task, look)
            await asyncio.to_thread(self.desk.keep_body, look)
        except EnvironmentTrouble as error:
            self._give_up(error)
            return
        ok = self.controls.last
        if not self.desk.is_plain(task, look):
            ok = await self.controls.answer_now()
        self._write(lambda: self.desk.finish(task, look, ok))
        if self._flush_later is None:
            loop = asyncio.get_running_loop()
            self._flush_later = loop.call_later(FLUSH_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what the desk holds."""
        self._flush_later = None
        self._write(self.desk.flush)

    def _write(self, write: Callable[[], None]) -> None:
        """Write to the ledger; at trouble with it, stop the crawl and keep the trouble."""
        if self.trouble is not None:
            return
        try:
            write()
        except EnvironmentTrouble as error:
            self._give_up(error)

    def _give_up(self, trouble: EnvironmentTrouble) -> None:
        """Stop the crawl and keep the trouble for whoever started it."""
        self.trouble = trouble
        if self.crawler.engine is not None:
            self._end = asyncio.ensure_future(self.crawler.engine.close_spider_async())
