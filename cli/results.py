"""What the commands that print data share: how rows are asked for, and where they go.

Data goes to stdout alone or to `--out`; notes about it go to stderr.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import mkstemp
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cli.workspace import Workspace, workspace_of
from reports.tables import Format, Table, render
from rules.errors import EnvironmentTrouble, XunjianError
from rules.words import say
from storage import findings
from storage.engine import open_database, reading
from storage.models import RoundStatus
from storage.violations import Narrow


def parse_month(text: str) -> str:
    """A month as written on the command line, `2022-06`."""
    try:
        return date.fromisoformat(f"{text}-01").strftime("%Y-%m")
    except ValueError as error:
        raise typer.BadParameter(say("results.bad_month", text=text)) from error


def parse_day(text: str) -> date:
    """A check day as written on the command line, `2022-06-06`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say("results.bad_day", text=text)) from error


FormatOption = Annotated[Format, typer.Option("--format", help=say("results.format"))]
MonthOption = Annotated[
    str | None,
    typer.Option("--month", parser=parse_month, metavar="YYYY-MM", help=say("results.month")),
]
RoundOption = Annotated[
    date | None,
    typer.Option("--round", parser=parse_day, metavar="YYYY-MM-DD", help=say("results.round")),
]
SiteOption = Annotated[str | None, typer.Option("--site", metavar="NAME", help=say("results.site"))]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=say("results.out"), dir_okay=False)
]


@dataclass(frozen=True, slots=True)
class Request:
    """What a command line asks for: which rows, in which form, to which file (None: stdout)."""

    narrow: Narrow
    form: Format
    out: Path | None


def answer(ctx: typer.Context, make: Callable[[Session, Narrow], Table], asked: Request) -> None:
    """Make a table in the workspace's database and hand it over, with what must be known of it."""
    with database(workspace_of(ctx)) as engine, reading(engine) as session:
        notes = _notes(session, asked.narrow)
        table = make(session, asked.narrow)
    for note in notes:
        typer.echo(note, err=True)
    deliver(render(table, asked.form, width=terminal_width(asked.out)), asked.form, asked.out)


@contextmanager
def database(workspace: Workspace) -> Iterator[Engine]:
    """The workspace's database, to be read. A folder that is no workspace gets none made in it."""
    if not workspace.rules_path.exists() and not (workspace.root / "data").exists():
        raise XunjianError(say("results.no_workspace", path=workspace.root))
    engine = open_database(workspace.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _notes(session: Session, narrow: Narrow) -> list[str]:
    """What an empty answer might hide: no such site, no such round, a round that is not done."""
    notes = []
    if narrow.site is not None and narrow.site not in (known := findings.known_sites(session)):
        near = "、".join(get_close_matches(narrow.site, known, n=3, cutoff=0.3))
        key = "results.no_site_but" if near else "results.no_site"
        notes.append(say(key, site=narrow.site, near=near))
    asked = findings.rounds(session, narrow)
    if not asked:
        what = narrow.round or narrow.month
        notes.append(say("results.no_round", what=what) if what else say("results.no_rounds"))
    return notes + [words_of_round(row) for row in asked if row.status != RoundStatus.COMPLETE]


def words_of_round(row: findings.RoundOverview) -> str:
    """How a round stands, in one line."""
    return say(
        "results.round_stands",
        day=row.check_date,
        status=say(f"round_status.{row.status}"),
        done=row.done,
        due=row.due,
    )


def terminal_width(out: Path | None) -> int | None:
    """How wide the reader's terminal is; None for a pipe or a file."""
    if out is not None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def deliver(content: bytes, form: Format, out: Path | None) -> None:
    """Write to `out`, whole or not at all, or to stdout. A reader who left early is no error."""
    if out is not None:
        _write_whole(out, content)
        typer.echo(say("results.written", path=out), err=True)
        return
    if form is Format.XLSX and sys.stdout.isatty():
        raise XunjianError(say("results.binary"))
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The interpreter would flush once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_new(path: Path, content: bytes) -> None:
    """Write a file that people will go on with; one that is there already is never overwritten."""
    if path.exists():
        raise XunjianError(say("results.there", path=path))
    _write_whole(path, content)


def _write_whole(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(unfinished).chmod(0o644)
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
    except OSError as error:
        detail = error.strerror or str(error)
        raise EnvironmentTrouble(say("results.refused", path=path, detail=detail)) from error
