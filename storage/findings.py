"""What the rounds came to besides violations: what stayed unknown, what is near its limit, and
how each round stands. Queries only; names of units and columns are the register's matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from rules.facts import Truth
from storage.models import Due, DueState, Round, Sample, VerdictRow
from storage.violations import Narrow


@dataclass(frozen=True, slots=True)
class Finding:
    """One target whose verdicts of several rounds say the same; all but `rounds` is the last's.

    `register_hash` and `profile_hash` name the texts that held on the last of `rounds`.
    """

    target: str
    site: str | None
    url: str
    reason: str | None
    newest: date | None
    days: int | None
    limit: int | None
    rounds: tuple[date, ...]
    register_hash: str
    profile_hash: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """How a round stands. Counts of verdicts are empty until it has been judged."""

    check_date: date
    status: str
    simulated: bool
    due: int
    done: int
    looks: int
    truths: Mapping[str, int]
    reasons: Mapping[str, int]
    controls_probed: int
    controls_answered: int
    opened_at: datetime
    closed_at: datetime | None
    report: Mapping[str, Any] = field(default_factory=dict)


def unknowns(session: Session, narrow: Narrow | None = None) -> list[Finding]:
    """What could not be verified: one finding for each target and reason, oldest first."""
    query = _verdicts(narrow or Narrow()).where(VerdictRow.truth == Truth.UNKNOWN)
    return _merged(_findings(session, query), key=lambda found: (found.target, found.reason))


def warnings(session: Session, narrow: Narrow | None = None) -> list[Finding]:
    """What is still ok but past its warning line: one for each target and newest date."""
    query = _verdicts(narrow or Narrow()).where(VerdictRow.warn, VerdictRow.truth == Truth.OK)
    return _merged(_findings(session, query), key=lambda found: (found.target, found.newest))


def _verdicts(narrow: Narrow) -> Select[VerdictRow, Due, Round]:
    """Verdicts of each round under its own profile, with their due rows, in order of checking."""
    query = (
        select(VerdictRow, Due, Round)
        .join(Round, VerdictRow.round_id == Round.id)
        .join(Due, (Due.round_id == Round.id) & (Due.target == VerdictRow.target))
        .where(VerdictRow.profile_hash == Round.profile_hash)
    )
    query = query.where(*_within(narrow))
    if narrow.site is not None:
        query = query.where(Due.site == narrow.site)
    return query.order_by(Round.check_date, Due.id)


def _within(narrow: Narrow) -> list[ColumnElement[bool]]:
    """The conditions on a round that a month and a check day stand for."""
    conditions: list[ColumnElement[bool]] = []
    if narrow.month is not None:
        first = date.fromisoformat(f"{narrow.month}-01")
        conditions += [Round.check_date >= first, Round.check_date < _next_month(first)]
    if narrow.round is not None:
        conditions.append(Round.check_date == narrow.round)
    return conditions


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _findings(session: Session, query: Select[VerdictRow, Due, Round]) -> Iterable[Finding]:
    for verdict, due, row in session.execute(query):
        yield Finding(
            target=due.target,
            site=due.site,
            url=due.url,
            reason=verdict.reason,
            newest=verdict.newest,
            days=verdict.days,
            limit=verdict.limit,
            rounds=(row.check_date,),
            register_hash=row.register_hash,
            profile_hash=row.profile_hash,
            signs=tuple(verdict.signs),
        )


def _merged(found: Iterable[Finding], key: Callable[[Finding], Hashable]) -> list[Finding]:
    merged: dict[Hashable, Finding] = {}
    for one in found:
        place = key(one)
        earlier = merged[place].rounds if place in merged else ()
        merged[place] = replace(one, rounds=(*earlier, *one.rounds))
    return list(merged.values())


def rounds(session: Session, narrow: Narrow | None = None) -> list[RoundOverview]:
    """How the rounds stand, by check day; `narrow.site` means nothing here."""
    rows = session.scalars(
        select(Round).where(*_within(narrow or Narrow())).order_by(Round.check_date)
    ).all()
    ids = [row.id for row in rows]
    owed, judged, probed = _owed(session, ids), _judged(session, ids), _probed(session, ids)
    return [
        _overview(row, owed.get(row.id, (0, 0, 0)), judged[row.id], probed.get(row.id, (0, 0)))
        for row in rows
    ]


def _overview(
    row: Round,
    owed: tuple[int, int, int],
    judged: Mapping[tuple[str, str | None], int],
    probed: tuple[int, int],
) -> RoundOverview:
    truths: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for (truth, reason), count in judged.items():
        truths[truth] += count
        if reason is not None:
            reasons[reason] += count
    due, done, looks = owed
    return RoundOverview(
        check_date=row.check_date,
        status=row.status,
        simulated=row.simulated,
        due=due,
        done=done,
        looks=looks,
        truths=truths,
        reasons=dict(reasons.most_common()),
        controls_probed=probed[0],
        controls_answered=probed[1],
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        report=row.report,
    )


def _owed(session: Session, ids: list[int]) -> dict[int, tuple[int, int, int]]:
    """By round: targets due, targets done, looks taken."""
    done = func.count().filter(Due.state == DueState.DONE)
    query = select(Due.round_id, func.count(), done, func.sum(Due.looks))
    rows = session.execute(query.where(Due.round_id.in_(ids)).group_by(Due.round_id))
    return {number: (due, finished, looks) for number, due, finished, looks in rows}


def _judged(session: Session, ids: list[int]) -> dict[int, dict[tuple[str, str | None], int]]:
    """By round: how many verdicts of each truth and reason, under the round's own profile."""
    kind = (VerdictRow.round_id, VerdictRow.truth, VerdictRow.reason)
    query = (
        select(*kind, func.count())
        .join(Round, VerdictRow.round_id == Round.id)
        .where(Round.id.in_(ids), VerdictRow.profile_hash == Round.profile_hash)
        .group_by(*kind)
        .order_by(*kind)
    )
    found: dict[int, dict[tuple[str, str | None], int]] = defaultdict(dict)
    for number, truth, reason, count in session.execute(query):
        found[number][truth, reason] = count
    return found


def _probed(session: Session, ids: list[int]) -> dict[int, tuple[int, int]]:
    """By round: control probes made and answered."""
    answered = func.count().filter(Sample.ok)
    query = select(Sample.round_id, func.count(), answered)
    query = query.where(Sample.round_id.in_(ids), Sample.purpose == "control")
    rows = session.execute(query.group_by(Sample.round_id))
    return {number: (made, ok) for number, made, ok in rows if number is not None}


def known_sites(session: Session) -> list[str]:
    """Every site that any round owed something of, by name."""
    query = select(Due.site).where(Due.site.is_not(None)).distinct().order_by(Due.site)
    return [site for site in session.scalars(query) if site is not None]
