"""What it takes to say that an account did not update: sources that may say so, twice. Pure.

Never a source's silence: a result proves absence only if it lacks nothing of what
`rules.account_sources` asks, and a second such result agrees (standard 5.5; social.md, section 3).
All else is a `Lack`: what is missing, as the reason that would stand as 未能核实.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rules.account_case import AccountCase
from rules.account_marks import COUNTER_GREW, POST_MISSING, WEEKS_DISAGREE, WRONG_ACCOUNT
from rules.account_sources import LAST, Lack, claims, lists, missing
from rules.counters import Growth
from rules.facts import UnknownReason
from rules.posts import FetchResult
from rules.updates import Update
from rules.windows import Period

_U = UnknownReason
# Of several that stand equally far, the one speaks that an operator can do most about.
_ACTIONABLE = (
    _U.LOGIN_REQUIRED,
    _U.PLATFORM_BLOCKED,
    _U.RATE_LIMITED,
    _U.SOURCE_FAILED,
    _U.UNREADABLE,
    _U.SOURCE_INCOMPLETE,
    _U.NOT_CONFIGURED,
)


def lacking(case: AccountCase, periods: Sequence[Period], least: int) -> Lack | None:
    """What is lacking to say that each of the periods saw fewer than `least` updates.

    None: it is proved, by two results that agree. To be asked only where not all saw as many.
    """
    doubts = _doubts(case, periods, least)
    if doubts:
        return Lack(LAST, _U.NEEDS_PERSON, doubts)
    found = [missing(case, number, periods) for number in range(len(case.results))]
    missed = [lack for lack in found if lack is not None and POST_MISSING in lack.signs]
    if missed:
        return missed[0]
    proving = [number for number, lack in enumerate(found) if lack is None]
    if not proving:
        return _nearest(case, found)
    if not all(_shows_fewer(case, number, periods, least) for number in proving):
        return Lack(LAST, _U.NEEDS_PERSON, (WEEKS_DISAGREE,))
    pairs = [pair for pair in combinations(proving, 2) if _are_two(case, *pair)]
    if not pairs:
        return Lack(LAST, _U.ONE_SIGHT)
    if all(_unexplained(case, pair) for pair in pairs):
        return Lack(LAST, _U.NEEDS_PERSON, (COUNTER_GREW,))
    return None


def _doubts(case: AccountCase, periods: Sequence[Period], least: int) -> tuple[str, ...]:
    """What a person must look at, whatever could be proved beside it."""
    unmet = [period for period in periods if case.updated_within(period) < least]
    signs = {sign for week in unmet for one in case.updates for sign in one.doubts_in(week.counted)}
    if len(unmet) < len(periods):
        signs.add(WEEKS_DISAGREE)
    if _unexplained(case, ()):
        signs.add(COUNTER_GREW)
    return tuple(sorted(signs))


def _nearest(case: AccountCase, found: Sequence[Lack | None]) -> Lack:
    """The lack of the source that came nearest, by its last result.

    A source that could never prove absence speaks only where no other was read at all.
    """
    last: dict[str, tuple[FetchResult, Lack]] = {}
    for result, lack in zip(case.results, found, strict=True):
        if lack is not None and not _is_older(result, last.get(result.source)):
            last[result.source] = (result, lack)
    able = [lack for result, lack in last.values() if result.can_prove_absence]
    failed = [lack for _, lack in last.values() if lack.stage == 0]
    known = able or failed or [lack for _, lack in last.values()]
    if known:
        return max(known, key=lambda lack: (lack.stage, -_place(lack.reason)))
    if case.strangers:
        return Lack(0, _U.NEEDS_PERSON, (WRONG_ACCOUNT,))
    return Lack(0, _U.NOT_CONFIGURED)


def _is_older(result: FetchResult, than: tuple[FetchResult, Lack] | None) -> bool:
    return than is not None and result.fetched_at < than[0].fetched_at


def _place(reason: UnknownReason) -> int:
    return _ACTIONABLE.index(reason) if reason in _ACTIONABLE else len(_ACTIONABLE)


def _shows_fewer(case: AccountCase, number: int, periods: Sequence[Period], least: int) -> bool:
    """Whether by this result there were fewer updates in each period.

    What others saw outside of what it claims counts, too.
    """
    result = case.results[number]
    counted = [one for one in case.updates if number in one.seen_by or not claims(result, one)]
    return all(sum(one.lies_in(period.counted) for one in counted) < least for period in periods)


def _are_two(case: AccountCase, one: int, other: int) -> bool:
    """Whether two results are two: of two sources, by two people, or read far enough apart.

    Data that is given out by the day stays as of midnight however often it is asked; checks by
    hand come in together, as of when each was made. So either time may tell them apart.
    """
    first, second = case.results[one], case.results[other]
    if (first.source, first.witness) != (second.source, second.witness):
        return True
    assert first.fresh_as_of is not None
    assert second.fresh_as_of is not None
    apart = (first.fetched_at - second.fetched_at, first.fresh_as_of - second.fresh_as_of)
    return max(map(abs, apart)) >= case.profile.account_second_after


def _unexplained(case: AccountCase, listed_by: Sequence[int]) -> bool:
    """Whether the counter grew by more than the updates that all of `listed_by` show."""
    known = [
        one
        for one in case.updates
        if not one.doubts and all(lists(case, number, one) for number in listed_by)
    ]
    return any(
        growth.amount > sum(_falls_in(one, growth) for one in known) for growth in case.grown
    )


def _falls_in(update: Update, growth: Growth) -> bool:
    return any(span.first <= growth.until and span.last > growth.since for span in update.spans)
