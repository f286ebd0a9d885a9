"""The supervisor's waves: every target gets its re-check, however thinly they are spread."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

from sqlalchemy import create_engine

from crawler.supervisor import (
    ACCOUNTS,
    COLUMNS,
    IDLE_ALLOWED,
    CrawlSettings,
    Progress,
    Supervisor,
    idle_allowed,
)

BEGAN = datetime(2022, 6, 6, 0, 30, tzinfo=UTC)
FIRST_PASS = timedelta(hours=1)
EVERY = timedelta(seconds=90)  # a first pass that finds something to re-check now and then
RECHECK, LAST = timedelta(minutes=20), timedelta(hours=2)


class Thin(Supervisor):
    """Its children are played: the re-checks of one pass take ten seconds."""

    now = BEGAN
    alone: set[datetime] | None = None

    async def _pass_all(self, until: datetime | None) -> timedelta:
        if self.alone is None:
            self.alone = {BEGAN + EVERY * n + RECHECK for n in range(FIRST_PASS // EVERY)}
            self.now += FIRST_PASS
            return FIRST_PASS
        at = min(self.now, until or self.now)
        self.alone = {due for due in self.alone if due > at}
        self.now += timedelta(seconds=10)
        return timedelta(seconds=10)

    def _waiting(self, until: datetime) -> list[datetime]:
        return sorted(due for due in self.alone or () if due <= until)

    async def _wait_until(self, wave: datetime, deadline: datetime) -> None:  # noqa: ARG002
        self.now = max(self.now, wave)

    def _conclude_rest(self) -> None:
        """Nothing should be left to conclude."""


def test_however_thinly_re_checks_are_spread_each_is_made() -> None:
    settings = CrawlSettings("", "", "", (RECHECK, LAST))
    engine = create_engine("sqlite://")
    thin = Thin(engine, 1, settings, Mock(spec=Progress), as_of=None, clock=lambda: thin.now)
    asyncio.run(thin.run())
    assert thin.alone == set()


def test_children_that_wait_for_a_platforms_hour_are_not_taken_for_broken() -> None:
    """A child of ten minutes may wait for an hour six times over; of columns none has to wait."""
    assert idle_allowed(ACCOUNTS, 600) >= 6 + IDLE_ALLOWED
    assert idle_allowed(ACCOUNTS, 3600) > IDLE_ALLOWED
    assert idle_allowed(COLUMNS, 600) == IDLE_ALLOWED
