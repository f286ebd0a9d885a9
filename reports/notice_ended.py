"""Which targets owe nothing any more at a month's end: cancelled, closed, moved or exempted since.

Whoever wrote that into the register has decided; the notice names none of them for what was before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.register import Register, Site, Standing
from rules.veto_facts import site_target


def ended(register: Register, day: date) -> frozenset[str]:
    """The register's targets (columns, accounts, sites) that owe nothing on a check day."""
    accounts = (one.target for one in register.accounts if one.status is not Standing.RUNNING)
    columns = (target for site in register.sites for target in _of_site(site, day))
    return frozenset((*accounts, *columns))


def _of_site(site: Site, day: date) -> Iterator[str]:
    is_over = site.status is not Standing.RUNNING
    if is_over:
        yield site_target(site)
    for column in site.columns:
        if is_over or (column.exempt is not None and column.exempt.holds(day)):
            yield column.id
