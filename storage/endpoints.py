"""Learned data calls as they are remembered: one a target, usable from the next round on.

Every function takes a session; the caller owns the transaction. Days are check dates, never a
clock's: a round that is run again after a crash knows what it knew before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, delete, func, select
from sqlalchemy.orm import Session

from rules.marks import ENDPOINT
from storage.models import Due, EndpointRow, ObservationRow, Round

TARGETS_AT_ONCE = 500  # databases bound the parameters of one statement


@dataclass(frozen=True, slots=True)
class Call:
    """What is kept of a learned call: its method, its address for people, its recipe as JSON, how
    many items it carried last."""

    method: str
    url: str
    recipe: Mapping[str, Any]
    items: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A learned call as it stands. `rounds_since` counts the rounds since its verification."""

    target: str
    call: Call
    learned_on: date
    verified_on: date
    rounds_since: int


def usable(session: Session, round_id: int, targets: Collection[str]) -> dict[str, Endpoint]:
    """The calls that a round may ask, by target: those learned in an earlier one.

    Their `rounds_since` counts this round, too.
    """
    day = session.get_one(Round, round_id).check_date
    days = session.scalars(select(Round.check_date).where(Round.check_date <= day)).all()
    names, found = sorted(targets), {}
    for start in range(0, len(names), TARGETS_AT_ONCE):
        some = names[start : start + TARGETS_AT_ONCE]
        query = select(EndpointRow).where(
            EndpointRow.target.in_(some), EndpointRow.learned_on < day
        )
        for row in session.scalars(query):
            since = sum(one > row.verified_on for one in days)
            found[row.target] = _endpoint(row, since)
    return found


def learn(session: Session, target: str, call: Call, on: date) -> None:
    """Remember a call, in the place of what was known. One that a later round learned stays."""
    row = _row(session, target)
    if row is not None and row.learned_on > on:
        return
    if row is None:
        row = EndpointRow(target=target)
        session.add(row)
    row.learned_on = row.verified_on = on
    row.rounds_since = 0
    _write(row, call)
    session.flush()


def verify(session: Session, target: str, call: Call, on: date) -> None:
    """Write that the rendered page asked the same call and showed the same list."""
    row = _row(session, target)
    if row is not None and row.verified_on <= on:
        row.verified_on, row.rounds_since = on, 0
        _write(row, call)


def use(session: Session, target: str, call: Call, rounds_since: int) -> None:
    """Write what a call carried when it was asked and believed."""
    row = _row(session, target)
    if row is not None:
        row.rounds_since = rounds_since
        _write(row, call)


def forget(session: Session, target: str) -> bool:
    """Forget the call of a target; whether there was one."""
    query = delete(EndpointRow).where(EndpointRow.target == target).returning(EndpointRow.id)
    return session.scalar(query) is not None


def of_target(session: Session, target: str) -> Endpoint | None:
    """The call of a target as it stands, or None."""
    row = _row(session, target)
    return None if row is None else _endpoint(row, row.rounds_since)


def all_of(session: Session, site: str | None = None) -> list[Endpoint]:
    """Every learned call, or those of one site, by target."""
    query = select(EndpointRow).order_by(EndpointRow.target)
    if site is not None:
        query = query.where(EndpointRow.target.in_(select(Due.target).where(Due.site == site)))
    return [_endpoint(row, row.rounds_since) for row in session.scalars(query)]


def read_through(session: Session, round_id: int) -> int:
    """How many targets of a round were read through a learned call."""
    signs = cast(ObservationRow.signs, String)
    query = select(func.count()).where(
        ObservationRow.round_id == round_id, signs.contains(f'"{ENDPOINT}"', autoescape=True)
    )
    return session.scalar(query) or 0


def _row(session: Session, target: str) -> EndpointRow | None:
    return session.scalars(select(EndpointRow).where(EndpointRow.target == target)).one_or_none()


def _write(row: EndpointRow, call: Call) -> None:
    row.method, row.url = call.method, call.url
    row.recipe, row.items = dict(call.recipe), call.items


def _endpoint(row: EndpointRow, since: int) -> Endpoint:
    call = Call(row.method, row.url, row.recipe, row.items)
    return Endpoint(row.target, call, row.learned_on, row.verified_on, since)
