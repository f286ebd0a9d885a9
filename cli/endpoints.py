"""`xunjian endpoints [forget TARGET]`: the learned data calls, and how to be rid of one."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.results import (
    FormatOption,
    OutOption,
    SiteOption,
    database,
    deliver,
    terminal_width,
)
from cli.workspace import Workspace, workspace_of
from reports.endpoints import endpoint_table
from reports.tables import Format, render
from rules.errors import XunjianError
from rules.words import say
from storage.endpoints import forget
from storage.engine import reading, transaction
from storage.violations import Narrow


def endpoints(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="[forget]", help=say("endpoints.action"))
    ] = "list",
    target: Annotated[
        str | None, typer.Argument(metavar="[TARGET]", help=say("endpoints.target"))
    ] = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """List the learned calls, or forget that of one target."""
    workspace = workspace_of(ctx)
    if action == "forget" and target is not None:
        _forget(workspace, target)
        return
    if action != "list" or target is not None:
        raise typer.BadParameter(say("endpoints.bad_action", action=action))
    with database(workspace) as engine, reading(engine) as session:
        table = endpoint_table(session, Narrow(site=site))
    deliver(render(table, form, width=terminal_width(out)), form, out)


def _forget(workspace: Workspace, target: str) -> None:
    """Raises XunjianError where nothing is known of the target."""
    with database(workspace) as engine, transaction(engine) as session:
        known = forget(session, target)
    if not known:
        raise XunjianError(say("endpoints.none", target=target))
    typer.echo(say("endpoints.forgotten", target=target), err=True)
