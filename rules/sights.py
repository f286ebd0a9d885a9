"""The sum of several looks at one target, and what one may say of them together. Pure.

Never a judgement: whether the sum accuses, and of what, is `judging`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations

from rules.facts import CONFIDENCE_FLOOR, Observation, Outcome, Sight

# Signs that `conclude` adds to those of the sights.
NO_SIGHT = "no_sight"
NEWEST_DIFFERS = "newest_differs"
OUTCOMES_DIFFER = "outcomes_differ"


def conclude(sights: Sequence[Sight]) -> Observation:
    """The sum of the sights of one target in one round, in the order they were taken.

    What was read outweighs what was not: a confident date before a doubtful one before a list
    without dates before any failure; the newest date among equals. Without any reading the last
    sight speaks. Contradictions stay as signs. Without a sight the checker is at fault.
    """
    if not sights:
        return Observation(Outcome.OUR_FAULT, signs=(NO_SIGHT,))
    best = max(enumerate(sights), key=lambda pair: (_weight(pair[1]), pair[0]))[1]
    return Observation(
        outcome=best.outcome,
        newest=best.newest if best.outcome is Outcome.READ else None,
        item_count=best.item_count,
        items_digest=best.items_digest,
        confidence=best.confidence,
        signs=_signs(sights),
        sights=tuple(sights),
    )


def _weight(sight: Sight) -> tuple[int, int]:
    if sight.outcome is not Outcome.READ:
        return (0, 0)
    if sight.newest is None:
        return (1, 0)
    return (3 if is_confident(sight, CONFIDENCE_FLOOR) else 2, sight.newest.toordinal())


def _signs(sights: Sequence[Sight]) -> tuple[str, ...]:
    signs = dict.fromkeys(sign for sight in sights for sign in sight.signs)
    dates = {sight.newest for sight in sights if is_confident(sight, CONFIDENCE_FLOOR)}
    if len(dates) > 1:
        signs[NEWEST_DIFFERS] = None
    if len({sight.outcome for sight in sights}) > 1:
        signs[OUTCOMES_DIFFER] = None
    return tuple(signs)


def is_confident(sight: Sight, floor: float) -> bool:
    """Whether a sight read a date that one may rest on."""
    return sight.outcome is Outcome.READ and sight.newest is not None and sight.confidence >= floor


def are_apart(sights: Iterable[Sight], gap: timedelta) -> bool:
    """Whether two of the sights lie at least `gap` apart: quick retries are one attempt."""
    instants = [sight.at for sight in sights]
    return len(instants) > 1 and max(instants) - min(instants) >= gap


def are_of_two_clients_apart(sights: Iterable[Sight], gap: timedelta) -> bool:
    """Whether two of the sights are of different clients and at least `gap` apart."""
    return any(
        one.client is not other.client and abs(one.at - other.at) >= gap
        for one, other in combinations(sights, 2)
    )
