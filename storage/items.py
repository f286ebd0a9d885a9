"""The first sight of every list entry: written once, never changed, so that it can bear witness.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from rules.facts import SHANGHAI, Client, Item, Outcome
from rules.marks import ENDPOINT
from storage.models import Fetch, ItemRow, ObservationRow, Round

MOST = 200  # entries of one look that are compared and remembered
LOOKS_BACK = 12  # of a target's latest looks, in which the last one of the same path is sought
# Asked at every look, and written by the thousand: without objects.
ITEMS, FETCHES, OBSERVATIONS, ROUNDS = (
    cast(Table, model.__table__) for model in (ItemRow, Fetch, ObservationRow, Round)
)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier looks saw of a list.

    `since` holds the known ones of its entries by key, each with the Shanghai date of the last
    look at which it was not there yet, by the same path as it was first seen by; None where there
    was none. `read_on` is when the list was last read, by the path now taken, in an earlier round.
    `first` holds what they printed at their first sight, and its Shanghai date.
    """

    since: Mapping[str, date | None] = field(default_factory=dict)
    read_on: date | None = None
    first: Mapping[str, tuple[date | None, date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Entries that one look saw first. `at` is aware (UTC), `on` its Shanghai date."""

    target: str
    items: tuple[Item, ...]
    at: datetime
    on: date
    since: date | None
    path: str


def key_of(item: Item) -> str:
    """The identity of an entry: a digest of its address and title."""
    text = f"{item.url}\n{item.title}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def path_of(client: Client, signs: Sequence[str]) -> str:
    """How a list was read: http, endpoint or browser."""
    return "endpoint" if ENDPOINT in signs else client.value


def past_of(session: Session, target: str, items: Sequence[Item], path: str) -> Past:
    """What is remembered of these entries of a target, and of its reading by a path."""
    keys = {key_of(item) for item in items[:MOST]}
    query = select(ITEMS.c.key, ITEMS.c.since, ITEMS.c.printed, ITEMS.c.seen_on)
    query = query.where(ITEMS.c.target == target, ITEMS.c.key.in_(keys))
    rows = session.execute(query).all()
    since = {row.key: row.since for row in rows}
    first = {row.key: (row.printed, row.seen_on) for row in rows}
    return Past(since, _last_read(session, target, path) if since else None, first)


def had_items(session: Session, target: str) -> bool:
    """Whether any entry of a target was ever seen."""
    query = select(ItemRow.id).where(ItemRow.target == target).limit(1)
    return session.scalar(query) is not None


def _last_read(session: Session, target: str, path: str) -> date | None:
    """The Shanghai date of the latest look of an earlier round that read a target by a path."""
    query = (
        select(FETCHES.c.client, FETCHES.c.signs, FETCHES.c.at, ROUNDS.c.as_of)
        .join(OBSERVATIONS, OBSERVATIONS.c.due_id == FETCHES.c.due_id)
        .join(ROUNDS, OBSERVATIONS.c.round_id == ROUNDS.c.id)
        .where(OBSERVATIONS.c.target == target, FETCHES.c.outcome == Outcome.READ)
        .order_by(ROUNDS.c.check_date.desc(), FETCHES.c.look.desc())
        .limit(LOOKS_BACK)
    )
    for client, signs, at, as_of in session.execute(query):
        if path_of(Client(client), signs) == path:
            day: date = as_of or at.astimezone(SHANGHAI).date()
            return day
    return None


def remember(session: Session, sightings: Sequence[Sighting]) -> None:
    """Write first sights. An entry that is remembered already stays as it is."""
    rows = [_row(one, item) for one in sightings for item in one.items]
    if not rows:
        return
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(ITEMS).on_conflict_do_nothing(), rows)


def _row(one: Sighting, item: Item) -> dict[str, Any]:
    return {
        "target": one.target,
        "key": key_of(item),
        "title": item.title,
        "url": item.url,
        "printed": item.date,
        "seen_at": one.at,
        "seen_on": one.on,
        "since": one.since,
        "path": one.path,
    }
