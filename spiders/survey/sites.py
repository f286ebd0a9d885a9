"""The survey of one site: its pages fetched once, every check run on them, two passes put together.

A check that breaks is our own fault and unknown; it costs no other check its result.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from rules.errors import EnvironmentTrouble
from rules.facts import Truth
from rules.site_checks import Doubt, SiteCheck, confirmed, doubtful
from spiders.survey.asking import Asker
from spiders.survey.checks import Check, SiteSeen
from spiders.survey.errand import Errand
from spiders.survey.pages import Pages, fetch_pages
from spiders.survey.rows import ROWS
from spiders.survey.surveyor import Surveyor
from storage.site_checks import keep_checks

Found = Mapping[str, SiteCheck]

log = logging.getLogger(__name__)


async def survey(
    errand: Errand, ask: Asker, before: Found | None, *, rows: Sequence[Check] = ROWS
) -> Found:
    """One pass. In the second only the checks that were negative are run, and both put together."""
    if errand.site is None:
        return {}
    earlier = before or {}
    run = rows if before is None else rows_again(rows, earlier)
    pages = await fetch_pages(errand, errand.site, ask)
    seen = SiteSeen(errand.site, errand, earlier)
    found: dict[str, SiteCheck] = {}
    for row in run:
        found |= {check.code: check for check in await _run(row, seen, pages, ask)}
    return found if before is None else together(earlier, found)


async def _run(row: Check, seen: SiteSeen, pages: Pages, ask: Asker) -> Sequence[SiteCheck]:
    try:
        return await row.run(seen, pages, ask)
    except EnvironmentTrouble:
        raise
    except Exception:  # a bug of ours in one check: said in the log, and nobody's problem
        log.exception("check %s of %s", row.codes, seen.site.name)
        return [doubtful(code, Doubt.OUR_FAULT) for code in row.codes]


def rows_again(rows: Sequence[Check], earlier: Found) -> tuple[Check, ...]:
    """The rows of which any code was negative."""
    negative = {code for code, check in earlier.items() if check.truth is Truth.VIOLATION}
    return tuple(row for row in rows if negative.intersection(row.codes))


def together(earlier: Found, found: Found) -> Found:
    """Both passes: what was negative needs the second, what was not stays as it was."""
    silent = {
        code: doubtful(code, Doubt.OUR_FAULT)
        for code, check in earlier.items()
        if check.truth is Truth.VIOLATION
    }
    return {
        code: confirmed(check, (silent | dict(found)).get(code, check))
        for code, check in earlier.items()
    }


def needs_again(found: Found) -> bool:
    """Whether anything negative must be looked at a second time."""
    return any(check.truth is Truth.VIOLATION for check in found.values())


def write(found: Found) -> dict[str, Any]:
    """The results as plain JSON."""
    return {code: check.to_plain() for code, check in found.items()}


def read(plain: Mapping[str, Any]) -> Found:
    """What `write` wrote."""
    return {code: SiteCheck.from_plain(check) for code, check in plain.items()}


def keep(session: Session, errand: Errand, found: Found) -> None:
    """Write the results of a site's month."""
    keep_checks(session, errand.month, errand.target, found.values(), errand.at)


SURVEYOR = Surveyor(survey, needs_again, write, read, keep)
