"""`xunjian review`: what the machine only proposes, for a person to look at."""

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
from reports.findings import proposal_table
from reports.tables import Format
from storage.violations import Narrow


def review(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print what waits for review, a row for each duty, problem and month."""
    answer(ctx, proposal_table, Request(Narrow(month, round_, site), form, out))
