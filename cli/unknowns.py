"""`xunjian unknowns`: what could not be verified, and why; and the letters that would mend it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    Request,
    RoundOption,
    SiteOption,
    answer,
    database,
    write_new,
)
from cli.workspace import Workspace, workspace_of
from reports.findings import unknown_table
from reports.letters import Letters, Sender, letters
from reports.tables import Format
from rules.errors import XunjianError
from rules.facts import SHANGHAI
from rules.profiles import load_profile
from rules.register import load_register
from rules.words import say
from storage.engine import reading
from storage.verdicts import last_judged
from storage.violations import Narrow


def unknowns(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
    letter: Annotated[
        Path | None,
        typer.Option("--letter", metavar="FOLDER", help=say("letters.option"), file_okay=False),
    ] = None,
) -> None:
    """Print what stayed unknown, a row for each target and reason; or write the letters."""
    narrow = Narrow(month, round_, site)
    if letter is None:
        answer(ctx, unknown_table, Request(narrow, form, out))
    else:
        _write(workspace_of(ctx), narrow, letter)


def _write(workspace: Workspace, narrow: Narrow, folder: Path) -> None:
    found = _letters(workspace, narrow)
    for one in found.to_send:
        path = folder / one.file
        if path.exists():  # perhaps somebody has filled it in already
            typer.echo(say("results.there", path=path), err=True)
            continue
        write_new(path, one.text.encode())
        typer.echo(path)
    for name in found.still_open:
        typer.echo(say("letters.still_open", site=name), err=True)
    if found.to_send:
        typer.echo(say("letters.next"), err=True)
    elif not found.still_open:
        typer.echo(say("letters.none"), err=True)


def _letters(workspace: Workspace, narrow: Narrow) -> Letters:
    """The letters about the round asked for, or the last judged one."""
    register = load_register(workspace.rules_path)
    profile = load_profile(register.profile, workspace.profiles_folder)
    settings = workspace.settings
    sender = Sender(workspace.user_agent, settings.addresses, settings.contact, settings.sampling)
    today = datetime.now(SHANGHAI).date()
    with database(workspace) as engine, reading(engine) as session:
        day = narrow.round or last_judged(session, narrow.month)
        if day is None:
            raise XunjianError(say("results.no_rounds"))
        asked = replace(narrow, month=None, round=day)
        return letters(session, asked, register, profile, sender, today)
