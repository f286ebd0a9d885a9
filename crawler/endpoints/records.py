"""Where the records of a rendered list lie in data: the table, and the fields that count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from crawler.endpoints.data import Cell, Path, Row, date_of, tables, text_of
from crawler.endpoints.matching import SHARE, Titles
from crawler.endpoints.recipe import Field, Lies
from crawler.reading.confidence import of_list
from rules.facts import Item, PageReading, PageState

MOST_TABLES = 200
MOST_FIELDS = 80
MOST_ITEMS = 300  # of an answer, handed on
SAMPLE = 60  # pairs by which the template of an address is proved
BASES = 4  # of them from which one is made
DAY_FORMS = ("%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y%m", "%Y-%m", "%Y", "%m", "%d")
DAY = "@"  # begins the name of a field that is a piece of the record's date


@dataclass(frozen=True, slots=True)
class Pair:
    """An item that the page shows, and its record."""

    item: Item
    row: Row


def read_rows(rows: Sequence[Row], lies: Lies, base: str, today: date) -> PageReading:
    """What the records say, as a reading of the list; `base` completes their addresses."""
    items = [item for row in rows if (item := _item(row, lies, base, today)) is not None]
    dates = [item.date for item in items if item.date is not None and _is_past(item.date, today)]
    if lies.sorted:
        items.sort(key=lambda item: item.date or date.min, reverse=True)
    kept = tuple(items[: lies.shown or MOST_ITEMS])
    if not kept or not dates:
        return PageReading(PageState.UNREADABLE, items=kept, signs=("undated",))
    signs = _signs(kept, today)
    return PageReading(
        PageState.LIST, max(dates), kept, confidence=of_list(len(dates), signs), signs=signs
    )


def find_records(
    values: Sequence[object], shown: PageReading, base: str, today: date
) -> Iterator[tuple[Lies, list[Row]]]:
    """Every place where the shown items may lie, with all of its rows; the surest first."""
    titles = Titles.of(shown.items)
    for count, (path, rows) in enumerate(tables(values)):
        if count >= MOST_TABLES:
            return
        title = _title_field(rows, titles) if len(rows) >= min(3, titles.count) else None
        if title is None:
            continue
        pairs = _pairs(rows, title, titles, shown.items)
        for name, shifted in _date_fields(pairs, today):
            yield _lies(path, title, name, shifted, pairs, base, today), rows


def _lies(
    path: Path, title: str, name: str, shifted: bool, pairs: Sequence[Pair], base: str, today: date
) -> Lies:
    dated = Lies(path, title, name, (), shifted)
    address = _address(pairs, dated, base, today)
    return Lies(path, title, name, address, shifted)


def as_shown(lies: Lies, rows: Sequence[Row], shown: PageReading) -> Lies:
    """The same, cut to what the page shows: the first so many records, or the newest."""
    titles = Titles.of(shown.items)
    count = len(shown.items)
    if len(rows) <= count * 3 // 2:
        return lies
    first = titles.places(text_of(row.get(lies.title)) for row in rows[:count])
    by_date = not titles.suffices(count - first.count(None))
    return Lies(lies.path, lies.title, lies.date, lies.address, lies.shifted, count, by_date)


def _title_field(rows: Sequence[Row], titles: Titles) -> str | None:
    """The field that holds most of the shown titles."""
    best, name = 0, None
    for field in list(dict.fromkeys(key for row in rows[:20] for key in row))[:MOST_FIELDS]:
        places = titles.places(text_of(row.get(field)) for row in rows)
        hits = len(places) - places.count(None)
        if titles.suffices(hits) and hits > best:
            best, name = hits, field
    return name


def _pairs(rows: Sequence[Row], title: str, titles: Titles, items: Sequence[Item]) -> list[Pair]:
    places = titles.places(text_of(row.get(title)) for row in rows)
    found = {place: row for place, row in zip(places, rows, strict=True) if place is not None}
    return [Pair(items[place], found[place]) for place in sorted(found)]


def _date_fields(pairs: Sequence[Pair], today: date) -> list[tuple[str, bool]]:
    """The fields whose dates are those that the page shows, and how they are read; best first."""
    dated = [pair for pair in pairs if pair.item.date is not None]
    scores: dict[tuple[str, bool], int] = {}
    fields = dict.fromkeys(key for pair in dated[:20] for key in pair.row)
    for field in list(fields)[:MOST_FIELDS]:
        for shifted in (False, True):
            scores[field, shifted] = sum(
                date_of(pair.row.get(field), today, shifted=shifted) == pair.item.date
                for pair in dated
            )
    good = [key for key, hits in scores.items() if dated and hits >= SHARE * len(dated)]
    return sorted(good, key=lambda key: -scores[key])[:4]


def _address(pairs: Sequence[Pair], lies: Lies, base: str, today: date) -> tuple[str | Field, ...]:
    """The template that gives most of the shown addresses; empty where there is none."""
    told = [pair for pair in pairs if pair.item.url != base][:SAMPLE]
    cells = [_cells(pair.row, lies, today) for pair in told]
    for place in range(0, len(told), max(1, len(told) // BASES)):
        for template in _templates(told[place].item.url, cells[place], cells, base):
            hits = sum(
                filled(template, row, base) == pair.item.url
                for pair, row in zip(told, cells, strict=True)
            )
            if hits >= SHARE * len(told):
                return template
    return ()


def _templates(
    url: str, row: Mapping[str, str], cells: Sequence[Mapping[str, str]], base: str
) -> Iterator[tuple[str | Field, ...]]:
    """Ways in which a record may have given its address: one field whole, several within other
    text, one within other text."""
    yield from (
        (Field(name),) for name, value in row.items() if value and _joined(base, value) == url
    )
    telling = [
        name
        for name, value in sorted(row.items(), key=lambda pair: -len(pair[1]))
        if value and value in url and (name.startswith(DAY) or _differs(name, cells))
    ]
    template: tuple[str | Field, ...] = (url,)
    for name in telling:
        template = _split(template, name, row[name]) if len(row[name]) > 1 else template
    yield template
    yield from (_split((url,), name, row[name]) for name in telling)


def _differs(name: str, cells: Sequence[Mapping[str, str]]) -> bool:
    return len(cells) == 1 or len({row.get(name) for row in cells}) > 1


def _split(template: tuple[str | Field, ...], name: str, value: str) -> tuple[str | Field, ...]:
    """The template with a field in the last place of its value: what varies comes late."""
    for place in reversed(range(len(template))):
        piece = template[place]
        if isinstance(piece, str) and value in piece:
            before, _, after = piece.rpartition(value)
            middle = tuple(one for one in (before, Field(name), after) if one)
            return (*template[:place], *middle, *template[place + 1 :])
    return template


def filled(template: tuple[str | Field, ...], cells: Mapping[str, str], base: str) -> str:
    """The address that a template gives for a record's cells; `base` where it gives none."""
    pieces = [one if isinstance(one, str) else cells.get(one.name, "") for one in template]
    return _joined(base, "".join(pieces)) if all(pieces) else base


def _cells(row: Row, lies: Lies, today: date) -> dict[str, str]:
    """The record's cells as text, and the pieces of its date, which addresses are made of."""
    cells = {name: _plain(value) for name, value in row.items()}
    day = date_of(row.get(lies.date), today, shifted=lies.shifted)
    if day is not None:
        cells |= {f"{DAY}{form}": day.strftime(form) for form in DAY_FORMS}
    return cells


def _plain(value: Cell) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value).strip()


def _item(row: Row, lies: Lies, base: str, today: date) -> Item | None:
    title = text_of(row.get(lies.title))
    if not title:
        return None
    day = date_of(row.get(lies.date), today, shifted=lies.shifted)
    url = filled(lies.address, _cells(row, lies, today), base) if lies.address else base
    return Item(title, url, day)


def _signs(items: Sequence[Item], today: date) -> tuple[str, ...]:
    signs = ["json"]
    if any(item.date is None for item in items):
        signs.append("undated_on_top" if items[0].date is None else "some_undated")
    if any(item.date is not None and not _is_past(item.date, today) for item in items):
        signs.append("future_date")
    return tuple(signs)


def _is_past(day: date, today: date) -> bool:
    return (day - today).days <= 1


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return base
