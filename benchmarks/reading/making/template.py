"""A list page taken apart: what stands before, in and after each item and its date.

A template is put together again by `render`; mutations change its parts and carry the truth.
Markup is text here, never a tree, so that nothing is repaired on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random


@dataclass(frozen=True, slots=True)
class Cell:
    """One item: markup before its date, the date as written, markup after it."""

    before: str
    written: str
    after: str
    date: date
    title: str
    href: str

    def html(self) -> str:
        """The item as it stands in the page."""
        return f"{self.before}{self.written}{self.after}"


@dataclass(frozen=True, slots=True)
class Template:
    """One list page in parts. `gap` is what stands between two items; dates are real ones."""

    id: str
    url: str
    today: date
    head: str
    cells: tuple[Cell, ...]
    tail: str
    gap: str = "\n"

    @property
    def newest(self) -> date:
        """The truth: the newest date of the main list."""
        return max(cell.date for cell in self.cells)

    def html(self) -> str:
        """The whole page."""
        return self.head + self.gap.join(cell.html() for cell in self.cells) + self.tail

    def dress(self, dress: Callable[[int, Cell], Cell]) -> Template:
        """The same page with every item changed."""
        return replace(self, cells=tuple(dress(i, cell) for i, cell in enumerate(self.cells)))


@dataclass(frozen=True, slots=True)
class Made:
    """A made page and its truth.

    `hidden` names what the mutation took away (a year, the visible date): such a page need not be
    answered. `count` is the number of items in its main list, None where a person might argue.
    `shown` is a text near its first item.
    """

    body: bytes
    url: str
    today: date
    newest: date | None
    count: int | None
    name: str = ""
    mutation: str = ""
    hidden: str | None = None
    content_type: str | None = "text/html; charset=utf-8"
    states: tuple[str, ...] = field(default=("LIST",))
    shown: str = ""


Mutation = Callable[[Template, Random], "Made | None"]


def made(template: Template, html: str | None = None, **changes: object) -> Made:
    """The page of a template (or other markup for it) as UTF-8 bytes, with the template's truth."""
    text = template.html() if html is None else html
    page = Made(
        body=text.encode("utf-8", "replace"),
        url=template.url,
        today=template.today,
        newest=template.newest,
        count=len(template.cells),
        name=template.id,
        shown=template.cells[0].title[:10],
    )
    return replace(page, **changes)  # type: ignore[arg-type]
