"""What a surveyor is sent out for: one target of one month's survey, and what holds for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rules.profiles import Profile
from rules.register import Register, Site


@dataclass(frozen=True, slots=True)
class Errand:
    """One pass over one target. `today` is the Shanghai date of the pass, `at` its instant (aware,
    UTC); `site` is the site that it is on, where the register has one."""

    kind: str
    target: str
    month: str
    passes: int
    today: date
    at: datetime
    register: Register
    profile: Profile
    site: Site | None
