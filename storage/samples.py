"""Availability samples as they are remembered: one by one, then by day, at last by day alone.

Every function takes a session; the caller owns the transaction. Days are Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from rules.availability import WITHIN, ControlProbe, DayCount, Probe, day_counts
from rules.facts import SHANGHAI, Outcome
from storage.models import Sample, SampleDay

AVAILABILITY, CONTROL = "availability", "control"
KEPT = timedelta(days=62)  # the samples behind a month's notice, and behind an objection to it
DAYS_AT_ONCE = 400  # that one roll-up makes good


def last_wave(session: Session) -> datetime | None:
    """When the last sample of any home page was taken."""
    return session.scalar(select(func.max(Sample.at)).where(Sample.purpose == AVAILABILITY))


def counts(
    session: Session, since: date, until: date, within: timedelta = WITHIN
) -> list[DayCount]:
    """The samples of all sites between two days (both inclusive), counted by site and day; a page
    that took longer than `within` did not open."""
    query = select(SampleDay).where(SampleDay.day.between(since, until))
    rolled = [count_of(row) for row in session.scalars(query.order_by(SampleDay.site))]
    return [*rolled, *_counted(session, max(since, _not_rolled_up(session)), until, within)]


def _not_rolled_up(session: Session) -> date:
    """The first day that is not counted yet."""
    last = session.scalar(select(func.max(SampleDay.day)))
    return date.min if last is None else last + timedelta(days=1)


def count_of(row: SampleDay) -> DayCount:
    """The plain count that a row stands for."""
    causes = {Outcome(cause): int(count) for cause, count in row.causes.items()}
    return DayCount(row.site, row.day, row.n, row.left_out, row.dropped, causes)


def roll_up(session: Session, today: date, within: timedelta = WITHIN) -> int:
    """Count the days that are over, and let go of samples that are older than `KEPT`; returns how
    many counts were written. Days that are counted already stay as they are."""
    first = session.scalar(select(func.min(Sample.at)).where(Sample.purpose == AVAILABILITY))
    if first is None:
        return 0
    since = max(first.astimezone(SHANGHAI).date(), _not_rolled_up(session))
    until = min(today - timedelta(days=1), since + timedelta(days=DAYS_AT_ONCE))
    written = _counted(session, since, until, within)
    session.add_all(
        SampleDay(
            site=one.site,
            day=one.day,
            n=one.n,
            left_out=one.left_out,
            dropped=one.dropped,
            causes={cause.value: count for cause, count in one.causes.items()},
        )
        for one in written
    )
    _let_go(session, today - KEPT)
    return len(written)


def _let_go(session: Session, before: date) -> None:
    """The samples of home pages before a day, and the controls probed beside them."""
    session.execute(
        delete(Sample).where(
            Sample.at < _midnight(before),
            Sample.round_id.is_(None),
            Sample.purpose.in_((AVAILABILITY, CONTROL)),
        )
    )


def _counted(session: Session, since: date, until: date, within: timedelta) -> Sequence[DayCount]:
    """The samples themselves, counted."""
    if since > until:
        return ()
    found = select(Sample).where(
        Sample.at >= _midnight(since), Sample.at < _midnight(until + timedelta(days=1))
    )
    homes = found.where(Sample.purpose == AVAILABILITY, Sample.site.is_not(None))
    probes = (
        Probe(str(row.site), row.at, row.ok, Outcome(row.outcome), row.elapsed_ms)
        for row in session.scalars(homes)
    )
    # A failure just before midnight is proved by a control just after it.
    late = _midnight(until + timedelta(days=1)) + timedelta(minutes=5)
    beside = select(Sample.at, Sample.ok).where(
        Sample.purpose == CONTROL, Sample.at >= _midnight(since), Sample.at < late
    )
    controls = [ControlProbe(at, ok) for at, ok in session.execute(beside)]
    return day_counts(probes, controls, within)


def _midnight(day: date) -> datetime:
    """The beginning of a day, as an instant."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
