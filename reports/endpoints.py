"""The table of learned data calls, for operators: what is asked instead of a browser, and how sure
that still is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.findings import TargetName, target_names
from reports.tables import Cell, Table
from rules.register import Register
from storage import endpoints
from storage.endpoints import Endpoint
from storage.models import RegisterText, Round
from storage.violations import Narrow

FIELDS = (
    "target",
    "site",
    "unit",
    "column",
    "method",
    "call",
    "carried",
    "learned_on",
    "verified_on",
    "rounds_since",
)
SHOWN = ("target", "method", "call", "carried", "learned_on", "verified_on", "rounds_since")


def endpoint_table(session: Session, narrow: Narrow) -> Table:
    """Every learned call, or those of one site, under the names of the latest round's register."""
    names = _names(session)
    rows = tuple(_row(one, names.get(one.target)) for one in endpoints.all_of(session, narrow.site))
    return Table("endpoints", FIELDS, rows, SHOWN)


def facts_of(found: Endpoint) -> dict[str, Cell]:
    """One learned call under its field names, its target's names apart."""
    return {
        "method": found.call.method,
        "call": found.call.url,
        "carried": found.call.items,
        "learned_on": found.learned_on,
        "verified_on": found.verified_on,
        "rounds_since": found.rounds_since,
    }


def _row(found: Endpoint, name: TargetName | None) -> dict[str, Cell]:
    known = {field: getattr(name, field, None) for field in ("site", "unit", "column")}
    return {"target": found.target, **known, **facts_of(found)}


def _names(session: Session) -> dict[str, TargetName]:
    query = select(Round.register_hash).order_by(Round.check_date.desc()).limit(1)
    latest = session.scalar(query)
    row = None if latest is None else session.get(RegisterText, latest)
    return {} if row is None else target_names(Register.from_snapshot(row.text))
