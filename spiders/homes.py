"""Homes: one visit to the home page of every running site, for its availability.

Thin: the visit is `crawler.visiting`'s, the time the stopwatch's. Nothing is looked at twice; the
next wave is the next look.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import host_of
from crawler.controls import Controls
from crawler.look import Look
from crawler.stopwatch import Watch
from crawler.visiting import Visitor, request_for
from crawler.wave import Home, WaveDesk, is_usable
from rules.availability import LEFT_OUT, UNANSWERED
from rules.errors import EnvironmentTrouble
from rules.facts import Outcome


class HomesSpider(Spider):
    """Visits the homes of one wave; `trouble` is set where the database gave out.

    `groups` are the host groups by host: sites of one machine wait for one another.
    """

    name = "homes"
    visitor: Visitor

    def __init__(self, desk: WaveDesk, groups: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.desk = desk
        self.groups = groups
        self.trouble: EnvironmentTrouble | None = None
        job = desk.job
        self.controls = Controls(
            job.controls, self._look_at_control, desk.keep_control, spacing=job.host_delay
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> HomesSpider:
        """The spider, with the desk told when all is over."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.visitor = Visitor(crawler, spider.desk.today)
        crawler.signals.connect(spider.flush, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request for every home page."""
        for home in self.desk.job.homes:
            yield self._request(home, home.robots_obey).replace(
                callback=self.parse, errback=self.failed
            )

    def _request(self, home: Home, robots_obey: bool) -> Request:
        return request_for(
            home.url,
            home=home,
            watch=Watch(),
            download_slot=self.groups[host_of(home.url)],
            dont_obey_robotstxt=not robots_obey,
            cookiejar=home.site,
        )

    async def parse(self, response: Response) -> None:
        """A page arrived."""
        look = await self.visitor.read(response)
        await self._hand_in(response.meta["home"], look, response.meta["watch"])

    async def failed(self, failure: Failure) -> None:
        """No page arrived; perhaps it was not even asked for, since robots.txt never came.

        Whether a visitor could open the page is the question, so that it is asked for then.
        """
        request: Request = failure.request  # type: ignore[attr-defined]
        home, watch = request.meta["home"], request.meta["watch"]
        look = self.visitor.failed(failure)
        unheard = UNANSWERED - {Outcome.DNS_FAILURE}  # of a name without an address all is said
        if look.outcome in unheard and not watch.asked:
            again = self._request(home, robots_obey=False)
            watch, look = again.meta["watch"], await self.visitor.visit(again)
        await self._hand_in(home, look, watch)

    async def _look_at_control(self, url: str) -> Look:
        return await self.visitor.visit(request_for(url, download_slot=f"control:{url}"))

    async def _hand_in(self, home: Home, look: Look, watch: Watch) -> None:
        milliseconds = watch.milliseconds
        if look.outcome is Outcome.TIMEOUT:
            milliseconds = max(milliseconds, int(1000 * self.desk.job.answer_within))
        self._write(lambda: self.desk.keep(home, look, milliseconds))
        late = milliseconds >= 1000 * self.desk.job.answer_within
        if look.outcome not in LEFT_OUT and (late or not is_usable(look)):
            await self.controls.answer_now()

    def flush(self) -> None:
        """Write what the desk holds."""
        self._write(self.desk.flush)

    def _write(self, write: Callable[[], None]) -> None:
        """Write to the database; at trouble with it, stop the wave and keep the trouble."""
        if self.trouble is not None:
            return
        try:
            write()
        except EnvironmentTrouble as error:
            self.trouble = error
            if self.crawler.engine is not None:
                self._end = asyncio.ensure_future(self.crawler.engine.close_spider_async())
