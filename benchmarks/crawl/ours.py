"""A round of ours made ready for one child crawl, and what it left in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select, update

from benchmarks.crawl.pages import register
from crawler.job import Job
from crawler.opening import due_targets, open_or_resume
from rules.profiles import load_profile
from storage.engine import database_url, open_database, reading, transaction
from storage.models import Due, ObservationRow

AT_ONCE_A_HOST = 8
MEMORY_MB = 4096  # no limit that would end the run which is to be measured


@dataclass(frozen=True, slots=True)
class Rounds:
    """A database with rounds over the same targets, `wanted` of them."""

    folder: Path
    wanted: int

    @property
    def url(self) -> str:
        """The database."""
        return database_url(self.folder)

    def open(self, day: date, proxy: str) -> Job:
        """The next round, all of it in one shard, and the job of its child."""
        profile = replace(
            load_profile("national", None),
            host_delay=timedelta(0),
            host_concurrency=AT_ONCE_A_HOST,
        )
        due = due_targets(register(self.wanted), day, behind_proxy=True)
        engine = open_database(self.url)
        with transaction(engine) as session:
            row = open_or_resume(
                session,
                register(self.wanted),
                profile,
                check_date=day,
                as_of=day,
                now=datetime.now(UTC),
                due=due,
            )
            session.flush()
            session.execute(update(Due).where(Due.round_id == row.id).values(shard=0))
            number = row.id
        engine.dispose()
        return self._job(number, day, [one.target for one in due], proxy)

    def _job(self, round_id: int, day: date, targets: Sequence[str], proxy: str) -> Job:
        return Job(
            database_url=self.url,
            bodies_folder=str(self.folder / "bodies"),
            round_id=round_id,
            shard=0,
            spider="spiders.columns.ColumnsSpider",
            recheck_after=(),
            as_of=day.isoformat(),
            user_agent="xunjian/benchmark",
            body_limit=16 << 20,
            memory_mb=MEMORY_MB,
            seconds=3600,
            log_level="ERROR",
            only=tuple(targets),
            proxy=proxy,
            evidence_folder=str(self.folder / "cases"),
        )

    def outcomes(self, round_id: int) -> Counter[str]:
        """What was observed, by outcome."""
        engine = open_database(self.url)
        found = _outcomes(engine, round_id)
        engine.dispose()
        return found


def _outcomes(engine: Engine, round_id: int) -> Counter[str]:
    query = select(ObservationRow.outcome).where(ObservationRow.round_id == round_id)
    with reading(engine) as session:
        return Counter(session.scalars(query))
