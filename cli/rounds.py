"""`xunjian rounds`: how every round stands, by the ledger."""

from __future__ import annotations

import typer

from cli.results import FormatOption, MonthOption, OutOption, Request, RoundOption, answer
from reports.findings import round_table
from reports.tables import Format
from storage.violations import Narrow


def rounds(
    ctx: typer.Context,
    month: MonthOption = None,
    round_: RoundOption = None,
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Print each round's status, due, done, verdicts, unknowns by reason, controls, duration."""
    answer(ctx, round_table, Request(Narrow(month, round_), form, out))
