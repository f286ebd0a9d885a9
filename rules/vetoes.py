"""The vetoes (单项否决) of a site, judged for a month: ok, 不合格, or 未检查 with its reason. Pure.

Standard 2.1. What fails becomes a candidate violation of the list `site_failed` and costs nobody
anything before a person has confirmed it; V5 and V6 are only proposed, V1 is a person's alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from rules.availability import Standing as Week
from rules.facts import Outcome, Truth
from rules.indicators import veto_name
from rules.kinds import ColumnKind
from rules.months import ACCOUNT_FAILED, SITE_FAILED, ProposalRecord, ViolationRecord
from rules.platforms import home_page
from rules.problems import ACCOUNT_VETOES, PROPOSED_VETOES, Family
from rules.profiles import MonthRule, Profile
from rules.register import Account
from rules.service_guides import is_of_no_use
from rules.site_checks import SiteCheck
from rules.veto_facts import Entry, Fault, SiteMonth, VetoFinding, VetoStanding, site_target
from rules.veto_home import WINDOW, home_not_updated

COLUMNS_RULE = "V4"
PLACES_SHOWN = 20
# Limits of V4a by kind, days; of the last two 一级栏目 only.
STALE_AFTER: Mapping[ColumnKind, int] = MappingProxyType(
    {ColumnKind.NEWS: 14, ColumnKind.NOTICE: 184, ColumnKind.POLICY: 184}
)
FIRST_LEVEL = frozenset({ColumnKind.NOTICE, ColumnKind.POLICY})
# V4a, V4b, V4c: how many columns fail a site, and from how many on it is warned (standard 2.1).
COUNTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"current": (5, 2), "long": (10, 6), "blank": (5, 2)}
)


def vetoes(month: SiteMonth, profile: Profile) -> tuple[VetoFinding, ...]:
    """The six vetoes of a site, in their order."""
    return (
        accident(month),
        unreachable(month, profile),
        home_not_updated(month, profile),
        columns_not_updated(month, profile),
        poor_answers(month),
        poor_services(month),
    )


def accident(month: SiteMonth) -> VetoFinding:
    """V1 安全、泄密事故等严重问题: what a person filled in, and nothing else."""
    entry = month.entries.get("V1")
    if entry is None:
        return VetoFinding("V1", VetoStanding.UNCHECKED, "person")
    told = {"person": entry.person, "reason": entry.reason}
    if not entry.points:
        return VetoFinding("V1", VetoStanding.OK, "person_ok", told)
    return VetoFinding("V1", VetoStanding.FAILED, "person_failed", told, month.days[-1:])


def unreachable(month: SiteMonth, profile: Profile) -> VetoFinding:
    """V2 站点无法访问: by the weeks of samples before each check day."""
    weeks = {day: one for day, one in month.weeks.items() if one.standing is not Week.UNKNOWN}
    failed = tuple(sorted(day for day, one in weeks.items() if one.standing is Week.VETO))
    if failed and _is_listed(profile.month_rule, failed, max(weeks)):
        return _week(month, VetoStanding.FAILED, "samples_failed", failed[-1], failed)
    if not weeks:
        doubts = [one.doubt.value for one in month.weeks.values() if one.doubt and one.n]
        return VetoFinding("V2", VetoStanding.UNCHECKED, doubts[-1] if doubts else "unsampled")
    worst = max(weeks, key=lambda day: (weeks[day].share or 0, day))
    warn = any(one.standing in (Week.WARN, Week.VETO) for one in weeks.values())
    return _week(month, VetoStanding.WARN if warn else VetoStanding.OK, "samples", worst)


def _week(
    month: SiteMonth, standing: VetoStanding, why: str, day: date, days: tuple[date, ...] = ()
) -> VetoFinding:
    week = month.weeks[day]
    told = {
        "since": week.since,
        "until": week.until,
        "fails": week.fails,
        "samples": week.n,
        "percent": f"{100 * (week.share or 0):.1f}",
    }
    cause = next((one.value for one in week.causes), "read")
    return VetoFinding("V2", standing, why, told, days, outcome=cause)


def _is_listed(rule: MonthRule, failing: tuple[date, ...], settled: date) -> bool:
    """Whether failing on these days is listed; `settled` is the last day that said anything."""
    if rule is MonthRule.LAST:
        return failing[-1] == settled
    return len(failing) >= (2 if rule is MonthRule.TWICE else 1)


def columns_not_updated(month: SiteMonth, profile: Profile) -> VetoFinding:
    """V4 栏目不更新: three counts of columns that fail on one check day; what failed in turn, and
    was repaired in between, never failed together. Only confirmed ones fail a site; those that
    wait for review warn."""
    groups = {
        name: _each_once(one for one in month.faults if is_counted(one, profile))
        for name, is_counted in _COUNTED.items()
    }
    sure = {name: [one for one in faults if one.confirmed] for name, faults in groups.items()}
    daily = {name: _by_day(faults) for name, faults in sure.items()}
    told: dict[str, object] = {
        name: max(map(len, found.values()), default=0) for name, found in daily.items()
    }
    told |= {f"{name}_waiting": len(groups[name]) - len(sure[name]) for name in groups}
    told["unread"] = _unread(month)
    over = {
        (day, name)
        for name, found in daily.items()
        for day, faults in found.items()
        if len(faults) >= COUNTS[name][0]
    }
    if over:
        days = tuple(sorted({day for day, _ in over}))
        counted = [one for day, name in sorted(over) for one in daily[name][day]]
        targets = tuple(dict.fromkeys(one.column.id for one in counted))
        return VetoFinding(
            COLUMNS_RULE, VetoStanding.FAILED, "columns", told, days, evidence=targets
        )
    if not any(month.seen.values()):
        return VetoFinding(COLUMNS_RULE, VetoStanding.UNCHECKED, "no_columns", told)
    near = any(len(faults) >= COUNTS[name][1] for name, faults in groups.items())
    return VetoFinding(
        COLUMNS_RULE, VetoStanding.WARN if near else VetoStanding.OK, "columns", told
    )


def _by_day(faults: Iterable[Fault]) -> Mapping[date, list[Fault]]:
    """What fails on each check day."""
    found: dict[date, list[Fault]] = {}
    for one in faults:
        for day in one.rounds:
            found.setdefault(day, []).append(one)
    return found


def _each_once(faults: Iterable[Fault]) -> list[Fault]:
    """Columns are counted, not lines: one that was stale and undated in one month, or stands in the
    register twice, is one; confirmed if any of its lines is."""
    found: dict[object, Fault] = {}
    for one in sorted(faults, key=lambda one: one.confirmed):
        found[one.column.url, one.column.hint] = one
    return list(found.values())


def is_current_and_stale(fault: Fault, _: Profile) -> bool:
    """V4a: 动态、要闻类 over two weeks, 通知公告、政策文件类一级栏目 over six months.

    What shows no publish date counts as not updated (稿件发布页未注明发布时间的视为不更新).
    """
    limit = STALE_AFTER.get(fault.column.kind)
    if limit is None or (fault.column.kind in FIRST_LEVEL and fault.column.level > 1):
        return False
    if fault.family is Family.UNDATED:
        return True
    return fault.family is Family.STALE and fault.days is not None and fault.days > limit


def is_long_stale(fault: Fault, profile: Profile) -> bool:
    """V4b: should have been updated, and was not for a long time."""
    days = fault.days
    return fault.family is Family.STALE and days is not None and days > profile.long_days


def is_blank(fault: Fault, _: Profile) -> bool:
    """V4c: 空白栏目."""
    return fault.family is Family.BLANK


_COUNTED: Mapping[str, Callable[[Fault, Profile], bool]] = MappingProxyType(
    {"current": is_current_and_stale, "long": is_long_stale, "blank": is_blank}
)


def _unread(month: SiteMonth) -> int:
    """How many columns no round of the month could verify."""
    read: set[str] = set()
    every: set[str] = set()
    for judged in month.seen.values():
        every |= judged.keys()
        read |= {key for key, one in judged.items() if one.verdict.truth is not Truth.UNKNOWN}
    return len(every - read)


def poor_answers(month: SiteMonth) -> VetoFinding:
    """V5 互动回应差: proposed if the survey found no channel, or a letter unanswered too long."""
    return _proposed(month, "V5", ("consult", "letters"), "answers")


def poor_services(month: SiteMonth) -> VetoFinding:
    """V6 服务不实用: proposed if guides lack four of ten classes of elements."""
    if not month.site.services:
        return VetoFinding("V6", VetoStanding.EXEMPT, "no_services")
    return _proposed(month, "V6", ("guide",), "services")


def _proposed(month: SiteMonth, rule: str, checks: tuple[str, ...], why: str) -> VetoFinding:
    rows = [month.survey[code].check for code in checks if code in month.survey]
    bad = [row for row in rows if row.truth is Truth.VIOLATION and _is_grave(row)]
    if bad:
        told = {"count": max(row.count for row in bad)}
        where = tuple(place.url for row in bad for place in row.places)[:PLACES_SHOWN]
        days = month.days[-1:]
        return VetoFinding(rule, VetoStanding.PROPOSED, why, told, days, evidence=where)
    fine = len(rows) == len(checks) and all(row.truth is not Truth.UNKNOWN for row in rows)
    return VetoFinding(
        rule, VetoStanding.OK if fine else VetoStanding.UNCHECKED, "surveyed" if fine else "survey"
    )


def _is_grave(row: SiteCheck) -> bool:
    """Whether a survey's finding is one of the veto: of guides, only if enough of them lack enough
    (`what` of a place lists what one guide lacks)."""
    if row.code != "guide":
        return True
    return is_of_no_use([len(one.what.split("、")) for one in row.places], complete=False)


def failed_records(
    month: str, found: Iterable[tuple[SiteMonth, VetoFinding]]
) -> tuple[ViolationRecord, ...]:
    """The violations of the vetoes that failed, in the order given. `month` is YYYY-MM."""
    return tuple(
        ViolationRecord(
            month=month,
            target=site_target(one.site),
            family=veto.family.value,
            list=SITE_FAILED,
            site=one.site.name,
            account=None,
            unit=one.site.unit,
            column=None,
            kind=None,
            platform=None,
            problem=veto_name(veto.rule),
            rule=veto.rule,
            newest=veto.newest,
            days=(veto.days[-1] - veto.newest).days if veto.newest else None,
            limit=WINDOW if veto.rule == "V3" else None,
            url=one.site.url,
            outcome=veto.outcome,
            rounds=veto.days,
            first_failed=veto.days[0],
            last_failed=veto.days[-1],
        )
        for one, veto in found
        if veto.standing is VetoStanding.FAILED and veto.rule not in PROPOSED_VETOES and veto.days
    )


def proposed_records(
    month: str, found: Iterable[tuple[SiteMonth, VetoFinding]]
) -> tuple[ProposalRecord, ...]:
    """The vetoes that are only proposed, for review."""
    return tuple(
        ProposalRecord(
            month=month,
            target=site_target(one.site),
            rule=veto.rule,
            problem=veto_name(veto.rule),
            site=one.site.name,
            account=None,
            unit=one.site.unit,
            column=None,
            kind=None,
            platform=None,
            url=one.site.url,
            signs=(),
            rounds=veto.days,
        )
        for one, veto in found
        if veto.standing is VetoStanding.PROPOSED and veto.days
    )


def account_records(
    month: str, accounts: Iterable[Account], entries: Mapping[str, Mapping[str, Entry]], day: date
) -> tuple[ViolationRecord, ...]:
    """The vetoes of accounts that people filled in (by target and code), as of a check day."""
    return tuple(
        ViolationRecord(
            month=month,
            target=one.target,
            family=family.value,
            list=ACCOUNT_FAILED,
            site=None,
            account=one.name,
            unit=one.unit,
            column=None,
            kind=None,
            platform=one.platform.value,
            problem=veto_name(rule),
            rule=rule,
            newest=None,
            days=None,
            limit=None,
            url=home_page(one.platform, one.id),
            outcome=Outcome.READ.value,
            rounds=(day,),
            first_failed=day,
            last_failed=day,
        )
        for one in accounts
        for rule, family in ACCOUNT_VETOES.items()
        if rule in entries.get(one.target, {}) and entries[one.target][rule].points
    )
