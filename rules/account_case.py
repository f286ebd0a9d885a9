"""All that one judgement of an account rests on, put in order. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.counters import CounterRead, Growth, growths, reads_of
from rules.duties import AccountDuty
from rules.posts import FetchOutcome, FetchReason, FetchResult
from rules.profiles import Profile
from rules.updates import Update, surely, updates_of
from rules.windows import Period, Windows, windows_of


@dataclass(frozen=True, slots=True)
class AccountMemory:
    """What earlier rounds left: the newest post that each source ever showed, and its counters."""

    newest: Mapping[str, datetime] = field(default_factory=dict)
    counters: tuple[CounterRead, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountCase:
    """One account on one check day. `updates` name `results` by their places.

    `strangers` are results of another account: nothing in them says anything about this one.
    `grown` tells where its counter grew within the two weeks.
    """

    duty: AccountDuty
    profile: Profile
    windows: Windows
    results: tuple[FetchResult, ...]
    strangers: tuple[FetchResult, ...]
    updates: tuple[Update, ...]
    memory: AccountMemory
    grown: tuple[Growth, ...]

    @property
    def is_fresh(self) -> bool:
        """Whether it updated within its two weeks, by a post or by its counter."""
        return self.updated_within(self.windows.two_weeks) > 0 or bool(self.grown)

    @property
    def meets_quota(self) -> bool:
        """Whether it met its weekly quota in both readings of a week; so it did without one."""
        quota = self.duty.quota
        return quota is None or all(
            self.updated_within(week) >= quota for week in self.windows.weekly
        )

    @property
    def gone(self) -> tuple[FetchResult, ...]:
        """The results that state it cancelled, migrated, banned or unknown."""
        return tuple(one for one in self.results if one.outcome is FetchOutcome.GONE)

    @property
    def is_renamed(self) -> bool:
        """Whether a source shows its id under a name that the register does not know.

        A source that does not know the id (a feed) has titles, not names.
        """
        names = {_bare(name) for name in self.duty.names}
        known = [one.identity for one in self.results if one.identity.platform_id is not None]
        seen = {_bare(one.name_seen or "") for one in known} - {""}
        said = any(FetchReason.RENAMED in (one.reason, *one.warnings) for one in self.results)
        return said or bool(names and not seen <= names)

    def updated_within(self, period: Period) -> int:
        """How many updates surely count in a period."""
        return surely(self.updates, period.counted)


def case_of(
    duty: AccountDuty,
    results: Sequence[FetchResult],
    check_date: date,
    profile: Profile,
    memory: AccountMemory,
) -> AccountCase:
    """The case of an account, from all that was read of it for this check day."""
    windows = windows_of(check_date, duty.days)
    own = tuple(one for one in results if not is_strange(one, duty))
    counters = (*memory.counters, *reads_of(own))
    return AccountCase(
        duty=duty,
        profile=profile,
        windows=windows,
        results=own,
        strangers=tuple(one for one in results if is_strange(one, duty)),
        updates=updates_of(duty.platform, own),
        memory=memory,
        grown=growths(counters, windows.two_weeks.counted),
    )


def is_strange(result: FetchResult, duty: AccountDuty) -> bool:
    """Whether a result is of another account. One that does not say whose it is may clear."""
    seen = result.identity.platform_id
    wrong = FetchReason.WRONG_ACCOUNT in (result.reason, *result.warnings)
    return wrong or (seen is not None and seen != duty.platform_id)


def _bare(name: str) -> str:
    return "".join(name.split())
