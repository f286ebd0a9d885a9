"""`xunjian explain ID`: the whole case of one violation, for whoever must answer for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.results import database
from cli.workspace import workspace_of
from reports.explanation import explain as explain_case
from reports.explanation import to_text
from reports.explanation_page import to_html
from rules.errors import XunjianError
from rules.words import say
from storage.engine import reading
from storage.files import write_whole
from storage.listed import listed

FORMS = ("text", "json")


def explain(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help=say("explain.id"))],
    form: Annotated[
        str, typer.Option("--format", metavar="text|json", help=say("explain.form"))
    ] = ("text"),
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help=say("explain.html"), dir_okay=False),
    ] = None,
) -> None:
    """Print the case, or write it as one HTML file."""
    if form not in FORMS:
        raise typer.BadParameter(say("explain.bad_form", form=form))
    workspace = workspace_of(ctx)
    with database(workspace) as engine, reading(engine) as session:
        case = explain_case(session, listed(session, number).id)
    if html is not None:
        try:
            write_whole(html.absolute(), to_html(case, workspace.evidence_folder).encode())
        except OSError as error:
            raise XunjianError(
                say("explain.not_written", path=html, what=error.strerror)
            ) from error
        typer.echo(say("explain.written", path=html), err=True)
        return
    whole = json.dumps(case.to_json(), ensure_ascii=False, indent=2) + "\n"
    typer.echo(whole if form == "json" else to_text(case), nl=False)
