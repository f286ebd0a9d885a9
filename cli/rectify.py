"""`xunjian rectify`: which listed problems are repaired (整改), by later rounds or by a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.results import database, parse_day
from cli.workspace import workspace_of
from rules.errors import XunjianError
from rules.facts import SHANGHAI
from rules.rectifying import LONGEST_NOTE, LONGEST_PERSON
from rules.words import say
from storage.engine import transaction
from storage.listed import listed
from storage.models import Violation, ViolationStatus
from storage.rectifying import note_repairs, record


def rectify(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="[ID]", help=say("rectify.id"))] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("rectify.by"))] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("rectify.note"))] = "",
    on: Annotated[
        date | None, typer.Option("--on", parser=parse_day, metavar="D", help=say("rectify.on"))
    ] = None,
) -> None:
    """Go through all listed problems again, or record the repair of one."""
    with database(workspace_of(ctx)) as engine:
        if number is not None:
            _record(engine, number, by, note, on)
        elif by or note or on:
            raise XunjianError(say("rectify.no_id"))
        else:
            _note(engine)


def _note(engine: Engine) -> None:
    with transaction(engine) as session:
        noted = note_repairs(session, datetime.now(UTC))
    counts = {"rectified": len(noted.rectified), "reopened": len(noted.reopened)}
    typer.echo(say("rectify.noted", **counts), err=True)
    for key, ids in (("rectified", noted.rectified), ("reopened", noted.reopened)):
        if ids:
            typer.echo(say("rectify.which", word=say(f"history.{key}"), ids=_named(ids)), err=True)


def _named(ids: Sequence[int]) -> str:
    return "、".join(f"V{number}" for number in ids)


def _record(engine: Engine, number: str, by: str, note: str, on: date | None) -> None:
    """Write a person's word down, or refuse it in one line and change nothing."""
    now = datetime.now(UTC)
    person = _needed(by, "--by", "by", LONGEST_PERSON)
    words = _needed(note, "--note", "note", LONGEST_NOTE)
    with transaction(engine) as session:
        row = listed(session, number)
        name, day = f"V{row.id}", _day(row, on, now)
        if row.status != ViolationStatus.CONFIRMED:
            status = say(f"violation_status.{row.status}")
            raise XunjianError(say("rectify.not_listed", id=name, status=status))
        record(session, row, person=person, note=words, day=day, at=now)
    typer.echo(say("rectify.done", id=name, day=day), err=True)


def _needed(written: str, option: str, what: str, limit: int) -> str:
    found = written.strip()
    if not found or len(found) > limit:
        named = say(f"rectify.what_{what}")
        raise XunjianError(say("rectify.needs", option=option, what=named, limit=limit))
    return found


def _day(row: Violation, on: date | None, now: datetime) -> date:
    today = now.astimezone(SHANGHAI).date()
    day = on or today
    if day > today:
        raise XunjianError(say("rectify.later", day=day))
    if day < row.last_failed:
        raise XunjianError(say("rectify.before", day=day, last=row.last_failed))
    return day
