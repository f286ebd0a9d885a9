"""`xunjian availability`: how often each site's home page could be opened, by the week."""

from __future__ import annotations

from datetime import date as civil_date
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    SiteOption,
    database,
    deliver,
    parse_day,
    terminal_width,
)
from cli.workspace import workspace_of
from reports.availability import Span, availability_table
from reports.tables import Format, render
from rules.availability import WEEK, week_before
from rules.calendar import month_check_days
from rules.facts import SHANGHAI
from rules.profiles import load_profile
from rules.register import Register, load_register
from rules.words import say
from storage.engine import reading


def availability(
    ctx: typer.Context,
    month: MonthOption = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=366, metavar="N", help=say("availability.days"))
    ] = None,
    site: SiteOption = None,
    as_of: Annotated[
        civil_date | None,
        typer.Option(parser=parse_day, metavar="D", help=say("availability.as_of")),
    ] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print a row for each running site and week; default: the last seven whole days."""
    if month is not None and days is not None:
        raise typer.BadParameter(say("availability.both"))
    workspace = workspace_of(ctx)
    register = load_register(workspace.rules_path)
    profile = load_profile(register.profile, workspace.profiles_folder)
    spans = _spans(register, month, days or WEEK, as_of or datetime.now(SHANGHAI).date())
    with database(workspace) as engine, reading(engine) as session:
        within = profile.answer_within
        table = availability_table(session, register, spans, site=site, within=within)
    deliver(render(table, form, width=terminal_width(out)), form, out)


def _spans(register: Register, month: str | None, days: int, today: civil_date) -> list[Span]:
    """The whole days to look at: the last ones, or the week before each check day of a month that
    has begun."""
    if month is None:
        return [(today - timedelta(days=days), today - timedelta(days=1))]
    checks = month_check_days(register.rounds, month)
    return [week_before(day) for day in checks if day <= today]
