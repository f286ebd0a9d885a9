"""The ledger: what a round owes, what was seen, what is left. Every function takes a session.

The caller owns the transaction; nothing here commits, sleeps or reads a clock. A target is done
when its observation stands; `left` is the one query that proves a round complete.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from rules.facts import (
    CONFIDENCE_FLOOR,
    Client,
    NextLook,
    Observation,
    Outcome,
    Purpose,
    Sight,
    TargetKind,
)
from rules.marks import ENDPOINT
from storage.models import (
    Due,
    DueState,
    Fetch,
    ObservationRow,
    ProfileText,
    RegisterText,
    Round,
    RoundStatus,
    Sample,
    VerdictRow,
)

RENDER_AGAIN = 4  # a page that the browser could not read is tried again after so many rounds


@dataclass(frozen=True, slots=True)
class DueTarget:
    """One target to be written into a round's due list."""

    target: str
    target_kind: str
    site: str | None
    url: str
    host_group: str
    shard: int


@dataclass(frozen=True, slots=True)
class Record:
    """One look on its way in: what follows, or what was concluded."""

    fetch: Fetch
    again: NextLook | None
    observation: Observation | None


@dataclass(frozen=True, slots=True)
class Task:
    """One due target that may be looked at now, with the sights it has."""

    due_id: int
    target: str
    url: str
    host_group: str
    look: int
    sights: tuple[Sight, ...]
    client: Client = Client.HTTP
    purpose: Purpose = Purpose.READ


def hash_of(text: str) -> str:
    """The SHA-256 under which a register or profile text is kept."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_texts(session: Session, register: str, profile: str, profile_name: str) -> tuple[str, str]:
    """Store the register and the profile as they stand, once each; returns their hashes."""
    texts = (
        RegisterText(hash=hash_of(register), text=register),
        ProfileText(hash=hash_of(profile), name=profile_name, text=profile),
    )
    for row in texts:
        if session.get(type(row), row.hash) is None:
            session.add(row)
    session.flush()
    return texts[0].hash, texts[1].hash


def round_of(session: Session, check_date: date) -> Round | None:
    """The round of a check day, or None."""
    return session.scalar(select(Round).where(Round.check_date == check_date))


def statuses(session: Session) -> dict[date, str]:
    """How every round stands, by check day."""
    return dict(session.execute(select(Round.check_date, Round.status)).all())


def has_rounds(session: Session, *, simulated: bool) -> bool:
    """Whether any round of this ledger was simulated, or was not."""
    return session.scalar(select(Round.id).where(Round.simulated == simulated).limit(1)) is not None


def mark_missed(
    session: Session, day: date, *, register: str, profile: str, profile_name: str, now: datetime
) -> None:
    """Write that the round of a check day was missed: the day is past, and it is not complete."""
    row = round_of(session, day)
    if row is None:
        hashes = keep_texts(session, register, profile, profile_name)
        row = Round(
            check_date=day,
            opened_at=now,
            register_hash=hashes[0],
            profile_hash=hashes[1],
            report={},
        )
        session.add(row)
    row.status, row.closed_at = RoundStatus.MISSED, now


def open_round(session: Session, row: Round, targets: Iterable[DueTarget]) -> Round:
    """Write a round and one due row for each target, all or nothing."""
    session.add(row)
    session.flush()
    rows = [
        {
            "round_id": row.id,
            "target": target.target,
            "target_kind": target.target_kind,
            "site": target.site,
            "url": target.url,
            "host_group": target.host_group,
            "shard": target.shard,
            "client": Client.HTTP,
            "purpose": Purpose.READ,
            "state": DueState.PENDING,
            "looks": 0,
            "crashes": 0,
        }
        for target in targets
    ]
    if rows:
        session.execute(Due.__table__.insert(), rows)  # type: ignore[attr-defined]
    return row


def due_count(session: Session, round_id: int) -> int:
    """How many targets a round owes."""
    query = select(func.count()).select_from(Due).where(Due.round_id == round_id)
    return session.scalar(query) or 0


def left(session: Session, round_id: int) -> int:
    """How many due targets have no observation yet; 0 proves the round complete."""
    observed = select(ObservationRow.due_id).where(ObservationRow.round_id == round_id)
    query = select(func.count()).where(Due.round_id == round_id, Due.id.not_in(observed))
    return session.scalar(query) or 0


Kinds = Collection[TargetKind]  # which kinds of targets are asked for
EVERY_KIND: Kinds = frozenset(TargetKind)


def _ready(round_id: int, now: datetime) -> tuple[Any, ...]:
    return (
        Due.round_id == round_id,
        or_(
            Due.state == DueState.PENDING,
            (Due.state == DueState.RECHECK) & (Due.not_before <= now),
        ),
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """A target that may be looked at now, and how many children died on it."""

    target: str
    shard: int
    client: Client
    crashes: int


def ready(session: Session, round_id: int, now: datetime, kinds: Kinds = EVERY_KIND) -> list[Ready]:
    """What may be looked at now, in due order."""
    query = select(Due.target, Due.shard, Due.client, Due.crashes)
    query = query.where(*_ready(round_id, now), Due.target_kind.in_(kinds))
    rows = session.execute(query.order_by(Due.id))
    return [Ready(target, shard, Client(client), died) for target, shard, client, died in rows]


def waiting(
    session: Session, round_id: int, until: datetime, kinds: Kinds = EVERY_KIND
) -> list[tuple[str, datetime]]:
    """The targets whose re-check comes due by an instant, and when, the earliest first."""
    query = (
        select(Due.target, Due.not_before)
        .where(Due.round_id == round_id, Due.state == DueState.RECHECK, Due.not_before <= until)
        .where(Due.target_kind.in_(kinds))
        .order_by(Due.not_before, Due.id)
    )
    return [(target, at) for target, at in session.execute(query) if at is not None]


def tasks(session: Session, round_id: int, shard: int, client: Client, now: datetime) -> list[Task]:
    """The tasks of one shard that are ready now for a client, with their earlier sights."""
    query = select(Due).where(*_ready(round_id, now), Due.shard == shard, Due.client == client)
    rows = session.scalars(query.order_by(Due.id)).all()
    sights = sights_by_due(session, round_id, unfinished=True)
    return [
        Task(
            row.id,
            row.target,
            row.url,
            row.host_group,
            row.looks,
            sights.get(row.id, ()),
            client,
            Purpose(row.purpose),
        )
        for row in rows
    ]


def sight_of(row: Fetch) -> Sight:
    """The plain sight that a fetch row stands for."""
    return Sight(
        at=row.at,
        client=Client(row.client),
        outcome=Outcome(row.outcome),
        newest=row.newest,
        item_count=row.item_count,
        items_digest=row.items_digest,
        confidence=row.confidence,
        signs=tuple(row.signs),
        controls_ok=row.controls_ok,
        purpose=Purpose(row.purpose),
    )


def sights_by_due(
    session: Session, round_id: int, *, unfinished: bool = False
) -> dict[int, tuple[Sight, ...]]:
    """All sights of a round by due id, in order of looking; or those of unfinished targets."""
    query = select(Fetch).join(Due, Fetch.due_id == Due.id).where(Due.round_id == round_id)
    if unfinished:
        query = query.where(Due.state == DueState.RECHECK)
    found: dict[int, list[Sight]] = defaultdict(list)
    for row in session.scalars(query.order_by(Fetch.due_id, Fetch.look)):
        found[row.due_id].append(sight_of(row))
    return {due_id: tuple(sights) for due_id, sights in found.items()}


def record_look(
    session: Session,
    fetch: Fetch,
    *,
    again: NextLook | None,
    observation: Observation | None,
) -> None:
    """Store one look. With `observation` the target is done, else it waits for the look `again`.

    A look that stands already (a crash came between storing and saying so) is not doubled.
    """
    record_looks(session, [Record(fetch, again, observation)])


def record_looks(session: Session, records: Sequence[Record]) -> None:
    """Store looks at different targets, as `record_look` does each of them."""
    due_ids = [record.fetch.due_id for record in records]
    rows = {due.id: due for due in session.scalars(select(Due).where(Due.id.in_(due_ids)))}
    fresh = [one for one in records if _stands_not(rows[one.fetch.due_id], one.fetch)]
    for record in fresh:
        due, again = rows[record.fetch.due_id], record.again
        session.add(record.fetch)
        due.looks = record.fetch.look + 1
        due.state, due.not_before = DueState.RECHECK, again.at if again else None
        if again is not None:
            due.client, due.purpose = again.client, again.purpose
    session.flush()
    looks = _looks_by_due(session, due_ids)
    for record in fresh:
        if record.observation is not None:
            due = rows[record.fetch.due_id]
            _conclude(session, due, record.observation, record.fetch.at, looks[due.id])


def _stands_not(due: Due, fetch: Fetch) -> bool:
    return due.state != DueState.DONE and due.looks <= fetch.look


def conclude_due(session: Session, due: Due, observation: Observation, at: datetime) -> None:
    """Write the observation of a due target: from here on it is done."""
    _conclude(session, due, observation, at, _looks_by_due(session, [due.id])[due.id])


def _looks_by_due(session: Session, due_ids: Collection[int]) -> dict[int, list[int]]:
    """The ids of all looks by due id, in order of looking."""
    query = select(Fetch.due_id, Fetch.id).where(Fetch.due_id.in_(due_ids)).order_by(Fetch.look)
    found: dict[int, list[int]] = defaultdict(list)
    for due_id, fetch_id in session.execute(query):
        found[due_id].append(fetch_id)
    return found


def _conclude(
    session: Session, due: Due, observation: Observation, at: datetime, looks: list[int]
) -> None:
    session.add(
        ObservationRow(
            round_id=due.round_id,
            due_id=due.id,
            target=due.target,
            observed_at=at,
            outcome=observation.outcome,
            newest=observation.newest,
            item_count=observation.item_count,
            items_digest=observation.items_digest,
            confidence=observation.confidence,
            signs=list(observation.signs),
            fetches=looks,
        )
    )
    due.state, due.not_before = DueState.DONE, None


def fetches(session: Session, due_id: int) -> list[Fetch]:
    """All looks at a due target, in their order."""
    query = select(Fetch).where(Fetch.due_id == due_id).order_by(Fetch.look)
    return list(session.scalars(query))


def unfinished(session: Session, round_id: int, kinds: Kinds = EVERY_KIND) -> list[Due]:
    """The due rows that have been looked at but are not done."""
    query = select(Due).where(Due.round_id == round_id, Due.state == DueState.RECHECK)
    query = query.where(Due.target_kind.in_(kinds))
    return list(session.scalars(query.order_by(Due.id)))


def note_crashes(session: Session, due_ids: Iterable[int]) -> None:
    """Count one more crash for the targets a dead child was looking at."""
    session.execute(update(Due).where(Due.id.in_(list(due_ids))).values(crashes=Due.crashes + 1))


def crashed(session: Session, round_id: int, at_least: int, kinds: Kinds = EVERY_KIND) -> list[Due]:
    """Undone targets on which children died at least so many times."""
    query = select(Due).where(
        Due.round_id == round_id, Due.state != DueState.DONE, Due.crashes >= at_least
    )
    query = query.where(Due.target_kind.in_(kinds))
    return list(session.scalars(query.order_by(Due.id)))


def observations(session: Session, round_id: int) -> dict[str, Observation]:
    """The observations of a round by target, with their sights."""
    sights = sights_by_due(session, round_id)
    query = select(ObservationRow).where(ObservationRow.round_id == round_id)
    return {
        row.target: observation_of(row, sights.get(row.due_id, ()))
        for row in session.scalars(query.order_by(ObservationRow.id))
    }


def observations_before(
    session: Session, row: Round, rounds: int
) -> dict[str, tuple[Observation, ...]]:
    """What the last judged rounds before this one found, by target, oldest first, unsighted."""
    past = (
        select(Round.id)
        .where(Round.check_date < row.check_date, Round.id.in_(select(VerdictRow.round_id)))
        .order_by(Round.check_date.desc())
        .limit(rounds)
    )
    query = (
        select(ObservationRow)
        .join(Round, ObservationRow.round_id == Round.id)
        .where(Round.id.in_(past))
        .order_by(Round.check_date)
    )
    found: dict[str, list[Observation]] = defaultdict(list)
    for seen in session.scalars(query):
        found[seen.target].append(observation_of(seen))
    return {target: tuple(seen) for target, seen in found.items()}


def observation_of(row: ObservationRow, sights: tuple[Sight, ...] = ()) -> Observation:
    """The plain observation that a row stands for."""
    return Observation(
        outcome=Outcome(row.outcome),
        newest=row.newest,
        item_count=row.item_count,
        items_digest=row.items_digest,
        confidence=row.confidence,
        signs=tuple(row.signs),
        sights=sights,
    )


def not_worth_rendering(session: Session, round_id: int) -> frozenset[str]:
    """Targets that the browser was last asked to read within `RENDER_AGAIN` rounds, in vain."""
    now = session.get_one(Round, round_id)
    recent = (
        select(Round.id)
        .where(Round.check_date < now.check_date)
        .order_by(Round.check_date.desc())
        .limit(RENDER_AGAIN)
    )
    query = (
        select(Due.target, Fetch.outcome, Fetch.confidence)
        .join(Fetch, Fetch.due_id == Due.id)
        .where(Due.round_id.in_(recent), Fetch.client == Client.BROWSER)
        .order_by(Fetch.at)
    )
    useful = {
        target: outcome == Outcome.READ and confidence >= CONFIDENCE_FLOOR
        for target, outcome, confidence in session.execute(query)
    }
    return frozenset(target for target, helped in useful.items() if not helped)


def plainly_read(session: Session, round_id: int) -> frozenset[str]:
    """Targets whose page itself was read over plain HTTP, without doubt, in the round before."""
    now = session.get_one(Round, round_id)
    before = (
        select(Round.id)
        .where(Round.check_date < now.check_date, Round.status != RoundStatus.MISSED)
        .order_by(Round.check_date.desc())
        .limit(1)
    )
    query = (
        select(Due.target, Fetch.signs)
        .join(Fetch, Fetch.due_id == Due.id)
        .where(
            Due.round_id.in_(before),
            Fetch.client == Client.HTTP,
            Fetch.outcome == Outcome.READ,
            Fetch.confidence >= CONFIDENCE_FLOOR,
        )
    )
    return frozenset(target for target, signs in session.execute(query) if ENDPOINT not in signs)


def rendered(session: Session, round_id: int) -> dict[str, int]:
    """How many looks of a round the browser took, by their purpose."""
    query = select(Fetch.purpose, func.count()).join(Due, Fetch.due_id == Due.id)
    query = query.where(Due.round_id == round_id, Fetch.client == Client.BROWSER)
    return dict(session.execute(query.group_by(Fetch.purpose)).all())


def control_probes(session: Session, round_id: int) -> tuple[int, int]:
    """How many control probes a round made, and how many of them were answered."""
    query = select(Sample.ok, func.count()).where(
        Sample.round_id == round_id, Sample.purpose == "control"
    )
    counts = dict(session.execute(query.group_by(Sample.ok)).all())
    return sum(counts.values()), counts.get(True, 0)
