"""The pages of one read of one source to one `FetchResult`. Pure; nothing a platform does raises.

In this order: another account's? gone? refused? Without posts: stated to be empty, or only empty?
With posts: whole from when on? `empty` is said in one place alone, and only where nothing was
refused, the account is the right one, the session lives, and the numbers are 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.posts import FetchOutcome, FetchReason, FetchResult, Identity, Post
from spiders.accounts.answers import Part, Sought
from spiders.accounts.completeness import NOT_FAR, Reach, chain, reach_of, units
from spiders.accounts.idtimes import disagrees
from spiders.accounts.pages import NOBODY, Read, Refusal
from spiders.accounts.settling import merged, settled
from spiders.accounts.source import Empty, Proof, Source

_TOO_FAR = timedelta(days=1)  # later than this after the read, a time is no time
_BESIDE = (Part.PROFILE, Part.PAGE, Part.DETAIL)
_WRONG = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="another account")
_UNREAD = Refusal(FetchOutcome.ERROR, FetchReason.UNCONFIRMED, detail="no list was read")
_MISREAD = Refusal(FetchOutcome.ERROR, FetchReason.PARSE_ERROR, detail="no entry was readable")
_UNDATED = Refusal(FetchOutcome.ERROR, FetchReason.PARSE_ERROR, detail="no entry has a time")
_NO_LOGIN = Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.LOGIN_WALL, detail="no login")
_HIDDEN = Refusal(FetchOutcome.LOGIN_REQUIRED, FetchReason.HIDDEN_NEWEST, detail="no login")
_WITHHELD = Refusal(FetchOutcome.BLOCKED, FetchReason.COUNT_MISMATCH, detail="an empty list")
_UNCONFIRMED = Refusal(FetchOutcome.BLOCKED, FetchReason.UNCONFIRMED, detail="an empty list")


@dataclass(slots=True)
class _Case:
    """All that one read of a source showed, gathered."""

    source: Source
    sought: Sought
    reads: tuple[Read, ...]
    posts: tuple[Post, ...] = ()
    identity: Identity = NOBODY
    strange: Identity | None = None
    counted: int | None = None
    logged_in: bool = False
    refusals: tuple[Refusal, ...] = ()
    warnings: list[FetchReason] = field(default_factory=list)

    @property
    def streams(self) -> list[tuple[Read, ...]]:
        """The reads of each of the source's lists."""
        return [
            tuple(read for read in self.reads if read.answer.part is part)
            for part in self.source.streams
        ]

    @property
    def numbers(self) -> list[int]:
        """What the lists and the account say of how many posts there are."""
        told = [read.page.total for read in self.reads] + [self.counted]
        return [number for number in told if number is not None]


def joined(source: Source, sought: Sought, reads: Sequence[Read]) -> FetchResult:
    """What one read of a source came to. Raises ValueError where nothing was read at all."""
    if not reads:
        raise ValueError("no answer was read")
    case = _gathered(source, sought, settled(source, sought, reads))
    refusal = _refusal(case)
    if refusal is None and not case.posts and not _states_none(case):
        refusal = _silence(case)
    return _result(case, refusal)


def _gathered(source: Source, sought: Sought, reads: tuple[Read, ...]) -> _Case:
    case = _Case(source, sought, reads)
    case.refusals = tuple(read.page.refusal for read in reads if read.page.refusal is not None)
    case.posts = merged(reads)
    _identify(case)
    counters = sorted(reads, key=lambda read: read.answer.part is not Part.PROFILE)
    case.counted = next((r.page.counted for r in counters if r.page.counted is not None), None)
    lists = [read for read in reads if read.answer.part not in _BESIDE]
    case.logged_in = bool(lists) and all(read.answer.logged_in for read in lists)
    case.warnings = list(dict.fromkeys(_warnings(case)))
    return case


def _identify(case: _Case) -> None:
    """Whose posts these are, as far as anything said so."""
    seen = [read.page.identity for read in case.reads]
    if case.source.own and case.sought.own_id is not None:
        seen.append(Identity(case.sought.own_id))
    wanted = case.sought.platform_id
    named = [who for who in seen if who.platform_id is not None]
    case.strange = next((who for who in named if who.platform_id != wanted), None)
    name = next((who.name_seen for who in seen if who.name_seen), None)
    case.identity = Identity(wanted if named else None, name)


def _warnings(case: _Case) -> Iterator[FetchReason]:
    for read in case.reads:
        yield from read.page.warnings
    if any(post.time is None for post in _counted(case)):
        yield FetchReason.PARSE_ERROR
    if any(_is_misdated(case, post) for post in case.posts):
        yield FetchReason.TIME_MISMATCH
    if _is_renamed(case):
        yield FetchReason.RENAMED
    for refusal in case.refusals:
        # In a list of links one stranger's says nothing of the others.
        wrong = case.source.links and refusal.reason is FetchReason.WRONG_ACCOUNT
        yield FetchReason.BAD_LINK if wrong else refusal.reason


def _counted(case: _Case) -> list[Post]:
    return [post for post in case.posts if post.counts and not post.deleted]


def _is_misdated(case: _Case, post: Post) -> bool:
    latest = max(read.answer.fetched_at for read in case.reads) + _TOO_FAR
    late = post.time is not None and post.time > latest
    return late or disagrees(case.sought.platform, post)


def _is_renamed(case: _Case) -> bool:
    known = {_bare(name) for name in (case.sought.name, *case.sought.aliases)} - {""}
    seen = _bare(case.identity.name_seen or "")
    return bool(case.identity.platform_id and known and seen) and seen not in known


def _bare(name: str) -> str:
    return "".join(name.split())


def _refusal(case: _Case) -> Refusal | None:
    """Why this read came to nothing or to less than it shows; None: it was answered."""
    if case.strange is not None:
        return _WRONG
    gone = [one for one in case.refusals if one.outcome is FetchOutcome.GONE]
    if gone or (case.refusals and not case.posts):
        return (*gone, *case.refusals)[0]
    counted = _counted(case)
    if counted and all(post.time is None for post in counted):
        return _UNDATED
    if case.posts and case.source.hides_newest and not case.logged_in:
        return _HIDDEN
    return None


def _silence(case: _Case) -> Refusal:
    """What a read without posts and without a refusal is, where nothing states that it is empty."""
    if not any(case.streams):
        return _UNREAD
    if FetchReason.PARSE_ERROR in case.warnings:
        return _MISREAD
    if case.source.login_first and not case.logged_in:
        return _NO_LOGIN
    return _WITHHELD if any(case.numbers) else _UNCONFIRMED


def _states_none(case: _Case) -> bool:
    """Whether the platform states that this account has no posts."""
    chains = [chain(case.source, reads) for reads in case.streams]
    spanned = any(read.answer.covers is not None for read in case.reads)
    if not all(chains) or case.refusals or case.warnings or any(case.numbers):
        return False
    if case.identity.platform_id is None or (case.source.needs_login and not case.logged_in):
        return False
    if case.source.empty is Empty.COUNTER:
        return case.counted == 0
    if case.source.empty is Empty.NEVER or spanned:
        return False
    totals = [pages[0].page.total for pages in chains]
    ended = [pages[-1].page.more is False for pages in chains]
    return 0 in totals and all(t == 0 or e for t, e in zip(totals, ended, strict=True))


def _result(case: _Case, refusal: Refusal | None) -> FetchResult:
    """The result, with how far it is whole where nothing was refused."""
    retries = [one.retry_after for one in (*case.refusals, refusal) if one and one.retry_after]
    reach = NOT_FAR if refusal is not None else _reach(case)
    odd = (FetchReason.COUNT_MISMATCH,) if reach.odd else ()
    since = case.sought.window.since if case.sought.window and reach.covered else None
    warnings = tuple(dict.fromkeys((*case.warnings, *odd)))
    return FetchResult(
        source=case.source.name,
        outcome=refusal.outcome if refusal else _answered(case),
        fetched_at=max(read.answer.fetched_at for read in case.reads),
        reason=refusal.reason if refusal else None,
        posts=() if case.strange is not None else case.posts,
        identity=case.strange or case.identity,
        profile_total=None if case.strange is not None else case.counted,
        logged_in=case.logged_in,
        complete_from=since,
        fresh_as_of=_fresh_as_of(case, reach),
        can_prove_absence=case.source.can_prove_absence(
            logged_in=case.logged_in, piloted=case.sought.piloted
        ),
        retry_after=max(retries, default=None),
        warnings=tuple(one for one in warnings if refusal is None or one is not refusal.reason),
        detail=refusal.detail if refusal else _details(case),
    )


def _answered(case: _Case) -> FetchOutcome:
    return FetchOutcome.OK if case.posts else FetchOutcome.EMPTY


def _details(case: _Case) -> str:
    return "; ".join(dict.fromkeys(r.page.detail for r in case.reads if r.page.detail))[:200]


def _fresh_as_of(case: _Case, reach: Reach) -> datetime | None:
    """When the origin was read: the earliest page of the lists. A bridge does not tell."""
    times = [read.answer.fetched_at for reads in case.streams for read in reads]
    if case.source.bridge or case.source.links or not times:
        return None
    return min(times) if reach.until is None else min(*times, reach.until)


def _reach(case: _Case) -> Reach:
    """How far all lists of the source reach together."""
    window = case.sought.window
    doubtful = case.refusals or set(case.warnings) - {FetchReason.RENAMED}
    if window is None or doubtful or case.source.proof is Proof.PRESENCE:
        return NOT_FAR
    if not case.posts:
        return Reach(covered=True)
    if case.source.reconciled and not _fits(case):
        return Reach(covered=False, odd=case.counted is not None)
    found = [reach_of(case.source, reads, window, case.counted) for reads in case.streams]
    ends = [one.until for one in found if one.until is not None]
    return Reach(
        covered=all(one.covered for one in found),
        until=min(ends, default=None),
        odd=any(one.odd for one in found),
    )


def _fits(case: _Case) -> bool:
    """Whether the account's counter is known and not smaller than what its list shows."""
    return case.counted is not None and units(case.posts) <= case.counted
