"""`xunjian read`: what is read off saved pages, without a network."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.pages import Seen, shown
from cli.results import FormatOption, OutOption, deliver, parse_day, terminal_width
from cli.workspace import Workspace, workspace_of
from crawler.reading import read_page
from reports.tables import Format
from rules.facts import SHANGHAI
from rules.kinds import suggest_kind
from rules.profiles import Profile, load_profile
from rules.register import load_register
from rules.words import say

NOWHERE = "http://saved.invalid/"  # links of a page whose address nobody told


def read(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help=say("read.files")),
    ],
    url: Annotated[str, typer.Option(metavar="URL", help=say("read.url"))] = NOWHERE,
    today: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="D", help=say("read.today"))
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Read each file as of `today` (default: now in Shanghai) and show what it says."""
    profile = profile_of(workspace_of(ctx))
    day = today or datetime.now(SHANGHAI).date()
    pages = [_seen(file, url, day, profile) for file in files]
    deliver(shown(pages, form, terminal_width(out)), form, out)


def _seen(file: Path, url: str, today: date, profile: Profile) -> Seen:
    reading = read_page(file.read_bytes(), url=url, today=today)
    return Seen(str(file), reading, suggest_kind(reading.column_name or "", profile))


def profile_of(workspace: Workspace) -> Profile:
    """The profile of the workspace's register; the national one where there is no register."""
    if not workspace.rules_path.exists():
        return load_profile("national", workspace.profiles_folder)
    return load_profile(load_register(workspace.rules_path).profile, workspace.profiles_folder)
