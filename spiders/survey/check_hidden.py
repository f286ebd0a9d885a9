"""暗链 and lapsed domains (P10): links that are hidden or lent, and where a site's links lead now.

Asks for at most MOST_LISTS lists, MOST_EACH articles of each, and MOST_HOSTS other sites. Whoever
asks says who he is: what differs between the two clients is all that is known of cloaking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.addresses import host_of
from crawler.look import Look
from crawler.reading.hidden_links import (
    HiddenLink,
    advertises,
    foreign_links,
    hidden_links,
    is_for_sale,
    registered,
)
from crawler.reading.spam_words import OFFICIAL
from rules.facts import Outcome, Truth
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, found_at
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    any_shown,
    columns_of_kind,
    found_on,
    home_of,
    line_of,
    page_of,
    shown_of,
    some_items,
)
from spiders.survey.pages import SHOWN, Page, Pages

HIDDEN, LAPSED = "hidden_link", "lapsed_domain"
WATCHED = (ColumnKind.NOTICE, ColumnKind.NEWS, ColumnKind.POLICY, ColumnKind.OTHER)
MOST_LISTS, MOST_EACH, MOST_HOSTS = 4, 3, 15


async def hidden(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """Both checks on the pages of this month; in a second pass on the pages of the first's."""
    read = await _pages(seen, pages, ask)
    if not any_shown(read):
        return doubtful(HIDDEN, Doubt.UNREAD), doubtful(LAPSED, Doubt.UNREAD)
    places = tuple(_hidden(read))
    lent = frozenset(place.url for place in places)
    return found_on(HIDDEN, places, pages), await _lapsed(seen, read, lent, ask)


async def _pages(seen: SiteSeen, pages: Pages, ask: Asker) -> Sequence[Page]:
    if seen.before:
        rows = (seen.before.get(HIDDEN), seen.before.get(LAPSED))
        parents = dict.fromkeys(place.parent for row in rows if row for place in row.places)
        return [await _again(url, pages, ask) for url in parents]
    lists = [
        await page_of(pages, ask, column.url, column)
        for column in columns_of_kind(seen.site, WATCHED, MOST_LISTS)
    ]
    articles = [
        await page_of(pages, ask, item.url)
        for page in lists
        for item in some_items(page, seen.site, seen.errand.month, MOST_EACH)
    ]
    return [await home_of(pages, ask), *pages.columns, *pages.articles, *lists, *articles]


async def _again(url: str, pages: Pages, ask: Asker) -> Page:
    is_home = url == pages.home.url
    return await home_of(pages, ask) if is_home else await page_of(pages, ask, url)


def _hidden(pages: Sequence[Page]) -> Iterator[Place]:
    for page in pages:
        for shown in shown_of(page):
            found = hidden_links(shown.body, url=shown.url, content_type=shown.content_type)
            yield from (_place(one, page) for one in found or ())


def _place(one: HiddenLink, page: Page) -> Place:
    what = say("hidden.link", how=say(f"hidden.{one.how}"), words=one.words or one.topic)
    return Place(one.url, page.url, what, home=page.is_home)


async def _lapsed(
    seen: SiteSeen, pages: Sequence[Page], lent: frozenset[str], ask: Asker
) -> SiteCheck:
    """What other sites show to whom these pages send there: each once, and only its own answer.
    Those that are `lent` a link are told already, and are not asked for."""
    before = seen.before.get(LAPSED)
    is_again = before is not None and before.truth is Truth.VIOLATION
    places_before = before.places if before is not None and is_again else ()
    links = {one.url: one.parent for one in places_before} if is_again else _others(pages, lent)
    looks = {
        url: await ask.get(url, referer=parent) for url, parent in list(links.items())[:MOST_HOSTS]
    }
    taken = {url: _taken(look) for url, look in looks.items()}
    if taken and all(what is None for what in taken.values()):
        return doubtful(LAPSED, Doubt.UNREAD)
    places = [
        Place(url, links[url], what, home=links[url] == seen.site.url)
        for url, what in taken.items()
        if what
    ]
    return found_at(LAPSED, places, [line_of(looks[place.url]) for place in places])


def _taken(look: Look) -> str | None:
    """In words, what a lapsed domain shows now; "" for a site, None where nothing was had."""
    body, kind = look.answer.body, (look.answer.headers or {}).get("content-type")
    if look.outcome is Outcome.SUSPENDED and is_for_sale(body, content_type=kind):
        return say("hidden.parked")
    if look.outcome not in SHOWN:
        return None
    return say("hidden.taken") if advertises(body, content_type=kind) else ""


def _others(pages: Sequence[Page], lent: frozenset[str]) -> dict[str, str]:
    """The other sites that these pages link to: one address of each with its page; none of the
    state's own."""
    known: set[str] = {registered(host_of(url)) for url in lent}
    found: dict[str, str] = {}
    for page in pages:
        for shown in shown_of(page):
            for link in foreign_links(shown.body, url=shown.url, content_type=shown.content_type):
                name = registered(host_of(link))
                if name not in known and not host_of(link).endswith(OFFICIAL):
                    known.add(name)
                    found[link] = page.url
    return found
