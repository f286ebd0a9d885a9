"""商业广告 (P27) on the pages of the month. Proposed only; asks for nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.reading.adverts import Advert, adverts
from rules.site_checks import Doubt, Place, SiteCheck, doubtful
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    found_on,
    shown_of,
)
from spiders.survey.pages import Pages

CODE = "advert"


async def advertising(_: SiteSeen, pages: Pages, __: Asker) -> tuple[SiteCheck, ...]:
    """One place for each piece of advertising."""
    if not pages.shown:
        return (doubtful(CODE, Doubt.UNREAD),)
    return (found_on(CODE, _places(pages), pages),)


def _places(pages: Pages) -> Iterator[Place]:
    for page in pages.shown:
        for shown in shown_of(page):
            found = adverts(shown.body, url=shown.url, content_type=shown.content_type)
            for one in found or ():
                yield Place(one.url, page.url, _what(one), home=page.is_home)


def _what(one: Advert) -> str:
    return say(f"advert.{one.how}", words=one.words)
