"""What a notice must say of its rounds: missing, not complete, over their budget, or late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from rules.calendar import next_check_day
from rules.facts import SHANGHAI
from rules.register import Register
from rules.words import say
from storage.findings import RoundOverview
from storage.models import RoundStatus

PUNCTUAL = timedelta(days=1)  # how long after its check day a round may still begin unmentioned


def stated(
    stand: Sequence[RoundOverview], check_days: Sequence[date], register: Register
) -> Iterator[str]:
    """What the rounds of some check days lack: whoever reads the notice must know."""
    found = {row.check_date: row for row in stand}
    yield from (say("notice.missing", day=day) for day in check_days if day not in found)
    for day, row in found.items():
        yield from _of_round(day, row, register)
    if any(row.simulated for row in stand):
        yield say("notice.simulated")


def _of_round(day: date, row: RoundOverview, register: Register) -> Iterator[str]:
    if row.status != RoundStatus.COMPLETE:
        yield say("notice.not_complete", day=day, status=say(f"round_status.{row.status}"))
        return
    if row.report.get("over_budget"):
        unknown = row.truths.get("unknown", 0)
        yield say("notice.over_budget", day=day, unknown=unknown, due=row.due)
    begun, done = _civil(row.opened_at), _civil(row.closed_at or row.opened_at)
    is_late = begun > day + PUNCTUAL or done >= next_check_day(register.rounds, day)
    if is_late and not row.simulated:  # a simulated round says so of itself
        yield say("notice.late", day=day, begun=begun, done=done)


def _civil(instant: datetime) -> date:
    return instant.astimezone(SHANGHAI).date()
