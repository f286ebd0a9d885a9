"""`xunjian import-submissions`: what units handed in to the portal, for annexes 4 and 5."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.results import (
    FormatOption,
    OutOption,
    database,
    deliver,
    parse_month,
    terminal_width,
)
from cli.sheets import read_sheet
from cli.workspace import workspace_of
from reports.submissions import submission_table
from reports.tables import Format, render
from rules.errors import WrongFile
from rules.notes import Notes
from rules.register import load_register
from rules.submissions import Submission, UnitBook, written_submissions
from rules.words import say
from storage.engine import reading, transaction
from storage.submissions import Kept, forms_known, keep_submissions


def import_submissions(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("submissions.file"))],
    month: Annotated[
        str | None,
        typer.Option(
            "--month", parser=parse_month, metavar="YYYY-MM", help=say("submissions.month")
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Keep the good rows and print what the month then comes to, by unit.

    Raises WrongFile with every bad row, after the good ones have been kept.
    """
    workspace, notes = workspace_of(ctx), Notes(str(file))
    register = load_register(workspace.rules_path)
    sheet = read_sheet(file, notes)
    with database(workspace) as engine:
        with transaction(engine) as session:
            known = forms_known(session)
            units = UnitBook.of(register)
            rows = written_submissions(sheet, units, known, month, notes) if sheet else ()
            found = list(rows)
            kept = keep_submissions(session, found, datetime.now(UTC))
        shown = month or max((one.month for one in found), default=None)
        if shown is not None:
            _tell(found, kept)
            with reading(engine) as session:
                table = submission_table(session, shown, register)
            deliver(render(table, form, width=terminal_width(out)), form, out)
    if notes.mistakes:
        raise WrongFile(tuple(sorted(notes.mistakes)))


def _tell(found: list[Submission], kept: Kept) -> None:
    words = say(
        "submissions.taken",
        count=len(found),
        new=kept.new,
        corrected=kept.corrected,
        same=kept.same,
    )
    typer.echo(words, err=True)
