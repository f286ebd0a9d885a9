"""`xunjian score`: a site's sheet of vetoes, deductions and bonuses; and what people fill in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    database,
    deliver,
    terminal_width,
    write_new,
)
from cli.sheets import read_sheet
from cli.workspace import workspace_of
from reports.score import all_table, said, sheet_table, sheets
from reports.score_form import score_form
from reports.tables import Format, Table, render
from rules.errors import WrongFile, XunjianError
from rules.notes import Notes
from rules.score_rows import Named, written_entries
from rules.words import say
from storage.engine import reading, transaction
from storage.score_entries import keep_entries
from storage.verdicts import last_judged
from storage.vetoes import conclude_again, judged_month


def score(
    ctx: typer.Context,
    site: Annotated[str | None, typer.Argument(metavar="[SITE]", help=say("score.site"))] = None,
    month: MonthOption = None,
    every: Annotated[bool, typer.Option("--all", help=say("score.all"))] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help=say("score.form_option"), dir_okay=False),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help=say("score.import"), dir_okay=False),
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print the sheet of a site, or a row for each; write or take the file that people fill in."""
    if import_ is not None and (every or site or export):
        raise typer.BadParameter(say("score.one_way"))
    if import_ is None and bool(site) is every:
        raise typer.BadParameter(say("score.one_way"))
    with database(workspace_of(ctx)) as engine:
        name = _month(engine, month)
        if import_ is not None:
            _import(engine, import_, name)
        elif export is not None:
            _export(engine, name, site, export)
        else:
            table = _table(engine, name, site)
            deliver(render(table, form, width=terminal_width(out)), form, out)


def _month(engine: Engine, month: str | None) -> str:
    """The month asked for, else that of the last judged round."""
    if month is not None:
        return month
    with reading(engine) as session:
        day = last_judged(session)
    if day is None:
        raise XunjianError(say("results.no_rounds"))
    return f"{day:%Y-%m}"


def _table(engine: Engine, month: str, site: str | None) -> Table:
    with reading(engine) as session:
        found = sheets(session, month, site)
    if site is None:
        return all_table(found)
    told = {"site": found[0].site.name, "month": month, "total": said(found[0])}
    typer.echo(say("score.said", **told), err=True)
    return sheet_table(found[0])


def _export(engine: Engine, month: str, site: str | None, path: Path) -> None:
    with reading(engine) as session:
        found = sheets(session, month, site)
    content, count = score_form(found, as_csv=path.suffix.lower() == ".csv")
    write_new(path, content)
    typer.echo(say("score.form_written", path=path, count=count), err=True)


def _import(engine: Engine, file: Path, month: str) -> None:
    """Take the good rows, and conclude the months anew. Raises WrongFile with every bad one."""
    notes = Notes(str(file))
    sheet = read_sheet(file, notes)
    with transaction(engine) as session:
        known = judged_month(session, month, ())
        if known is None:
            raise XunjianError(say("score.no_round", month=month))
        named = Named.of(known.register)
        found = [] if sheet is None else list(written_entries(sheet, named, month, notes))
        kept = keep_entries(session, found, datetime.now(UTC))
        for one in sorted({entry.month for entry in found}):
            conclude_again(session, one)
    if found or not notes.mistakes:
        told = {"new": kept.new, "corrected": kept.corrected, "same": kept.same}
        typer.echo(say("score.taken", count=len(found), **told), err=True)
    if notes.mistakes:
        raise WrongFile(tuple(sorted(notes.mistakes)))
