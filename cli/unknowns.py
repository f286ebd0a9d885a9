"""`xunjian unknowns`: what could not be verified, and why."""

from __future__ import annotations

import typer

from cli.results import (
    FormatOption,
    MonthOption,
    OutOption,
    Request,
    RoundOption,
    SiteOption,
    answer,
)
from reports.findings import unknown_table
from reports.tables import Format
from storage.violations import Narrow


def unknowns(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print what stayed unknown, a row for each target and reason."""
    answer(ctx, unknown_table, Request(Narrow(month, round_, site), form, out))
