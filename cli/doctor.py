"""`xunjian doctor`: is this machine fit to inspect? One row a part, and what to do."""

from __future__ import annotations

import typer

from cli.examining import PARTS, Standing
from cli.results import FormatOption, OutOption, deliver, terminal_width
from cli.workspace import workspace_of
from reports.tables import Format, Table, render
from rules.errors import Exit
from rules.words import say


def doctor(ctx: typer.Context, form: FormatOption = Format.TABLE, out: OutOption = None) -> Exit:
    """Examine the machine and the workspace; exit 5 if something required is missing."""
    workspace = workspace_of(ctx)
    findings = tuple(finding for part in PARTS for finding in part(workspace))
    rows = tuple(
        {"part": say(f"part.{row.part}"), "standing": row.standing.value, "detail": row.detail}
        for row in findings
    )
    names = ("part", "standing", "detail")
    table = Table("parts", names, rows, names, {"standing": "part_standing"})
    deliver(render(table, form, width=terminal_width(out)), form, out)
    missing = any(row.standing is Standing.MISSING for row in findings)
    return Exit.ENVIRONMENT if missing else Exit.DONE
