"""《政府网站工作年度报表》 of last year, from 31 January on (国办函〔2018〕12号).

On the home page, behind a link of it, or in its registered column. Asks for the column's first page
and at most MOST_LINKS pages that the home page links to as such reports. Before the deadline it
asks nothing.
"""

from __future__ import annotations

from datetime import date

from crawler.reading.paging import goes_on, next_page
from crawler.reading.yearly_report import ReportLink, is_report, names_year, report_links, year_in
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, fine
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import (
    columns_of_kind,
    found_on,
    home_of,
    is_whole,
    page_of,
    shown_by,
    shown_of,
)
from spiders.survey.pages import Page, Pages

CODE = "site_report"
DEADLINE = (1, 31)
MOST_COLUMNS, MOST_LINKS = 2, 3
CUT = ("…", "...", "..")


async def site_report(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """Whether last year's report stands where it must. That it does not is seen where a list of
    such reports was read, or where the home page in a browser leads to none."""
    today = seen.errand.today
    if today <= date(today.year, *DEADLINE):
        return (fine(CODE, reason=say("site_report.not_due")),)
    year = today.year - 1
    linked = _linked(pages.home)
    if any(one.year == year for one in linked):
        return (fine(CODE),)
    places = await _places(seen, linked, pages, ask)
    if any(_names(page, year) for page in places):
        return (fine(CODE),)
    return (await _missing(places, year, pages, ask),)


async def _places(
    seen: SiteSeen, linked: tuple[ReportLink, ...], pages: Pages, ask: Asker
) -> list[Page]:
    """Where reports are listed: registered columns, then what the home page links to as such."""
    columns = columns_of_kind(seen.site, {ColumnKind.SITE_REPORT}, MOST_COLUMNS)
    found = [await page_of(pages, ask, column.url, column) for column in columns]
    urls = dict.fromkeys(one.url for one in linked if one.year is None)
    known = {page.url for page in found}
    found += [await page_of(pages, ask, url) for url in list(urls)[:MOST_LINKS] if url not in known]
    return found


async def _missing(places: list[Page], year: int, pages: Pages, ask: Asker) -> SiteCheck:
    what = say("site_report.missing", year=year)
    listing = [page for page in places if _lists_reports(page)]
    if listing:
        return found_on(CODE, [Place(listing[0].url, pages.home.url, what)], pages)
    if places:
        return doubtful(CODE, Doubt.UNCLEAR)
    home = pages.home
    rendered = (await home_of(pages, ask)).seen
    shown = shown_by(rendered) if rendered else None
    if shown is None or not is_whole(rendered):
        return doubtful(CODE, Doubt.NO_BROWSER if home.is_shown else Doubt.UNREAD)
    links = report_links(shown.body, url=shown.url, content_type=shown.content_type)
    if links is None or any(one.year in (None, year) for one in links):
        return doubtful(CODE, Doubt.UNCLEAR)
    return found_on(CODE, [Place(home.url, home.url, what, home=True)], pages)


def _linked(home: Page) -> tuple[ReportLink, ...]:
    return tuple(
        link
        for shown in shown_of(home)
        for link in report_links(shown.body, url=shown.url, content_type=shown.content_type) or ()
    )


def _names(page: Page, year: int) -> bool:
    """Whether a page lists the report of a year, or is it."""
    titles = [item.title for item in page.items]
    links = [one.words for one in _linked(page)]
    return names_year((*titles, *links), year)


def _lists_reports(page: Page) -> bool:
    """Whether a page is a list of reports, each by its year: what it does not name is not there.
    Not one that cuts its titles, or goes on and does not begin with the latest."""
    titles = [item.title.rstrip() for item in page.items]
    years = [year_in(title) for title in titles if is_report(title)]
    told = [year for year in years if year is not None]
    if not told or len(told) < len(years) or any(title.endswith(CUT) for title in titles):
        return False
    if not all(shown.whole for shown in shown_of(page)):
        return False
    return told == sorted(told, reverse=True) or not _goes_on(page)


def _goes_on(page: Page) -> bool:
    return any(
        next_page(one.body, one.url, one.content_type) or goes_on(one.body, one.content_type)
        for one in shown_of(page)
    )
