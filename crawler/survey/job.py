"""What a child of the monthly survey is told: one frozen value, passed as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class SurveyJob:
    """Some targets of one month's survey, by the ids of their rows.

    Register and profile are named by their hashes. Times are seconds; `shift_days` moves every
    instant, where a day is simulated; `browser` is the path of the Chromium, None without one.
    """

    database_url: str
    bodies_folder: str
    evidence_folder: str
    month: str
    ids: tuple[int, ...]
    register: str
    profile: str
    user_agent: str
    body_limit: int
    memory_mb: int
    seconds: int
    log_level: str
    intranet: bool
    behind_proxy: bool
    browser: str | None = None
    proxy: str | None = None
    shift_days: int = 0

    @property
    def module(self) -> str:
        """The program that runs it."""
        return "crawler.survey.child"

    def to_json(self) -> str:
        """The job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> SurveyJob:
        """The job that `to_json` wrote."""
        fields = json.loads(text)
        fields["ids"] = tuple(fields["ids"])
        return cls(**fields)
