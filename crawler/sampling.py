"""One wave of availability samples, from the register to the database. Never imports Scrapy.

It runs beside a round as well as alone: it takes nothing from it and belongs to none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, select

from crawler.children import ChildEnd, run_child
from crawler.supervisor import CrawlSettings
from crawler.wave import Home, WaveJob
from rules.availability import ControlProbe, DayCount, Probe, day_counts
from rules.errors import XunjianError
from rules.facts import SHANGHAI, Outcome
from rules.profiles import Profile
from rules.register import Register, Standing
from rules.words import say
from storage import ledger
from storage.engine import reading, transaction
from storage.models import Sample
from storage.samples import AVAILABILITY, CONTROL, roll_up

LONGEST_WAVE = 20 * 60  # seconds: it is over before the next one


@dataclass(frozen=True, slots=True)
class WaveReport:
    """What one wave saw: `opened` and `failed` count, `left_out` and `dropped` do not."""

    due: int
    opened: int
    failed: int
    left_out: int
    dropped: int
    blind: bool
    crashed: bool

    @property
    def missing(self) -> int:
        """Homes that were not visited at all: the child died, or its time was up."""
        return self.due - self.opened - self.failed - self.left_out - self.dropped


def homes(register: Register) -> tuple[Home, ...]:
    """The home pages of all running sites."""
    return tuple(
        Home(site.name, site.url, site.robots_ignored is None, site.hosted_on)
        for site in register.sites
        if site.status is Standing.RUNNING
    )


async def sample_homes(
    engine: Engine,
    register: Register,
    profile: Profile,
    settings: CrawlSettings,
    *,
    as_of: date | None,
    on_stored: Callable[[int, int], None] = lambda _looked, _done: None,
) -> WaveReport:
    """Visit every home once and count the days that are over.

    Raises XunjianError where simulated and real samples would stand side by side, and
    EnvironmentTrouble where database or disk give out.
    """
    with reading(engine) as session:
        if ledger.has_rounds(session, simulated=as_of is None):
            raise XunjianError(say("crawl.mixed"))
    if not homes(register):
        return WaveReport(0, 0, 0, 0, 0, blind=False, crashed=False)
    began = datetime.now(UTC)
    today = began.astimezone(SHANGHAI).date()
    shift = (as_of - today).days if as_of else 0
    job = _job(register, profile, settings, shift)
    end = await run_child(job, proxy=settings.proxy, on_stored=on_stored)
    with transaction(engine) as session:
        roll_up(session, as_of or today, profile.answer_within)
    return _report(engine, job, end, began + timedelta(days=shift))


def _job(register: Register, profile: Profile, settings: CrawlSettings, shift: int) -> WaveJob:
    return WaveJob(
        database_url=settings.database_url,
        homes=homes(register),
        controls=register.controls,
        user_agent=settings.user_agent,
        body_limit=settings.body_limit,
        memory_mb=settings.memory_mb,
        seconds=min(settings.child_seconds, LONGEST_WAVE),
        log_level=settings.log_level,
        host_delay=profile.host_delay.total_seconds(),
        host_concurrency=profile.host_concurrency,
        answer_within=profile.answer_within.total_seconds(),
        intranet=settings.intranet,
        behind_proxy=bool(settings.proxy or os.environ.get("http_proxy")),
        shift_days=shift,
    )


def _report(engine: Engine, job: WaveJob, end: ChildEnd, since: datetime) -> WaveReport:
    query = select(Sample).where(Sample.at >= since, Sample.round_id.is_(None))
    with reading(engine) as session:
        rows = session.scalars(query).all()
    controls = [ControlProbe(row.at, row.ok) for row in rows if row.purpose == CONTROL]
    probes = [
        Probe(str(row.site), row.at, row.ok, Outcome(row.outcome), row.elapsed_ms)
        for row in rows
        if row.purpose == AVAILABILITY
    ]
    found: tuple[DayCount, ...] = day_counts(probes, controls, timedelta(seconds=job.answer_within))
    failed = sum(one.fails for one in found)
    return WaveReport(
        due=len(job.homes),
        opened=sum(one.n for one in found) - failed,
        failed=failed,
        left_out=sum(one.left_out for one in found),
        dropped=sum(one.dropped for one in found),
        blind=bool(controls) and not any(one.ok for one in controls),
        crashed=end.crashed,
    )
