"""When a target is looked at again, by whom, and when its observation stands. Pure.

Re-checks are counted from the first look (`20m,2h` means 20 minutes and 2 hours after it); the
last of them is the browser's, where there is one. What plain HTTP cannot read goes to the browser
at once, as a look of its own that costs no re-check. A sight taken while no control answered is
void: it is kept, but it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from rules.facts import CONFIDENCE_FLOOR, Client, NextLook, Outcome, Purpose, Sight

# Waiting re-checks that come due this close to one another are done in one go.
WAVE_GAP = timedelta(seconds=60)
CUT_OFF = "cut_off"  # the sign of a body that did not come whole
# What plain HTTP cannot read, and a browser perhaps can.
RENDERED = frozenset(
    {
        Outcome.SCRIPT_SHELL,
        Outcome.FORWARD,
        Outcome.CHALLENGE,
        Outcome.EMPTY,
        Outcome.UNREADABLE,
    }
)


def is_void(sight: Sight) -> bool:
    """Whether a sight counts for nothing: no control answered in the same minutes."""
    return sight.controls_ok is False


def next_look(
    sights: Sequence[Sight],
    *,
    wanted: bool,
    recheck_after: Sequence[timedelta],
    retry_after: int | None = None,
    browser: bool = False,
    worth_rendering: bool = True,
    plain_lately: bool = False,
) -> NextLook | None:
    """The next look at a target, or None: the observation stands.

    `wanted` says whether another look could still change or prove the verdict; `retry_after`
    is what the server asked for, in seconds; `browser` whether there is one on this machine, and
    `worth_rendering` is False for a page that the browser could not read lately either,
    `plain_lately` True for one that plain HTTP read in the last round: what ails it may pass, and
    the browser sees it as the last re-check.
    """
    if not wanted:
        return None
    last = sights[-1]
    if is_void(last):
        later = last.at + (recheck_after[0] if recheck_after else timedelta())
        return NextLook(later, last.client, last.purpose)
    again = bool(recheck_after) and (plain_lately or _may_pass(sights))
    if browser and worth_rendering and not again and _is_for_the_browser(sights):
        return NextLook(last.at, Client.BROWSER, Purpose.READ)
    counted = sum(not is_void(sight) and not _is_render(sight) for sight in sights)
    if counted > len(recheck_after):
        return None
    before = recheck_after[counted - 2] if counted > 1 else timedelta()
    gap = recheck_after[counted - 1] - before
    client = _client(sights, counted == len(recheck_after)) if browser else Client.HTTP
    return NextLook(last.at + max(gap, timedelta(seconds=retry_after or 0)), client, Purpose.PROVE)


def _is_render(sight: Sight) -> bool:
    """Whether a sight was the extra one that only the browser could read."""
    return sight.client is Client.BROWSER and sight.purpose is Purpose.READ


def _is_for_the_browser(sights: Sequence[Sight]) -> bool:
    last = sights[-1]
    if any(sight.client is Client.BROWSER for sight in sights):
        return False
    doubtful = last.outcome is Outcome.READ and last.confidence < CONFIDENCE_FLOOR
    return doubtful or last.outcome in RENDERED


def _may_pass(sights: Sequence[Sight]) -> bool:
    """Whether plain HTTP should ask once more first: a list may be empty, or cut off, for once."""
    return len(sights) == 1 and (sights[0].outcome is Outcome.EMPTY or CUT_OFF in sights[0].signs)


def _client(sights: Sequence[Sight], is_last: bool) -> Client:
    """Who takes a re-check: the browser the last one, and all of a page that it alone can read."""
    read = any(_is_render(sight) and sight.outcome is Outcome.READ for sight in sights)
    return Client.BROWSER if is_last or read else Client.HTTP


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
