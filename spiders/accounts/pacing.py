"""How fast a source may be asked, and when it is left alone: pauses, hourly limits, breakers.

One worker a platform asks; this says how long it waits before each question, and closes a source
at the first sign of a block, for all accounts that are left in this child (social.md, section 1,
rule 9).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.pages import Refusal
from spiders.accounts.source import Source

# Signs that a platform turns this machine away, whatever it is asked for.
BREAKS = frozenset(
    {
        FetchReason.CAPTCHA,
        FetchReason.VISITOR_GATE,
        FetchReason.HTTP_432,
        FetchReason.RATE_LIMITED,
        FetchReason.REFUSED,
        FetchReason.EMPTY_BODY,
    }
)
# Of sources that an owner's own token or link opens, a refusal is that account's alone.
OWN_AFFAIR = frozenset({FetchReason.REFUSED, FetchReason.EMPTY_BODY, FetchReason.RATE_LIMITED})
HOUR, DAY = 3600.0, 86400.0


@dataclass(slots=True)
class Pace:
    """The pauses of one source. `share`: of the documented pace; `draw` gives 0 to 1."""

    source: Source
    share: float
    draw: Callable[[], float]
    _asked_at: float = float("-inf")
    _accounts: deque[float] = field(default_factory=deque)

    def remember(self, accounts: Iterable[float]) -> None:
        """Accounts that were begun before this child, by a steady clock's time."""
        self._accounts.extend(sorted(accounts))

    def before_question(self, now: float, least: float = 0.0) -> float:
        """The seconds to wait at `now` (a steady clock's) before the next question, which may owe
        a longer pause than its source."""
        short, long = self.source.pace
        gap = max(short + (long - short) * self.draw(), least) * self.share
        wait = max(0.0, self._asked_at + gap - now)
        self._asked_at = now + wait
        return wait

    def until_the_next(self, now: float) -> float:
        """The seconds until the hour allows for another account; 0 where it does now."""
        hourly = self.source.accounts_an_hour
        lately = [at for at in self._accounts if at > now - HOUR]
        if not self.share or hourly is None or len(lately) < hourly:
            return 0.0
        return max(0.0, lately[-hourly] + HOUR - now)

    def begin(self, now: float) -> bool:
        """Count one more account; False, and nothing counted, where the day allows for none."""
        while self._accounts and self._accounts[0] < now - DAY:
            self._accounts.popleft()
        daily = self.source.accounts_a_day
        if self.share and daily is not None and len(self._accounts) >= daily:
            return False
        self._accounts.append(now)
        return True


@dataclass(slots=True)
class Breakers:
    """Which sources are closed for this child, and why."""

    _closed: dict[str, Refusal] = field(default_factory=dict)

    def look_at(self, source: Source, result: FetchResult) -> bool:
        """Take a result in; whether it closes its source."""
        reason = result.reason
        if result.outcome is not FetchOutcome.BLOCKED or reason is None or reason not in BREAKS:
            return False
        if source.links or source.name in self._closed:
            return False
        if (source.official or source.own) and reason in OWN_AFFAIR:
            return False
        self._closed[source.name] = Refusal(
            FetchOutcome.BLOCKED, reason, result.retry_after, detail="breaker"
        )
        return True

    def closed(self, source: Source) -> Refusal | None:
        """Why a source is closed; None while it is not."""
        return self._closed.get(source.name)
