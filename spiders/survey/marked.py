"""The marks of a site's pages, as far as they can be seen: markup, frames, and what scripts write.

A mark that the markup lacks is looked for in the page's own frames, then in the browser. Only a
page whose foot shows some marks counts as read: where it shows none, it may be a picture.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawler.look import Look
from crawler.reading.site_marks import (
    CODE,
    ICP,
    JIUCUO,
    POLICE,
    Marks,
    frames_of,
    marks_of,
    writes_by_script,
)
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, found_at
from spiders.survey.asking import Asker
from spiders.survey.further import shown_by
from spiders.survey.pages import Page, Pages

# Marks that stand in feet alone, where sponsors and telephone numbers stand in articles, too; of so
# many of them on a page its foot counts as read.
OF_FEET = frozenset({CODE, ICP, POLICE, JIUCUO})
LEAST_READ = 2


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """One page with its marks. `proved`: what is not there was looked for wherever it could be."""

    page: Page
    marks: Marks
    proved: bool

    @property
    def is_read(self) -> bool:
        """Whether its footer was read at all."""
        return len(self.marks.found & OF_FEET) >= LEAST_READ


async def marked_pages(pages: Pages, ask: Asker, codes: Collection[str]) -> list[MarkedPage]:
    """Every page that was shown, with its marks; those of `codes` are looked for by all means."""
    return [await _marked(page, ask, codes) for page in pages.shown]


async def _marked(page: Page, ask: Asker, codes: Collection[str]) -> MarkedPage:
    marks = Marks()
    for look in page.looks:
        marks |= await _with_frames(look, ask, marks, codes)
    if marks.found.issuperset(codes):
        return MarkedPage(page, marks, proved=True)
    if page.seen is None:
        seen = await ask.see(page.url)
        if seen is not None and shown_by(seen) is not None:
            marks |= await _with_frames(seen, ask, marks, codes)
            return MarkedPage(page, marks, proved=True)
    return MarkedPage(page, marks, proved=page.seen is not None or not _may_write(page))


def _may_write(page: Page) -> bool:
    """Whether scripts that nobody has run may still write marks."""
    body, headers = page.look.answer.body, page.look.answer.headers or {}
    return page.look.answer.cut_off or writes_by_script(body, headers.get("content-type"))


async def _with_frames(look: Look, ask: Asker, known: Marks, codes: Collection[str]) -> Marks:
    """The marks of one look, and of the frames in it where something is missing."""
    shown = shown_by(look)
    if shown is None:
        return Marks()
    marks = marks_of(shown.body, shown.content_type)
    if (marks | known).found.issuperset(codes):
        return marks
    for url in frames_of(shown.body, shown.url, shown.content_type):
        inner = shown_by(await ask.get(url, referer=shown.url))
        if inner is not None:
            marks |= marks_of(inner.body, inner.content_type)
    return marks


def missing(code: str, pages: Sequence[MarkedPage]) -> SiteCheck:
    """The check of one mark on all pages: where it is not, and nothing speaks for it."""
    lacking = [one for one in pages if code not in one.marks.found]
    sure = [one for one in lacking if one.proved and one.is_read and code not in one.marks.hinted]
    if sure or not lacking:
        return found_at(code, (place_of(one, "") for one in sure))
    if any(not one.is_read or one.proved for one in lacking):
        return doubtful(code, Doubt.UNCLEAR)
    return doubtful(code, Doubt.NO_BROWSER)


def place_of(one: MarkedPage, what: str) -> Place:
    """A page as the place of a problem of its own."""
    return Place(one.page.url, one.page.url, what, one.page.is_home)


def nothing_read(codes: Sequence[str]) -> tuple[SiteCheck, ...]:
    """The checks of a site of which no page was shown."""
    return tuple(doubtful(code, Doubt.UNREAD) for code in codes)
