"""The keys of a mapping in a file, read by a table: each key with the reader of its value.

A reader takes a node and the notes of its file; it returns the value, or `WRONG` having noted why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches
from enum import Enum, StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rules.durations import parse_duration
from rules.notes import Notes
from rules.words import say
from rules.yaml_tree import Mapping, Node, Scalar, Sequence


class _Wrong(Enum):
    WRONG = "wrong"


WRONG = _Wrong.WRONG
Reader = Callable[[Node, Notes], Any]
Words = TypeVar("Words", bound=StrEnum)

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_SPACE = re.compile(r"\s")
# A first segment that ends like a host's name: an address whose scheme was forgotten.
_LOST_SCHEME = re.compile(
    r"(?:[\w-]+\.)+(?:cn|com|net|org|gov|edu|test|中国)(?::\d+)?(?:/|$)", re.IGNORECASE
)
_ODD_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|https?[：:]?[/／]", re.I)


@dataclass(frozen=True, slots=True)
class Field:
    """One key: how its value is read, and whether it must stand."""

    read: Reader
    required: bool = False


def read_mapping(node: Node, fields: Table[str, Field], notes: Notes) -> dict[str, Any] | None:
    """The values under the known keys, or None when a required one is missing or wrong.

    Keys without a value count as not written. Unknown keys are noted with the nearest known.
    """
    if not isinstance(node, Mapping):
        notes.wrong(node, "not_mapping", keys="、".join(fields))
        return None
    values: dict[str, Any] = {}
    for key, value in node.pairs:
        field = fields.get(key.text)
        if field is None:
            _note_unknown_key(key, fields, notes)
        elif not (isinstance(value, Scalar) and value.is_nothing):
            read = field.read(value, notes)
            values[key.text] = read
    missing = [name for name, field in fields.items() if field.required and name not in values]
    for name in missing:
        notes.wrong(node, "missing_key", name=name)
    wrong = {name for name, value in values.items() if value is WRONG}
    if missing or any(fields[name].required for name in wrong):
        return None
    return {name: value for name, value in values.items() if name not in wrong}


def _note_unknown_key(key: Scalar, fields: Iterable[str], notes: Notes) -> None:
    notes.wrong(key, "unknown_key", name=key.text, known=nearest(key.text, fields))


def nearest(word: str, known: Iterable[str], labels: Table[str, str] | None = None) -> str:
    """The known words nearest to `word`, for a message; all of them when none is near.

    `labels` are other names of known words (Chinese ones): `动态要闻` is told `news`.
    """
    known = list(known)
    names = {name: name for name in known} | dict(labels or {})
    close = get_close_matches(word.strip().lower(), names, n=3, cutoff=0.6)
    found = list(dict.fromkeys(names[name] for name in close)) or known
    return "、".join(found)


def text(node: Node, notes: Notes) -> Any:
    """A word or line of text, trimmed."""
    if not isinstance(node, Scalar):
        notes.wrong(node, "not_text")
        return WRONG
    found = node.text.strip()
    if not found:
        notes.wrong(node, "no_text")
        return WRONG
    return found


def one_of(kind: type[Words], labels: Table[str, Words] | None = None) -> Reader:
    """One word of an enumeration; `labels` are Chinese names, suggested, not taken."""
    known = [word.value for word in kind]
    other = {label: word.value for label, word in (labels or {}).items()}
    table = {word.value: word for word in kind}

    def read(node: Node, notes: Notes) -> Any:
        word = text(node, notes)
        if word is WRONG:
            return WRONG
        if word not in table:
            notes.wrong(node, "unknown_word", word=word, known=nearest(word, known, other))
            return WRONG
        return table[word]

    return read


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`."""

    def read(node: Node, notes: Notes) -> Any:
        if isinstance(node, Scalar) and re.fullmatch(r"[+-]?\d{1,9}", node.text.strip()):
            number = int(node.text)
            if low <= number <= high:
                return number
        notes.wrong(node, "not_whole", found=shown(node), low=low, high=high)
        return WRONG

    return read


def share(node: Node, notes: Notes) -> Any:
    """A share, 0 to 1, as 0.05."""
    if isinstance(node, Scalar) and re.fullmatch(r"[01](\.\d{1,6})?", node.text.strip()):
        number = float(node.text)
        if number <= 1:
            return number
    notes.wrong(node, "not_share", found=shown(node))
    return WRONG


def flag(node: Node, notes: Notes) -> Any:
    """true or false."""
    known = {"true": True, "false": False}
    if isinstance(node, Scalar) and node.text.strip().lower() in known:
        return known[node.text.strip().lower()]
    notes.wrong(node, "not_flag", found=shown(node))
    return WRONG


def duration(node: Node, notes: Notes) -> Any:
    """A duration, as 1s, 20m, 2h."""
    if isinstance(node, Scalar):
        try:
            return parse_duration(node.text)
        except (ValueError, OverflowError):
            pass
    notes.wrong(node, "not_duration", found=shown(node))
    return WRONG


def pattern(node: Node, notes: Notes) -> Any:
    """A regular expression."""
    found = text(node, notes)
    if found is WRONG:
        return WRONG
    try:
        re.compile(found)
    except re.error as error:
        notes.wrong(node, "not_pattern", found=shown(node), why=error)
        return WRONG
    return found


def day(node: Node, notes: Notes) -> Any:
    """A civil date, as 2022-05-15."""
    found = _DAY.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    notes.wrong(node, "not_day", found=shown(node))
    return WRONG


def clock(node: Node, notes: Notes) -> Any:
    """A time of day, as 08:00."""
    found = _CLOCK.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if found is not None:
        return time(int(found[1]), int(found[2]))
    notes.wrong(node, "not_clock", found=shown(node))
    return WRONG


def list_of(read: Reader) -> Reader:
    """A list of what `read` reads; wrong items are noted and left out."""

    def read_list(node: Node, notes: Notes) -> Any:
        if not isinstance(node, Sequence):
            notes.wrong(node, "not_list")
            return WRONG
        values = (read(item, notes) for item in node.items)
        return tuple(value for value in values if value is not WRONG)

    return read_list


def address(node: Node, notes: Notes) -> Any:
    """An absolute http or https address."""
    found = column_address(node, notes)
    if found is WRONG:
        return WRONG
    if not found.lower().startswith(("http://", "https://")):
        notes.wrong(node, "no_scheme", found=found)
        return WRONG
    return found


def column_address(node: Node, notes: Notes) -> Any:
    """An address, absolute, or relative to its site's."""
    found = text(node, notes)
    if found is WRONG:
        return WRONG
    if _SPACE.search(found):
        notes.wrong(node, "space_in_address", found=found)
        return WRONG
    if not found.lower().startswith(("http://", "https://")):
        if _ODD_SCHEME.match(found) or _LOST_SCHEME.match(found):
            notes.wrong(node, "no_scheme", found=found)
            return WRONG
        return found
    return found if _has_host(found) else _bad_address(node, found, notes)


def _has_host(found: str) -> bool:
    try:
        parts = urlsplit(found)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _bad_address(node: Node, found: str, notes: Notes) -> Any:
    notes.wrong(node, "bad_address", found=found)
    return WRONG


def shown(node: Node) -> str:
    """What was written, short enough for a message."""
    if isinstance(node, Scalar):
        return node.text if len(node.text) <= 40 else node.text[:39] + "…"
    return say("mistake.a_list" if isinstance(node, Sequence) else "mistake.a_mapping")


def longest(limit: timedelta, least: timedelta = timedelta()) -> Reader:
    """A duration no longer than `limit`, and no shorter than `least`."""

    def read(node: Node, notes: Notes) -> Any:
        found = duration(node, notes)
        if found is not WRONG and not least <= found <= limit:
            notes.wrong(node, "not_duration", found=shown(node))
            return WRONG
        return found

    return read
