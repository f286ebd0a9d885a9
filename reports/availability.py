"""How often each home page could be opened: one row a site and week, its verdict and causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from reports.tables import Cell, Table
from rules.availability import WITHIN, Availability, DayCount, availability
from rules.register import Register, Standing
from storage.samples import counts

FIELDS = (
    "site",
    "unit",
    "since",
    "until",
    "samples",
    "fails",
    "share",
    "availability",
    "doubt",
    "causes",
    "left_out",
    "dropped",
    "least_a_day",
)
Span = tuple[date, date]  # two days, both inclusive


def availability_table(
    session: Session,
    register: Register,
    spans: Sequence[Span],
    *,
    site: str | None = None,
    within: timedelta = WITHIN,
) -> Table:
    """A row for each running site (or the one asked for) and span; a page that took longer than
    `within` did not open."""
    rows = tuple(
        _row(found, unit)
        for span in spans
        for found, unit in _of_span(register, span, counts(session, *span, within))
        if site in (None, found.site)
    )
    shown = (
        "site",
        "since",
        "until",
        "samples",
        "fails",
        "share",
        "availability",
        "doubt",
        "causes",
        "least_a_day",
    )
    words = {"availability": "availability", "doubt": "doubt", "causes": "outcome"}
    return Table("availability", FIELDS, rows, shown, words=words)


def _of_span(
    register: Register, span: Span, counted: Iterable[DayCount]
) -> list[tuple[Availability, str]]:
    by_site: dict[str, list[DayCount]] = defaultdict(list)
    for one in counted:
        by_site[one.site].append(one)
    return [
        (availability(known.name, by_site[known.name], *span), known.unit)
        for known in register.sites
        if known.status is Standing.RUNNING
    ]


def _row(found: Availability, unit: str) -> dict[str, Cell]:
    return {
        "site": found.site,
        "unit": unit,
        "since": found.since,
        "until": found.until,
        "samples": found.n,
        "fails": found.fails,
        "share": None if found.share is None else round(found.share, 4),
        "availability": found.standing,
        "doubt": found.doubt,
        "causes": {cause.value: count for cause, count in found.causes.items()},
        "left_out": found.left_out,
        "dropped": found.dropped,
        "least_a_day": found.least,
    }
