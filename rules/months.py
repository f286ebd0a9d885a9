"""A month's rounds into its violations and proposals: one for each duty, family and month. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeAlias, TypedDict

from rules.account_marks import QUOTA_SHORT
from rules.duties import AccountDuty, Duty
from rules.facts import Outcome, Truth, Verdict
from rules.problems import FAMILY_OF_RULE, PROPOSED, PROPOSED_BY_SIGN, Family, Problem
from rules.profiles import MonthRule, Profile

# Which of the four lists a problem stands in; site_failed is the vetoes' (judged in rules.vetoes).
SITE_LIST, ACCOUNT_FAILED, ACCOUNT_PROBLEM = "site", "account_failed", "account_problem"
SITE_FAILED = "site_failed"
_LISTS: Mapping[Family, str] = MappingProxyType(
    {Family.ACCOUNT_STALE: ACCOUNT_FAILED, Family.ACCOUNT_QUOTA: ACCOUNT_PROBLEM}
)


class _Named(TypedDict):
    site: str | None
    account: str | None
    unit: str
    column: str | None
    kind: str | None
    platform: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one target in one round, and the outcome it rests on."""

    verdict: Verdict
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ViolationRecord:
    """One row of the violation table. `month` is YYYY-MM; limit and days count days.

    `problem`, `rule`, `newest`, `days`, `limit` and `outcome` are those of the last failing
    round; `rounds` are the failing check dates, ascending.
    """

    month: str
    target: str
    family: str
    list: str
    site: str | None
    account: str | None
    unit: str
    column: str | None
    kind: str | None
    platform: str | None
    problem: str
    rule: str
    newest: date | None
    days: int | None
    limit: int | None
    url: str
    outcome: str
    rounds: tuple[date, ...]
    first_failed: date
    last_failed: date


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """What the machine only proposes: it waits for a person's review. `rounds` ascend."""

    month: str
    target: str
    rule: str
    problem: str
    site: str | None
    account: str | None
    unit: str
    column: str | None
    kind: str | None
    platform: str | None
    url: str
    signs: tuple[str, ...]
    rounds: tuple[date, ...]


# What owes: a column, or an account.
Owing: TypeAlias = Duty | AccountDuty
# What failed in one way: check date and judgement, ascending.
_Failing: TypeAlias = list[tuple[date, Judged]]
# One way of failing in one month: target, family, YYYY-MM.
_Key: TypeAlias = tuple[str, Family, str]


def violation_records(
    owed: Mapping[str, Owing],
    profile: Profile,
    judged: Mapping[date, Mapping[str, Judged]],
) -> tuple[ViolationRecord, ...]:
    """The violations of the rounds in `judged` (by check date, then target), in `owed`'s order.

    Every month in `judged` is concluded by itself, by the profile's `month_rule`. A target that
    the register of today no longer holds is left out: whoever took it out has decided. An account
    that stands as 不合格 stands in 存在问题, too, if the profile's `list_twice` says so.
    """
    failing: dict[_Key, _Failing] = defaultdict(list)
    settled: dict[tuple[str, str], date] = {}
    for day in sorted(judged):
        for target, one in judged[day].items():
            if one.verdict.truth is Truth.UNKNOWN or target not in owed:
                continue
            settled[target, f"{day:%Y-%m}"] = day
            for family, way in _ways(owed[target], profile, one):
                failing[target, family, f"{day:%Y-%m}"].append((day, way))
    listed = {
        key
        for key, rounds in failing.items()
        if _is_listed(profile.month_rule, rounds, settled[key[0], key[2]])
    }
    if not profile.list_twice:
        listed -= {(target, Family.ACCOUNT_QUOTA, month) for target, month in _failed(listed)}
    place = {target: number for number, target in enumerate(owed)}
    ordered = sorted(listed, key=lambda key: (key[2], place[key[0]], _list(key[1]), key[1]))
    return tuple(_record(owed[key[0]], key[1], key[2], failing[key]) for key in ordered)


def _ways(duty: Owing, profile: Profile, one: Judged) -> Iterator[tuple[Family, Judged]]:
    """In which ways a verdict fails: an account stale for two weeks missed its quota, too."""
    family = FAMILY_OF_RULE.get(one.verdict.rule or "")
    if one.verdict.truth is not Truth.VIOLATION or family is None:
        return
    yield family, one
    is_short = family is Family.ACCOUNT_STALE and QUOTA_SHORT in one.verdict.signs
    if is_short and isinstance(duty, AccountDuty) and duty.quota is not None:
        rule, wording = profile.quota_rule_and_wording(duty.quota)
        verdict = replace(one.verdict, rule=rule, wording=wording, limit=None)
        yield Family.ACCOUNT_QUOTA, replace(one, verdict=verdict)


def _failed(listed: Iterable[_Key]) -> set[tuple[str, str]]:
    """The accounts that are listed as 不合格, with the month."""
    return {(target, month) for target, family, month in listed if family is Family.ACCOUNT_STALE}


def _list(family: Family) -> str:
    return _LISTS.get(family, SITE_LIST)


def _is_listed(rule: MonthRule, failing: _Failing, settled: date) -> bool:
    """Whether failing in these rounds is listed; `settled` is the last round not unknown."""
    if rule is MonthRule.LAST:
        return failing[-1][0] == settled
    return len(failing) >= (2 if rule is MonthRule.TWICE else 1)


def _record(
    duty: Owing, family: Family, month: str, failing: Sequence[tuple[date, Judged]]
) -> ViolationRecord:
    last = failing[-1][1]
    days = tuple(day for day, _ in failing)
    return ViolationRecord(
        month=month,
        target=duty.target,
        family=family.value,
        list=_list(family),
        **_named(duty),
        problem=last.verdict.wording or "",
        rule=last.verdict.rule or "",
        newest=last.verdict.newest,
        days=last.verdict.days,
        limit=last.verdict.limit,
        outcome=last.outcome.value,
        rounds=days,
        first_failed=days[0],
        last_failed=days[-1],
    )


def _named(duty: Owing) -> _Named:
    """What a record is told by."""
    if isinstance(duty, AccountDuty):
        return _Named(
            site=None,
            account=duty.account,
            unit=duty.unit,
            column=None,
            kind=None,
            platform=duty.platform.value,
            url=duty.url,
        )
    return _Named(
        site=duty.site,
        account=None,
        unit=duty.unit,
        column=duty.column,
        kind=None if duty.kind is None else duty.kind.value,
        platform=None,
        url=duty.url,
    )


def proposal_records(
    owed: Mapping[str, Owing],
    profile: Profile,
    judged: Mapping[date, Mapping[str, Judged]],
) -> tuple[ProposalRecord, ...]:
    """What the rounds in `judged` propose for review, in `owed`'s order, each month by itself."""
    seen: dict[tuple[str, Problem, str], _Failing] = defaultdict(list)
    for day in sorted(judged):
        for target, one in judged[day].items():
            for problem in _proposed(one.verdict) if target in owed else ():
                seen[target, problem, f"{day:%Y-%m}"].append((day, one))
    place = {target: number for number, target in enumerate(owed)}
    ordered = sorted(seen, key=lambda key: (key[2], place[key[0]], key[1]))
    return tuple(_proposal(owed[key[0]], profile, key[1], key[2], seen[key]) for key in ordered)


def _proposed(verdict: Verdict) -> set[Problem]:
    """What one verdict proposes: by its reason, and by signs that stand beside any verdict."""
    by_sign = {PROPOSED_BY_SIGN[sign] for sign in verdict.signs if sign in PROPOSED_BY_SIGN}
    by_reason = verdict.reason and PROPOSED.get(verdict.reason)
    return by_sign | ({by_reason} if by_reason else set())


def _proposal(
    duty: Owing, profile: Profile, problem: Problem, month: str, seen: _Failing
) -> ProposalRecord:
    rule, wording = profile.rule_and_wording(problem)
    return ProposalRecord(
        month=month,
        target=duty.target,
        rule=rule,
        problem=wording,
        **_named(duty),
        signs=seen[-1][1].verdict.signs,
        rounds=tuple(day for day, _ in seen),
    )
