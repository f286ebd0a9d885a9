"""The judge of accounts: one duty, what its sources showed, the check day -> a verdict. Pure.

What any source shows clears; 未更新 must be proved (`rules.account_proving`). Every path that is
not proved ends as `unknown` with its reason: no mixture of blocked, login_required and error, nor
any partial source, ever makes a violation. No clock, no network, no exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from rules.account_case import AccountCase, AccountMemory, case_of
from rules.account_marks import (
    ACCOUNT_ABNORMAL,
    COUNTER_GREW,
    NATURAL_WEEK,
    NOT_DUE,
    QUOTA,
    QUOTA_SHORT,
    RENAMED,
    SEVEN_DAYS,
    SUSPENSION,
    WRONG_ACCOUNT,
)
from rules.account_proving import lacking
from rules.account_sources import Lack
from rules.duties import AccountDuty
from rules.facts import SHANGHAI, Outcome, Truth, UnknownReason, Verdict
from rules.marks import MANUAL_CHECK, SCREENSHOT
from rules.posts import FetchOutcome, FetchResult
from rules.problems import Problem
from rules.profiles import Decides, Profile
from rules.updates import newest
from rules.windows import touched

__all__ = ["AccountMemory", "judge_account", "needs_another_read", "outcome_of"]

# How an account's reads stand in the ledger, beside those of columns; the first that there is.
_AS_OUTCOME: Mapping[FetchOutcome, Outcome] = MappingProxyType(
    {
        FetchOutcome.OK: Outcome.READ,
        FetchOutcome.EMPTY: Outcome.EMPTY,
        FetchOutcome.GONE: Outcome.NOT_FOUND,
        FetchOutcome.LOGIN_REQUIRED: Outcome.LOGIN,
        FetchOutcome.BLOCKED: Outcome.CHALLENGE,
        FetchOutcome.ERROR: Outcome.UNREADABLE,
    }
)
# What another read, later in the round, may still settle.
_PASSING = frozenset(
    {
        UnknownReason.ONE_SIGHT,
        UnknownReason.SOURCE_INCOMPLETE,
        UnknownReason.SOURCE_FAILED,
        UnknownReason.CONTROLS_DOWN,
    }
)


def judge_account(
    duty: AccountDuty,
    results: Sequence[FetchResult],
    check_date: date,
    profile: Profile,
    *,
    memory: AccountMemory | None = None,
    closed_controls_ok: bool = True,
) -> Verdict:
    """What follows for one account on one check day (Asia/Shanghai).

    `results` are all reads of all its sources for that day, early ones and second ones among them.
    Reads of earlier rounds may be added: they clear and contradict, and never prove. `memory` is
    what earlier rounds left otherwise; `closed_controls_ok` is False for a round that closed blind,
    which accuses nobody.

    - An update within two weeks, and the weekly quota met in both readings of a week, clear,
      whichever source shows them. The profile's counter clears the two weeks, never the quota.
    - Gone or renamed is 账号异常: a person looks; it is never 未更新.
    - 超过两周未更新 (P14) and the missed quota (P15) need two results that each prove it; P14 goes
      before P15, and carries QUOTA_SHORT where that is proved, too (`list_twice`).
    - What a person must decide (accounts that serve, a suspension with relief) is never more
      than unknown.
    """
    if not duty.is_due:
        return Verdict(Truth.OK, signs=(NOT_DUE,))
    case = case_of(duty, results, check_date, profile, memory or AccountMemory())
    verdict = _judged(case)
    if verdict.truth is Truth.VIOLATION and not closed_controls_ok:
        verdict = _doubted(verdict, UnknownReason.CONTROLS_DOWN)
    return replace(verdict, signs=tuple(dict.fromkeys((*verdict.signs, *_signs(case)))))


def needs_another_read(verdict: Verdict) -> bool:
    """Whether another read in this round could still settle it. How often is the caller's pace."""
    return verdict.reason in _PASSING


def outcome_of(results: Sequence[FetchResult]) -> Outcome:
    """What the reads of one account come to in the ledger: the best of them."""
    found = {one.outcome for one in results}
    return next(
        (outcome for read, outcome in _AS_OUTCOME.items() if read in found), Outcome.OUR_FAULT
    )


def _judged(case: AccountCase) -> Verdict:
    if case.is_fresh and case.meets_quota:
        return _dated(case, Truth.OK)
    if case.gone or case.is_renamed:
        return _unknown(case, Lack(0, UnknownReason.NEEDS_PERSON))
    stale = None if case.is_fresh else lacking(case, (case.windows.two_weeks,), 1)
    if not case.is_fresh and stale is None:
        return _accused(case, Problem.ACCOUNT_TWO_WEEKS)
    short = _lacking_for_quota(case)
    if not case.meets_quota and short is None:
        return _accused(case, None)
    lack = stale or short
    assert lack is not None
    return _unknown(case, lack)


def _lacking_for_quota(case: AccountCase) -> Lack | None:
    if case.duty.quota is None or case.meets_quota:
        return None
    return lacking(case, case.windows.weekly, case.duty.quota)


def _accused(case: AccountCase, problem: Problem | None) -> Verdict:
    """The violation: `problem`, or (None) the missed quota; unless a person must decide."""
    if case.duty.decides is Decides.PERSON or any(
        one.relief for one in touched(case.profile.suspensions, case.windows).values()
    ):
        return _unknown(case, Lack(0, UnknownReason.NEEDS_PERSON))
    verdict = replace(_dated(case, Truth.VIOLATION), signs=_signed(case))
    if problem is None:
        rule, wording = case.profile.quota_rule_and_wording(case.duty.quota or 0)
        # Its limit is a number of updates, not of days.
        return replace(verdict, rule=rule, wording=wording, limit=None)
    rule, wording = case.profile.rule_and_wording(problem)
    short = not case.meets_quota and _lacking_for_quota(case) is None
    if short:
        verdict = replace(verdict, signs=(QUOTA_SHORT, *verdict.signs))
    return replace(verdict, rule=rule, wording=wording)


def _signed(case: AccountCase) -> tuple[str, ...]:
    """The signs of a person's look that is among what may prove it."""
    witnessed = any(one.witness and one.can_prove_absence for one in case.results)
    return (MANUAL_CHECK, SCREENSHOT) if witnessed else ()


def _unknown(case: AccountCase, lack: Lack) -> Verdict:
    return replace(_dated(case, Truth.UNKNOWN), reason=lack.reason, signs=lack.signs)


def _doubted(verdict: Verdict, reason: UnknownReason) -> Verdict:
    return replace(verdict, truth=Truth.UNKNOWN, reason=reason, rule=None, wording=None)


def _dated(case: AccountCase, truth: Truth) -> Verdict:
    """A verdict with its arithmetic. An ok past the warning line warns (预警线)."""
    limit = case.duty.days
    found = newest(case.updates)
    if found is None or (truth is Truth.OK and not _by_posts(case)):
        return Verdict(truth, limit=limit)  # cleared by the counter: nobody knows when
    day = found.astimezone(SHANGHAI).date()
    days = (case.windows.check_date - day).days
    warn = truth is Truth.OK and days >= case.profile.warn_from(limit)
    return Verdict(truth, newest=day, days=days, limit=limit, warn=warn)


def _by_posts(case: AccountCase) -> bool:
    return case.updated_within(case.windows.two_weeks) > 0


def _signs(case: AccountCase) -> Iterator[str]:
    """The facts that a verdict carries, whatever it says."""
    if case.gone:
        yield ACCOUNT_ABNORMAL
    if case.is_renamed:
        yield RENAMED
    if case.strangers:
        yield WRONG_ACCOUNT
    if case.grown:
        yield COUNTER_GREW
    for name in touched(case.profile.suspensions, case.windows):
        yield f"{SUSPENSION}:{name}"
    if case.duty.quota is not None:
        yield f"{QUOTA}:{case.duty.quota}"
        yield f"{SEVEN_DAYS}:{case.updated_within(case.windows.seven_days)}"
        yield f"{NATURAL_WEEK}:{case.updated_within(case.windows.natural_week)}"
    for result in (*case.results, *case.strangers):
        if result.outcome not in (FetchOutcome.OK, FetchOutcome.EMPTY):
            yield f"{result.source}:{(result.reason or result.outcome).value}"
