"""What became of a violation after the machine found it: reviews, appeals and repairs, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from reports.safety import harmless
from rules.facts import SHANGHAI
from rules.words import catalogue, say
from storage.appeals import appeals
from storage.models import AppealRow, RectificationRow, ReviewRow, Violation
from storage.rectifying import repairs
from storage.reviews import reviews


@dataclass(frozen=True, slots=True)
class Event:
    """One step. `at` is aware, UTC; `day` is the civil date that the step speaks of, if any.
    `step` is confirmed, dismissed, lodged, reduced, maintained, rectified or reopened; `reason`
    the code of a dismissal; `files` are paths in the evidence folder."""

    at: datetime
    step: str
    person: str
    text: str
    reason: str | None = None
    day: date | None = None
    files: tuple[str, ...] = ()


def history(session: Session, row: Violation) -> tuple[Event, ...]:
    """Every step of a violation, oldest first."""
    events = [
        *map(_reviewed, reviews(session, row)),
        *map(_appealed, appeals(session, row)),
        *map(_repaired, repairs(session, row)),
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _reviewed(row: ReviewRow) -> Event:
    return Event(row.at, row.decision, row.reviewer, row.note, row.reason)


def _appealed(row: AppealRow) -> Event:
    files = tuple(str(one["path"]) for one in row.files)
    return Event(row.at, row.step, row.person, row.text, day=row.day, files=files)


def _repaired(row: RectificationRow) -> Event:
    return Event(row.at, row.step, row.person, row.note, day=row.day)


def event_lines(event: Event) -> Iterator[str]:
    """One step in words, and its attachments."""
    yield harmless("，".join(_parts(event)))
    yield from (harmless(f"  {say('history.file')} {path}") for path in event.files)


def _parts(event: Event) -> Iterator[str]:
    at = f"{event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    yield f"{at} {say(f'history.{event.step}')}"
    if event.reason:
        yield catalogue()[f"dismissal.{event.reason}"].split("、")[0]
    if event.day is not None:
        yield say(f"history.day_{event.step}", day=event.day)
    yield event.person or say("history.by_rounds")
    if event.text:
        yield event.text
