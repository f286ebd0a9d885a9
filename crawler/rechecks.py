"""When a target is looked at again, and when its observation stands. Pure.

Re-checks are counted from the first look (`20m,2h` means 20 minutes and 2 hours after it). A
sight taken while no control answered is void: it is kept, but it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from rules.facts import Sight

# Waiting re-checks that come due this close to one another are done in one go.
WAVE_GAP = timedelta(seconds=60)


def is_void(sight: Sight) -> bool:
    """Whether a sight counts for nothing: no control answered in the same minutes."""
    return sight.controls_ok is False


def next_look(
    sights: Sequence[Sight],
    *,
    wanted: bool,
    recheck_after: Sequence[timedelta],
    retry_after: int | None = None,
) -> datetime | None:
    """When to look again (aware, UTC), or None: the observation stands.

    `wanted` says whether another look could still change or prove the verdict; `retry_after`
    is what the server asked for, in seconds.
    """
    if not wanted:
        return None
    last = sights[-1]
    if is_void(last):
        return last.at + (recheck_after[0] if recheck_after else timedelta())
    counted = sum(not is_void(sight) for sight in sights)
    if counted > len(recheck_after):
        return None
    before = recheck_after[counted - 2] if counted > 1 else timedelta()
    gap = recheck_after[counted - 1] - before
    return last.at + max(gap, timedelta(seconds=retry_after or 0))


def wave_at(waiting: Sequence[datetime]) -> datetime | None:
    """When the next wave of re-checks should start: at the end of the first cluster of `waiting`.

    `waiting` is ascending. One child for a wave, instead of one for every target.
    """
    if not waiting:
        return None
    end = waiting[0]
    for instant in waiting[1:]:
        if instant - end > WAVE_GAP:
            break
        end = instant
    return end
