"""`xunjian import-posts`: what people hand in for accounts: posts, and statements of none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from crawler.incoming import Taken
from crawler.incoming_posts import take_postings
from reports.changes import change_table
from reports.findings import target_names
from reports.posting_form import posting_form
from reports.tables import Format, render
from rules.errors import WrongFile
from rules.facts import SHANGHAI
from rules.notes import Notes
from rules.posting_rows import WrittenPosting, written_postings
from rules.postings import Posting
from rules.register import Register, load_register
from rules.windows import midnight
from rules.words import say
from storage.engine import reading
from storage.evidence import EvidenceStore


def import_posts(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=say("postings.file"))] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help=say("postings.template"), dir_okay=False),
    ] = None,
    as_of: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("postings.as_of"))
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
        _import(workspace, file, _now(as_of), form, out)


def _now(as_of: civil_date | None) -> datetime:
    """The instant that nothing may be later than: the last minute of a day, or the clock's."""
    if as_of is None:
        return datetime.now(UTC)
    return midnight(as_of + timedelta(days=1)) - timedelta(minutes=1)


def _write_form(workspace: Workspace, path: Path) -> None:
    register = load_register(workspace.rules_path)
    with database(workspace) as engine, reading(engine) as session:
        content, count = posting_form(session, register)
    write_new(path, content)
    typer.echo(say("postings.form", path=path, count=count), err=True)


def _import(
    workspace: Workspace, file: Path, now: datetime, form: Format, out: Path | None
) -> None:
    register, notes = load_register(workspace.rules_path), Notes(str(file))
    store = EvidenceStore(workspace.evidence_folder)
    found = _read(file, register, now, store, notes)
    if found or not notes.mistakes:
        with database(workspace) as engine:
            taken = take_postings(engine, found, store, datetime.now(UTC))
        for line in _words_of(taken, len(found)):
            typer.echo(line, err=True)
        table = change_table(taken.rejudged.changes, target_names(register))
        deliver(render(table, form, width=terminal_width(out)), form, out)
    if notes.mistakes:
        raise WrongFile(tuple(sorted(notes.mistakes)))


def _read(
    file: Path, register: Register, now: datetime, store: EvidenceStore, notes: Notes
) -> list[Posting]:
    """The good rows of a file, their screenshots kept."""
    sheet = read_sheet(file, notes, to_the_minute=True)
    if sheet is None:
        return []
    found = (
        _with_picture(one, file.absolute().parent, store, notes)
        for one in written_postings(sheet, register, now, notes)
    )
    return [posting for posting in found if posting is not None]


def _with_picture(
    one: WrittenPosting, folder: Path, store: EvidenceStore, notes: Notes
) -> Posting | None:
    """The posting of a row with its screenshot in the store; None if that cannot be had."""
    if not one.picture:
        return one.posting
    digest = keep_picture(folder, one.line, "post_picture", store, notes)
    return None if digest is None else replace(one.posting, screenshot=digest)


def _words_of(taken: Taken[Posting], count: int) -> Iterator[str]:
    kept, rejudged = taken.kept, taken.rejudged
    yield say(
        "postings.taken", count=count, new=kept.new, same=kept.same, corrected=len(kept.corrected)
    )
    for old in kept.corrected:
        yield _correction(old)
    if not rejudged.rounds:
        yield say("postings.no_rounds")
        return
    days = "、".join(map(str, rejudged.rounds))
    yield say("postings.rounds", days=days, count=len(rejudged.changes))


def _correction(old: Posting) -> str:
    at = old.checked_at or old.at
    return say(
        "postings.corrected",
        target=old.target,
        at=f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else "",
        kind=say(f"posting_kind.{old.kind}").split("、")[0],
        person=old.person or say("postings.nobody"),
    )
