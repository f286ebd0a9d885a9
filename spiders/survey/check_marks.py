"""网站标识, 找错入口, 域名名称, 页面标签: what every page must show (P18, P21, P22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler.reading.site_marks import (
    JIUCUO,
    MARKS,
    has_pictures,
    header_names,
    page_tags,
    title_of,
)
from rules.facts import Outcome, Truth
from rules.register import Register, Site
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, fine, found_at
from rules.site_domains import domain_truth
from rules.words import say
from spiders.survey.asking import Asker
from spiders.survey.checks import SiteSeen
from spiders.survey.further import shown_by
from spiders.survey.marked import MarkedPage, marked_pages, missing, nothing_read, place_of
from spiders.survey.pages import Page, PageKind, Pages

CODE_DIFFERS, JIUCUO_CODE = "code_differs", "jiucuo_code"
MARK_CODES = (*MARKS, JIUCUO, CODE_DIFFERS, JIUCUO_CODE)
NAME_CODES = ("domain", "site_name", "header_name")
TAG_CODE = "page_tags"
# The tags of a page's own kind (standard, section 9), in lower case.
OWN_TAGS = {
    PageKind.COLUMN: ("columnname", "columntype"),
    PageKind.ARTICLE: ("articletitle", "pubdate"),
}


async def check_marks(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """The six marks, the 找错 entry, and the codes that both carry."""
    if not pages.shown:
        return nothing_read(MARK_CODES)
    marked = await marked_pages(pages, ask, (*MARKS, JIUCUO))
    each = [missing(code, marked) for code in (*MARKS, JIUCUO)]
    return (*each, code_differs(seen.site, marked), jiucuo_code(seen.site, marked))


def code_differs(site: Site, marked: Sequence[MarkedPage]) -> SiteCheck:
    """Pages that print a 标识码 which is not the register's, and that one nowhere."""
    if site.code is None or not any(one.marks.codes for one in marked):
        return doubtful(CODE_DIFFERS, Doubt.NOT_APPLICABLE)
    code = site.code.lower()
    other = (one for one in marked if one.marks.codes and code not in one.marks.codes)
    return found_at(CODE_DIFFERS, (place_of(one, one.marks.codes[0]) for one in other))


def jiucuo_code(site: Site, marked: Sequence[MarkedPage]) -> SiteCheck:
    """找错 entries with another code than the page's own 标识码 (or the register's), or an address
    that is out of use."""
    entries = [one for one in marked if one.marks.entry_codes or one.marks.outdated_entry]
    if not entries:
        return doubtful(JIUCUO_CODE, Doubt.NOT_APPLICABLE)
    return found_at(JIUCUO_CODE, _wrong_entries(site, entries))


def _wrong_entries(site: Site, entries: Iterable[MarkedPage]) -> Iterator[Place]:
    for one in entries:
        right = {*one.marks.codes, (site.code or "").lower()} - {""}
        if one.marks.outdated_entry and not one.marks.entry_codes:
            yield place_of(one, say("check_place.outdated"))
        elif right and one.marks.entry_codes and not right.intersection(one.marks.entry_codes):
            yield place_of(one, one.marks.entry_codes[0])


async def check_names(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """The site's address, its name, and its name in the head of every page."""
    del ask
    if not pages.shown:
        return nothing_read(NAME_CODES)
    names = names_of(seen.site, seen.errand.register)
    return (domain(seen.site, pages.home), site_name(names, pages.home), header_name(names, pages))


def names_of(site: Site, register: Register) -> tuple[str, ...]:
    """Everything that a site may call itself: its own name, and its unit's, with and without the
    city's before it."""
    units = (unit for unit in register.units if unit.name == site.unit)
    plain = {site.name, site.unit, *(name for unit in units for name in unit.names)}
    longer = {register.city + name.removeprefix("市") for name in plain if register.city}
    return tuple(sorted(plain | longer, key=len, reverse=True))


def domain(site: Site, home: Page) -> SiteCheck:
    """域名: the form of the host that the register names."""
    truth = domain_truth(site.url, site.role, home.look.answer.final_url)
    if truth is Truth.UNKNOWN:
        return doubtful("domain", Doubt.NOT_APPLICABLE)
    return found_at("domain", [Place(site.url, site.url, "", True)] if truth.value != "ok" else [])


def site_name(names: Sequence[str], home: Page) -> SiteCheck:
    """网站名称: whether the home page calls itself by a name of its unit. Another name may be one
    that was approved: never more than a doubt."""
    for look in home.looks:
        shown = shown_by(look)
        if shown is None:
            continue
        tags = page_tags(shown.body, shown.content_type)
        words = title_of(shown.body, shown.content_type) + tags.get("sitename", "")
        if any(name in words for name in names) or header_names(
            shown.body, names, shown.content_type
        ):
            return fine("site_name")
    return doubtful("site_name", Doubt.UNCLEAR)


def header_name(names: Sequence[str], pages: Pages) -> SiteCheck:
    """页头: pages whose text names the site nowhere, and that show no picture which might."""
    unsure, lacking = 0, []
    for page in pages.shown:
        bodies = [one for one in map(shown_by, page.looks) if one is not None]
        if any(header_names(one.body, names, one.content_type) for one in bodies):
            continue
        if any(has_pictures(one.body, one.content_type) for one in bodies):
            unsure += 1
        else:
            lacking.append(Place(page.url, page.url, "", page.is_home))
    if unsure and not lacking:
        return doubtful("header_name", Doubt.UNCLEAR)
    return found_at("header_name", lacking)


async def check_tags(seen: SiteSeen, pages: Pages, ask: Asker) -> tuple[SiteCheck, ...]:
    """页面标签: columns and articles that carry none of the tags of their own kind."""
    del seen
    shown = [page for page in (*pages.columns, *pages.articles) if _is_whole(page)]
    if not shown:
        return (doubtful(TAG_CODE, Doubt.UNREAD),)
    lacking = [page for page in shown if not _has_tags(page)]
    certain = [page for page in lacking if not await _has_them_later(page, ask)]
    return (
        found_at(
            TAG_CODE, (Place(one.url, one.url, say(f"check_place.{one.kind}")) for one in certain)
        ),
    )


def _is_whole(page: Page) -> bool:
    """Whether a page was read as what it is, down to its end."""
    return page.is_shown and page.look.outcome is Outcome.READ and not page.look.answer.cut_off


def _has_tags(page: Page) -> bool:
    found: set[str] = set()
    for look in page.looks:
        headers = look.answer.headers or {}
        found |= set(page_tags(look.answer.body, headers.get("content-type")))
    return bool(found.intersection(OWN_TAGS[page.kind]))


async def _has_them_later(page: Page, ask: Asker) -> bool:
    """Whether scripts write the tags that the markup lacks."""
    seen = await ask.see(page.url) if page.seen is None else None
    return seen is not None and _has_tags(Page(page.kind, page.url, seen))
