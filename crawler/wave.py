"""A wave of availability samples: what its child is told, and how its samples are written down.

A wave belongs to no round. Facts only: what a sample means is `rules.availability`'s matter.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from crawler.look import Look
from crawler.telling import tell
from rules.facts import SHANGHAI, Outcome
from storage.engine import transaction
from storage.models import Sample
from storage.samples import AVAILABILITY, CONTROL

BATCH = 25
# A page that a browser may yet fill or forward is open, whatever we can make of it.
OPEN_ANYHOW = frozenset({Outcome.SCRIPT_SHELL, Outcome.FORWARD})
PERHAPS_OPEN = frozenset({Outcome.READ, Outcome.EMPTY, Outcome.UNREADABLE})
# What a home page has if it is one: a title with something in it, or links (standard, 5.3).
_TITLE_OR_LINK = re.compile(rb"<title[^>]*>\s*[^<\s]|<a\s[^>]{0,500}?href\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """One home page to visit."""

    site: str
    url: str
    robots_obey: bool
    hosted_on: str | None


@dataclass(frozen=True, slots=True)
class WaveJob:
    """One wave. Times are seconds; `shift_days` moves every instant, where a day is simulated."""

    database_url: str
    homes: tuple[Home, ...]
    controls: tuple[str, ...]
    user_agent: str
    body_limit: int
    memory_mb: int
    seconds: int
    log_level: str
    host_delay: float
    host_concurrency: int
    answer_within: float
    intranet: bool
    behind_proxy: bool
    shift_days: int = 0

    @property
    def module(self) -> str:
        """The program that runs it."""
        return "crawler.wave_child"

    def to_json(self) -> str:
        """The job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> WaveJob:
        """The job that `to_json` wrote."""
        fields = json.loads(text)
        fields["homes"] = tuple(Home(**home) for home in fields["homes"])
        fields["controls"] = tuple(fields["controls"])
        return cls(**fields)


def is_usable(look: Look) -> bool:
    """Whether a visitor got a page: usable HTML, however long it took."""
    status = look.answer.status
    if status is None or not 200 <= status < 300:
        return False
    if look.outcome in OPEN_ANYHOW:
        return True
    found = look.reading.items or _TITLE_OR_LINK.search(look.answer.body)
    return look.outcome in PERHAPS_OPEN and bool(found)


class WaveDesk:
    """Takes the visits of one wave and writes them in batches, telling who started the wave."""

    def __init__(self, engine: Engine, job: WaveJob) -> None:
        self._engine = engine
        self._shift = timedelta(days=job.shift_days)
        self._samples: list[Sample] = []
        self._numbers = {home.site: number for number, home in enumerate(job.homes)}
        self.job = job

    def today(self) -> date:
        """The Shanghai date that the reader is given as today."""
        return (datetime.now(SHANGHAI) + self._shift).date()

    def keep(self, home: Home, look: Look, milliseconds: int) -> None:
        """Take one visit to a home page."""
        self._add(look, milliseconds, AVAILABILITY, home.url, home.site, is_usable(look))

    def keep_control(self, url: str, look: Look) -> None:
        """Take one visit to a control."""
        self._add(look, look.answer.elapsed_ms, CONTROL, url, None, look.proves_the_line)

    def _add(
        self, look: Look, milliseconds: int, purpose: str, url: str, site: str | None, ok: bool
    ) -> None:
        self._samples.append(
            Sample(
                purpose=purpose,
                site=site,
                url=url,
                at=look.answer.at + self._shift,
                ok=ok,
                outcome=look.outcome,
                elapsed_ms=milliseconds,
                status=look.answer.status,
            )
        )
        if len(self._samples) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting. Raises EnvironmentTrouble."""
        samples, self._samples = self._samples, []
        if not samples:
            return
        stored = [self._numbers[one.site] for one in samples if one.site is not None]
        with transaction(self._engine) as session:
            session.add_all(samples)
        tell({"looked": stored, "done": len(stored)})
