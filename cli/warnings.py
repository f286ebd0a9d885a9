"""`xunjian warnings`: what is past its warning line, but not yet past its limit."""

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
from reports.findings import warning_table
from reports.tables import Format
from storage.violations import Narrow


def warnings(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    site: SiteOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print what is about to become a violation; units are told, nobody is named."""
    answer(ctx, warning_table, Request(Narrow(month, round_, site), form, out))
