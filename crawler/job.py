"""What a child crawl is told: one frozen value, passed as JSON over its standard input."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from rules.facts import Client

MODULES = {Client.HTTP: "crawler.child", Client.BROWSER: "crawler.browser.child"}


@dataclass(frozen=True, slots=True)
class Job:
    """Some targets (`only`) of one shard of one round.

    Times are seconds; `as_of` replaces the clock for reading dates. `client` is who looks;
    `browser` is the path of the Chromium on this machine, None where there is none; `intranet`
    opens the network that we stand in. For accounts: `platforms` are the addresses of platforms
    where they are not the usual ones, `platform_robots` why the robots.txt of some is not obeyed,
    `data_folder` where sessions and keys lie.
    """

    database_url: str
    bodies_folder: str
    round_id: int
    shard: int
    spider: str
    recheck_after: tuple[float, ...]
    as_of: str | None
    user_agent: str
    body_limit: int
    memory_mb: int
    seconds: int
    log_level: str
    only: tuple[str, ...]
    client: str = "http"
    browser: str | None = None
    proxy: str | None = None
    evidence_folder: str = ""
    intranet: bool = False
    platforms: dict[str, str] = field(default_factory=dict)
    platform_robots: dict[str, str] = field(default_factory=dict)
    data_folder: str = ""

    @property
    def module(self) -> str:
        """The program that runs it."""
        return MODULES[Client(self.client)]

    def to_json(self) -> str:
        """The job as one line."""
        return json.dumps(asdict(self))  # ASCII: the child reads it in its own locale

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The job that `to_json` wrote."""
        fields = json.loads(text)
        fields["recheck_after"] = tuple(fields["recheck_after"])
        fields["only"] = tuple(fields["only"])
        return cls(**fields)

    @property
    def rechecks(self) -> tuple[timedelta, ...]:
        """The re-check schedule, from the first look."""
        return tuple(timedelta(seconds=after) for after in self.recheck_after)

    @property
    def day(self) -> date | None:
        """The civil date (Asia/Shanghai) that replaces today, if any."""
        return date.fromisoformat(self.as_of) if self.as_of else None
