"""What one read of one source lacks to prove, by itself, that an account did not update. Pure.

One row a reason, in the order in which it is asked: was it read at all, can its source prove
absence, is it whole, dated, of this time, controlled, and does nobody else contradict it?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rules.account_case import AccountCase
from rules.account_marks import POST_MISSING, SOURCE_REGRESSED
from rules.facts import UnknownReason
from rules.posts import FetchOutcome, FetchReason, FetchResult
from rules.updates import SLACK, Doubt, Update, is_dated, is_misdated, span_of
from rules.windows import Period


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps updates from being called absent; at a later `stage`, nearer to a proof."""

    stage: int
    reason: UnknownReason
    signs: tuple[str, ...] = ()


_U, _O, _F = UnknownReason, FetchOutcome, FetchReason

# Why nothing was read: by outcome, and by the reason where that says it better.
_FAILED: Mapping[FetchOutcome, UnknownReason] = MappingProxyType(
    {
        _O.GONE: _U.NEEDS_PERSON,
        _O.BLOCKED: _U.PLATFORM_BLOCKED,
        _O.LOGIN_REQUIRED: _U.LOGIN_REQUIRED,
        _O.ERROR: _U.SOURCE_FAILED,
    }
)
_FAILED_BECAUSE: Mapping[FetchReason, UnknownReason] = MappingProxyType(
    {
        _F.RATE_LIMITED: _U.RATE_LIMITED,
        _F.ROBOTS: _U.ROBOTS,
        _F.TOKEN_EXPIRED: _U.LOGIN_REQUIRED,
        _F.NO_PERMISSION: _U.LOGIN_REQUIRED,
        _F.LOGIN_WALL: _U.LOGIN_REQUIRED,
        _F.NOT_CONFIGURED: _U.NOT_CONFIGURED,
        _F.PARSE_ERROR: _U.UNREADABLE,
        _F.TIME_MISMATCH: _U.NEEDS_PERSON,
        _F.COUNT_MISMATCH: _U.SOURCE_INCOMPLETE,
        _F.UNCONFIRMED: _U.SOURCE_INCOMPLETE,
        _F.HIDDEN_NEWEST: _U.SOURCE_INCOMPLETE,
        _F.STALE_BRIDGE: _U.SOURCE_INCOMPLETE,
        _F.DATA_DELAYED: _U.SOURCE_INCOMPLETE,
        _F.SOURCE_REGRESSED: _U.SOURCE_INCOMPLETE,
    }
)
# What a result may say beside what it read, and still be whole.
_HARMLESS = (None, FetchReason.RENAMED)


# Says whether one result, by its number, lacks something.
_Lacks = Callable[[AccountCase, int, Sequence[Period]], bool]


def _is_unread(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    return case.results[number].outcome not in (FetchOutcome.OK, FetchOutcome.EMPTY)


def _cannot_prove(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    return not case.results[number].can_prove_absence


def _is_partial(case: AccountCase, number: int, periods: Sequence[Period]) -> bool:
    """Whose it is, how far it reaches, how fresh it is, and whether it says the same throughout."""
    result = case.results[number]
    begin = min(period.window.since for period in periods)
    end = max(period.window.until for period in periods)
    fresh, reached = result.fresh_as_of, result.complete_from
    return not (
        result.identity.platform_id == case.duty.platform_id
        and (reached is not None and reached <= begin)
        and (fresh is not None and end <= fresh <= result.fetched_at + SLACK)
        and {result.reason, *result.warnings}.issubset(_HARMLESS)
        and _agrees_with_itself(result)
    )


def _agrees_with_itself(result: FetchResult) -> bool:
    """An empty list of an account with posts, by its counter, was withheld, and is not empty."""
    shows = any(post.counts for post in result.posts)
    if result.outcome is FetchOutcome.EMPTY:
        return not shows and not result.profile_total
    return bool(result.posts)


def _is_undated(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    return any(post.counts and not is_dated(post) for post in case.results[number].posts)


def _is_misdated(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    result = case.results[number]
    return any(
        post.counts and is_misdated(case.duty.platform, post, result.fetched_at)
        for post in result.posts
    )


def _has_regressed(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    """It should show the newest post that its source ever showed, and does not."""
    result = case.results[number]
    known = case.memory.newest.get(result.source)
    if known is None:
        return False
    spans = [span_of(post) for post in result.posts if is_dated(post) and not post.deleted]
    if any(span.widened(SLACK).may_hold(known) for span in spans):
        return False
    reached = result.complete_from
    return (reached is not None and reached <= known) or any(span.last < known for span in spans)


def _is_uncontrolled(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    return case.results[number].control_ok is not True


def _is_contradicted(case: AccountCase, number: int, _: Sequence[Period]) -> bool:
    """Another result shows an update from a time that this one claims to show, and does not."""
    begin = case.windows.reach.since
    return any(
        not one.doubts
        and any(span.last >= begin for span in one.spans)
        and claims(case.results[number], one)
        and not lists(case, number, one)
        for one in case.updates
    )


# What a result may lack, in the order in which it is asked. The reason of the first is its own.
_ASKED: tuple[tuple[_Lacks, UnknownReason, tuple[str, ...]], ...] = (
    (_is_unread, _U.SOURCE_FAILED, ()),
    (_cannot_prove, _U.NO_PROOF, ()),
    (_is_partial, _U.SOURCE_INCOMPLETE, ()),
    (_is_undated, _U.UNDATED, ()),
    (_is_misdated, _U.NEEDS_PERSON, (Doubt.TIME_MISMATCH.value,)),
    (_has_regressed, _U.SOURCE_INCOMPLETE, (SOURCE_REGRESSED,)),
    (_is_uncontrolled, _U.CONTROLS_DOWN, ()),
    (_is_contradicted, _U.NEEDS_PERSON, (POST_MISSING,)),
)
LAST = len(_ASKED)


def missing(case: AccountCase, number: int, periods: Sequence[Period]) -> Lack | None:
    """The first thing that one result lacks to prove absence by itself; None: nothing."""
    for stage, (lacks, reason, signs) in enumerate(_ASKED):
        if lacks(case, number, periods):
            return Lack(stage, reason if stage else why_unread(case.results[number]), signs)
    return None


def why_unread(result: FetchResult) -> UnknownReason:
    """The reason of a result that read nothing."""
    known = _FAILED.get(result.outcome, _U.SOURCE_FAILED)
    if result.outcome is FetchOutcome.LOGIN_REQUIRED or result.reason is None:
        return known
    return _FAILED_BECAUSE.get(result.reason, known)


def claims(result: FetchResult, update: Update) -> bool:
    """Whether a result would have to show an update, by what it says of itself."""
    reached, fresh = result.complete_from, result.fresh_as_of
    if reached is None or fresh is None:
        return False
    return any(reached <= span.first and span.last <= fresh for span in update.spans)


def lists(case: AccountCase, number: int, update: Update) -> bool:
    """Whether a result shows an update: by its id, or, as another source, at its time."""
    if number in update.seen_by:
        return True
    if case.results[number].source in update.sources:
        return False  # its source knows this post by its id, and it is not there
    return any(number in one.seen_by and one.is_near(update) for one in case.updates)
