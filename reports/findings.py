"""The tables that analysts ask for: violations, unknowns, warnings, rounds, under published names.

The field names and their order are a contract (design, section 5). A finding of the database
knows its target only; what the target is called, and whose it is, says the register that held on
that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.advice import advice, sources_said
from reports.tables import Cell, Table
from reports.veto_words import near_a_veto
from rules.register import Register
from storage import findings
from storage.findings import Finding, RoundOverview
from storage.models import RegisterText, Violation
from storage.proposals import proposals
from storage.violations import Narrow, violations

VIOLATION_FIELDS = (
    "id",
    "list",
    "site",
    "account",
    "unit",
    "column",
    "kind",
    "platform",
    "problem",
    "rule",
    "newest",
    "days",
    "limit",
    "url",
    "outcome",
    "rounds",
    "first_failed",
    "last_failed",
    "status",
    "evidence",
)
_NAMED = ("site", "account", "unit", "column", "kind", "platform")
UNKNOWN_FIELDS = (*_NAMED, "reason", "url", "rounds", "sources", "advice")
PROPOSAL_FIELDS = (
    "id",
    *_NAMED,
    "problem",
    "rule",
    "signs",
    "url",
    "rounds",
    "status",
    "evidence",
)
WARNING_FIELDS = (*_NAMED, "newest", "days", "limit", "url", "rounds", "veto", "why")
ROUND_FIELDS = (
    "round",
    "status",
    "simulated",
    "due",
    "done",
    "ok",
    "violations",
    "unknowns",
    "reasons",
    "over_budget",
    "controls_probed",
    "controls_answered",
    "looks",
    "opened_at",
    "closed_at",
    "seconds",
)


def violation_table(session: Session, narrow: Narrow) -> Table:
    """Every violation asked for, as the database has it."""
    rows = tuple(_violation(row) for row in violations(session, narrow))
    shown = ("id", "site", "account", "unit", "column", "problem", "newest", "days", "limit")
    room = _used(rows, (*shown, "rounds", "status"))
    return Table("violations", VIOLATION_FIELDS, rows, room, words={"status": "violation_status"})


def unknown_table(session: Session, narrow: Narrow) -> Table:
    """What could not be verified, each target and reason once."""
    rows = tuple(
        {
            **name,
            "reason": found.reason,
            "url": found.url,
            "rounds": _days(found),
            "sources": sources_said(found.signs),
            "advice": advice(found.reason, found.signs) if name["account"] else None,
        }
        for found, name in named(session, findings.unknowns(session, narrow))
    )
    shown = ("site", "account", "unit", "column", "reason", "advice", "rounds", "url")
    return Table("unknowns", UNKNOWN_FIELDS, rows, _used(rows, shown), words={"reason": "reason"})


def warning_table(session: Session, narrow: Narrow) -> Table:
    """What is past its warning line but not past its limit; the unit is told, nobody is named.
    Behind it the sites near the line of a veto, in the month asked for or the last judged one."""
    columns = tuple(
        {
            **name,
            "newest": found.newest,
            "days": found.days,
            "limit": found.limit,
            "url": found.url,
            "rounds": _days(found),
            "veto": None,
            "why": None,
        }
        for found, name in named(session, findings.warnings(session, narrow))
    )
    blank: dict[str, Cell] = dict.fromkeys(WARNING_FIELDS)
    rows = (*columns, *(blank | dict(row) for row in near_a_veto(session, narrow)))
    shown = ("site", "account", "unit", "column", "newest", "days", "limit", "rounds", "url")
    return Table("warnings", WARNING_FIELDS, rows, _used(rows, (*shown, "veto", "why")))


def proposal_table(session: Session, narrow: Narrow) -> Table:
    """What the machine only proposes; nobody is accused of it before a person has confirmed it."""
    rows = tuple(
        {field: getattr(row, field) for field in PROPOSAL_FIELDS}
        for row in proposals(session, narrow)
    )
    shown = ("id", "site", "account", "unit", "column", "problem", "rounds", "status", "url")
    words = {"status": "violation_status"}
    return Table("review", PROPOSAL_FIELDS, rows, _used(rows, shown), words=words)


def round_table(session: Session, narrow: Narrow) -> Table:
    """How each round stands, from its ledger."""
    rows = tuple(_round(row) for row in findings.rounds(session, narrow))
    shown = ("round", "status", "due", "done", "ok", "violations", "unknowns", "reasons")
    words = {"status": "round_status", "reasons": "reason"}
    return Table("rounds", ROUND_FIELDS, rows, (*shown, "opened_at", "seconds"), words=words)


def _violation(row: Violation) -> dict[str, Cell]:
    names = {"list": "on_list"}
    return {field: getattr(row, names.get(field, field)) for field in VIOLATION_FIELDS}


def _days(found: Finding) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in found.rounds)


def _round(row: RoundOverview) -> dict[str, Cell]:
    ended = row.closed_at
    return {
        "round": row.check_date,
        "status": row.status,
        "simulated": row.simulated,
        "due": row.due,
        "done": row.done,
        "ok": row.truths.get("ok", 0),
        "violations": row.truths.get("violation", 0),
        "unknowns": row.truths.get("unknown", 0),
        "reasons": row.reasons,
        "over_budget": bool(row.report.get("over_budget", False)),
        "controls_probed": row.controls_probed,
        "controls_answered": row.controls_answered,
        "looks": row.looks,
        "opened_at": row.opened_at,
        "closed_at": ended,
        "seconds": None if ended is None else round((ended - row.opened_at).total_seconds()),
    }


def _used(rows: Iterable[Mapping[str, Cell]], fields: tuple[str, ...]) -> tuple[str, ...]:
    """Of `fields` those that any row fills: no column of accounts where there are none."""
    filled = [field for field in fields if any(row[field] not in (None, "", ()) for row in rows)]
    return tuple(filled) or fields


@dataclass(frozen=True, slots=True)
class TargetName:
    """What a target is called, and whose it is; `kind` and `platform` as in the register."""

    site: str | None
    account: str | None
    unit: str | None
    column: str | None
    kind: str | None
    platform: str | None


def target_names(register: Register) -> dict[str, TargetName]:
    """The names of every column and account of a register, by target."""
    columns = {
        column.id: TargetName(site.name, None, site.unit, column.name, column.kind, None)
        for site in register.sites
        for column in site.columns
    }
    accounts = {
        one.target: TargetName(None, one.name, one.unit, None, None, one.platform)
        for one in register.accounts
    }
    return columns | accounts


def named(session: Session, found: Iterable[Finding]) -> Iterable[tuple[Finding, dict[str, Cell]]]:
    """Each finding with the names that held on its last day."""
    books: dict[str, dict[str, TargetName]] = {}
    for one in found:
        if one.register_hash not in books:
            text = session.get_one(RegisterText, one.register_hash).text
            books[one.register_hash] = target_names(Register.from_snapshot(text))
        name = books[one.register_hash].get(one.target)
        yield one, {field: getattr(name, field, None) for field in _NAMED} | _site(one, name)


def _site(found: Finding, name: TargetName | None) -> dict[str, Cell]:
    return {} if name else {"site": found.site}
