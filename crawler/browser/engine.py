"""The browser itself: started, given a context for each site, and started anew in good time.

Nothing of it outlives this process: the browser talks to us through a pipe and ends with it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from crawler.browser.finding import OtherEngine, other_engines
from crawler.browser.others import Others, context_options
from crawler.browser.processes import end_all, end_greedy, family
from crawler.browser.relay import MOST_BYTES, Relay
from crawler.browser.upstream import Upstream
from rules.errors import EnvironmentTrouble
from rules.words import say

PAGES_A_BROWSER = 200  # then it is started anew: long-lived ones leak
MINUTES_A_BROWSER = 30
PAGES_A_CONTEXT = 25
PAGE_MEMORY_MB = 1024  # of one page's process
ARGUMENTS = (
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--mute-audio",
    # Everything goes through the relay of its context, names included, and nothing beside it.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # as it was called before
)
UNWANTED = ("--disable-popup-blocking",)  # a page that opens windows by itself is not helped
CLOSE_SECONDS = 10
ANSWER_SECONDS = 5  # for a browser that is well to say which one it is
START_SECONDS = 30
WATCH_SECONDS = 1.0


@dataclass(eq=False, slots=True)
class Started:
    """One browser that runs: its process, its own name, and how much it has done."""

    browser: Browser
    pid: int
    agent: str
    born: float
    pages: int = 0
    seats: int = 0
    retired: bool = False

    @property
    def is_worn(self) -> bool:
        """Whether it has done enough."""
        age = time.monotonic() - self.born
        return self.pages >= PAGES_A_BROWSER or age >= 60 * MINUTES_A_BROWSER


@dataclass(frozen=True, slots=True)
class Seat:
    """A context of one browser for some pages of one site, with its own way out."""

    context: BrowserContext
    relay: Relay
    started: Started
    others: Others


class Engine:
    """Browsers by the path of their program: one that takes new contexts, and at times the one
    before it, which only ends what it has begun. A page whose process holds more than `memory_mb`
    is ended. `others` are the engines of another make; without it those that Playwright installed.
    """

    def __init__(
        self,
        path: str,
        user_agent: str,
        proxy: str | None,
        *,
        intranet: bool = False,
        memory_mb: int = PAGE_MEMORY_MB,
        most_bytes: int = MOST_BYTES,
        others: Sequence[OtherEngine] | None = None,
    ) -> None:
        self._path = path
        self._suffix = user_agent
        self._upstream = Upstream(proxy) if proxy is not None else None
        self._intranet = intranet
        self._memory = memory_mb << 20
        self._most_bytes = most_bytes
        self._known_others = others
        self._others: Others | None = None
        self._playwright: Playwright | None = None
        self._now: Started | None = None
        self._running: set[Started] = set()
        self._lock = asyncio.Lock()
        self._watcher: asyncio.Task[None] | None = None
        self.starts = 0

    async def __aenter__(self) -> Engine:
        self._playwright = playwright = await async_playwright().start()
        others = other_engines(playwright) if self._known_others is None else self._known_others
        self._others = Others(playwright, others, self._suffix)
        self._watcher = asyncio.ensure_future(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        for started in list(self._running):
            await self._end(started)
        if self._playwright is not None:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._playwright.stop()

    @asynccontextmanager
    async def context(self, state: Path | None = None) -> AsyncIterator[Seat]:
        """A context of its own for at most PAGES_A_CONTEXT pages of one site, with the storage
        state of a session in the file `state`, if there is one."""
        relay = Relay(intranet=self._intranet, upstream=self._upstream, most_bytes=self._most_bytes)
        async with relay:
            seat = await self._seat(relay, state)
            try:
                yield seat
            finally:
                await _close(seat.context)
                await self._leave(seat.started)

    async def _seat(self, relay: Relay, state: Path | None) -> Seat:
        """A new context; where a browser gives none any more, another one is started for it."""
        started = await self._ready()
        try:
            return await self._seat_in(started, relay, state)
        except (Error, TimeoutError):
            await self.drop(started)
        return await self._seat_in(await self._ready(), relay, state)

    async def _seat_in(self, started: Started, relay: Relay, state: Path | None) -> Seat:
        started.seats += 1
        try:
            async with asyncio.timeout(START_SECONDS):
                agent = f"{started.agent} {self._suffix}"
                options = context_options(agent, relay.address)
                context = await started.browser.new_context(**options, storage_state=state)
        except BaseException:
            await self._leave(started)
            raise
        assert self._others is not None
        return Seat(context, relay, started, self._others)

    async def _leave(self, started: Started) -> None:
        started.seats -= 1
        if started.retired and not started.seats:
            await self._end(started)

    async def is_well(self, started: Started) -> bool:
        """Whether a browser still answers."""
        if started not in self._running:
            return False
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                session = await started.browser.new_browser_cdp_session()
                await session.send("Browser.getVersion")
                await session.detach()
        except (Error, TimeoutError):
            return False
        return started.browser.is_connected()

    async def drop(self, started: Started | None = None) -> None:
        """End a browser, the present one by itself; the next context starts another."""
        async with self._lock:
            started = started or self._now
            if started is not None:
                await self._end(started)

    async def _ready(self) -> Started:
        async with self._lock:
            now = self._now
            if now is not None and (now.is_worn or not now.browser.is_connected()):
                await self._retire(now)
            if self._now is None:
                self._now = await self._start()
            return self._now

    async def _retire(self, started: Started) -> None:
        """No new context for it; it ends with its last one."""
        started.retired = True
        self._now = None
        if not started.seats or not started.browser.is_connected():
            await self._end(started)

    async def _end(self, started: Started) -> None:
        """End it and every process of it, whether it answers or not."""
        if started not in self._running:
            return
        self._running.discard(started)
        started.retired = True
        if self._now is started:
            self._now = None
        processes = family(started.pid)
        await _close(started.browser)
        end_all(processes)

    async def _start(self) -> Started:
        assert self._playwright is not None
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        try:
            browser = await self._playwright.chromium.launch(
                executable_path=self._path,
                headless=True,
                args=list(ARGUMENTS),
                ignore_default_args=list(UNWANTED),
                chromium_sandbox=not as_root,
                handle_sigint=False,
                handle_sigterm=False,
                timeout=1000 * START_SECONDS,
            )
            started = await _introduced(browser)
        except Error as error:
            if self.starts:  # it could be started before: a new child may do so again
                raise
            words = str(error).strip().splitlines()
            raise EnvironmentTrouble(
                say("browser.no_start", path=self._path, what=words[0] if words else "")
            ) from error
        self.starts += 1
        self._running.add(started)
        return started

    async def _watch(self) -> None:
        """End the pages that hold too much, for as long as there are browsers."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for started in self._running:
                end_greedy(started.pid, self._memory)


async def _introduced(browser: Browser) -> Started:
    """A browser that was just started, with its process and its own name."""
    session = await browser.new_browser_cdp_session()
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    version = await session.send("Browser.getVersion")
    await session.detach()
    pid = next(int(one["id"]) for one in processes if one["type"] == "browser")
    return Started(browser, pid, str(version["userAgent"]), time.monotonic())


async def _close(thing: Browser | BrowserContext) -> None:
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await thing.close()
