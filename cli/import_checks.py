"""`xunjian import-checks`: signed checks by people in, where the machine could not get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as civil_date
from pathlib import Path
from typing import Annotated

import typer

from cli.pictures import keep_picture
from cli.results import (
    FormatOption,
    OutOption,
    database,
    deliver,
    parse_day,
    terminal_width,
    write_new,
)
from cli.sheets import read_sheet
from cli.workspace import Workspace, workspace_of
from crawler.incoming import Taken, take_checks
from reports.changes import change_table
from reports.check_form import check_form
from reports.findings import target_names
from reports.tables import Format, render
from rules.check_rows import WrittenCheck, written_checks
from rules.checks import Check
from rules.errors import WrongFile
from rules.facts import SHANGHAI, Outcome
from rules.notes import Notes
from rules.register import Register, load_register
from rules.words import say
from storage.engine import reading
from storage.evidence import EvidenceStore


def import_checks(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=say("checks.file"))] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help=say("checks.template"), dir_okay=False),
    ] = None,
    as_of: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("checks.as_of"))
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Keep the good rows, judge again what they concern, and print the verdicts that changed.

    Raises WrongFile with every bad row, after the good ones have been kept.
    """
    workspace = workspace_of(ctx)
    if template is not None:
        _write_form(workspace, template)
    elif file is None:
        raise typer.BadParameter(say("checks.no_file"))
    else:
        _import(workspace, file, as_of or datetime.now(SHANGHAI).date(), form, out)


def _write_form(workspace: Workspace, path: Path) -> None:
    with database(workspace) as engine, reading(engine) as session:
        content, count = check_form(session)
    write_new(path, content)
    typer.echo(say("checks.form", path=path, count=count), err=True)


def _import(
    workspace: Workspace, file: Path, today: civil_date, form: Format, out: Path | None
) -> None:
    register, notes = load_register(workspace.rules_path), Notes(str(file))
    store = EvidenceStore(workspace.evidence_folder)
    checks = _read(file, register, today, store, notes)
    if checks or not notes.mistakes:
        with database(workspace) as engine:
            taken = take_checks(engine, checks, store, datetime.now(UTC))
        for line in _words_of(taken, len(checks)):
            typer.echo(line, err=True)
        table = change_table(taken.rejudged.changes, target_names(register))
        deliver(render(table, form, width=terminal_width(out)), form, out)
    if notes.mistakes:
        raise WrongFile(tuple(sorted(notes.mistakes)))


def _read(
    file: Path, register: Register, today: civil_date, store: EvidenceStore, notes: Notes
) -> list[Check]:
    """The good rows of a file, their screenshots kept."""
    sheet = read_sheet(file, notes)
    if sheet is None:
        return []
    found = (
        _with_picture(one, file.absolute().parent, store, notes)
        for one in written_checks(sheet, register, today, notes)
    )
    return [check for check in found if check is not None]


def _with_picture(
    one: WrittenCheck, folder: Path, store: EvidenceStore, notes: Notes
) -> Check | None:
    """The check of a row with its screenshot in the store; None if that cannot be had."""
    if not one.picture:
        return one.check
    digest = keep_picture(folder, one.line, "picture", store, notes)
    return None if digest is None else replace(one.check, screenshot=digest)


def _words_of(taken: Taken[Check], count: int) -> Iterator[str]:
    kept = taken.kept
    yield say(
        "checks.taken", count=count, new=kept.new, same=kept.same, corrected=len(kept.corrected)
    )
    yield from _corrections(kept.corrected)
    if not taken.rejudged.rounds:
        yield say("checks.no_rounds")
        return
    days = "、".join(map(str, taken.rejudged.rounds))
    yield say("checks.rounds", days=days, count=len(taken.rejudged.changes))


def _corrections(corrected: Sequence[Check]) -> Iterator[str]:
    for old in corrected:
        seen = str(old.newest or say(f"outcome.{Outcome(old.outcome)}"))
        yield say(
            "checks.corrected",
            target=old.target,
            day=old.checked_on,
            person=old.person,
            seen=seen,
        )
