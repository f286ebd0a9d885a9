"""`xunjian evidence [verify]`: the bundles there are, and whether they are still what they were."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.results import FormatOption, OutOption, database, deliver, terminal_width
from cli.workspace import workspace_of
from reports.tables import Cell, Format, Table, render
from rules.errors import EnvironmentTrouble, Exit
from rules.facts import SHANGHAI
from rules.words import say
from storage.engine import reading
from storage.evidence import EvidenceStore, unproved
from storage.models import Due, EvidenceRow, Round
from storage.retention import kept_since

FIELDS = ("round", "target", "evidence_kind", "path", "size", "sha256", "taken_at")


def evidence(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="[verify]", help=say("evidence.action"))
    ] = "list",
    form: FormatOption = Format.TABLE,
    out: OutOption = None,
) -> Exit:
    """List every file of every bundle, or compare them all with the database."""
    if action not in ("list", "verify"):
        raise typer.BadParameter(say("evidence.bad_action", action=action))
    workspace = workspace_of(ctx)
    with database(workspace) as engine, reading(engine) as session:
        if action == "list":
            table = _table(session)
            deliver(render(table, form, width=terminal_width(out)), form, out)
            return Exit.DONE
        today = datetime.now(SHANGHAI).date()
        since = kept_since(workspace.settings.evidence_keep, today)
        return _verify(session, EvidenceStore(workspace.evidence_folder), since)


def _table(session: Session) -> Table:
    query = (
        select(EvidenceRow, Due.target, Round.check_date)
        .join(Due, EvidenceRow.due_id == Due.id)
        .join(Round, Due.round_id == Round.id)
        .order_by(Round.check_date, EvidenceRow.id)
    )
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "round": day,
            "target": target,
            "evidence_kind": row.kind,
            "path": row.path,
            "size": row.size,
            "sha256": row.sha256,
            "taken_at": row.taken_at,
        }
        for row, target, day in session.execute(query)
    )
    shown = ("round", "target", "evidence_kind", "path", "size")
    return Table("evidence", FIELDS, rows, shown)


def _verify(session: Session, store: EvidenceStore, since: date) -> Exit:
    damages, bare = store.verify(session, since), unproved(session, since)
    for one in damages:
        typer.echo(say(f"evidence.{one.what}", path=one.path))
    for number in bare:
        typer.echo(say("evidence.unproved", id=number))
    if damages or bare:
        raise EnvironmentTrouble(say("evidence.damaged", count=len(damages) + len(bare)))
    count = len(session.scalars(select(EvidenceRow.id)).all())
    typer.echo(say("evidence.fine", count=count))
    return Exit.DONE
