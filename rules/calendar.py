"""The calendar of rounds: check days, and which round is due at an instant. Pure.

Computed from the register's days and the ledger's statuses, never from a timer's memory. Check
days are civil dates and start at the register's hour, both in Asia/Shanghai; instants are aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rules.facts import SHANGHAI
from rules.register.entries import Rounds

# The ledger's statuses that nothing more is done about. A due round with any other, or with
# none at all, is tried again until the next check day starts.
COMPLETE = "complete"
MISSED = "missed"


def check_days(rounds: Rounds, month: date) -> tuple[date, ...]:
    """The check days of the month that the day `month` lies in, ascending."""
    return tuple(month.replace(day=day) for day in sorted(rounds.days))


def month_check_days(rounds: Rounds, month: str) -> tuple[date, ...]:
    """The check days of a month written YYYY-MM. Raises ValueError for anything else."""
    return check_days(rounds, date.fromisoformat(f"{month}-01"))


def latest_check_day(rounds: Rounds, today: date) -> date:
    """The last check day that is not after `today`."""
    days = (*check_days(rounds, _month_before(today)), *check_days(rounds, today))
    return max(day for day in days if day <= today)


def next_check_day(rounds: Rounds, day: date) -> date:
    """The first check day after `day`."""
    days = (*check_days(rounds, day), *check_days(rounds, _month_after(day)))
    return min(found for found in days if found > day)


def start_of(rounds: Rounds, day: date) -> datetime:
    """The instant at which the round of a check day starts."""
    return datetime.combine(day, rounds.start, SHANGHAI)


def due_round(rounds: Rounds, now: datetime, statuses: Mapping[date, str]) -> date | None:
    """The check day whose round is due at the instant `now`, or None: all is done for now.

    `statuses` are the ledger's, by check day. The round of the latest check day that has started
    is due until it is complete; when the next one starts, it is too late for it.
    """
    day = _current(rounds, now)
    return None if statuses.get(day) in (COMPLETE, MISSED) else day


def survey_month(rounds: Rounds, now: datetime, statuses: Mapping[date, str]) -> str | None:
    """The month (YYYY-MM) whose survey may be run at the instant `now`, or None.

    It comes after the month's last round, and before the first one of the next month.
    """
    day = _current(rounds, now)
    over = statuses.get(day) in (COMPLETE, MISSED)
    return f"{day:%Y-%m}" if over and day == check_days(rounds, day)[-1] else None


def missed_rounds(rounds: Rounds, now: datetime, statuses: Mapping[date, str]) -> tuple[date, ...]:
    """The check days that can no longer be caught up with and are not written as missed yet.

    Nothing is missed from before the first round in the ledger: the checker was not there.
    """
    if not statuses:
        return ()
    current = _current(rounds, now)
    done = {day for day, status in statuses.items() if status in (COMPLETE, MISSED)}
    known = {day for day in statuses if day < current}
    day = latest_check_day(rounds, min(statuses))
    while day < current:
        if day >= min(statuses):
            known.add(day)
        day = next_check_day(rounds, day)
    return tuple(sorted(known - done))


def _current(rounds: Rounds, now: datetime) -> date:
    """The latest check day that has started."""
    today = now.astimezone(SHANGHAI).date()
    day = latest_check_day(rounds, today)
    if now >= start_of(rounds, day):
        return day
    return latest_check_day(rounds, day - timedelta(days=1))


def _month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
