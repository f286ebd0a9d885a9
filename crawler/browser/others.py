"""The other engines that Playwright has installed: each looks at what looks incompatible in ours.

Only the last look at a candidate is taken in them too, one engine at a time, each in a process of
its own that ends with it. Their way out is the relay of the page's own context.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Playwright

from crawler.browser.finding import OtherEngine
from crawler.browser.picture import WIDE
from crawler.look import Look, with_sign
from rules.facts import Outcome
from rules.marks import FAILS_IN, INCOMPATIBLE, INCOMPATIBLE_NARROW, SHOWN_IN

OURS = "chromium"
FAILS = INCOMPATIBLE | {INCOMPATIBLE_NARROW}
PAUSE_SECONDS = 1.0  # for the host, which has just shown the page to ours
START_SECONDS, CLOSE_SECONDS = 30, 10
WHOLE_SECONDS = 90  # of one engine with its start and its end
# What keeps an engine to its relay, names included, and nothing beside it.
KEPT_IN: Mapping[str, Mapping[str, Any]] = {
    "firefox": {
        "firefox_user_prefs": {
            "network.proxy.allow_hijacking_localhost": True,
            "network.proxy.socks_remote_dns": True,
            "network.dns.disablePrefetch": True,
            "network.prefetch-next": False,
            "media.peerconnection.enabled": False,
        }
    }
}

# A look taken in a context; the second value names the engine.
InContext = Callable[[BrowserContext, str], Awaitable[Look]]


class Others:
    """The other engines of one child; `suffix` is what we add to a browser's own name."""

    def __init__(self, playwright: Playwright, engines: Sequence[OtherEngine], suffix: str) -> None:
        self._playwright = playwright
        self._engines = engines
        self._suffix = suffix
        self._lock = asyncio.Lock()

    async def beside(self, look: Look, proxy: str, looked: InContext) -> Look:
        """Our look at an incompatible page, with in which engines it fails and in which it is
        shown, and their pictures. An engine that breaks on it says nothing."""
        look = replace(look, reading=with_sign(look.reading, FAILS_IN + OURS))
        for engine in self._engines:
            async with self._lock:
                await asyncio.sleep(PAUSE_SECONDS)
                other = await self._look_in(engine, proxy, looked)
            look = look if other is None else with_opinion(look, engine.name, other)
        return look

    async def _look_in(self, engine: OtherEngine, proxy: str, looked: InContext) -> Look | None:
        browser: Browser | None = None
        with suppress(Error, TimeoutError):
            try:
                async with asyncio.timeout(WHOLE_SECONDS):
                    browser = await self._start(engine)
                    return await looked(await self._context(browser, proxy), engine.name)
            finally:
                if browser is not None:
                    await _end(browser)
        return None

    async def _start(self, engine: OtherEngine) -> Browser:
        browser: Browser = await getattr(self._playwright, engine.launcher).launch(
            executable_path=engine.path,
            headless=True,
            handle_sigint=False,
            handle_sigterm=False,
            timeout=1000 * START_SECONDS,
            **KEPT_IN.get(engine.launcher, {}),
        )
        return browser

    async def _context(self, browser: Browser, proxy: str) -> BrowserContext:
        """A context under the engine's own name and ours."""
        bare = await browser.new_page()
        agent = await bare.evaluate("navigator.userAgent")
        await bare.close()
        return await browser.new_context(**context_options(f"{agent} {self._suffix}", proxy))


def context_options(agent: str, proxy: str) -> dict[str, Any]:
    """The options of every context of ours: what a page is told of us, and the only way out."""
    return {
        "user_agent": agent,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": WIDE, "height": 800},
        "accept_downloads": False,
        "service_workers": "block",
        "permissions": [],
        "proxy": {"server": proxy, "bypass": "<-loopback>"},
    }


def with_opinion(look: Look, name: str, other: Look) -> Look:
    """Our look with what another engine made of the page: fails, shown, or nothing to be said."""
    shots = tuple(replace(shot, what=f"{shot.what}-{name}") for shot in other.shots)
    look = replace(look, shots=(*look.shots, *shots))
    if FAILS.intersection(other.reading.signs):
        return replace(look, reading=with_sign(look.reading, FAILS_IN + name))
    if other.outcome is Outcome.READ:
        return replace(look, reading=with_sign(look.reading, SHOWN_IN + name))
    return look


async def _end(browser: Browser) -> None:
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await browser.close()
