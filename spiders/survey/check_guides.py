"""办事指南 (P20, V6): which element classes the guides of a site do not show. Proposed only.

Asks for the lists of at most MOST_COLUMNS columns and MOST_GUIDES guides of each.
"""

from __future__ import annotations

from crawler.reading.guides import GuideReading, GuideState, guide_of
from rules.facts import Truth
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    columns_of_kind,
    found_on,
    page_of,
    shown_of,
    some_items,
)
from spiders.survey.pages import Pages

CODE = "guide"
MOST_COLUMNS, MOST_GUIDES = 2, 8
Listed = tuple[str, str, str]  # address and title of a guide, its list


async def guides(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """One place for each guide that is short; `what` names the classes it lacks, by 、."""
    listed = await _listed(seen, pages, ask)
    if not listed:
        return (doubtful(CODE, Doubt.NOT_APPLICABLE if _has_none(seen) else Doubt.UNREAD),)
    read = {one: await _read(one, pages, ask) for one in listed}
    if not any(reading.state is GuideState.GUIDE for reading in read.values()):
        return (doubtful(CODE, Doubt.UNCLEAR),)
    places = (
        Place(url, parent, "、".join(reading.missing))
        for (url, _, parent), reading in read.items()
        if reading.state is GuideState.GUIDE and reading.missing
    )
    return (found_on(CODE, places, pages),)


def _has_none(seen: SiteSeen) -> bool:
    return not columns_of_kind(seen.site, {ColumnKind.GUIDE}, 1)


async def _listed(seen: SiteSeen, pages: Pages, ask: Asker) -> list[Listed]:
    found: list[Listed] = []
    for column in columns_of_kind(seen.site, {ColumnKind.GUIDE}, MOST_COLUMNS):
        page = await page_of(pages, ask, column.url, column)
        items = some_items(page, seen.site, seen.errand.month, MOST_GUIDES)
        found += [(item.url, item.title, column.url) for item in items]
    before = seen.before.get(CODE)
    if before is None or before.truth is not Truth.VIOLATION:
        return found
    again = {place.url for place in before.places}
    return [one for one in found if one[0] in again]


async def _read(one: Listed, pages: Pages, ask: Asker) -> GuideReading:
    """What the guide's page says, by whichever client was shown more of it."""
    page = await page_of(pages, ask, one[0])
    readings = [
        guide_of(shown.body, title=one[1], content_type=shown.content_type)
        for shown in shown_of(page)
        if shown.whole
    ]
    unread = GuideReading(GuideState.UNREADABLE)
    return min(readings, key=_doubt_first, default=unread)


def _doubt_first(reading: GuideReading) -> tuple[bool, int]:
    return reading.state is GuideState.GUIDE, len(reading.missing)
