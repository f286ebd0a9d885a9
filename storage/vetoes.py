"""The vetoes of a month's sites: gathered from what rounds, samples, surveys and reviews have left,
judged by `rules.vetoes`, and written as candidates of the list `site_failed`.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from rules.availability import WITHIN, Availability, DayCount, availability, week_before
from rules.calendar import month_check_days
from rules.facts import SHANGHAI
from rules.months import Judged
from rules.problems import ACCOUNT_VETOES, PROPOSED_VETOES, VETO_FAMILIES, VETOES, Family
from rules.profiles import Profile
from rules.register import Register, Site, Standing
from rules.veto_facts import Fault, SiteMonth, Surveyed, VetoFinding, site_names, site_target
from rules.veto_home import WINDOW
from rules.vetoes import (
    COUNTS,
    account_records,
    columns_not_updated,
    failed_records,
    proposed_records,
    vetoes,
)
from storage import verdicts as verdicts_of
from storage.models import ProfileText, RegisterText, Round, Violation, ViolationStatus
from storage.proposals import replace_proposals
from storage.samples import counts
from storage.score_entries import account_entries, entries
from storage.site_checks import site_checks
from storage.violations import Narrow, replace_month, violations

_SURE = (ViolationStatus.CONFIRMED, ViolationStatus.RECTIFIED)
_COUNTED = (*_SURE, ViolationStatus.CANDIDATE)
_PROPOSED = frozenset(VETOES[rule] for rule in PROPOSED_VETOES)
_FEWEST = min(line for line, _ in COUNTS.values())

MOST_ASKED = 1000

JudgedRounds = Mapping[date, Mapping[str, Judged]]
Found = Sequence[tuple[SiteMonth, VetoFinding]]


@dataclass(frozen=True, slots=True)
class Month:
    """A month (YYYY-MM) with what holds in it: the register and profile of its last judged round,
    and the verdicts of all its judged rounds."""

    name: str
    register: Register
    profile: Profile
    judged: JudgedRounds


def judged_month(session: Session, name: str, sites: Collection[str] | None = None) -> Month | None:
    """A month as its judged rounds left it; None where none is judged. With `sites`, the verdicts
    on these alone, by all the names that they had."""
    rounds = verdicts_of.judged_rounds(session, *_first_and_last(name))
    if not rounds:
        return None
    asked = sites if sites is None or len(sites) <= MOST_ASKED else None  # no database takes more
    judged = {row.check_date: verdicts_of.judged(session, row, asked) for row in rounds}
    return Month(name, *_texts(session, rounds[-1]), judged)


def _texts(session: Session, row: Round) -> tuple[Register, Profile]:
    register = session.get_one(RegisterText, row.register_hash).text
    profile = session.get_one(ProfileText, row.profile_hash).text
    return Register.from_snapshot(register), Profile.from_snapshot(profile)


def stale_sites(
    session: Session, name: str, register: Register, days: int = WINDOW
) -> tuple[Site, ...]:
    """The running sites of which no round of the month read anything that was new within so many
    days before the last of them: all others are known to be updated."""
    rounds = verdicts_of.judged_rounds(session, *_first_and_last(name))
    if not rounds:
        return running(register)
    oldest = rounds[-1].check_date - timedelta(days=days)
    newest = verdicts_of.newest_of_sites(session, *_first_and_last(name))
    return tuple(
        site
        for site in running(register)
        if max(newest.get(one, date.min) for one in site_names(site)) < oldest
    )


def names_near_a_line(session: Session, name: str) -> frozenset[str]:
    """Sites that may be near the line of a veto, by all their names: hardly updated, with columns
    that fail, or sampled. All others are not, and no verdict of theirs need be read."""
    rounds = verdicts_of.judged_rounds(session, *_first_and_last(name))
    if not rounds:
        return frozenset()
    register, profile = _texts(session, rounds[-1])
    stale = stale_sites(session, name, register, profile.warn_from(WINDOW) - 1)
    days = [row.check_date for row in rounds]
    sampled = weeks(session, running(register), days, profile.answer_within)
    failing = {row.site for row in violations(session, Narrow(month=name))}
    return frozenset(
        former
        for site in running(register)
        if site in stale or site.name in sampled or failing.intersection(site_names(site))
        for former in site_names(site)
    )


def _first_and_last(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def conclude_again(session: Session, name: str) -> None:
    """Conclude a month (YYYY-MM) once more, as after its survey; nothing where none is judged."""
    month = judged_month(session, name)
    if month is not None:
        conclude(session, month)


def conclude(session: Session, month: Month) -> None:
    """Write the vetoes of a month: those that failed as candidates, the rest as proposals."""
    known = site_months(session, month)
    found = [(one, veto) for one in known for veto in vetoes(one, month.profile)]
    _write_failed(session, month.name, found, VETO_FAMILIES - _PROPOSED)
    proposed = proposed_records(month.name, found)
    replace_proposals(session, month.name, proposed, families=_PROPOSED)
    running_accounts = [one for one in month.register.accounts if one.status is Standing.RUNNING]
    told = account_entries(session, month.name)
    records = account_records(month.name, running_accounts, told, max(month.judged))
    replace_month(session, month.name, records, families=frozenset(ACCOUNT_VETOES.values()))


def conclude_columns(session: Session, name: str) -> None:
    """Write 栏目不更新 anew: it counts confirmed columns, and somebody has just decided on some."""
    rows = violations(session, Narrow(month=name))
    sure = Counter(row.site for row in rows if row.site and row.status in _SURE)
    is_written = any(row.family == Family.SITE_COLUMNS for row in rows)
    if not is_written and max(sure.values(), default=0) < _FEWEST:
        return  # the common case, for which no register need be read
    rounds = verdicts_of.judged_rounds(session, *_first_and_last(name))
    if not rounds:
        return
    month = Month(name, *_texts(session, rounds[-1]), {})  # no verdict is asked for
    counted = _by_target(rows)
    known = [_with_columns(site, month, counted) for site in running(month.register)]
    found = [(one, columns_not_updated(one, month.profile)) for one in known]
    _write_failed(session, name, found, {Family.SITE_COLUMNS})


def _write_failed(session: Session, month: str, found: Found, families: Collection[str]) -> None:
    bundles = {
        row.target: row.evidence for row in violations(session, Narrow(month=month)) if row.column
    }
    behind = {
        (site_target(one.site), veto.days): [
            path for target in veto.evidence for path in bundles.get(target, ())
        ]
        for one, veto in found
        if veto.evidence
    }

    def paths(_: Session, target: str, days: Iterable[date]) -> list[str]:
        return behind.get((target, tuple(days)), [])

    replace_month(session, month, failed_records(month, found), paths, families=families)


def running(register: Register) -> tuple[Site, ...]:
    """The sites that a month is concluded for."""
    return tuple(site for site in register.sites if site.status is Standing.RUNNING)


def site_months(
    session: Session, month: Month, only: Callable[[Site], bool] = lambda _: True
) -> list[SiteMonth]:
    """What the month knows of each running site (of those that `only` lets through), under the
    name that it has now; what was kept under a former one (`was`) is the same site's."""
    sites = [site for site in running(month.register) if only(site)]
    rows = _by_target(violations(session, Narrow(month=month.name)))
    sampled = weeks(session, sites, _days_with_samples(month), month.profile.answer_within)
    survey = surveys(session, month.name, sites)
    filled = entries(session, month.name, sites)
    return [
        replace(
            _with_columns(site, month, rows),
            weeks=sampled.get(site.name, {}),
            survey=survey.get(site.name, {}),
            entries=filled.get(site.name, {}),
        )
        for site in sites
    ]


def surveys(
    session: Session, month: str, sites: Sequence[Site]
) -> Mapping[str, Mapping[str, Surveyed]]:
    """What the month's survey found on each site; the latest, where it was renamed in between."""
    owner = {name: site.name for site in sites for name in site_names(site)}
    found: dict[str, dict[str, Surveyed]] = defaultdict(dict)
    only = sites[0].name if len(sites) == 1 and sites[0].was is None else None
    for row in sorted(site_checks(session, month, only), key=lambda row: row.at):
        if row.site in owner:
            day = row.at.astimezone(SHANGHAI).date()
            found[owner[row.site]][row.check.code] = Surveyed(row.check, day)
    return found


def _by_target(rows: Iterable[Violation]) -> Mapping[str, Sequence[Violation]]:
    """The rows that count, or may once they are confirmed, by target."""
    found: dict[str, list[Violation]] = defaultdict(list)
    for row in rows:
        if row.status in _COUNTED and row.upheld:
            found[row.target].append(row)
    return found


def _with_columns(site: Site, month: Month, rows: Mapping[str, Sequence[Violation]]) -> SiteMonth:
    return SiteMonth(
        site=site,
        days=tuple(sorted(month.judged)),
        seen={
            day: {one.id: found[one.id] for one in site.columns if one.id in found}
            for day, found in month.judged.items()
        },
        faults=tuple(
            Fault(
                column=column,
                family=Family(row.family),
                days=row.days,
                confirmed=row.status in _SURE,
                rounds=tuple(map(date.fromisoformat, row.rounds)),
                newest=row.newest,
            )
            for column in site.columns
            for row in rows.get(column.id, ())
        ),
    )


def weeks(
    session: Session, sites: Sequence[Site], days: Iterable[date], within: timedelta = WITHIN
) -> Mapping[str, Mapping[date, Availability]]:
    """The week of samples before each of some check days, of each site that has any samples."""
    owner = {name: site.name for site in sites for name in site_names(site)}
    found: dict[str, dict[date, Availability]] = defaultdict(dict)
    for day in days:
        since, until = week_before(day)
        by_site: dict[str, dict[date, DayCount]] = defaultdict(dict)
        for one in counts(session, since, until, within):
            if one.site in owner:
                mine = by_site[owner[one.site]]
                mine[one.day] = _together(mine.get(one.day), replace(one, site=owner[one.site]))
        for site, counted in by_site.items():
            found[site][day] = availability(site, counted.values(), since, until)
    return found


def _days_with_samples(month: Month) -> list[date]:
    """The check days that have come, whether or not their rounds were judged."""
    days, last = month_check_days(month.register.rounds, month.name), max(month.judged)
    return sorted({*month.judged, *(one for one in days if one <= last)})


def _together(one: DayCount | None, other: DayCount) -> DayCount:
    """The samples of one day of a site that was renamed on it."""
    if one is None:
        return other
    return DayCount(
        other.site,
        other.day,
        n=one.n + other.n,
        left_out=one.left_out + other.left_out,
        dropped=one.dropped + other.dropped,
        causes=Counter(one.causes) + Counter(other.causes),
    )
