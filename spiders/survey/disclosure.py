"""The survey of disclosure platforms (annex 6): one pass over one of them, and how it is kept.

The first pass goes by HTTP, the second looks again at whatever did not come out well, in the
browser where there is one. What the pages say is `platform_claims`' matter, what follows of two
passes `rules.disclosure_proving`'s.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from crawler.reading.searching import titles_to_ask
from rules.disclosure_labels import Section
from rules.disclosure_proving import (
    BROWSE,
    ENTRY,
    FRESH,
    LABEL,
    PLATFORM,
    SEARCH,
    Claim,
    Pass,
    Why,
    conclude,
    must_be_looked_at_again,
    row_of,
)
from rules.facts import Item, Truth
from rules.kinds import ColumnKind
from rules.register import DisclosurePlatform
from spiders.survey import platform_claims as say_of
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand
from spiders.survey.platform_pages import Sheet, Sheets, plain
from spiders.survey.platform_passes import read_passes, write_passes
from spiders.survey.platform_search import MOST_TITLES, search_claim
from spiders.survey.surveyor import Surveyor
from storage.disclosure import FoundPlatform, keep_platform, newest_read

Passes = tuple[Pass, ...]
NEWEST, MOST_ENTRIES = 3, 2
DUTIES = {
    ColumnKind.STATUTORY: Section.STATUTORY,
    ColumnKind.ANNUAL_REPORT: Section.ANNUAL_REPORT,
}


async def survey(errand: Errand, ask: Asker, before: Passes | None) -> Passes:
    """One pass; in the second only the points that did not come out well."""
    entry = _entry(errand)
    if entry is None or errand.site is None:
        return before or ()
    points = None if before is None else must_be_looked_at_again(before[0].claims)
    visit = _Visit(errand, entry, Sheets(ask, again=before is not None), points)
    claims = {one.point: one async for one in visit.claims()}
    wanted = tuple(one for one in claims.values() if points is None or one.point in points)
    return (*(before or ()), Pass(errand.at, controls_ok=True, claims=wanted))


def _entry(errand: Errand) -> DisclosurePlatform | None:
    return next((one for one in errand.register.disclosure if one.target == errand.target), None)


class _Visit:
    """One pass over one platform. `points`: those that are wanted (None: all)."""

    def __init__(
        self,
        errand: Errand,
        entry: DisclosurePlatform,
        sheets: Sheets,
        points: Collection[str] | None,
    ) -> None:
        self._errand = errand
        self._entry = entry
        self._sheets = sheets
        self._points = points
        self._labels = errand.profile.disclosure_labels

    def _wants(self, point: str) -> bool:
        return self._points is None or point in self._points

    async def claims(self) -> AsyncIterator[Claim]:
        """What this pass says of each point."""
        assert self._errand.site is not None
        home = await self._sheets.at(self._errand.site.url, see=self._wants(ENTRY))
        led_to = await self._entered(home)
        address = self._address(led_to)
        yield say_of.entry_claim(home, address, led_to)
        if address is None:
            for point in (PLATFORM, *say_of.points_of(self._labels)):
                yield say_of.unseen(point, home)
            return
        front = await self._sheets.at(address, see=self._wants_front())
        yield say_of.platform_claim(front, home)
        if not front.shown:
            for point in say_of.points_of(self._labels):
                yield say_of.unseen(point, front)
            return
        async for claim in self._of_platform(front):
            yield claim

    def _address(self, led_to: list[Sheet]) -> str | None:
        """Where the platform is: of two, the one that the home page leads to (standard, 6)."""
        rows = self._labels.values()
        linked = next((one for one in led_to if say_of.looks_like_platform(one, rows)), None)
        if linked is not None:
            return linked.url
        return self._entry.url or next((one.url for one in led_to), None)

    def _wants_front(self) -> bool:
        seen = (PLATFORM, SEARCH, *(f"{LABEL}{section}" for section in self._labels))
        return any(map(self._wants, seen))

    async def _entered(self, home: Sheet) -> list[Sheet]:
        """The pages that the home page's entries lead to, but for the platform as registered."""
        ways = say_of.entries(home)
        if self._entry.url is None:
            ways = ways or say_of.entries(home, say_of.WEAK)
        known = None if self._entry.url is None else plain(self._entry.url)
        urls = [way.url for way in ways if way.url]
        if known is not None and known in map(plain, urls):
            return []
        return [await self._sheets.at(url) for url in list(dict.fromkeys(urls))[:MOST_ENTRIES]]

    async def _of_platform(self, front: Sheet) -> AsyncIterator[Claim]:
        pages: dict[Section, Sheet | None] = {}
        for section, row in self._labels.items():
            way = say_of.way_of(front, row)
            wanted = self._wants(f"{LABEL}{section}")
            page = await self._sheets.at(way.url, see=wanted) if way and way.url else None
            pages[section] = page if page is not None else front if way else None
            yield say_of.label_claim(front, section, row, page)
        items = _newest_first(self._lists(pages, front))
        if self._wants(SEARCH):
            titles = titles_to_ask(items, self._errand.today, MOST_TITLES)
            yield await search_claim(front, titles, self._sheets)
        if self._wants(BROWSE):
            newest = [one.url for one in items[:NEWEST]]
            yield say_of.browse_claim([await self._sheets.at(url, see=True) for url in newest])
        yield self._statutory(pages.get(Section.STATUTORY))
        yield self._report(pages.get(Section.ANNUAL_REPORT), front)

    def _lists(self, pages: dict[Section, Sheet | None], front: Sheet) -> Iterable[Item]:
        """The entries of the first section that has any; else those of the first page."""
        for section in (Section.STATUTORY, Section.POLICY, Section.RULES):
            page = pages.get(section)
            if page is not None and page.items:
                return page.items
        return front.items

    def _statutory(self, page: Sheet | None) -> Claim:
        profile = self._errand.profile
        limit = profile.limits.get(ColumnKind.STATUTORY)
        days = limit if isinstance(limit, int) else None
        return say_of.statutory_claim(page, days, profile.confidence_floor, self._errand.today)

    def _report(self, page: Sheet | None, front: Sheet) -> Claim:
        assert self._errand.site is not None
        deadline = self._errand.profile.last_deadline(
            ColumnKind.ANNUAL_REPORT, self._errand.site.role, self._errand.today
        )
        pages = [front] if page is None else [page]
        return say_of.report_claim(pages, None if deadline is None else deadline.year - 1)


def _newest_first(items: Iterable[Item]) -> list[Item]:
    """The entries by their dates, newest first; those without one stay behind, in their order."""
    found = list(items)
    dated = sorted((one for one in found if one.date), key=_day, reverse=True)
    return [*dated, *(one for one in found if one.date is None)]


def _day(item: Item) -> int:
    assert item.date is not None
    return item.date.toordinal()


def needs_again(passes: Passes) -> bool:
    """Whether anything did not come out well in any pass."""
    clear = {one.point for each in passes for one in each.claims if one.truth is Truth.OK}
    return any(one.point not in clear for each in passes for one in each.claims)


def keep(session: Session, errand: Errand, passes: Passes) -> None:
    """Store a platform's row: what two passes prove, and what the month's rounds clear."""
    entry = _entry(errand)
    if entry is None or errand.site is None or not passes:
        return
    found = conclude(passes, errand.profile.independent_after)
    for section, day in _shown_by_rounds(session, errand).items():
        point = f"{FRESH}{section}"
        found[point] = Claim(point, Truth.OK, Why.SEEN, day.isoformat())
    row = row_of(errand.register.full_name(entry.unit), found, errand.profile.disclosure_labels)
    front = found.get(PLATFORM)
    keep_platform(
        session,
        errand.month,
        FoundPlatform(
            target=entry.target,
            site=entry.site,
            url=(front.url if front else "") or entry.url or errand.site.url,
            row=row,
            claims=write_passes(passes),
            evidence=_addresses(found.values()),
            seen_at=errand.at,
        ),
    )


def _addresses(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Where the faults that stand were seen."""
    seen = (one.url for one in claims if one.truth is Truth.VIOLATION and one.url)
    return tuple(dict.fromkeys(seen))


def _shown_by_rounds(session: Session, errand: Errand) -> dict[Section, date]:
    """The duties of freshness that columns met in the month's rounds, by the day that shows it."""
    assert errand.site is not None
    profile, met = errand.profile, {}
    columns = {column.id: column for column in errand.site.columns if column.kind in DUTIES}
    read = newest_read(session, errand.month, columns, profile.confidence_floor)
    for target, newest in read.items():
        column = columns[target]
        since = _since(errand, column.kind, column.limit)
        if since is not None and newest >= since:
            met[DUTIES[column.kind]] = newest
    return met


def _since(errand: Errand, kind: ColumnKind, own: int | None) -> date | None:
    """Since when something new shows that a duty is met; None: no day of a column shows that."""
    assert errand.site is not None
    if kind is ColumnKind.ANNUAL_REPORT:
        role = errand.site.role
        deadline = errand.profile.last_deadline(kind, role, errand.today)
        return None if deadline is None else deadline.replace(month=1, day=1)
    limit = own or errand.profile.limits.get(kind)
    return errand.today - timedelta(days=limit) if isinstance(limit, int) else None


def _read(plain: dict[str, Any]) -> Passes:
    return read_passes(plain)


SURVEYOR: Surveyor[Passes] = Surveyor(survey, needs_again, write_passes, _read, keep)
