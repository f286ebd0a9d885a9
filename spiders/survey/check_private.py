"""隐私 (P26): personal numbers shown in full on a site's pages. Proposed; masked in all we keep.

Asks for the lists of at most MOST_LISTS columns and MOST_EACH pages of each; lists of names are
published in notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.reading.private_numbers import masked_text, private_numbers
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    any_shown,
    columns_of_kind,
    found_on,
    page_of,
    shown_of,
    some_items,
)
from spiders.survey.pages import Page, Pages

CODE = "private_number"
MOST_LISTS, MOST_EACH = 1, 3


async def private(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """One place for each number that a page shows."""
    read = await _pages(seen, pages, ask)
    if not any_shown(read):
        return (doubtful(CODE, Doubt.UNREAD),)
    return (found_on(CODE, _places(read), pages),)


async def _pages(seen: SiteSeen, pages: Pages, ask: Asker) -> Sequence[Page]:
    before = seen.before.get(CODE)
    if before is not None and before.places:
        return [await page_of(pages, ask, url) for url in {one.parent for one in before.places}]
    found = list(pages.every)
    for column in columns_of_kind(seen.site, {ColumnKind.NOTICE}, MOST_LISTS):
        page = await page_of(pages, ask, column.url, column)
        items = some_items(page, seen.site, seen.errand.month, MOST_EACH)
        found += [await page_of(pages, ask, item.url) for item in items]
    return found


def _places(pages: Sequence[Page]) -> Iterator[Place]:
    for page in pages:
        for shown in shown_of(page):
            for one in private_numbers(shown.body, content_type=shown.content_type) or ():
                url = f"{masked_text(page.url)}#{one.masked}"
                what = say(f"private.{one.kind}", masked=one.masked)
                yield Place(url, page.url, what, home=page.is_home)
