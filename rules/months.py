"""A month's rounds into its violations and proposals: one for each duty, family and month. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rules.duties import Duty
from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.problems import FAMILY_OF_RULE, PROPOSED, Family
from rules.profiles import MonthRule, Profile

# Which of the four lists a site's problem stands in; site_failed is the vetoes' (not judged here).
SITE_LIST = "site"


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


# What failed in one way: check date and judgement, ascending.
_Failing: TypeAlias = list[tuple[date, Judged]]


def violation_records(
    owed: Mapping[str, Duty],
    profile: Profile,
    judged: Mapping[date, Mapping[str, Judged]],
) -> tuple[ViolationRecord, ...]:
    """The violations of the rounds in `judged` (by check date, then target), in `owed`'s order.

    Every month in `judged` is concluded by itself, by the profile's `month_rule`. A target that
    the register of today no longer holds is left out: whoever took it out has decided.
    """
    failing: dict[tuple[str, Family, str], _Failing] = defaultdict(list)
    settled: dict[tuple[str, str], date] = {}
    for day in sorted(judged):
        for target, one in judged[day].items():
            if one.verdict.truth is Truth.UNKNOWN:
                continue
            settled[target, f"{day:%Y-%m}"] = day
            family = FAMILY_OF_RULE.get(one.verdict.rule or "")
            if one.verdict.truth is Truth.VIOLATION and family is not None:
                failing[target, family, f"{day:%Y-%m}"].append((day, one))
    place = {target: number for number, target in enumerate(owed)}
    listed = (
        key
        for key, rounds in failing.items()
        if key[0] in place and _is_listed(profile.month_rule, rounds, settled[key[0], key[2]])
    )
    ordered = sorted(listed, key=lambda key: (key[2], place[key[0]], key[1]))
    return tuple(_record(owed[key[0]], key[1], key[2], failing[key]) for key in ordered)


def _is_listed(rule: MonthRule, failing: _Failing, settled: date) -> bool:
    """Whether failing in these rounds is listed; `settled` is the last round not unknown."""
    if rule is MonthRule.LAST:
        return failing[-1][0] == settled
    return len(failing) >= (2 if rule is MonthRule.TWICE else 1)


def _record(
    duty: Duty, family: Family, month: str, failing: Sequence[tuple[date, Judged]]
) -> ViolationRecord:
    last = failing[-1][1]
    days = tuple(day for day, _ in failing)
    return ViolationRecord(
        month=month,
        target=duty.target,
        family=family.value,
        list=SITE_LIST,
        site=duty.site,
        account=duty.account,
        unit=duty.unit,
        column=duty.column,
        kind=None if duty.kind is None else duty.kind.value,
        platform=duty.platform,
        problem=last.verdict.wording or "",
        rule=last.verdict.rule or "",
        newest=last.verdict.newest,
        days=last.verdict.days,
        limit=last.verdict.limit,
        url=duty.url,
        outcome=last.outcome.value,
        rounds=days,
        first_failed=days[0],
        last_failed=days[-1],
    )


def proposal_records(
    owed: Mapping[str, Duty],
    profile: Profile,
    judged: Mapping[date, Mapping[str, Judged]],
) -> tuple[ProposalRecord, ...]:
    """What the rounds in `judged` propose for review, in `owed`'s order, each month by itself."""
    seen: dict[tuple[str, UnknownReason, str], _Failing] = defaultdict(list)
    for day in sorted(judged):
        for target, one in judged[day].items():
            reason = one.verdict.reason
            if reason is not None and reason in PROPOSED and target in owed:
                seen[target, reason, f"{day:%Y-%m}"].append((day, one))
    place = {target: number for number, target in enumerate(owed)}
    ordered = sorted(seen, key=lambda key: (key[2], place[key[0]], key[1]))
    return tuple(_proposal(owed[key[0]], profile, key[1], key[2], seen[key]) for key in ordered)


def _proposal(
    duty: Duty, profile: Profile, reason: UnknownReason, month: str, seen: _Failing
) -> ProposalRecord:
    rule, wording = profile.rule_and_wording(PROPOSED[reason])
    return ProposalRecord(
        month=month,
        target=duty.target,
        rule=rule,
        problem=wording,
        site=duty.site,
        account=duty.account,
        unit=duty.unit,
        column=duty.column,
        kind=None if duty.kind is None else duty.kind.value,
        platform=duty.platform,
        url=duty.url,
        signs=seen[-1][1].verdict.signs,
        rounds=tuple(day for day, _ in seen),
    )
