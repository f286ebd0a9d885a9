"""The table of what a month's survey found: a row for each site and check."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from reports.tables import Cell, Table
from rules.site_checks import CHECKS, Place
from storage.site_checks import FoundCheck, site_checks

FIELDS = (
    "month",
    "site",
    "check",
    "rule",
    "check_truth",
    "decides",
    "count",
    "check_reason",
    "places",
    "evidence",
    "at",
)
SHOWN = ("site", "check", "check_truth", "decides", "count", "check_reason", "places")
PLACES_PRINTED = 10


def site_check_table(session: Session, month: str | None, names: Collection[str] = ()) -> Table:
    """Every check of a month (None: of all months), of these sites, or of all."""
    found = [one for one in site_checks(session, month) if not names or one.site in names]
    words = {
        "check": "site_check",
        "check_truth": "truth",
        "decides": "check_by",
        "check_reason": "check_doubt",
    }
    return Table("site_checks", FIELDS, tuple(map(_row, found)), SHOWN, words=words)


def _row(found: FoundCheck) -> dict[str, Cell]:
    check = found.check
    return {
        "month": found.month,
        "site": found.site,
        "check": check.code,
        "rule": CHECKS[check.code].problem,
        "check_truth": check.truth,
        "decides": check.by,
        "count": check.count,
        "check_reason": check.reason,
        "places": [_line(place) for place in check.places[:PLACES_PRINTED]],
        "evidence": list(check.evidence),
        "at": found.at,
    }


def _line(place: Place) -> str:
    """A place in one line: what, its address, and the page that it was found on."""
    at = place.url if place.url == place.parent else f"{place.url} ← {place.parent}"
    return f"{place.what} {at}".strip()
