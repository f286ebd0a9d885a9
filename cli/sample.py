"""`xunjian sample`: one visit to every home page, for 站点无法访问."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date as civil_date
from typing import Annotated

import typer

from cli.results import parse_day
from cli.rounds_run import City, Options, crawl_settings, open_city, stoppable
from cli.workspace import workspace_of
from crawler.lock import alone
from crawler.sampling import WaveReport, sample_homes
from rules.errors import Exit
from rules.words import say

INTERRUPTED = 130


def sample(
    ctx: typer.Context,
    proxy: Annotated[str | None, typer.Option(metavar="URL", help=say("option.proxy"))] = None,
    as_of: Annotated[
        civil_date | None, typer.Option(parser=parse_day, metavar="D", help=say("option.as_of"))
    ] = None,
) -> Exit | int:
    """Run one wave; exit 0 when done, 3 when homes were left out, 4 when no control answered."""
    workspace = workspace_of(ctx)
    city = open_city(workspace)
    with alone(workspace.root / "data" / "xunjian.lock"):
        try:
            report = asyncio.run(stoppable(wave(city, Options(proxy=proxy), as_of)))
        except KeyboardInterrupt:
            typer.echo(say("cli.interrupted"), err=True)
            return INTERRUPTED
    for line in words_of(report):
        typer.echo(line)
    if report.blind:
        return Exit.BLIND
    return Exit.INCOMPLETE if report.missing else Exit.DONE


async def wave(city: City, options: Options, as_of: civil_date | None) -> WaveReport:
    """One wave over a workspace; cancelled, it ends its child before it goes."""
    settings = crawl_settings(city.workspace, options)
    return await sample_homes(city.engine, city.register, city.profile, settings, as_of=as_of)


def words_of(report: WaveReport) -> Iterator[str]:
    """What a wave saw, a line each."""
    yield say(
        "sample.done",
        due=report.due,
        opened=report.opened,
        failed=report.failed,
        left_out=report.left_out,
    )
    if report.dropped:
        yield say("sample.dropped", count=report.dropped)
    if report.missing:
        yield say("sample.missing", count=report.missing)
