"""What the machine sees on a page, shown to a person: for `read` (saved files) and `probe`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.tables import Cell, Format, Table, render, to_json
from rules.facts import Item, PageReading
from rules.words import say

FIELDS = ("url", "state", "newest", "title", "date", "pinned", "item_url")
SHOWN = ("date", "pinned", "title", "item_url")


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as it was seen. `source` is its file or address.

    `more` are further facts under their field names, as JSON has them; `words` are those of
    them that a person reads otherwise.
    """

    source: str
    reading: PageReading
    kind: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """What was read off the page, its items apart, as JSON has it."""
        reading = self.reading
        return {
            "url": self.source,
            "state": reading.state.value,
            "column_name": reading.column_name,
            "kind": self.kind,
            "newest": reading.newest,
            "confidence": round(reading.confidence, 3),
            "forward": reading.forward,
            "signs": list(reading.signs),
            **self.more,
        }


def shown(pages: Sequence[Seen], form: Format, width: int | None) -> bytes:
    """The pages in one of the forms: JSON an object a page, CSV and XLSX a row an item."""
    if form is Format.JSON:
        return f"{to_json([_object(page) for page in pages])}\n".encode()
    if form is Format.TABLE:
        return b"\n".join(_for_people(page, width) for page in pages)
    return render(_table(pages), form)


def _object(page: Seen) -> dict[str, Any]:
    return page.facts() | {"items": [_item(item) for item in page.reading.items]}


def _item(item: Item) -> dict[str, Any]:
    return {"title": item.title, "url": item.url, "date": item.date, "pinned": item.pinned}


def _table(pages: Iterable[Seen]) -> Table:
    rows = tuple(row for page in pages for row in _rows(page))
    return Table("items", FIELDS, rows, SHOWN)


def _rows(page: Seen) -> Iterable[dict[str, Cell]]:
    reading = page.reading
    for item in reading.items:
        yield {
            "url": page.source,
            "state": reading.state.value,
            "newest": reading.newest,
            "title": item.title,
            "date": item.date,
            "pinned": say("page.pinned") if item.pinned else None,
            "item_url": item.url,
        }


def _for_people(page: Seen, width: int | None) -> bytes:
    """The facts that there are, a line each, and the items under them."""
    facts = page.facts() | dict(page.words)
    facts["state"] = say(f"state.{page.reading.state}")
    facts["kind"] = page.kind and f"{page.kind} {say(f'kind.{page.kind}')}"
    rows: tuple[Mapping[str, Cell], ...] = tuple(
        {"fact": say(f"field.{name}"), "value": _plain(value)}
        for name, value in facts.items()
        if value not in (None, [], "")
    )
    names = ("fact", "value")
    drawn = render(Table("facts", names, rows, names), Format.TABLE, width=width)
    if not page.reading.items:
        return drawn
    return drawn + render(_table([page]), Format.TABLE, width=width)


def _plain(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
