"""`xunjian notice`: the month's notice, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cli.results import OutOption, database, deliver, parse_month
from cli.workspace import workspace_of
from reports.notice import notice as make_notice
from reports.tables import Format, to_json
from rules.words import say
from storage.engine import reading


class NoticeFormat(StrEnum):
    """The forms in which a notice can be had."""

    JSON = "json"


def notice(
    ctx: typer.Context,
    month: Annotated[
        str,
        typer.Option(
            "--month", parser=parse_month, metavar="YYYY-MM", help=say("notice.month_option")
        ),
    ],
    form: Annotated[
        NoticeFormat, typer.Option("--format", help=say("notice.format_option"))
    ] = NoticeFormat.JSON,
    out: OutOption = None,
) -> None:
    """Print the notice of a month; what its reader must know goes to stderr as well."""
    del form  # one so far
    with database(workspace_of(ctx)) as engine, reading(engine) as session:
        made = make_notice(session, month)
    for note in made.notes:
        typer.echo(note, err=True)
    deliver(f"{to_json(made.to_json())}\n".encode(), Format.JSON, out)
