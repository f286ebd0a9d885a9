"""What another judging changed: one row a verdict, as it stood and as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.findings import TargetName
from reports.tables import Cell, Table
from storage.verdicts import Change

CHANGE_FIELDS = (
    "round",
    "site",
    "account",
    "platform",
    "column",
    "target",
    "before",
    "after",
    "problem",
    "reason",
    "newest",
    "days",
    "limit_before",
    "limit",
)


def change_table(changes: Sequence[Change], names: Mapping[str, TargetName]) -> Table:
    """The changed verdicts, by check day; `names` are the register's, by target."""
    rows = tuple(_row(one, names.get(one.target)) for one in changes)
    named = [key for key in ("site", "account", "platform", "column") if any(r[key] for r in rows)]
    shown = (
        "round",
        *named,
        "before",
        "after",
        "problem",
        "reason",
        "newest",
        "days",
        *_limits(rows),
    )
    words = {"before": "truth", "after": "truth", "reason": "reason", "platform": "platform"}
    return Table("changes", CHANGE_FIELDS, rows, shown, words=words)


def _limits(rows: Sequence[Mapping[str, Cell]]) -> tuple[str, ...]:
    """The limits, where one of them is another now."""
    return ("limit_before", "limit") if any(r["limit_before"] != r["limit"] for r in rows) else ()


def _row(one: Change, name: TargetName | None) -> dict[str, Cell]:
    return {
        "round": one.check_date,
        "site": name.site if name else None,
        "account": name.account if name else None,
        "platform": name.platform if name else None,
        "column": name.column if name else None,
        "target": one.target,
        "before": one.before.truth if one.before else None,
        "after": one.after.truth,
        "problem": one.after.wording,
        "reason": one.after.reason,
        "newest": one.after.newest,
        "days": one.after.days,
        "limit_before": one.before.limit if one.before else None,
        "limit": one.after.limit,
    }
