"""互动交流 (P16, P17, V5): a channel to ask by, letters that wait too long, what letters show.

Proposed only. Asks for at most MOST_COLUMNS columns, MOST_PAGES pages of each, and MOST_LETTERS
letters for each of the two questions. Nothing is ever sent to anybody.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urldefrag

from crawler.reading.paging import next_page
from crawler.reading.public_letters import (
    Letter,
    LetterState,
    ListedLetter,
    letter_of,
    waiting_letters,
)
from crawler.reading.ways import ways
from rules.facts import Truth
from rules.kinds import ColumnKind
from rules.public_letters import is_overdue
from rules.register import Column, Site
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, fine, found_at
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    columns_of_kind,
    found_on,
    home_of,
    is_whole,
    line_of,
    own_items,
    page_of,
    shown_of,
)
from spiders.survey.pages import Page, PageKind, Pages

CONSULT, LETTERS, PARTS = "consult", "letters", "letter_parts"
KINDS = (ColumnKind.MESSAGES, ColumnKind.CONSULT)
# Not 政务咨询 (standard 2.1, V5): complaints to other offices, interviews, collections of opinions.
OTHER_LETTERS = re.compile(r"信访|举报|纪检|监察|访谈|征集|调查")
CHANNEL = re.compile(r"咨询|建言|留言|写信|信箱|来信|互动|问政|诉求|民意|意见箱|12345")
MOST_COLUMNS, MOST_PAGES, MOST_LETTERS, MOST_PARTS = 2, 3, 10, 5


async def letters(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """The three checks of a site's letters."""
    columns = _columns(seen.site)
    if not columns:
        nothing = (doubtful(code, Doubt.NOT_APPLICABLE) for code in (LETTERS, PARTS))
        return (await _consult(seen, pages, ask), *nothing)
    lists = [page for column in columns for page in await _lists(column, pages, ask)]
    return (
        await _consult(seen, pages, ask),
        await _overdue(seen, lists, pages, ask),
        await _parts(seen, lists, pages, ask),
    )


def _columns(site: Site) -> tuple[Column, ...]:
    found = columns_of_kind(site, KINDS, len(site.columns))
    return tuple(one for one in found if not OTHER_LETTERS.search(one.name))[:MOST_COLUMNS]


async def _lists(column: Column, pages: Pages, ask: Asker) -> list[Page]:
    """The first pages of a list of letters."""
    found = [await page_of(pages, ask, column.url, column)]
    while len(found) < MOST_PAGES:
        shown = next(shown_of(found[-1]), None)
        onward = next_page(shown.body, shown.url, shown.content_type) if shown else None
        if onward is None or onward in {page.url for page in found}:
            break
        found.append(await page_of(pages, ask, onward, column))
    return found


async def _consult(seen: SiteSeen, pages: Pages, ask: Asker) -> SiteCheck:
    """A channel in the register or on the home page; that there is none is seen in a browser."""
    if columns_of_kind(seen.site, KINDS, 1):
        return fine(CONSULT)
    home = pages.home
    if any(_offers_channel(home)):
        return fine(CONSULT)
    if not home.is_shown:
        return doubtful(CONSULT, Doubt.UNREAD)
    rendered = (await home_of(pages, ask)).seen
    if rendered is None or not is_whole(rendered):
        return doubtful(CONSULT, Doubt.UNREAD if rendered else Doubt.NO_BROWSER)
    again = Page(PageKind.HOME, home.url, rendered)
    if any(_offers_channel(again)):
        return fine(CONSULT)
    place = Place(home.url, home.url, say("public_letter.no_channel"), home=True)
    return found_at(CONSULT, [place], [line_of(rendered)])


def _offers_channel(page: Page) -> list[bool]:
    return [
        True
        for shown in shown_of(page)
        for way in ways(shown.body, url=shown.url, content_type=shown.content_type)
        if CHANNEL.search(way.words)
    ]


async def _overdue(seen: SiteSeen, lists: list[Page], pages: Pages, ask: Asker) -> SiteCheck:
    """Letters that their list and their own page say are waiting, for more than three months."""
    today = seen.errand.today
    if not any(page.is_shown and page.items for page in lists):
        return doubtful(LETTERS, Doubt.UNREAD)
    listed = {one.url: (one, page.url) for page in lists for one in _waiting(page, today)}
    before = seen.before.get(LETTERS)
    if before is not None and before.truth is Truth.VIOLATION:
        again = {place.url for place in before.places}
        listed = {url: one for url, one in listed.items() if url in again}
    places: list[Place] = []
    for url, (one, parent) in list(listed.items())[:MOST_LETTERS]:
        asked = _asked(one, await _letter(url, pages, ask, today))
        if asked is not None and is_overdue(asked, today):
            days = (today - asked).days
            places.append(Place(url, parent, say("public_letter.waiting", asked=asked, days=days)))
    return found_on(LETTERS, places, pages)


def _waiting(page: Page, today: date) -> list[ListedLetter]:
    return [
        one
        for shown in shown_of(page)
        for one in waiting_letters(
            shown.body, url=shown.url, today=today, content_type=shown.content_type
        )
        or ()
        if one.asked is None or is_overdue(one.asked, today)
    ]


def _asked(listed: ListedLetter, letter: Letter | None) -> date | None:
    """When a letter was asked that waits by its own page as well; None where the two disagree."""
    if letter is None or letter.state is not LetterState.WAITING:
        return None
    if listed.asked and letter.asked and listed.asked != letter.asked:
        return max(listed.asked, letter.asked)
    return letter.asked or listed.asked


async def _letter(url: str, pages: Pages, ask: Asker, today: date) -> Letter | None:
    """What a letter's page says, by the client that was shown the most of it."""
    page = await page_of(pages, ask, url)
    found = [
        letter_of(shown.body, today=today, content_type=shown.content_type)
        for shown in shown_of(page)
        if shown.whole
    ]
    read = [one for one in found if one is not None]
    return min(read, key=lambda one: len(one.missing), default=None)


async def _parts(seen: SiteSeen, lists: list[Page], pages: Pages, ask: Asker) -> SiteCheck:
    """What the newest answered letters do not show, of the four parts that they must."""
    before = seen.before.get(PARTS)
    if before is not None and before.truth is Truth.VIOLATION:
        parents = {urldefrag(place.url)[0]: place.parent for place in before.places}
    else:
        parents = {
            item.url: page.url for page in lists for item in own_items(page, seen.site)[:MOST_PARTS]
        }
    places: list[Place] = []
    read = 0
    for url, parent in list(parents.items())[:MOST_PARTS]:
        letter = await _letter(url, pages, ask, seen.errand.today)
        if letter is None or letter.state is not LetterState.ANSWERED:
            continue
        read += 1
        places += [Place(f"{url}#{name}", parent, name) for name in letter.missing]
    return found_on(PARTS, places, pages) if read else doubtful(PARTS, Doubt.UNCLEAR)
