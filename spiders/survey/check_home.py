"""首页不更新 (V3): the newest date that the home page shows anywhere. Asks for nothing but the home
page in a browser, and that only where plain HTTP showed nothing new.

It accuses nobody by itself: the site's columns are heard before (rules.veto_home).
"""

from __future__ import annotations

from datetime import timedelta

from crawler.reading.home_news import HomeNews, home_news
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, fine, found_at
from rules.veto_home import HOME_CHECK, WINDOW
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import home_of, shown_by, shown_of
from spiders.survey.pages import Page, Pages

LEAST_LINKS = 10  # a page with fewer was hardly seen whole
# Titles without dates on a page that shows no date at all: anything of it may be new.
HEADLINES = 3


async def updated(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """`what` of the one place is the newest date, or empty where the page shows none at all."""
    if _is_fresh(pages.home, seen):
        return (fine(HOME_CHECK),)
    home = await home_of(pages, ask)
    if _is_fresh(home, seen):
        return (fine(HOME_CHECK),)
    return (_stale(home, seen),)


def _is_fresh(home: Page, seen: SiteSeen) -> bool:
    """Whether any client was shown a date within the two weeks, in full and beside no clock."""
    oldest = seen.errand.today - timedelta(days=WINDOW)
    return any(one.newest is not None and one.newest >= oldest for one in _news(home, seen))


def _news(home: Page, seen: SiteSeen) -> list[HomeNews]:
    found = (
        home_news(shown.body, today=seen.errand.today, content_type=shown.content_type)
        for shown in shown_of(home)
    )
    return [one for one in found if one is not None]


def _stale(home: Page, seen: SiteSeen) -> SiteCheck:
    """What can be said of a home page without a fresh date: nothing, unless a browser was shown it
    whole, no part of it stands elsewhere, and nothing on it may mean a newer day."""
    if home.seen is None:
        return doubtful(HOME_CHECK, Doubt.NO_BROWSER if home.is_shown else Doubt.UNREAD)
    if not _is_whole(home):
        return doubtful(HOME_CHECK, Doubt.UNREAD)
    found = _news(home, seen)
    newest = max((one.newest for one in found if one.newest), default=None)
    perhaps = max((one.perhaps for one in found if one.perhaps), default=None)
    is_clear = found and not any(one.framed for one in found) and found[-1].links >= LEAST_LINKS
    oldest = seen.errand.today - timedelta(days=WINDOW)
    if perhaps is None:
        is_old = all(one.headlines < HEADLINES for one in found)
    else:
        is_old = newest is not None and perhaps < oldest
    if not (is_clear and is_old):
        return doubtful(HOME_CHECK, Doubt.UNCLEAR)
    words = perhaps.isoformat() if perhaps else ""
    return found_at(HOME_CHECK, [Place(home.url, home.url, words, home=True)])


def _is_whole(home: Page) -> bool:
    """Whether the browser was shown a page, with entries or a navigation of its own."""
    return home.seen is not None and shown_by(home.seen) is not None
