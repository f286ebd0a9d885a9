"""Further pages of a site, asked for once a pass and shared by the checks that want them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from crawler.addresses import host_of
from crawler.look import Look
from rules.facts import SHANGHAI, Item, Outcome
from rules.kinds import ColumnKind
from rules.register import Column, Site
from rules.site_checks import Place, SiteCheck, found_at
from spiders.survey.asking import Asker
from spiders.survey.pages import SHOWN, Page, PageKind, Pages, drawn, page_at

HOME_SEEN = "home"  # among the further pages of a pass; no address is that short


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor would have before them: a page's bytes, its address and type. Of one that was
    cut off (not `whole`) nobody may say what is not on it."""

    body: bytes
    url: str
    content_type: str | None
    whole: bool = True


async def page_of(pages: Pages, ask: Asker, url: str, column: Column | None = None) -> Page:
    """A page of the site: one that this pass has, or asked for now."""
    known = next((page for page in pages.every if page.url == url), None) or pages.more.get(url)
    if known is None:
        kind = PageKind.ARTICLE if column is None else PageKind.COLUMN
        known = pages.more[url] = await page_at(ask, kind, url, column)
    return known


async def home_of(pages: Pages, ask: Asker) -> Page:
    """The home page with what a browser shows of it, seen once a pass (`seen` None: no browser)."""
    home = pages.home
    if home.seen is not None or not home.is_shown:
        return home
    if HOME_SEEN not in pages.more:
        pages.more[HOME_SEEN] = replace(home, seen=await ask.see(home.url))
    return pages.more[HOME_SEEN]


def shown_of(page: Page) -> Iterator[Shown]:
    """What was had of a page, by each client that got something to show."""
    for look in page.looks:
        shown = shown_by(look)
        if shown is not None:
            yield shown


def shown_by(look: Look) -> Shown | None:
    """What one look showed; None for an error, a refusal, a page that declines us."""
    answer = look.answer
    if look.outcome not in SHOWN or not answer.body or not 200 <= (answer.status or 0) < 300:
        return None
    kind = (answer.headers or {}).get("content-type")
    return Shown(answer.body, answer.final_url, kind, not answer.cut_off)


def is_whole(look: Look | None) -> bool:
    """Whether a look, taken in a browser, was shown a home page with its entries: only of such a
    page may it be said what is not on it."""
    if look is None or look.answer.cut_off:
        return False
    return look.outcome is Outcome.READ and bool(look.reading.items)


def columns_of_kind(site: Site, kinds: Collection[ColumnKind], most: int) -> tuple[Column, ...]:
    """The site's columns of these kinds on its own host, each address once, first ones first."""
    own = host_of(site.url)
    by_url = {
        column.url: column
        for column in reversed(site.columns)
        if column.kind in kinds and host_of(column.url) == own
    }
    return tuple(reversed(by_url.values()))[:most]


def own_items(page: Page, site: Site) -> tuple[Item, ...]:
    """The entries of a list that lie on the site's own host, each once."""
    own = host_of(site.url)
    by_url = {item.url: item for item in reversed(page.items) if host_of(item.url) == own}
    return tuple(reversed(by_url.values()))


def some_items(page: Page, site: Site, month: str, most: int) -> tuple[Item, ...]:
    """Some of a list's entries, others each month, the same in both passes of one."""
    return some_of(own_items(page, site), month, most)


def some_of(items: Iterable[Item], month: str, most: int) -> tuple[Item, ...]:
    """Some of the entries, others each month, the same in both passes of one."""
    by_url = {item.url: item for item in items}
    return tuple(by_url[url] for url in drawn(by_url, month, most))


def line_of(look: Look) -> str:
    """One line of evidence: when (Shanghai), by which client, under which status, where."""
    at = look.answer.at.astimezone(SHANGHAI)
    return (
        f"{at:%Y-%m-%d %H:%M:%S} {look.client.value} {look.answer.status} {look.answer.final_url}"
    )


def found_on(code: str, places: Iterable[Place], pages: Pages) -> SiteCheck:
    """A check that found problems at these places; its evidence are the looks at the pages that
    they stand on, or are about."""
    every = tuple(places)
    known = {page.url: page for page in (*pages.every, *pages.more.values())}
    urls = dict.fromkeys(url for one in every for url in (one.parent, urldefrag(one.url)[0]))
    looks = (look for url in urls if url in known for look in known[url].looks)
    return found_at(code, every, map(line_of, looks))


def any_shown(pages: Sequence[Page]) -> bool:
    """Whether at least one of the pages was had."""
    return any(page.is_shown for page in pages)
