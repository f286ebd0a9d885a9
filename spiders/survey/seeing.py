"""The browser of a survey: a page as its scripts leave it, for whoever asks. Started when needed.

The same machinery as in rounds, in the survey's own process; nothing here judges or writes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date
from urllib.request import getproxies

from crawler.browser.engine import Engine
from crawler.browser.errand import Errand, Limits
from crawler.browser.rendering import PageBroke, render
from crawler.look import Look
from crawler.survey.job import SurveyJob

PAGES_AT_ONCE = 4  # they mostly wait
TRIES = 2  # of a page on which the browser broke


class Eyes:
    """Looks at pages with the machine's browser; without one it sees nothing."""

    def __init__(self, job: SurveyJob, today: Callable[[], date], answer_within: float) -> None:
        self._job = job
        self._today = today
        self._limits = Limits(document=answer_within)
        self._stack = AsyncExitStack()
        self._engine: Engine | None = None
        self._start = asyncio.Lock()
        self._places = asyncio.Semaphore(PAGES_AT_ONCE)

    @property
    def open(self) -> bool:
        """Whether there is a browser at all."""
        return self._job.browser is not None

    async def __aenter__(self) -> Eyes:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def see(self, url: str, target: str) -> Look | None:
        """One page rendered on behalf of `target`; None without a browser, or where it broke twice.

        Raises EnvironmentTrouble where the browser cannot be started at all.
        """
        if not self.open:
            return None
        engine = await self._ready()
        errand = Errand(url, self._today, self._job.user_agent, limits=self._limits, target=target)
        async with self._places:
            for _ in range(TRIES):
                async with engine.context() as seat:
                    try:
                        look = await render(seat, errand)
                    except PageBroke:
                        if not await engine.is_well(seat.started):
                            await engine.drop(seat.started)
                        continue
                    seat.started.pages += 1
                    return look
        return None

    async def _ready(self) -> Engine:
        async with self._start:
            if self._engine is None:
                job = self._job
                assert job.browser is not None
                engine = Engine(
                    job.browser,
                    job.user_agent,
                    job.proxy or getproxies().get("http"),
                    intranet=job.intranet,
                    memory_mb=job.memory_mb,
                    most_bytes=2 * job.body_limit,
                    others=(),
                )
                self._engine = await self._stack.enter_async_context(engine)
            return self._engine
