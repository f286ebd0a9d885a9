"""The search of a disclosure platform: whether it shows titles of the platform's own lists.

Asks by GET alone. What one question finds is enough; that it finds nothing needs answers to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from crawler.look import Look
from crawler.reading.search_results import Found, find_title
from crawler.reading.searching import (
    Offer,
    SearchForm,
    Searching,
    search_offer,
    search_request,
)
from rules.disclosure_proving import SEARCH, Claim, Why
from rules.facts import Truth
from spiders.survey.platform_claims import claim, unseen
from spiders.survey.platform_pages import Sheet, Sheets, type_of

MOST_TITLES, MOST_FORMS = 2, 3
BEST = (Offer.FORM, Offer.LINK, Offer.SCRIPTED, Offer.NONE)


async def search_claim(front: Sheet, titles: Sequence[str], sheets: Sheets) -> Claim:
    """What the search of a platform came to."""
    offer = offer_of(front)
    page = front
    if offer.offer is Offer.LINK:
        page = await sheets.at(offer.links[0], see=True)
        offer = offer_of(page)
    if offer.offer is Offer.NONE and page is front and front.has_text:
        return claim(SEARCH, Truth.VIOLATION, Why.NO_SEARCH, front)
    forms = _forms(offer, page)
    if not forms or not titles:
        return unseen(SEARCH, page)
    return await _asked(forms, titles[:MOST_TITLES], sheets)


def _forms(offer: Searching, page: Sheet) -> list[SearchForm]:
    """The forms that ask by GET: the platform's own before that of the site around it."""
    base = page.url.rpartition("/")[0]
    forms = [one for one in offer.forms if one.method == "GET"]
    return sorted(forms, key=lambda one: not one.url.startswith(base))[:MOST_FORMS]


def offer_of(sheet: Sheet) -> Searching:
    """The best that any look at a page offers."""
    offers = [
        search_offer(look.answer.body, url=look.answer.final_url, content_type=type_of(look))
        for look in sheet.shown
    ]
    return min(offers, key=lambda one: BEST.index(one.offer), default=Searching(Offer.SCRIPTED))


async def _asked(forms: Sequence[SearchForm], titles: Sequence[str], sheets: Sheets) -> Claim:
    """One form that shows one of the titles is enough."""
    missed: list[Sheet] = []
    unclear: list[Sheet] = []
    for form, title in product(forms, titles):
        page = await sheets.at(search_request(form, title).url, see=True)
        said = {_said(look, title) for look in page.shown}
        if Found.FOUND in said:
            return claim(SEARCH, Truth.OK, Why.SEEN, page, title)
        (missed if said == {Found.MISSING} else unclear).append(page)
    if unclear:
        return unseen(SEARCH, unclear[0])
    return claim(SEARCH, Truth.VIOLATION, Why.NOT_FOUND, missed[-1], titles[-1])


def _said(look: Look, title: str) -> Found:
    return find_title(
        look.answer.body, title, url=look.answer.final_url, content_type=type_of(look)
    )
