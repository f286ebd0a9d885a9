"""`xunjian disclosure`: what the monthly surveys found of the disclosure platforms (annex 6)."""

from __future__ import annotations

import typer

from cli.results import FormatOption, MonthOption, OutOption, Request, SiteOption, answer
from reports.disclosure import disclosure_table
from reports.tables import Format
from storage.violations import Narrow


def disclosure(
    ctx: typer.Context,
    month: MonthOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print the platforms' cells, a row for each platform and month."""
    answer(ctx, disclosure_table, Request(Narrow(month=month, site=site), form, out))
