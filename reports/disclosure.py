"""The table of disclosure platforms: the cells of annex 6 as surveys found them, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from reports.tables import Cell, Table
from rules.disclosure_labels import Section
from rules.reviewing import Reference, Subject
from rules.words import say
from storage.disclosure import platforms, row_of
from storage.models import DisclosureRow
from storage.violations import Narrow

FIELDS = (
    "id",
    "month",
    "unit",
    "site",
    "home_entry",
    "built",
    "search",
    "browse",
    "updated",
    "remark",
    "why",
    "url",
    "status",
    "evidence",
    "at",
)
SHOWN = ("id", "unit", "home_entry", "built", "search", "browse", "updated", "remark", "status")
CELLS = ("home_entry", "search", "browse", "updated")
CLEAR = "clear"


def disclosure_table(session: Session, narrow: Narrow) -> Table:
    """Every platform of a month (of all), in the order of annex 6's first survey."""
    rows = tuple(
        _row(one) for one in platforms(session, narrow.month) if narrow.site in (None, one.site)
    )
    words = dict.fromkeys(CELLS, "disclosure_cell")
    words |= {"built": "disclosure_built", "status": "disclosure_status"}
    return Table("disclosure", FIELDS, rows, SHOWN, words=words)


def _row(stored: DisclosureRow) -> Mapping[str, Cell]:
    accuses = row_of(stored).accuses
    return {
        **{name: getattr(stored, name) for name in FIELDS if hasattr(stored, name)},
        "id": str(Reference(Subject.DISCLOSURE, stored.id)),
        "built": stored.built or "unknown",
        "why": list(_reasons(stored.claims)),
        "status": stored.status if accuses else CLEAR,
        "at": stored.seen_at,
    }


def _reasons(claims: Mapping[str, Any]) -> Iterator[str]:
    """What the last pass saw of each point that did not come out well, and where."""
    passes = claims.get("passes", [])
    for claim in passes[-1]["claims"] if passes else ():
        if claim["truth"] == "ok":
            continue
        kind, _, section = claim["point"].partition(":")
        what = say(f"disclosure_point.{kind}")
        if section in set(Section):
            what = f"{what}（{say(f'disclosure_section.{section}')}）"
        why, detail = say(f"disclosure_why.{claim['why']}"), claim["detail"]
        yield say("disclosure.reason", what=what, why=why, detail=detail, url=claim["url"]).strip()
