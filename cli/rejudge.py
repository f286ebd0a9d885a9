"""`xunjian rejudge`: what a month's rounds come to under another profile, and what is different."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer

from cli.results import FormatOption, OutOption, database, deliver, parse_month, terminal_width
from cli.workspace import workspace_of
from crawler.rejudging import rejudge as judge_month
from reports.changes import change_table
from reports.findings import target_names
from reports.tables import Format, render
from rules.errors import XunjianError
from rules.profiles import load_profile
from rules.register import Register
from rules.words import say
from storage import verdicts
from storage.engine import transaction
from storage.models import RegisterText


def rejudge(
    ctx: typer.Context,
    month: Annotated[
        str,
        typer.Option(
            "--month", parser=parse_month, metavar="YYYY-MM", help=say("rejudge.month_option")
        ),
    ],
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help=say("rejudge.profile_option"))
    ],
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Write verdicts under another profile beside the rounds' own, and print what is different."""
    workspace = workspace_of(ctx)
    other = load_profile(profile, workspace.profiles_folder)
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    with database(workspace) as engine, transaction(engine) as session:
        rounds = verdicts.judged_rounds(session, first, last)
        if not rounds:
            raise XunjianError(say("rejudge.nothing", month=month))
        found = judge_month(session, rounds, other, datetime.now(UTC))
        text = session.get_one(RegisterText, rounds[-1].register_hash).text
        names = target_names(Register.from_snapshot(text))
    days = "、".join(map(str, found.rounds))
    told = {"days": days, "profile": other.name, "count": found.verdicts}
    typer.echo(say("rejudge.done", **told, changed=len(found.changes)), err=True)
    table = change_table(found.changes, names)
    deliver(render(table, form, width=terminal_width(out)), form, out)
