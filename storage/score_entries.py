"""What people filled in for score sheets, as it is remembered: corrected by filling it in again.

Every function takes a session; the caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.problems import ACCOUNT_VETOES
from rules.register import Site
from rules.score_facts import Entry
from rules.veto_facts import site_names
from storage.models import ScoreEntryRow
from storage.submissions import Kept


def keep_entries(session: Session, found: Iterable[Entry], at: datetime) -> Kept:
    """Write entries; one of the same month, site and code is corrected by its new one."""
    new = same = corrected = 0
    for one in found:
        key = (ScoreEntryRow.month == one.month, ScoreEntryRow.site == one.site)
        query = select(ScoreEntryRow).where(*key, ScoreEntryRow.code == one.code)
        row = session.scalars(query).one_or_none()
        if row is not None and _told(row) == (one.points, one.reason, one.person):
            same += 1
            continue
        new, corrected = new + (row is None), corrected + (row is not None)
        row = row or ScoreEntryRow(month=one.month, site=one.site, code=one.code)
        row.points, row.reason, row.person = str(one.points), one.reason, one.person
        row.at = at
        session.add(row)
    session.flush()
    return Kept(new, same, corrected)


def _told(row: ScoreEntryRow) -> tuple[Decimal, str, str]:
    return Decimal(row.points), row.reason, row.person


def entries(
    session: Session, month: str, sites: Sequence[Site]
) -> Mapping[str, Mapping[str, Entry]]:
    """The entries of a month (YYYY-MM) by the name that a site has now, and code; the latest one,
    where a site was renamed in between."""
    owner = {name: site.name for site in sites for name in site_names(site)}
    query = select(ScoreEntryRow).where(ScoreEntryRow.month == month).order_by(ScoreEntryRow.at)
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for row in session.scalars(query):
        if row.site in owner:
            site = owner[row.site]
            one = Entry(month, site, row.code, Decimal(row.points), row.reason, row.person, row.at)
            found[site][row.code] = one
    return found


def account_entries(session: Session, month: str) -> Mapping[str, Mapping[str, Entry]]:
    """The entries of a month about accounts, by target and code."""
    query = select(ScoreEntryRow).where(
        ScoreEntryRow.month == month, ScoreEntryRow.code.in_(ACCOUNT_VETOES)
    )
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for row in session.scalars(query):
        found[row.site][row.code] = Entry(
            month, row.site, row.code, Decimal(row.points), row.reason, row.person, row.at
        )
    return found
