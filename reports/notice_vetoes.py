"""Which vetoes (单项否决) a month's notice cannot speak of, so that its 合格率 hides nothing.

A veto that only a person decides, or that nobody judges yet, is listed as 未检查项; so is
站点无法访问 for sites without a conclusive week of samples. What the samples say against a site is
told to the notice's maker and printed nowhere before a person has decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from rules.availability import DayCount, Standing, availability, week_before
from rules.register import Register
from rules.register import Standing as Kept
from storage.samples import counts


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the samples of a month's weeks (before each check day) say of the running sites."""

    unsampled: tuple[str, ...]
    past_the_veto: tuple[str, ...]


def sampled(session: Session, register: Register, check_days: Sequence[date]) -> Sampled:
    """Sites by what their weeks come to; one conclusive week is enough to have been sampled."""
    standings: dict[str, set[Standing]] = defaultdict(set)
    sites = [site.name for site in register.sites if site.status is Kept.RUNNING]
    for day in check_days:
        since, until = week_before(day)
        by_site: dict[str, list[DayCount]] = defaultdict(list)
        for one in counts(session, since, until):
            by_site[one.site].append(one)
        for site in by_site.keys() & set(sites):
            standings[site].add(availability(site, by_site[site], since, until).standing)
    return Sampled(
        unsampled=tuple(site for site in sites if standings[site] <= {Standing.UNKNOWN}),
        past_the_veto=tuple(site for site in sites if Standing.VETO in standings[site]),
    )
