"""The lines of one child to the platforms: Scrapy's, and the browser's if a page must be opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.browser.engine import Engine
from crawler.job import Job


class NoBrowser(Exception):
    """A page would have to be opened, and this machine has nothing to open it with."""


class Line:
    """The lines of one child to the platforms: Scrapy's, and the browser's if it is needed."""

    def __init__(self, crawler: Crawler, job: Job, now: Callable[[], datetime]) -> None:
        self._crawler = crawler
        self.job = job
        self.now = now
        self._stack = AsyncExitStack()
        self._engine: Engine | None = None
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def fetch(self, request: Request) -> Response:
        """One request. Raises whatever the download raises."""
        assert self._crawler.engine is not None
        return await self._crawler.engine.download_async(request)

    async def engine(self) -> Engine:
        """The browsers. Raises NoBrowser, EnvironmentTrouble."""
        if self.job.browser is None:
            raise NoBrowser
        async with self._lock:
            if self._engine is None:
                job = self.job
                self._engine = await self._stack.enter_async_context(
                    Engine(
                        job.browser or "",
                        job.user_agent,
                        job.proxy or getproxies().get("http"),
                        intranet=job.intranet,
                        memory_mb=job.memory_mb,
                        most_bytes=2 * job.body_limit,
                    )
                )
        return self._engine
