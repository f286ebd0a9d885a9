"""`xunjian appeal`: a unit's appeal (申诉) taken with its attachments, decided, or listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    database,
    deliver,
    parse_day,
    terminal_width,
)
from cli.workspace import Workspace, workspace_of
from reports.appeals import appeal_table
from reports.tables import Format, render
from rules.appealing import (
    DECISIONS,
    LARGEST_FILE,
    LONGEST_PERSON,
    LONGEST_TEXT,
    MOST_FILES,
    AppealStep,
    refusal,
    suffix_of,
)
from rules.errors import XunjianError
from rules.facts import SHANGHAI
from rules.words import say
from storage.appeals import AppealFile, Saying, lodge, settle_appeal
from storage.engine import reading, transaction
from storage.evidence import EvidenceStore
from storage.listed import listed
from storage.models import Violation

_ATTACH = say("appeal.attach", count=MOST_FILES, limit=LARGEST_FILE >> 20)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says of one appeal. `files` are the attachments' names and bytes."""

    step: AppealStep
    text: str
    by: str
    on: date | None
    files: tuple[tuple[str, bytes], ...] = ()


def appeal(
    ctx: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="[ID]", help=say("appeal.id"))] = None,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=say("appeal.text"))] = "",
    attach: Annotated[
        list[Path] | None, typer.Option("--attach", metavar="FILE", help=_ATTACH)
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=say("appeal.by"))] = "",
    on: Annotated[
        date | None, typer.Option("--on", parser=parse_day, metavar="D", help=say("appeal.on"))
    ] = None,
    decide: Annotated[
        str, typer.Option("--decide", metavar="核减|维持", help=say("appeal.decide"))
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=say("appeal.reason"))
    ] = "",
    month: MonthOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Take an appeal, or decide one; without an id, list them."""
    workspace = workspace_of(ctx)
    with database(workspace) as engine:
        if number is not None:
            _check_way(decide, text, attach or [])
            step = _decision(decide) if decide else AppealStep.LODGED
            said = reason if decide else text
            _take(workspace, engine, number, _Asked(step, said, by, on, _read(attach or [])))
            return
        with reading(engine) as session:
            table = appeal_table(session, month)
    deliver(render(table, form, width=terminal_width(out)), form, out)


def _check_way(decide: str, text: str, attach: Sequence[Path]) -> None:
    if decide and (text or attach):
        raise XunjianError(say("appeal.one_way"))


def _decision(written: str) -> AppealStep:
    found = DECISIONS.get(written.strip())
    if found is None:
        raise XunjianError(say("appeal.no_decision", found=written[:20]))
    return found


def _take(workspace: Workspace, engine: Engine, number: str, asked: _Asked) -> None:
    """Write one step down, or refuse it in one line and change nothing."""
    store, now = EvidenceStore(workspace.evidence_folder), datetime.now(UTC)
    with transaction(engine) as session:
        row = listed(session, number)
        name = f"V{row.id}"
        day = _day(row, asked.on, now)
        wrong = refusal(row.status, asked.step)
        if wrong is not None:
            status = say(f"violation_status.{row.status}")
            raise XunjianError(say(f"appeal.{wrong}", id=name, status=status))
        said = Saying(*_words(asked), day, tuple(_kept(store, asked.files)))
        _write(session, row, asked.step, said, now)
    typer.echo(say(f"appeal.{asked.step}", id=name, count=len(asked.files)), err=True)


def _write(session: Session, row: Violation, step: AppealStep, said: Saying, at: datetime) -> None:
    if step is AppealStep.LODGED:
        lodge(session, row, said, at)
    else:
        settle_appeal(session, row, step, said, at)


def _words(asked: _Asked) -> tuple[str, str]:
    """What was said, and by whom: both are needed, and bounded."""
    lodged = asked.step is AppealStep.LODGED
    what = ("--text", "text") if lodged else ("--reason", "reason")
    who = ("--by", "by") if lodged else ("--by", "decider")
    text = _needed(asked.text, *what, LONGEST_TEXT)
    return text, _needed(asked.by, *who, LONGEST_PERSON)


def _needed(written: str, option: str, what: str, limit: int) -> str:
    found = written.strip()
    if not found or len(found) > limit:
        named = say(f"appeal.what_{what}")
        raise XunjianError(say("appeal.needs", option=option, what=named, limit=limit))
    return found


def _day(row: Violation, on: date | None, now: datetime) -> date:
    today = now.astimezone(SHANGHAI).date()
    day = on or today
    if day > today:
        raise XunjianError(say("appeal.later", day=day))
    if day < row.first_failed:
        raise XunjianError(say("appeal.before", day=day, first=row.first_failed))
    return day


def _read(paths: Sequence[Path]) -> tuple[tuple[str, bytes], ...]:
    """The attachments' names and bytes. Raises XunjianError for one that cannot be taken."""
    if len(paths) > MOST_FILES:
        raise XunjianError(say("appeal.too_many", found=len(paths), limit=MOST_FILES))
    return tuple((path.name, _content(path)) for path in paths)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise XunjianError(say("appeal.file_missing", path=path, why=why)) from error
    if len(content) > LARGEST_FILE:
        raise XunjianError(say("appeal.file_large", path=path, limit=LARGEST_FILE >> 20))
    if not content:
        raise XunjianError(say("appeal.file_empty", path=path))
    return content


def _kept(store: EvidenceStore, files: Sequence[tuple[str, bytes]]) -> list[AppealFile]:
    """The attachments in the evidence folder, under their own hashes."""
    return [
        AppealFile(
            name, store.put(content, suffix_of(name)), sha256(content).hexdigest(), len(content)
        )
        for name, content in files
    ]
