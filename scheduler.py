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


class _Alarm:
    """Calls one tick, never twice at a time."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self._at_work: asyncio.Task[None] | None = None

    async def wake(self) -> None:
        """Start the tick, unless that of the last waking still goes on."""
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.ensure_future(self._tick(datetime.now(UTC)))

    async def stop(self) -> None:
        """Cancel what is running and wait until it has cleaned up."""
        if self._at_work is not None:
            self._at_work.cancel()
            await asyncio.gather(self._at_work, return_exceptions=True)


async def run_clock(*ticks: Tick, wake_minutes: float = WAKE_MINUTES) -> None:
    """Call each tick now and every few minutes, each one at a time, until SIGTERM or SIGINT.

    The ticks do not wait for one another. One that is running at the end is cancelled and awaited:
    it ends its children and leaves a round that the next start resumes.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    alarms = [_Alarm(tick) for tick in ticks]
    clock = AsyncIOScheduler(timezone=UTC)
    for alarm in alarms:
        clock.add_job(
            alarm.wake,
            IntervalTrigger(minutes=wake_minutes, timezone=UTC),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            misfire_grace_time=None,  # the default grace of one second loses wakings
        )
    clock.start()
    await stop.wait()
    clock.shutdown(wait=False)
    await asyncio.gather(*(alarm.stop() for alarm in alarms))
