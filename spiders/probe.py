"""Probe: one look at each of a few addresses, to show what the machine sees."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.look import Look
from crawler.visiting import Visitor, request_for
from rules.facts import Hint


class ProbeSpider(Spider):
    """Fills `looks`, one for each address, by address."""

    name = "probe"
    visitor: Visitor

    def __init__(
        self, urls: Sequence[str], today: date, hint: Hint | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.urls, self.today, self.hint = tuple(urls), today, hint
        self.looks: dict[str, Look] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ProbeSpider:
        """The spider with its visitor."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.visitor = Visitor(crawler, lambda: spider.today)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """One request an address."""
        for url in self.urls:
            yield request_for(url).replace(callback=self.parse, errback=self.failed)

    async def parse(self, response: Response) -> None:
        """A page arrived."""
        self.looks[response.meta["asked_url"]] = await self.visitor.read(response, self.hint)

    def failed(self, failure: Failure) -> None:
        """No page arrived."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.looks[request.meta["asked_url"]] = self.visitor.failed(failure)
