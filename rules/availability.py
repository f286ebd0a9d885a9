"""Availability of home pages (站点无法访问): samples, counted by day, judged by the week. Pure.

Standard 2.1 V2 and 5.3: a week of at least 20 visits a day, where a visit fails if the page does
not open within 15 seconds; at 5 % of failures the site is 不合格. Instants are aware (UTC), days
and weeks are Asia/Shanghai.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from rules.facts import SHANGHAI, Outcome

WITHIN = timedelta(seconds=15)
WEEK = 7  # days
LEAST_A_DAY = 20
VETO_PERCENT, WARN_PERCENT = 5, 3
CONTROL_AFTER = timedelta(minutes=2)  # a control asked about a failure has answered by then
# Between two waves; an alarm clock that wakes every ten minutes makes up to 60 of the longest gap.
SHORTEST_GAP, LONGEST_GAP = 30, 50  # minutes

# Answers that say nothing about whether a visitor could open the page: they leave the count. TLS is
# among them, for our library refuses servers that browsers still talk to.
LEFT_OUT = frozenset(
    {
        Outcome.CHALLENGE,
        Outcome.LOGIN,
        Outcome.RATE_LIMITED,
        Outcome.ROBOTS_DENIED,
        Outcome.REFUSED,
        Outcome.SUSPENDED,
        Outcome.MOVED,
        Outcome.TLS_FAILURE,
        Outcome.OUR_FAULT,
    }
)
# No answer at all, while a control answered. Any other failure is an answer, which some servers
# keep for programs alone: it takes a browser to tell.
UNANSWERED = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.DNS_FAILURE,
        Outcome.CONNECT_FAILURE,
        Outcome.BROKEN_ANSWER,
    }
)


class Standing(StrEnum):
    """What a week of samples says of a site."""

    OK = "ok"
    WARN = "warn"
    VETO = "veto"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why a week says nothing."""

    TOO_SHORT = "too_short"  # fewer than seven days
    TOO_FEW = "too_few"  # a day with fewer than 20 samples
    BLOCKED = "blocked"  # there would be enough, had the site let us in
    CONTROLS_DOWN = "controls_down"  # there would be enough, had our own line been up
    ONE_CLIENT = "one_client"  # past 5 % only with error pages that no browser has seen yet


@dataclass(frozen=True, slots=True)
class Probe:
    """One visit to a home page. `ok` says that it was usable HTML, in whatever time."""

    site: str
    at: datetime
    ok: bool
    outcome: Outcome
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class ControlProbe:
    """One visit to a control."""

    at: datetime
    ok: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    """The samples of one site on one day. `n` are those that count, `fails` of them failed, by
    cause; `left_out` say nothing of the site, `dropped` failed while no control answered."""

    site: str
    day: date
    n: int = 0
    left_out: int = 0
    dropped: int = 0
    causes: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def fails(self) -> int:
        return sum(self.causes.values())


@dataclass(frozen=True, slots=True)
class Availability:
    """One site over some days (both inclusive); `least` is the smallest day's count."""

    site: str
    since: date
    until: date
    n: int
    fails: int
    left_out: int
    dropped: int
    least: int
    causes: Mapping[Outcome, int]
    standing: Standing
    doubt: Doubt | None = None

    @property
    def share(self) -> float | None:
        """The share of failures, 0 to 1."""
        return self.fails / self.n if self.n else None


def day_counts(
    probes: Iterable[Probe], controls: Iterable[ControlProbe], within: timedelta = WITHIN
) -> tuple[DayCount, ...]:
    """Samples counted by site and day; a failure counts if a control asked after it answered."""
    known = sorted(controls, key=lambda one: one.at)
    instants = [one.at for one in known]
    tallies: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    causes: dict[tuple[str, date], Counter[Outcome]] = defaultdict(Counter)
    for probe in probes:
        key = (probe.site, probe.at.astimezone(SHANGHAI).date())
        cause = _failure(probe, within)
        if cause is None:
            tallies[key]["n"] += 1
        elif cause in LEFT_OUT:
            tallies[key]["left_out"] += 1
        elif not _was_our_line_up(probe.at, known, instants):
            tallies[key]["dropped"] += 1
        else:
            tallies[key]["n"] += 1
            causes[key][cause] += 1
    return tuple(
        DayCount(
            *key,
            n=tally["n"],
            left_out=tally["left_out"],
            dropped=tally["dropped"],
            causes=dict(causes[key]),
        )
        for key, tally in sorted(tallies.items())
    )


def _failure(probe: Probe, within: timedelta) -> Outcome | None:
    """Why a visit failed, or None: it did not. A page that came too late is no page."""
    if probe.outcome in LEFT_OUT:
        return probe.outcome
    if timedelta(milliseconds=probe.elapsed_ms) >= within:
        return Outcome.TIMEOUT
    return None if probe.ok else probe.outcome


def _was_our_line_up(
    at: datetime, controls: Sequence[ControlProbe], instants: Sequence[datetime]
) -> bool:
    first, last = bisect_left(instants, at), bisect_left(instants, at + CONTROL_AFTER)
    return any(one.ok for one in controls[first:last])


def availability(site: str, counts: Iterable[DayCount], since: date, until: date) -> Availability:
    """What the days of one site come to, from `since` to `until` (both inclusive)."""
    by_day = {one.day: one for one in counts if one.site == site and since <= one.day <= until}
    days = [by_day.get(day, DayCount(site, day)) for day in _days(since, until)]
    n, causes = sum(day.n for day in days), Counter[Outcome]()
    for day in days:
        causes.update(day.causes)
    standing, doubt = _concluded(days, n, causes)
    return Availability(
        site=site,
        since=since,
        until=until,
        n=n,
        fails=causes.total(),
        left_out=sum(day.left_out for day in days),
        dropped=sum(day.dropped for day in days),
        least=min((day.n for day in days), default=0),
        causes=dict(causes.most_common()),
        standing=standing,
        doubt=doubt,
    )


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=number) for number in range((until - since).days + 1)]


def _concluded(
    days: Sequence[DayCount], n: int, causes: Counter[Outcome]
) -> tuple[Standing, Doubt | None]:
    doubt = _too_little(days)
    if doubt is not None:
        return Standing.UNKNOWN, doubt
    fails = causes.total()
    unanswered = sum(causes[cause] for cause in UNANSWERED)
    if unanswered * 100 >= VETO_PERCENT * n:
        return Standing.VETO, None
    if fails * 100 >= VETO_PERCENT * n:
        return Standing.UNKNOWN, Doubt.ONE_CLIENT
    return (Standing.WARN if fails * 100 >= WARN_PERCENT * n else Standing.OK), None


def _too_little(days: Sequence[DayCount]) -> Doubt | None:
    """What keeps some days from counting as a week, or None: nothing."""
    if len(days) < WEEK:
        return Doubt.TOO_SHORT
    if all(day.n >= LEAST_A_DAY for day in days):
        return None
    if all(day.n + day.left_out >= LEAST_A_DAY for day in days):
        return Doubt.BLOCKED
    if all(day.n + day.left_out + day.dropped >= LEAST_A_DAY for day in days):
        return Doubt.CONTROLS_DOWN
    return Doubt.TOO_FEW


def week_before(day: date) -> tuple[date, date]:
    """The seven whole days before a day (both inclusive)."""
    return day - timedelta(days=WEEK), day - timedelta(days=1)


def next_wave(last: datetime | None) -> datetime | None:
    """When the wave after the one that ended at `last` is due; None: at once.

    The gap is drawn from the last instant itself: jittered, and the same whoever asks.
    """
    if last is None:
        return None
    drawn = int.from_bytes(sha256(last.isoformat().encode()).digest()[:4])
    minutes = SHORTEST_GAP + drawn % (LONGEST_GAP - SHORTEST_GAP + 1)
    return last + timedelta(minutes=minutes)
