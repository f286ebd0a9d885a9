"""`xunjian crawl`: run one round, from opening or where it was left, to its end."""

from __future__ import annotations

import sys
from datetime import date as civil_date
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.results import parse_day
from cli.rounds_run import City, Options, exit_of, open_city, run_round, words_of
from cli.workspace import workspace_of
from crawler.lock import alone
from rules.calendar import latest_check_day
from rules.durations import parse_duration
from rules.errors import Exit, XunjianError
from rules.facts import SHANGHAI
from rules.words import say

INTERRUPTED = 130


def durations(text: str) -> tuple[timedelta, ...]:
    """Ascending durations, `20m,2h`; an empty text means no re-checks."""
    try:
        found = tuple(parse_duration(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise typer.BadParameter(say("option.bad_durations", text=text)) from error
    if list(found) != sorted(found):
        raise typer.BadParameter(say("option.bad_durations", text=text))
    return found


def crawl(
    ctx: typer.Context,
    date: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("option.date"))
    ] = None,
    as_of: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("option.as_of"))
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help=say("option.only"))] = None,
    proxy: Annotated[str | None, typer.Option(metavar="URL", help=say("option.proxy"))] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, metavar="N", help=say("option.workers"))
    ] = None,
    recheck_after: Annotated[
        str | None, typer.Option(metavar="20m,2h", help=say("option.recheck_after"))
    ] = None,
) -> Exit | int:
    """Run one round; exit 0 when complete, 3 when not, 4 when blind or too much is unknown."""
    options = Options(
        proxy=proxy,
        workers=workers,
        recheck_after=None if recheck_after is None else durations(recheck_after),
        only=tuple(only or ()),
    )
    workspace = workspace_of(ctx)
    city = open_city(workspace)
    with alone(workspace.root / "data" / "xunjian.lock"):
        return _crawl(city, check_day(city, date, as_of), as_of, options)


def check_day(city: City, asked: civil_date | None, as_of: civil_date | None) -> civil_date:
    """The check day meant: the one asked for, else the latest one. Raises for a day to come."""
    today = as_of or datetime.now(SHANGHAI).date()
    latest = latest_check_day(city.register.rounds, today)
    if asked is not None and asked > today:
        raise XunjianError(say("crawl.future_day", day=asked, latest=latest))
    return asked or latest


def _crawl(
    city: City, check_date: civil_date, as_of: civil_date | None, options: Options
) -> Exit | int:
    try:
        _, report = run_round(city, check_date, as_of, options)
    except KeyboardInterrupt:
        command = " ".join(["xunjian", *sys.argv[1:]])
        typer.echo(say("crawl.interrupted", command=command), err=True)
        return INTERRUPTED
    for line in words_of(report, narrowed=bool(options.only)):
        typer.echo(line)
    return exit_of(report)
