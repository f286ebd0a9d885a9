"""When: an alarm clock over the ledger. Thin: which round is due is computed by `rules.calendar`.

APScheduler wakes us; it remembers nothing. After a crash, a reboot or a week without power the
ledger alone says what is due, what may still be caught up with, and what was missed.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

WAKE_MINUTES = 10

Tick = Callable[[datetime], Awaitable[None]]


async def run_clock(tick: Tick, *, wake_minutes: float = WAKE_MINUTES) -> None:
    """Call `tick` now and every few minutes, one at a time, until SIGTERM or SIGINT.

    A tick that is running then is cancelled and awaited: it ends its children and leaves a round
    that the next start resumes.
    """
    stop = asyncio.Event()
    at_work: asyncio.Task[None] | None = None

    async def wake() -> None:
        nonlocal at_work
        if at_work is None or at_work.done():  # else the round of the last waking still goes on
            at_work = asyncio.ensure_future(tick(datetime.now(UTC)))

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    clock = AsyncIOScheduler(timezone=UTC)
    clock.add_job(
        wake,
        IntervalTrigger(minutes=wake_minutes, timezone=UTC),
        next_run_time=datetime.now(UTC),
        coalesce=True,
        misfire_grace_time=None,  # the default grace of one second loses wakings
    )
    clock.start()
    await stop.wait()
    clock.shutdown(wait=False)
    if at_work is not None:
        at_work.cancel()
        await asyncio.gather(at_work, return_exceptions=True)
