"""`xunjian violations`: what the machine found, a row for each duty, problem family and month."""

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
from reports.findings import violation_table
from reports.tables import Format
from storage.violations import Narrow


def violations(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print the violations there are, narrowed by month, failing check day or site."""
    answer(ctx, violation_table, Request(Narrow(month, round_, site), form, out))
