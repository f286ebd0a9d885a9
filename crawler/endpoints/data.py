"""Data in an answer: the values that stand in it, the tables within them, the dates in their cells.

JSON, JSONP, scripts with JSON in them, JSON packed into texts of JSON: whatever the envelope is
called and however deep it is. Everything is bounded; nothing recurses without a limit.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import unescape
from typing import Any

from crawler.reading.dates import Precision, find_dates, unix_date
from rules.facts import SHANGHAI

Cell = str | int | float
Row = Mapping[str, Cell]
Path = tuple[str, ...]

LARGEST = 4_000_000  # characters
MOST_ROOTS = 40  # values of one script
MOST_TRIES = 400  # places of a script where a value might begin
MOST_SCANNED = 8_000_000  # characters read in vain at such places
DEEP = 10_000  # characters that a value may take which is nested too deep
MOST_NODES = 20_000
MOST_ROWS = 2_000  # of one table
MOST_OF_ALL = 20_000  # rows of all tables
MOST_CELLS = 80
DEEPEST_ROW = 3
ANY = "*"
# Where a value may begin in a script: after an assignment, an opening bracket, a separator.
BEGINS = re.compile(r"(?:^|[=(:,;\s])\s{0,20}(?=[\[{])|[=(]\s{0,20}(?=\")")
EPOCH = re.compile(r"(?:/?Date\()?(-?\d{10}|\d{13})(?:[+-]\d{4})?\)?/?")
STAMP = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)\d{4,6}")
ZONED = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)")
TAGS = re.compile(r"<[^<>]{0,400}>")


def roots(text: str) -> list[object]:
    """The values that stand in an answer, in their order: one of JSON, all of a script."""
    text = text.strip().lstrip("\ufeff")[:LARGEST]
    decoder = json.JSONDecoder(strict=False)
    found: list[object] = []
    place, scanned = 0, 0
    for _ in range(MOST_TRIES):
        begin = BEGINS.search(text, place)
        if begin is None or len(found) >= MOST_ROOTS or scanned > MOST_SCANNED:
            break
        try:
            value, place = decoder.raw_decode(text, begin.end())
        except (ValueError, RecursionError) as error:
            scanned += getattr(error, "pos", begin.end() + DEEP) - begin.end()
            place = begin.end() + 1
            continue
        if value and isinstance(opened(value), dict | list):
            found.append(value)
    return found


def opened(node: object) -> object:
    """A node, or the data that is packed into it as text."""
    for _ in range(DEEPEST_ROW):
        if not isinstance(node, str) or len(node) < 2 or node.lstrip()[:1] not in ("{", "[", '"'):
            return node
        try:
            node = json.loads(node, strict=False)
        except (ValueError, RecursionError):
            return node
    return node


def tables(values: Sequence[object]) -> Iterator[tuple[Path, list[Row]]]:
    """Every table in the values and where it lies: each by itself first, then those of like place
    together."""
    alike: dict[Path, int] = defaultdict(int)
    count = 0
    for path, node in _nodes(values):
        rows = rows_of(node)
        count += len(rows)
        if rows and count <= MOST_OF_ALL:
            alike[tuple(ANY if key.isdecimal() else key for key in path)] += 1
            yield path, rows
    yield from ((path, rows_at(values, path)) for path, times in alike.items() if times > 1)


def rows_at(values: Sequence[object], path: Path) -> list[Row]:
    """The rows at a place, `*` standing for every entry of a node."""
    here: list[object] = [list(values)]
    for key in path:
        here = [child for node in here[:MOST_NODES] for child in _children(opened(node), key)]
    return [row for node in here[:MOST_NODES] for row in rows_of(opened(node))][:MOST_ROWS]


def _nodes(values: Sequence[object]) -> Iterator[tuple[Path, object]]:
    """Every list and object, outermost first, with the keys that lead to it."""
    waiting: list[tuple[Path, object]] = [((), list(values))]
    for count, (path, packed) in enumerate(waiting):
        if count >= MOST_NODES:
            return
        node = opened(packed)
        if isinstance(node, dict | list):
            if path:
                yield path, node
            room = max(0, 2 * MOST_NODES - len(waiting))
            waiting += [((*path, key), child) for key, child in _entries(node)[:room]]


def _entries(node: dict[Any, Any] | list[Any]) -> list[tuple[str, object]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    return [
        (str(key), child)
        for key, child in pairs
        if isinstance(child, dict | list) or (isinstance(child, str) and len(child) > 40)
    ]


def _children(node: object, key: str) -> list[object]:
    if isinstance(node, dict):
        return list(node.values()) if key == ANY else [node[key]] if key in node else []
    if not isinstance(node, list):
        return []
    if key == ANY:
        return node
    return [node[int(key)]] if key.isdecimal() and int(key) < len(node) else []


def rows_of(node: object) -> list[Row]:
    """The rows that a node is: a list of objects or of lists, or an object of like objects."""
    if isinstance(node, dict):
        entries = [one for one in node.values() if isinstance(one, dict)]
        alike = len({frozenset(one) for one in entries}) == 1 and len(entries) == len(node) > 1
        return [_row(one) for one in entries[:MOST_ROWS]] if alike else []
    if not isinstance(node, list):
        return []
    packed = [opened(one) for one in node[:MOST_ROWS]]
    return [_row(one) for one in packed if isinstance(one, dict) or _is_line(one)]


def _is_line(one: object) -> bool:
    return isinstance(one, list) and len(one) > 1 and not isinstance(one[0], dict | list)


def _row(entry: object, prefix: str = "", depth: int = 0) -> dict[str, Cell]:
    """The cells of an entry, those of objects within it under dotted names."""
    row: dict[str, Cell] = {}
    for key, packed in _cells(entry):
        value = opened(packed) if isinstance(packed, str) and packed[:1] == "{" else packed
        if isinstance(value, dict) and depth < DEEPEST_ROW:
            row |= _row(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            row[f"{prefix}{key}"] = value
    return row


def _cells(entry: object) -> list[tuple[Any, Any]]:
    if isinstance(entry, dict):
        return list(entry.items())[:MOST_CELLS]
    return list(enumerate(entry))[:MOST_CELLS] if isinstance(entry, list) else []


def text_of(cell: Cell | None) -> str:
    """A cell as a person sees it: no tags, no entities."""
    if cell is None:
        return ""
    text = str(cell)
    return unescape(TAGS.sub("", text) if "<" in text else text).strip()


def date_of(cell: Cell | None, today: date, *, shifted: bool = False) -> date | None:
    """The civil date (Asia/Shanghai) that a cell holds: an instant of Unix, or a written date.

    `shifted`: an instant with a zone counts as of Shanghai; else as it is written.
    """
    if cell is None:
        return None
    if isinstance(cell, int | float):
        return unix_date(float(cell), today) if abs(cell) < 1e14 else None
    text = text_of(cell)
    if len(text) > 60:
        return None
    if epoch := EPOCH.fullmatch(text):
        return unix_date(float(epoch.group(1)), today)
    if stamp := STAMP.fullmatch(text):
        text = "-".join(stamp.groups())
    if zoned := ZONED.fullmatch(text):
        return _zoned(text, zoned.group(1), shifted)
    found = next((one for one in find_dates(text, today) if one.precision is Precision.FULL), None)
    return found.date if found is not None and found.start <= 4 else None


def _zoned(text: str, day: str, shifted: bool) -> date | None:
    try:
        if not shifted:
            return date.fromisoformat(day)
        return datetime.fromisoformat(text).astimezone(SHANGHAI).date()
    except ValueError:
        return None
