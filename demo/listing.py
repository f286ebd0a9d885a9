"""What a column shows on one day: its rows in the order of the page, oddities included. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from demo.addresses import article_id, page_address
from demo.chance import chance
from demo.data import CityNames
from demo.plan import Column, Site
from demo.surveying import reported
from demo.titles import clicks_of, title_of

MOST_ITEMS = 320
EVERYTHING = 2_000
TYPO_FROM, TYPO_TO = date(2022, 6, 1), date(2022, 7, 28)
ENTERED_LATE_AFTER = date(2022, 5, 27)  # what comes after this day is entered under earlier ones
LONG_SIGNED = 236  # days more between a document's signing and its publication


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list. `day` is the true day of publication, `typed` what the list prints,
    `stated` what the item's own page and address say, `delay` how long it lay about after signing.
    """

    serial: int
    title: str
    href: str
    day: date
    typed: date
    stated: date
    pinned: bool = False
    delay: int = 0

    @property
    def written(self) -> date:
        """When the document was signed: some days before it was published."""
        return self.day - timedelta(days=4 + self.serial * 7 % 23 + self.delay)


@dataclass(frozen=True)
class ListView:
    """One page of a column as of `today`: `rows` as printed; `older` is a block above them."""

    city: CityNames
    site: Site
    column: Column
    today: date
    page: int
    pages: int
    total: int
    rows: tuple[Row, ...]
    older: tuple[Row, ...] = ()

    def address(self, page: int) -> str:
        """The address of another page of this column."""
        return page_address(self.site.system, self.column.key, page, self.pages)

    def clicks(self, row: Row) -> int:
        """How often the item of `row` is said to have been read."""
        return clicks_of(self.column, row.serial)


def published(column: Column, today: date) -> int:
    """How many items the column has on `today`: the serials below that number."""
    return bisect_right(column.days, today)


def newest_day(column: Column, today: date) -> date | None:
    """The true newest day of publication, as of `today`."""
    count = published(column, today)
    return column.days[count - 1] if count else None


def page_size(column: Column) -> int:
    """How many rows a page of this column has."""
    if column.twist in ("huge", "ascending"):
        return EVERYTHING
    if column.collects:
        return 20
    return chance("size", column.seed, column.identity).choice((10, 15, 15, 20))


def page_count(column: Column, today: date) -> int:
    """How many pages the column has on `today`."""
    most = EVERYTHING if column.twist == "huge" or column.collects else MOST_ITEMS
    total = min(published(column, today), most)
    return max(1, -(-total // page_size(column)))


def row_of(city: CityNames, site: Site, column: Column, serial: int) -> Row:
    """The row of one item."""
    day = column.days[serial]
    stated = _entered_late(day, serial) if column.twist == "late_entries" else day
    ident = article_id(column.number, serial)
    title = reported(site, column, title_of(column, site.body, city, serial, stated), stated)
    href = site.system.article(column.key, column.number, ident, stated)
    row = Row(serial, title, href, day, stated, stated)
    return _signed_long_ago(row) if column.twist == "written_dates" else row


def _entered_late(day: date, serial: int) -> date:
    """Old pieces that are entered now, each under its old day (补录)."""
    if day <= ENTERED_LATE_AFTER:
        return day
    return ENTERED_LATE_AFTER - timedelta(days=3 + serial * 5 % 17)


def _signed_long_ago(row: Row) -> Row:
    """A list that prints when documents were signed, most of a year before they were published."""
    row = replace(row, delay=LONG_SIGNED)
    return replace(row, typed=row.written)


def list_view(city: CityNames, site: Site, column: Column, today: date, page: int) -> ListView:
    """Page `page` (from 1) of the column as of `today`."""
    count, size = published(column, today), page_size(column)
    serials = range(count - 1, -1, -1)
    if column.twist in ("ascending", "ascending_paged"):
        serials = range(count)
    rows = [row_of(city, site, column, n) for n in serials[(page - 1) * size : page * size]]
    view = ListView(city, site, column, today, page, page_count(column, today), count, tuple(rows))
    change = REARRANGED.get(column.twist or "")
    return change(view) if change and page == 1 and len(rows) > 5 else view


def _old_rows(view: ListView, how_many: int) -> tuple[Row, ...]:
    """Items of the column's first years, as a column pins them on top."""
    oldest = min(view.total // 3, 60)
    chosen = range(oldest, max(oldest - how_many, -1), -1)
    return tuple(row_of(view.city, view.site, view.column, n) for n in chosen)


def _pinned_marked(view: ListView) -> ListView:
    pinned = tuple(replace(row, pinned=True) for row in _old_rows(view, 2))
    return replace(view, rows=pinned + view.rows)


def _pinned_unmarked(view: ListView) -> ListView:
    return replace(view, rows=_old_rows(view, 6) + view.rows)


def _fresh_last(view: ListView) -> ListView:
    return replace(view, rows=_old_rows(view, 11) + view.rows[:2])


def _unordered(view: ListView) -> ListView:
    draw = chance("order", view.column.seed, view.column.identity)
    first, *rest = view.rows
    draw.shuffle(rest)
    return replace(view, rows=(*rest[:4], first, *rest[4:]))


def _old_block_above(view: ListView) -> ListView:
    return replace(view, older=_old_rows(view, 5))


def _future_typo(view: ListView) -> ListView:
    """A system that sorts by the typed day keeps the mistyped item on top until that day."""
    serial = published(view.column, TYPO_FROM) - 2
    return _mistyped(view, serial, TYPO_TO) if view.today < TYPO_TO else view


def _future_in_stale(view: ListView) -> ListView:
    """The year is mistyped on the third newest item; its own page has it right."""
    serial = view.total - 3
    day = view.column.days[serial]
    return _mistyped(view, serial, day.replace(year=day.year + 1))


def _mistyped(view: ListView, serial: int, typed: date) -> ListView:
    if serial >= view.total:
        return view
    wrong = replace(row_of(view.city, view.site, view.column, serial), typed=typed)
    return replace(view, rows=(wrong, *(row for row in view.rows if row.serial != serial)))


def _attachments(view: ListView) -> ListView:
    """The newest items are files: nothing but the list itself says when they came."""
    rows = (
        replace(row, href=f"/files/{article_id(view.column.number, row.serial)}.pdf")
        for row in view.rows
    )
    return replace(view, rows=tuple(rows))


REARRANGED: Mapping[str, Callable[[ListView], ListView]] = MappingProxyType(
    {
        "pinned_marked": _pinned_marked,
        "pinned_unmarked": _pinned_unmarked,
        "fresh_last": _fresh_last,
        "unordered": _unordered,
        "old_block_above": _old_block_above,
        "future_typo": _future_typo,
        "future_in_stale": _future_in_stale,
        "undated_files": _attachments,
    }
)


def newest_rows(
    city: CityNames, site: Site, column: Column, today: date, how_many: int
) -> Sequence[Row]:
    """The newest items in plain order, for blocks of home pages and sidebars."""
    count = published(column, today)
    return [
        row_of(city, site, column, n) for n in range(count - 1, max(count - 1 - how_many, -1), -1)
    ]
