"""The judge: one duty, what a round found, the check day -> ok, violation or unknown. Pure.

What is read clears by itself; what accuses must be proved (standard 5.0 and 5.1). Every path that
is not proved ends as `unknown` with its reason. No clock, no network, no exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from rules.brake import brake
from rules.duties import Duty
from rules.facts import (
    OUTCOMES,
    Client,
    Observation,
    Outcome,
    Sight,
    Treatment,
    Truth,
    UnknownReason,
    Verdict,
)
from rules.kinds import ColumnKind
from rules.marks import ARTICLES_UNDATED, BACKDATED, HAD_ITEMS, INCOMPATIBLE
from rules.problems import Problem
from rules.profiles import Decides, LimitWord, Profile
from rules.proving import (
    Case,
    agreeing,
    by_two_clients,
    contradiction,
    heard,
    lacking,
    seen_in_browser_too,
    twice,
    why_undated,
)
from rules.sights import conclude, is_confident

__all__ = ["brake", "conclude", "judge", "needs_another_look"]

# Signs that the judge adds.
EXEMPT = "exempt"
EMPTIED = "emptied"
REGRESSED = "regressed"

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def judge(
    duty: Duty,
    observation: Observation,
    check_date: date,
    profile: Profile,
    *,
    closed_controls_ok: bool = True,
    earlier: Sequence[Observation] = (),
) -> Verdict:
    """What follows for one duty on one check day (Asia/Shanghai).

    `earlier` are the observations of the same target in earlier rounds, oldest first;
    `closed_controls_ok` is False for a round that closed blind, which accuses nobody.

    - A column that the register exempts on that day owes nothing: ok, whatever was found.
    - One confident sight within the limit clears; items dated after the check day do, too. A
      reading under the confidence floor neither clears nor accuses, even if it looks fresh: ok
      would claim that we could read the page (`low_confidence`).
    - stale is `(check_date - newest).days > limit`. It is a violation only if two confident
      sights at least `independent_after` apart agree on the newest date, a control answered
      beside each, no other sight shows something newer or an empty page, the year was not
      merely inferred, and no earlier round read something newer that is still within the limit.
      A browser that looked must have read the same date, and a list from a learned data call
      needs one that did. A person's signed check with a screenshot proves by itself.
    - blank (P06) and unreachable (P07) need all sights to say so, two different clients at
      least `independent_after` apart, and a control beside each; and, for P06, no item ever seen.
    - What a person must decide (yearly pieces, personnel, plans) is never more than unknown.
    """
    sights = heard(observation.sights) or (_only_sight(observation),)
    case = Case(duty, sights, check_date, profile, closed_controls_ok, tuple(earlier))
    verdict = _with_compatibility(_judged(case, observation), observation)
    return replace(verdict, signs=tuple(dict.fromkeys((*observation.signs, *verdict.signs))))


def needs_another_look(
    duty: Duty,
    sights: Sequence[Sight],
    check_date: date,
    profile: Profile,
    *,
    browser: bool = False,
) -> bool:
    """Whether another look could still change the verdict or prove it.

    True for all that is not settled; False once it is ok or proved, or where looking is of no
    use in this round (`Treatment.FINAL`). With a `browser` at hand nothing is proved before it has
    been seen there, too. How often and by which client is the caller's schedule.
    """
    if not sights:
        return True
    if any(OUTCOMES[sight.outcome].treatment is Treatment.FINAL for sight in sights):
        return False
    verdict = judge(duty, conclude(sights), check_date, profile)
    if verdict.truth is Truth.VIOLATION:
        return browser and sights[-1].client is Client.HTTP
    return verdict.truth is Truth.UNKNOWN and verdict.reason is not UnknownReason.NEEDS_PERSON


def _judged(case: Case, observation: Observation) -> Verdict:
    if case.duty.is_exempt(case.check_date):
        return Verdict(Truth.OK, newest=observation.newest, signs=(EXEMPT,))
    if any(sight.outcome is Outcome.READ for sight in case.sights):
        return _judged_reading(case)
    if all(sight.outcome is Outcome.EMPTY for sight in case.sights):
        return _judged_empty(case)
    return _judged_failure(case)


def _judged_reading(case: Case) -> Verdict:
    limit, floor = case.duty.limit, case.profile.confidence_floor
    confident = [sight for sight in case.sights if is_confident(sight, floor)]
    newest = max((sight.newest for sight in confident if sight.newest), default=None)
    if limit in (LimitWord.NONE, LimitWord.EXEMPT):
        return _dated(case, Truth.OK, newest)
    if newest is None:
        return _judged_undated(case)
    if not _is_overdue(case, newest):
        return _dated(case, Truth.OK, newest)
    reason = contradiction(case, newest) or lacking(case, agreeing(confident, newest), twice)
    if reason is None and BACKDATED in {sign for sight in case.sights for sign in sight.signs}:
        reason = UnknownReason.BACKDATED
    if reason is not None:
        return _unknown(case, reason, newest)
    return _overdue(case, newest)


def _judged_undated(case: Case) -> Verdict:
    """A list without a date to rest on. Where none of its newest articles shows one either, twice
    and in the browser too, it counts as not updated, with its own wording (standard 5.1)."""
    if not all(ARTICLES_UNDATED in sight.signs for sight in case.sights):
        return _unknown(case, why_undated(case))
    reason = lacking(case, case.sights, seen_in_browser_too)
    if reason is not None:
        return _unknown(case, reason)
    if case.duty.days is None or case.duty.decides is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON)
    return _accused(case, Problem.NO_DATE)


def _with_compatibility(verdict: Verdict, observation: Observation) -> Verdict:
    """What no browser of ours shows as it should is neither stale nor down nor blank: a person
    looks (standard, P11: proposed only)."""
    if verdict.truth is Truth.OK or not INCOMPATIBLE.intersection(observation.signs):
        return verdict
    return replace(
        verdict, truth=Truth.UNKNOWN, reason=UnknownReason.INCOMPATIBLE, rule=None, wording=None
    )


def _overdue(case: Case, newest: date) -> Verdict:
    """The verdict where the newest date is proved and past the limit; history may still speak."""
    known = max(_newest_known(case) or newest, newest)
    signs = (REGRESSED,) if known > newest else ()
    if not _is_overdue(case, known):
        return _unknown(case, UnknownReason.DISAGREEMENT, newest, signs)
    limit = case.duty.days
    if limit is None or case.duty.decides is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON, newest)
    problem = case.profile.stale_problem(limit, (case.check_date - known).days)
    return _accused(case, problem, known, signs)


def _judged_empty(case: Case) -> Verdict:
    reason = lacking(case, case.sights, by_two_clients)
    if reason is not None:
        return _unknown(case, reason)
    if _has_had_items(case):
        return _judged_emptied(case)
    if case.duty.blank is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON)
    return _accused(case, Problem.BLANK)


def _judged_emptied(case: Case) -> Verdict:
    """Items once, none now: not blank, but stale once the last known date is (standard 5.2)."""
    known = _newest_known(case)
    if case.duty.limit in (LimitWord.NONE, LimitWord.EXEMPT):
        return Verdict(Truth.OK, signs=(EMPTIED,))
    if known is not None and not _is_overdue(case, known):
        return replace(_dated(case, Truth.OK, known), signs=(EMPTIED,))
    if known is None or case.duty.days is None or case.duty.decides is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON, known, (EMPTIED,))
    return _accused(case, Problem.LONG, known, (EMPTIED,))


def _judged_failure(case: Case) -> Verdict:
    # A sight on which the checker itself broke saw nothing, for or against.
    seen = [sight for sight in case.sights if sight.outcome is not Outcome.OUR_FAULT]
    doubts = [sight for sight in seen if _treatment(sight) is not Treatment.CANDIDATE]
    if not seen:
        return _unknown(case, UnknownReason.OUR_FAULT)
    if case.duty.kind is ColumnKind.LINKOUT and _outcomes(seen) == {Outcome.MOVED}:
        return Verdict(Truth.OK)
    if doubts:
        return _unknown(case, OUTCOMES[doubts[-1].outcome].reason)
    if Outcome.EMPTY in _outcomes(seen):
        return _unknown(case, UnknownReason.DISAGREEMENT)
    reason = lacking(case, seen, by_two_clients)
    return _unknown(case, reason) if reason is not None else _accused(case, Problem.UNREACHABLE)


def _outcomes(sights: Iterable[Sight]) -> set[Outcome]:
    return {sight.outcome for sight in sights}


def _treatment(sight: Sight) -> Treatment:
    return OUTCOMES[sight.outcome].treatment


def _is_overdue(case: Case, newest: date) -> bool:
    """Strictly more days than the limit, or nothing in the year of the last deadline."""
    limit = case.duty.limit
    if isinstance(limit, int):
        return (case.check_date - newest).days > limit
    kind = case.duty.kind
    if limit is not LimitWord.YEARLY or kind is None:
        return False
    deadline = case.profile.last_deadline(kind, case.duty.role, case.check_date)
    return deadline is not None and newest.year < deadline.year


def _has_had_items(case: Case) -> bool:
    remembered = any(HAD_ITEMS in sight.signs for sight in case.sights)
    return remembered or any(seen.item_count or seen.newest is not None for seen in case.earlier)


def _newest_known(case: Case) -> date | None:
    """The newest date that an earlier round read with confidence."""
    floor = case.profile.confidence_floor
    found = (
        seen.newest
        for seen in case.earlier
        if seen.outcome is Outcome.READ and seen.newest and seen.confidence >= floor
    )
    return max(found, default=None)


def _dated(case: Case, truth: Truth, newest: date | None) -> Verdict:
    """A verdict with its arithmetic. An ok past the warning line warns (预警线)."""
    limit = case.duty.days
    days = None if newest is None else (case.check_date - newest).days
    warn = (
        truth is Truth.OK
        and limit is not None
        and days is not None
        and days >= case.profile.warn_from(limit)
    )
    return Verdict(truth, newest=newest, days=days, limit=limit, warn=warn)


def _unknown(
    case: Case, reason: UnknownReason, newest: date | None = None, signs: tuple[str, ...] = ()
) -> Verdict:
    return replace(_dated(case, Truth.UNKNOWN, newest), reason=reason, signs=signs)


def _accused(
    case: Case, problem: Problem, newest: date | None = None, signs: tuple[str, ...] = ()
) -> Verdict:
    rule, wording = case.profile.rule_and_wording(problem)
    verdict = _dated(case, Truth.VIOLATION, newest)
    return replace(verdict, rule=rule, wording=wording, signs=signs)


def _only_sight(observation: Observation) -> Sight:
    """A sight for an observation that came without its sights: it may clear, never accuse."""
    return Sight(
        at=_LONG_AGO,
        client=Client.HTTP,
        outcome=observation.outcome,
        newest=observation.newest,
        item_count=observation.item_count,
        items_digest=observation.items_digest,
        confidence=observation.confidence,
        signs=observation.signs,
    )
