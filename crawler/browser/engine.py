"""The browser itself: started, given a context for each site, and started anew in good time.

Nothing of it outlives this process: the browser talks to us through a pipe and ends with it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Playwright,
    ProxySettings,
    async_playwright,
)

from crawler.browser.picture import WIDE
from rules.errors import EnvironmentTrouble
from rules.words import say

PAGES_A_BROWSER = 200  # then it is started anew: long-lived ones leak
PAGES_A_CONTEXT = 25
ARGUMENTS = (
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--mute-audio",
)
CLOSE_SECONDS = 10


class Engine:
    """One browser at a time, by the path of its program."""

    def __init__(self, path: str, user_agent: str, proxy: str | None) -> None:
        self._path = path
        self._suffix = user_agent
        self._proxy = proxy
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._own_agent = ""
        self._pages = 0
        self._lock = asyncio.Lock()
        self.starts = 0

    async def __aenter__(self) -> Engine:
        self._playwright = await async_playwright().start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop()
        if self._playwright is not None:
            await self._playwright.stop()

    @asynccontextmanager
    async def context(self) -> AsyncIterator[BrowserContext]:
        """A context of its own for some pages of one site. Counts as many pages as it may hold."""
        browser = await self._ready()
        context = await browser.new_context(
            user_agent=f"{self._own_agent} {self._suffix}",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": WIDE, "height": 800},
            accept_downloads=False,
            service_workers="block",
            permissions=[],
        )
        try:
            yield context
        finally:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await context.close()

    def count(self) -> None:
        """One more page was looked at."""
        self._pages += 1

    async def drop(self) -> None:
        """End this browser; the next context starts another."""
        browser, self._browser, self._pages = self._browser, None, 0
        if browser is None:
            return
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await browser.close()

    async def _ready(self) -> Browser:
        async with self._lock:
            worn = self._pages >= PAGES_A_BROWSER
            if worn or self._browser is None or not self._browser.is_connected():
                await self.drop()
                self._browser = await self._start()
            return self._browser

    async def _start(self) -> Browser:
        assert self._playwright is not None
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = list(ARGUMENTS)
        proxy: ProxySettings | None = None
        if self._proxy is not None:
            proxy = {"server": self._proxy, "bypass": "<-loopback>"}
        try:
            browser = await self._playwright.chromium.launch(
                executable_path=self._path,
                headless=True,
                args=arguments,
                proxy=proxy,
                chromium_sandbox=not as_root,
                handle_sigint=False,
                handle_sigterm=False,
                timeout=30_000,
            )
            page = await browser.new_page()
            own = str(await page.evaluate("navigator.userAgent"))
            await page.close()
        except Error as error:
            words = str(error).strip().splitlines()
            raise EnvironmentTrouble(
                say("browser.no_start", path=self._path, what=words[0] if words else "")
            ) from error
        self.starts += 1
        self._own_agent = own
        return browser
