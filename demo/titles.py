"""What invented items are called, and what their pages say: functions of a column and a serial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.chance import chance
from demo.data import CityNames, words_file
from demo.naming import Body
from demo.plan import Column

# Which templates a kind of column takes; a concept's own key comes first.
TEMPLATES_BY_KIND = {
    "other": "permits",
    "guide": "guide",
    "statutory": "notice",
    "disclosure_doc": "rules",
    "topic": "topic",
}


def title_of(column: Column, body: Body, city: CityNames, serial: int, day: date) -> str:
    """The title of one item."""
    draw = chance("title", column.seed, column.identity, serial)
    body = replace(body, short=column.source(serial) or body.short)
    return _filled(draw.choice(_templates(column, draw)), body, city, serial, day, draw)


def paragraphs_of(column: Column, body: Body, city: CityNames, serial: int, day: date) -> list[str]:
    """The text of one item's page."""
    draw = chance("text", column.seed, column.identity, serial)
    lines: list[str] = words_file()["paragraphs"]
    return [_filled(line, body, city, serial, day, draw) for line in lines]


def clicks_of(column: Column, serial: int) -> int:
    """How often an item is said to have been read."""
    return chance("clicks", column.seed, column.identity, serial).randint(12, 9800)


def _templates(column: Column, draw: Random) -> Sequence[str]:
    titles: dict[str, list[str]] = words_file()["titles"]
    if column.twist == "dated_titles" and draw.random() < 0.5:
        return titles["dated"]
    for key in (column.concept.key, column.concept.kind):
        if key in titles:
            return titles[key]
    return titles[TEMPLATES_BY_KIND[column.concept.kind]]


def _filled(
    template: str, body: Body, city: CityNames, serial: int, day: date, draw: Random
) -> str:
    words = words_file()
    before = day.replace(day=1) - timedelta(days=1)
    later = day + timedelta(days=draw.randint(9, 45))
    values: dict[str, Any] = {
        "unit": body.short,
        "city": city.short,
        "letter": city.letter,
        "theme": draw.choice(body.themes),
        "place": draw.choice(words["places"]),
        "leader": draw.choice(words["leaders"]),
        "post": draw.choice(words["posts"]),
        "slogan": draw.choice(words["slogans"]),
        "matter": draw.choice(words["matters"]),
        "year": day.year,
        "last_year": day.year - 1,
        "month": later.month,
        "day": later.day,
        "later": f"{later.year}年{later.month}月{later.day}日",
        "prev_year": before.year,
        "prev_month": before.month,
        "number": serial + 1,
        "budget_year": day.year if day.month < 6 else day.year - 1,
        "budget_kind": "预算" if day.month < 6 else "决算",
    }
    return template.format_map(values)
