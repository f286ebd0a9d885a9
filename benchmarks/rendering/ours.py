"""Our renderer as a process of its own: sites on standard input, a line of JSON for each page.

The same steps as a browser child takes, without a ledger: some sites at once, a context for each, a
page that breaks is given up (here at once), a browser that breaks is started anew.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import date

from crawler.browser.child import SITES_AT_ONCE
from crawler.browser.engine import Engine
from crawler.browser.errand import Errand, Limits
from crawler.browser.rendering import PageBroke, render
from rules.facts import Outcome

TODAY = date(2022, 6, 20)
MEMORY_MB = 400


async def run(browser: str, sites: Sequence[Sequence[str]], limits: Limits) -> None:
    """Look at every page of every site, and alone at those that a browser died on."""
    places = asyncio.Semaphore(SITES_AT_ONCE)
    suspects: list[str] = []
    async with Engine(browser, "xunjian/benchmark", None, memory_mb=MEMORY_MB) as engine:

        async def one(urls: Sequence[str]) -> None:
            async with places:
                left = list(urls)
                while left:
                    left = await _some(engine, left, limits, suspects)

        await asyncio.gather(*map(one, sites))
        for url in tuple(suspects):
            await _some(engine, [url], limits, None)
        tell({"browsers": engine.starts, "again": len(suspects)})


async def _some(
    engine: Engine, urls: list[str], limits: Limits, suspects: list[str] | None
) -> list[str]:
    """Pages of one site until one breaks; what is left of them."""
    async with engine.context() as seat:
        for place, url in enumerate(urls):
            errand = Errand(url, lambda: TODAY, "xunjian/benchmark", limits=limits)
            began, outcome = time.monotonic(), Outcome.OUR_FAULT
            try:
                outcome = (await render(seat, errand)).outcome
            except PageBroke:
                if not await engine.is_well(seat.started):
                    await engine.drop(seat.started)
                    if suspects is not None:
                        suspects.append(url)
                        return urls[place + 1 :]
            seat.started.pages += 1
            seconds = round(time.monotonic() - began, 3)
            tell({"url": url, "outcome": outcome, "seconds": seconds})
            if outcome is Outcome.OUR_FAULT:
                return urls[place + 1 :]
    return []


def tell(event: dict[str, object]) -> None:
    """One line to whoever watches."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    job = json.loads(sys.stdin.readline())
    asyncio.run(run(job["browser"], job["sites"], Limits(**job["limits"])))
