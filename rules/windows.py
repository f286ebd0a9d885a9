"""The windows in which an account's updates are counted, for one check day. Pure.

All ends are 00:00 of days in Asia/Shanghai. Three windows: two weeks (or the account's own number
of days), the seven full days before the check day, and the natural week (Monday to Sunday) before
the check day's own. A weekly quota is missed only in both of the last two (standard 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rules.facts import SHANGHAI
from rules.posts import Window
from rules.profiles import Suspension

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_OPEN_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A window, and how long beyond its end updates count in the unit's favour."""

    window: Window
    counts_until: datetime

    @property
    def counted(self) -> Window:
        """Where an update must lie to count."""
        return Window(self.window.since, self.counts_until)


@dataclass(frozen=True, slots=True)
class Windows:
    """The periods of one check day.

    A week that ends where the check day begins takes the check day in. The two weeks have no end:
    an update after them means that fewer days have passed, never more.
    """

    check_date: date
    two_weeks: Period
    seven_days: Period
    natural_week: Period

    @property
    def weekly(self) -> tuple[Period, Period]:
        """Both readings of "one week"."""
        return (self.seven_days, self.natural_week)

    @property
    def reach(self) -> Window:
        """What a source must be read back to, so that it can speak of every window."""
        periods = (self.two_weeks, *self.weekly)
        return Window(min(one.window.since for one in periods), midnight(self.check_date))


def midnight(day: date) -> datetime:
    """00:00 of a day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def windows_of(check_date: date, days: int) -> Windows:
    """The periods of a check day, the long one of `days` full days before it.

    An update on the first of them is in time: `(check_date - its day).days == days`.
    """
    monday = check_date - timedelta(days=check_date.weekday())
    long = Window(midnight(check_date - timedelta(days=days)), midnight(check_date))
    return Windows(
        check_date,
        two_weeks=Period(long, _OPEN_END),
        seven_days=_week(check_date, check_date),
        natural_week=_week(monday, check_date),
    )


def _week(end: date, check_date: date) -> Period:
    """The seven days before `end`; those that end at the check day count it, too."""
    counts_until = end + _DAY if end == check_date else end
    return Period(Window(midnight(end - _WEEK), midnight(end)), midnight(counts_until))


def touched(suspensions: Mapping[str, Suspension], windows: Windows) -> dict[str, Suspension]:
    """The suspensions, by name, with a day in any of the windows."""
    reach = windows.reach
    return {
        name: one
        for name, one in suspensions.items()
        if midnight(one.since) < reach.until and midnight(one.until + _DAY) > reach.since
    }
