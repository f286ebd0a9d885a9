"""Which vetoes (单项否决) a month's notice cannot speak of, so that its 合格率 hides nothing.

A veto is listed as 未检查项 with the number of sites of which the month says nothing: no conclusive
week of samples, no survey, no person's word. What is past a line, but has no person's decision yet,
is told to the notice's maker and printed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from rules.availability import Standing
from rules.months import SITE_FAILED
from rules.problems import VETOES
from rules.register import Register, Site
from rules.veto_facts import SiteMonth, VetoStanding, site_names
from rules.veto_home import home_not_updated
from rules.vetoes import poor_answers, poor_services
from storage.models import ViolationStatus
from storage.proposals import list_of_proposal, proposals
from storage.score_entries import entries
from storage.vetoes import judged_month, running, site_months, stale_sites, surveys, weeks
from storage.violations import Narrow, violations


@dataclass(frozen=True, slots=True)
class Unjudged:
    """What a month leaves open: by veto, of how many running sites it says nothing; and the sites
    past a line on which nobody has decided yet."""

    unchecked: tuple[tuple[str, int], ...]
    waiting: tuple[str, ...]


def unjudged(
    session: Session, month: str, register: Register, check_days: Sequence[date]
) -> Unjudged:
    """What the month (YYYY-MM) leaves open of the running sites' vetoes."""
    counted = dict(_unchecked(session, month, register, check_days))
    return Unjudged(
        unchecked=tuple((rule, counted[rule]) for rule in VETOES if counted.get(rule)),
        waiting=tuple(dict.fromkeys(_waiting(session, month))),
    )


def _unchecked(
    session: Session, month: str, register: Register, check_days: Sequence[date]
) -> Iterator[tuple[str, int]]:
    sites = running(register)
    told = entries(session, month, sites)
    yield "V1", sum("V1" not in told.get(site.name, {}) for site in sites)
    yield "V2", _unsampled(session, sites, check_days)
    yield "V3", _homes_unseen(session, month, register)
    found = surveys(session, month, sites)
    known = [SiteMonth(site, survey=found.get(site.name, {})) for site in sites]
    for judge in (poor_answers, poor_services):
        vetoes = [judge(one) for one in known]
        open_ = [one for one in vetoes if one.standing is VetoStanding.UNCHECKED]
        yield from [(open_[0].rule, len(open_))] if open_ else []


def _unsampled(session: Session, sites: Sequence[Site], check_days: Sequence[date]) -> int:
    """How many sites have no conclusive week before any of the check days: one is enough."""
    found = weeks(session, sites, check_days)
    sampled = [
        site
        for site, by_day in found.items()
        if any(one.standing is not Standing.UNKNOWN for one in by_day.values())
    ]
    return len(sites) - len(sampled)


def _homes_unseen(session: Session, month: str, register: Register) -> int:
    """Of how many sites neither columns nor survey say whether they were updated."""
    stale = stale_sites(session, month, register)
    names = {name for site in stale for name in site_names(site)}
    known = judged_month(session, month, names) if names else None
    if known is None:
        return len(stale)
    found = site_months(session, known, lambda site: site.name in names)
    open_ = [
        one
        for one in found
        if home_not_updated(one, known.profile).standing is VetoStanding.UNCHECKED
    ]
    return len(open_)


def _waiting(session: Session, month: str) -> Iterator[str]:
    """The sites that are past a line of a veto, or proposed for one, and wait for a person."""
    for row in violations(session, Narrow(month=month)):
        if row.on_list == SITE_FAILED and row.status == ViolationStatus.CANDIDATE:
            yield row.site or ""
    for one in proposals(session, Narrow(month=month)):
        if one.status == ViolationStatus.CANDIDATE and list_of_proposal(one) == SITE_FAILED:
            yield one.site or ""
