"""Signed checks by a person (人工核查), and what they may say in a round. Pure.

They are for columns that the machine cannot reach. A check never overrides what the machine read
or proved itself; without a screenshot, or made before the check day, it may clear and never
accuse; blank and 打不开 need two visits, as they do of the machine (standard, 5.0 and 5.2).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from rules.calendar import latest_check_day, next_check_day
from rules.duties import Duty
from rules.facts import (
    OUTCOMES,
    SHANGHAI,
    Client,
    Observation,
    Outcome,
    Purpose,
    Sight,
    Treatment,
    Truth,
    UnknownReason,
    Verdict,
)
from rules.judging import conclude, judge
from rules.marks import HAD_ITEMS, MANUAL_CHECK, SCREENSHOT
from rules.months import Judged
from rules.profiles import Profile
from rules.register.entries import Rounds
from rules.sights import is_confident

DAYS_AFTER = 6  # a check made so many days after the check day still speaks of its round
NOON = time(12, 0)

# What counts as one and the same negative: a blank page, or any failure to get one.
BLANK = frozenset({Outcome.EMPTY})
FAILED = frozenset(
    outcome for outcome, row in OUTCOMES.items() if row.treatment is Treatment.CANDIDATE
).difference(BLANK)


@dataclass(frozen=True, slots=True)
class Check:
    """One signed check. `newest` is the newest date that the person saw, None where there was
    none; `checked_on` the Shanghai date of the check; `screenshot` the picture's SHA-256."""

    target: str
    checked_on: date
    outcome: Outcome
    newest: date | None
    person: str
    screenshot: str | None = None
    note: str = ""


def window(rounds: Rounds, check_date: date) -> tuple[date, date]:
    """The days (both inclusive) whose checks speak in the round of a check day: after the check
    day before it, and before the next one, but not for longer than `DAYS_AFTER`."""
    before = latest_check_day(rounds, check_date - timedelta(days=1))
    after = next_check_day(rounds, check_date)
    last = min(check_date + timedelta(days=DAYS_AFTER), after - timedelta(days=1))
    return before + timedelta(days=1), last


def judge_checked(
    duty: Duty,
    seen: Observation,
    checks: Sequence[Check],
    check_date: date,
    profile: Profile,
    *,
    earlier: Sequence[Observation] = (),
    had_items: bool = False,
) -> Judged:
    """The verdict on one duty with the checks of its round, and the outcome it rests on.

    `checks` are those within `window`; `had_items` says whether the column is known to have had
    entries. What a check says shows in the verdict's signs.

    - What is ok by the machine's own looks needs no check.
    - What the machine proved stands. A signed check of the same finding joins it; one that
      contradicts it leaves it unknown. A repair after the check day contradicts nothing.
    - What the machine could not settle is judged again with the checks beside its looks.
    """

    def judged(observation: Observation) -> Judged:
        verdict = judge(duty, observation, check_date, profile, earlier=earlier)
        return Judged(verdict, observation.outcome)

    alone = judged(seen)
    if not checks or alone.verdict.truth is Truth.OK:
        return alone
    if alone.verdict.truth is Truth.VIOLATION:
        return _beside_a_proof(alone, checks, check_date)
    checks = sorted(checks, key=lambda check: check.checked_on)
    if any(is_confident(sight, profile.confidence_floor) for sight in seen.sights):
        told = _beside_a_reading(_signed(checks, check_date), check_date)
    else:
        told = _told(checks, seen.sights, check_date)
    sights = tuple(_sight(check, check_date, had_items) for check in told)
    if not sights:
        return alone
    heard = judged(conclude((*seen.sights, *sights)))
    proves = any(SCREENSHOT in sight.signs for sight in sights)
    return heard if proves or heard.verdict.truth is Truth.OK else alone


def speaks(verdict: Verdict) -> bool:
    """Whether a signed check with a screenshot stands behind a verdict."""
    return SCREENSHOT in verdict.signs


def _is_signed(check: Check, check_date: date) -> bool:
    """Whether a check may accuse: what was seen before the check day may have changed by then."""
    return check.screenshot is not None and check.checked_on >= check_date


def _signed(checks: Sequence[Check], check_date: date) -> list[Check]:
    return [check for check in checks if _is_signed(check, check_date)]


def _beside_a_proof(alone: Judged, checks: Sequence[Check], check_date: date) -> Judged:
    verdict = alone.verdict
    signed = _signed(checks, check_date)
    if any(_contradicts(check, alone, check_date) for check in signed):
        doubted = replace(
            verdict,
            truth=Truth.UNKNOWN,
            reason=UnknownReason.DISAGREEMENT,
            rule=None,
            wording=None,
            signs=(*verdict.signs, MANUAL_CHECK),
        )
        return replace(alone, verdict=doubted)
    if any(_confirms(check, alone) for check in signed):
        signs = (*verdict.signs, MANUAL_CHECK, SCREENSHOT)
        return replace(alone, verdict=replace(verdict, signs=signs))
    return alone


def _contradicts(check: Check, alone: Judged, check_date: date) -> bool:
    if check.outcome is not Outcome.READ:
        return False
    newest = alone.verdict.newest
    if newest is not None:
        return check.newest is not None and newest < check.newest <= check_date
    shows = check.newest is not None or alone.outcome is not Outcome.READ
    return shows and check.checked_on == check_date


def _confirms(check: Check, alone: Judged) -> bool:
    if check.outcome is Outcome.READ or alone.outcome is Outcome.READ:
        return check.outcome is alone.outcome and check.newest == alone.verdict.newest
    return any({check.outcome, alone.outcome} <= same for same in (BLANK, FAILED))


def _beside_a_reading(signed: Sequence[Check], check_date: date) -> list[Check]:
    """Beside a date that the machine read itself only such dates are heard as may have stood there
    at the time."""
    return [one for one in signed if one.newest is not None and one.newest <= check_date]


def _told(checks: Sequence[Check], machine: Sequence[Sight], check_date: date) -> list[Check]:
    """The checks that are heard where the machine could not read the column."""
    signed = _signed(checks, check_date)
    weak = [check for check in checks if check not in signed and check.outcome is Outcome.READ]
    if any(check.outcome is Outcome.READ for check in signed):
        return _readings(signed, weak, check_date)
    if signed:  # who saw it open before it was seen blank or closed has said nothing of that
        weak = [check for check in weak if check.checked_on >= check_date]
    return [*_negative(signed, machine), *weak]


def _readings(signed: Sequence[Check], weak: Sequence[Check], check_date: date) -> list[Check]:
    """The first signed reading, and what shows something newer of up to the check day: whatever
    was published after it may be the repair."""
    first, *later = [check for check in signed if check.outcome is Outcome.READ]
    known = first.newest or date.min
    return [
        first,
        *(one for one in (*later, *weak) if one.newest and known < one.newest <= check_date),
    ]


def _negative(signed: Sequence[Check], machine: Sequence[Sight]) -> list[Check]:
    """Signed checks that saw a blank or failing page twice, or as the machine saw it; or, alone,
    one that saw a page which says nothing of its column (a log-in form, maintenance)."""
    kinds = [[check for check in signed if check.outcome in same] for same in (BLANK, FAILED)]
    found = [checks for checks in kinds if checks]
    if not found:
        return list(signed[-1:])
    if len(found) > 1:
        return []
    days = {check.checked_on for check in found[0]}
    same = BLANK if found[0][0].outcome in BLANK else FAILED
    return found[0] if len(days) > 1 or _failed_too(machine, same) else []


def _failed_too(machine: Sequence[Sight], same: Collection[Outcome]) -> bool:
    return any(sight.outcome in same and sight.controls_ok is not False for sight in machine)


def _sight(check: Check, check_date: date, had_items: bool) -> Sight:
    signs = [MANUAL_CHECK]
    if _is_signed(check, check_date):
        signs.append(SCREENSHOT)
    if had_items and check.outcome is Outcome.EMPTY:
        signs.append(HAD_ITEMS)
    return Sight(
        at=datetime.combine(check.checked_on, NOON, SHANGHAI).astimezone(UTC),
        client=Client.PERSON,
        outcome=check.outcome,
        newest=check.newest,
        confidence=1.0,
        signs=tuple(signs),
        controls_ok=True,
        purpose=Purpose.PROVE,
    )
