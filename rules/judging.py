"""The judge: one duty, what a round found, the check day -> ok, violation or unknown. Pure.

What is read clears by itself; what accuses must be proved (standard 5.0 and 5.1). Every path that
is not proved ends as `unknown` with its reason. No clock, no network, no exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
from rules.problems import Problem
from rules.profiles import Decides, LimitWord, Profile
from rules.sights import are_apart, are_of_two_clients_apart, conclude, is_confident

__all__ = ["brake", "conclude", "judge", "needs_another_look"]

# Signs of the reader that bear on the verdict.
YEAR_INFERRED = "year_inferred"
YEAR_CONFIRMED = "year_confirmed"
ASCENDING = "ascending"  # the newest entry may stand on a last page that nobody has read
# Signs that the judge adds.
EXEMPT = "exempt"
EMPTIED = "emptied"
REGRESSED = "regressed"

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Case:
    """All that one judgement rests on."""

    duty: Duty
    sights: tuple[Sight, ...]
    check_date: date
    profile: Profile
    closed_controls_ok: bool
    earlier: tuple[Observation, ...]


# Says what some sights lack to prove a fault; None: nothing.
_Proof = Callable[[Sequence[Sight], _Case], UnknownReason | None]


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
    - blank (P06) and unreachable (P07) need all sights to say so, two different clients at
      least `independent_after` apart, and a control beside each; and, for P06, no item ever seen.
    - What a person must decide (yearly pieces, personnel, plans) is never more than unknown.
    """
    sights = observation.sights or (_only_sight(observation),)
    case = _Case(duty, sights, check_date, profile, closed_controls_ok, tuple(earlier))
    verdict = _judged(case, observation)
    return replace(verdict, signs=tuple(dict.fromkeys((*observation.signs, *verdict.signs))))


def needs_another_look(
    duty: Duty, sights: Sequence[Sight], check_date: date, profile: Profile
) -> bool:
    """Whether another look could still change the verdict or prove it.

    True for all that is not settled; False once it is ok or proved, or where looking is of no
    use in this round (`Treatment.FINAL`). How often and by which client is the caller's schedule.
    """
    if not sights:
        return True
    if any(OUTCOMES[sight.outcome].treatment is Treatment.FINAL for sight in sights):
        return False
    verdict = judge(duty, conclude(sights), check_date, profile)
    return verdict.truth is Truth.UNKNOWN and verdict.reason is not UnknownReason.NEEDS_PERSON


def _judged(case: _Case, observation: Observation) -> Verdict:
    if case.duty.is_exempt(case.check_date):
        return Verdict(Truth.OK, newest=observation.newest, signs=(EXEMPT,))
    if any(sight.outcome is Outcome.READ for sight in case.sights):
        return _judged_reading(case)
    if all(sight.outcome is Outcome.EMPTY for sight in case.sights):
        return _judged_empty(case)
    return _judged_failure(case)


def _judged_reading(case: _Case) -> Verdict:
    limit, floor = case.duty.limit, case.profile.confidence_floor
    confident = [sight for sight in case.sights if is_confident(sight, floor)]
    newest = max((sight.newest for sight in confident if sight.newest), default=None)
    if limit in (LimitWord.NONE, LimitWord.EXEMPT):
        return _dated(case, Truth.OK, newest)
    if newest is None:
        return _unknown(case, _why_undated(case))
    if not _is_overdue(case, newest):
        return _dated(case, Truth.OK, newest)
    reason = _contradiction(case, newest) or _lacking(case, _agreeing(confident, newest), _twice)
    if reason is not None:
        return _unknown(case, reason, newest)
    return _overdue(case, newest)


def _overdue(case: _Case, newest: date) -> Verdict:
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


def _judged_empty(case: _Case) -> Verdict:
    reason = _lacking(case, case.sights, _by_two_clients)
    if reason is not None:
        return _unknown(case, reason)
    if _has_had_items(case):
        return _judged_emptied(case)
    if case.duty.blank is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON)
    return _accused(case, Problem.BLANK)


def _judged_emptied(case: _Case) -> Verdict:
    """Items once, none now: not blank, but stale once the last known date is (standard 5.2)."""
    known = _newest_known(case)
    if case.duty.limit in (LimitWord.NONE, LimitWord.EXEMPT):
        return Verdict(Truth.OK, signs=(EMPTIED,))
    if known is not None and not _is_overdue(case, known):
        return replace(_dated(case, Truth.OK, known), signs=(EMPTIED,))
    if known is None or case.duty.days is None or case.duty.decides is Decides.PERSON:
        return _unknown(case, UnknownReason.NEEDS_PERSON, known, (EMPTIED,))
    return _accused(case, Problem.LONG, known, (EMPTIED,))


def _judged_failure(case: _Case) -> Verdict:
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
    reason = _lacking(case, seen, _by_two_clients)
    return _unknown(case, reason) if reason is not None else _accused(case, Problem.UNREACHABLE)


def _outcomes(sights: Iterable[Sight]) -> set[Outcome]:
    return {sight.outcome for sight in sights}


def _treatment(sight: Sight) -> Treatment:
    return OUTCOMES[sight.outcome].treatment


def _is_overdue(case: _Case, newest: date) -> bool:
    """Strictly more days than the limit, or nothing in the year of the last deadline."""
    limit = case.duty.limit
    if isinstance(limit, int):
        return (case.check_date - newest).days > limit
    kind = case.duty.kind
    if limit is not LimitWord.YEARLY or kind is None:
        return False
    deadline = case.profile.last_deadline(kind, case.duty.role, case.check_date)
    return deadline is not None and newest.year < deadline.year


def _agreeing(confident: Iterable[Sight], newest: date) -> list[Sight]:
    return [sight for sight in confident if sight.newest == newest]


def _contradiction(case: _Case, newest: date) -> UnknownReason | None:
    """What in the sights of this round speaks against resting on `newest`."""
    for sight in case.sights:
        if sight.outcome is Outcome.EMPTY:
            return UnknownReason.DISAGREEMENT
        if sight.outcome is not Outcome.READ or sight.newest is None:
            continue
        older_counts = is_confident(sight, case.profile.confidence_floor)
        if sight.newest > newest or (older_counts and sight.newest != newest):
            return UnknownReason.DISAGREEMENT
    signs = {sign for sight in case.sights for sign in sight.signs}
    if YEAR_INFERRED in signs and YEAR_CONFIRMED not in signs:
        return UnknownReason.YEAR_INFERRED
    return UnknownReason.LOW_CONFIDENCE if ASCENDING in signs else None


def _why_undated(case: _Case) -> UnknownReason:
    doubtful = [sight for sight in case.sights if sight.newest is not None]
    if not doubtful:
        return UnknownReason.UNDATED
    if all(YEAR_INFERRED in sight.signs for sight in doubtful):
        return UnknownReason.YEAR_INFERRED
    return UnknownReason.LOW_CONFIDENCE


def _twice(sights: Sequence[Sight], case: _Case) -> UnknownReason | None:
    apart = are_apart(sights, case.profile.independent_after)
    return None if apart else UnknownReason.ONE_SIGHT


def _by_two_clients(sights: Sequence[Sight], case: _Case) -> UnknownReason | None:
    if len({sight.client for sight in sights}) < 2:
        return UnknownReason.ONE_CLIENT
    apart = are_of_two_clients_apart(sights, case.profile.independent_after)
    return None if apart else UnknownReason.ONE_SIGHT


def _lacking(case: _Case, sights: Sequence[Sight], proof: _Proof) -> UnknownReason | None:
    """What the sights lack to prove a fault, or None: proved, each with a control beside it."""
    if not case.closed_controls_ok:
        return UnknownReason.CONTROLS_DOWN
    controlled = [sight for sight in sights if sight.controls_ok]
    if proof(controlled, case) is None:
        return None
    counted = [sight for sight in sights if sight.controls_ok is not False]
    if not counted:
        return UnknownReason.CONTROLS_DOWN
    return proof(counted, case) or UnknownReason.CONTROLS_DOWN


def _has_had_items(case: _Case) -> bool:
    return any(seen.item_count or seen.newest is not None for seen in case.earlier)


def _newest_known(case: _Case) -> date | None:
    """The newest date that an earlier round read with confidence."""
    floor = case.profile.confidence_floor
    found = (
        seen.newest
        for seen in case.earlier
        if seen.outcome is Outcome.READ and seen.newest and seen.confidence >= floor
    )
    return max(found, default=None)


def _dated(case: _Case, truth: Truth, newest: date | None) -> Verdict:
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
    case: _Case, reason: UnknownReason, newest: date | None = None, signs: tuple[str, ...] = ()
) -> Verdict:
    return replace(_dated(case, Truth.UNKNOWN, newest), reason=reason, signs=signs)


def _accused(
    case: _Case, problem: Problem, newest: date | None = None, signs: tuple[str, ...] = ()
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
