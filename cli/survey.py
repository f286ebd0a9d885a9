"""`xunjian survey`: the month's checks of sites, outside the rounds; its table at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date as civil_date
from datetime import datetime
from typing import Annotated

import typer

from cli.progress import round_progress
from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    database,
    deliver,
    parse_day,
    terminal_width,
)
from cli.rounds_run import City, Options, crawl_settings, open_city, stoppable
from cli.workspace import Workspace, workspace_of
from crawler.lock import alone
from crawler.survey.running import SurveyReport, Wanted, survey_month
from crawler.survey.targets import targets_of
from reports.site_checks import site_check_table
from reports.tables import Format, render
from rules.errors import Exit, XunjianError
from rules.facts import SHANGHAI
from rules.words import say
from storage.engine import reading
from storage.site_checks import last_survey

INTERRUPTED = 130


def survey(
    ctx: typer.Context,
    month: MonthOption = None,
    as_of: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("survey.as_of"))
    ] = None,
    site: Annotated[list[str] | None, typer.Option(metavar="NAME", help=say("survey.site"))] = None,
    every: Annotated[bool, typer.Option("--all", help=say("survey.all"))] = False,
    again: Annotated[bool, typer.Option("--again", help=say("survey.again"))] = False,
    show: Annotated[bool, typer.Option("--show", help=say("survey.show"))] = False,
    proxy: Annotated[str | None, typer.Option(metavar="URL", help=say("option.proxy"))] = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> Exit | int:
    """Survey what the month still owes, then print what stands; `--show` prints alone."""
    workspace = workspace_of(ctx)
    names = tuple(site or ())
    code: Exit | int = Exit.DONE
    if not show:
        month = month or (as_of or datetime.now(SHANGHAI).date()).strftime("%Y-%m")
        code = _run(workspace, Wanted(month, names, every=every, again=again), as_of, proxy)
        if code == INTERRUPTED:
            return code
    with database(workspace) as engine, reading(engine) as session:
        table = site_check_table(session, month or last_survey(session), names)
    deliver(render(table, form, width=terminal_width(out)), form, out)
    return code


def _run(
    workspace: Workspace, wanted: Wanted, as_of: civil_date | None, proxy: str | None
) -> Exit | int:
    city = open_city(workspace)
    unknown = sorted(set(wanted.names) - {one.name for one in city.register.sites})
    if unknown:
        raise XunjianError(say("survey.no_site", sites="、".join(unknown)))
    with alone(workspace.root / "data" / "xunjian.lock"):
        try:
            report = asyncio.run(stoppable(run_survey(city, wanted, as_of, Options(proxy=proxy))))
        except KeyboardInterrupt:
            typer.echo(say("cli.interrupted"), err=True)
            return INTERRUPTED
    for line in words_of(report):
        typer.echo(line, err=True)
    return exit_of(report)


async def run_survey(
    city: City, wanted: Wanted, as_of: civil_date | None, options: Options
) -> SurveyReport:
    """A month's survey over a workspace; cancelled, it ends its child before it goes."""
    settings = crawl_settings(city.workspace, options)
    if settings.browser is None:
        typer.echo(say("survey.no_browser"), err=True)
    due = len(
        targets_of(
            city.register,
            wanted.month,
            city.profile.survey_share,
            wanted.names,
            every=wanted.every,
            today=as_of or datetime.now(SHANGHAI).date(),
        )
    )
    with round_progress(say("survey.started", month=wanted.month, due=due), due, 0) as progress:
        return await survey_month(
            city.engine,
            city.register,
            city.profile,
            settings,
            wanted,
            as_of=as_of,
            on_stored=progress.stored,
        )


def words_of(report: SurveyReport) -> Iterator[str]:
    """How a survey ended, a line each."""
    yield say("survey.done", month=report.month, due=report.due, done=report.done)
    if report.blind:
        yield say("survey.blind", month=report.month)
    if report.left:
        yield say("survey.left", count=report.left)
    if report.given_up:
        yield say("survey.given_up", count=report.given_up)
    if report.broken:
        yield say("survey.broken", count=report.broken)


def exit_of(report: SurveyReport) -> Exit:
    """Blind, not complete, or done."""
    if report.blind:
        return Exit.BLIND
    return Exit.INCOMPLETE if report.left or report.given_up or report.broken else Exit.DONE
