"""站内搜索 (P23): whether a site's own search shows titles that stand in its own lists.

Asks for at most MOST_LISTS lists, the page that the search is on, and MOST_TITLES questions, by
GET alone: nothing is posted anywhere. A title is one that is some days old, for an index lags.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.look import Look
from crawler.reading.search_results import Found, find_title
from crawler.reading.searching import (
    Offer,
    SearchForm,
    Searching,
    search_offer,
    search_request,
    titles_to_ask,
)
from rules.facts import Item, Outcome
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, found_at
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    Shown,
    columns_of_kind,
    home_of,
    is_whole,
    line_of,
    own_items,
    page_of,
    shown_by,
    shown_of,
)
from spiders.survey.pages import Page, Pages

CODE = "search"
KINDS = (ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY)
MOST_LISTS, MOST_TITLES = 4, 4


async def search(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """One place for each known title that page 1 of its results does not show."""
    home = pages.home
    if not home.is_shown:
        return (doubtful(CODE, Doubt.UNREAD),)
    offer = await _offer(pages, ask)
    if offer is None or offer.offer is Offer.SCRIPTED:
        return (doubtful(CODE, Doubt.UNCLEAR if ask.has_browser else Doubt.NO_BROWSER),)
    if offer.offer is Offer.NONE:
        return (found_at(CODE, [Place(home.url, home.url, say("search.none"), home=True)]),)
    form = await _form(offer, ask)
    titles = await _titles(seen, pages, ask)
    if form is None or not titles:
        return (doubtful(CODE, Doubt.UNCLEAR),)
    return (await _asked(form, titles, home.url, ask),)


async def _offer(pages: Pages, ask: Asker) -> Searching | None:
    """What the home page offers: by plain HTTP, else as its scripts leave it."""
    offers = [_offered(shown) for shown in shown_of(pages.home)]
    best = next((one for one in offers if one.offer in (Offer.FORM, Offer.LINK)), None)
    if best is not None:
        return best
    rendered = (await home_of(pages, ask)).seen
    shown = shown_by(rendered) if rendered else None
    if shown is None:
        return None
    offered = _offered(shown)
    return offered if is_whole(rendered) or offered.offer is not Offer.NONE else None


def _offered(shown: Shown) -> Searching:
    return search_offer(shown.body, url=shown.url, content_type=shown.content_type)


async def _form(offer: Searching, ask: Asker) -> SearchForm | None:
    """The first form that asks by GET; of a link, that of the page it leads to."""
    form = next((one for one in offer.forms if one.method == "GET"), None)
    if form is not None or not offer.links:
        return form
    shown = shown_by(await ask.get(offer.links[0]))
    forms = _offered(shown).forms if shown else ()
    return next((one for one in forms if one.method == "GET"), None)


async def _titles(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[str, ...]:
    """Titles of different lists, one list after the other."""
    lists = [
        await page_of(pages, ask, column.url, column)
        for column in columns_of_kind(seen.site, KINDS, MOST_LISTS)
    ]
    known = [list(_known(page, seen)) for page in lists]
    turns = (titles[turn] for turn in range(MOST_TITLES) for titles in known if turn < len(titles))
    return tuple(dict.fromkeys(turns))[:MOST_TITLES]


def _known(page: Page, seen: SiteSeen) -> Iterator[str]:
    if page.look.outcome is not Outcome.READ:
        return
    items: tuple[Item, ...] = tuple(item for item in own_items(page, seen.site) if item.date)
    yield from titles_to_ask(items, seen.errand.today, MOST_TITLES)


async def _asked(form: SearchForm, titles: tuple[str, ...], home: str, ask: Asker) -> SiteCheck:
    places: list[Place] = []
    evidence: list[str] = []
    answered = 0
    for title in titles:
        url = search_request(form, title).url
        found, look = await _found(url, title, home, ask)
        answered += found is not Found.UNCLEAR
        if found is Found.MISSING:
            places.append(Place(url, home, say("search.missing", title=title)))
            evidence.append(line_of(look))
    if not places and answered < len(titles):
        return doubtful(CODE, Doubt.UNCLEAR if ask.has_browser else Doubt.NO_BROWSER)
    return found_at(CODE, places, evidence)


async def _found(url: str, title: str, home: str, ask: Asker) -> tuple[Found, Look]:
    """What page 1 of the results shows; a wall, a firewall or an error says nothing. That a title
    is missing is seen in a browser alone: many engines fill their page by a script."""
    look = await ask.get(url, referer=home)
    if _says(shown_by(look), title) is Found.FOUND:
        return Found.FOUND, look
    rendered = await ask.see(url)
    return _says(shown_by(rendered) if rendered else None, title), rendered or look


def _says(shown: Shown | None, title: str) -> Found:
    if shown is None:
        return Found.UNCLEAR
    found = find_title(shown.body, title, url=shown.url, content_type=shown.content_type)
    return found if shown.whole or found is Found.FOUND else Found.UNCLEAR
