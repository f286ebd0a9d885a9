"""Strict, bounded reading of JSON, and typed looks into it.

Whatever is not plainly what was expected is `Unreadable`, never a guess: NaN, a key told twice,
bytes that are no UTF-8, a nest deeper than any honest one. A look gives None for what is absent
or of another type; `entries` and `mapping` insist.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from spiders.accounts.answers import MAX_POSTS

MAX_DEPTH = 64
MAX_TEXT = 300  # characters of a title
MAX_ID = 200
MAX_DIGITS = 30  # of a number; the longest ids have 19

Json: TypeAlias = "dict[str, object]"
_S = TypeVar("_S")
_T = TypeVar("_T")
# Strings first, so that the brackets inside them are not counted.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ID = re.compile(r"[^\x00-\x20\x7f\ud800-\udfff]+")
_TAG = re.compile(r"<[^<>]{0,500}>")
_DIGITS = re.compile(r"[0-9]{1,30}")


class Unreadable(Exception):
    """The payload has no shape that we know. Its text says which part."""


def parse_json(body: bytes | str) -> object:
    """The value that a body holds. Raises Unreadable."""
    text = decoded(body)
    if _depth(text) > MAX_DEPTH:
        raise Unreadable("too deep")
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    return value


def decoded(body: bytes | str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises Unreadable."""
    if isinstance(body, str):
        return body.removeprefix("\ufeff")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error


def _depth(text: str) -> int:
    now = most = 0
    for found in _BRACKETS.finditer(text):
        first = found.group()[0]
        if first == '"':
            continue
        now += 1 if first in "[{" else -1
        most = max(most, now)
    return most


def _once(pairs: list[tuple[str, object]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key told twice")
    return made


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number without measure")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number without measure")
    return number


def at(value: object, *keys: str) -> object:
    """What stands under the keys, one inside the other; None where one of them is missing."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def mapping(value: object, what: str) -> Json:
    """An object. Raises Unreadable."""
    if not isinstance(value, dict):
        raise Unreadable(f"{what} is no object")
    return value


def entries(value: object, what: str) -> list[object]:
    """A list of no more entries than a platform gives at once. Raises Unreadable."""
    if not isinstance(value, list):
        raise Unreadable(f"{what} is no list")
    if len(value) > MAX_POSTS:
        raise Unreadable(f"{what} is too long")
    return value


def words(value: object, limit: int = MAX_TEXT) -> str:
    """A text fit to be kept: no half characters, blanks squeezed, cut; empty for anything else."""
    if not isinstance(value, str):
        return ""
    kept = value[: 4 * limit].encode("utf-8", "replace").decode("utf-8")
    return " ".join(kept.replace("\x00", " ").split())[:limit]


def plain(value: object, limit: int = MAX_TEXT) -> str:
    """Words without the tags that some platforms leave in them."""
    return words(_TAG.sub(" ", value[: 8 * limit]), limit) if isinstance(value, str) else ""


def ident(value: object) -> str | None:
    """An id: a whole number or a text without blanks. None for anything else."""
    text = str(value) if whole(value) is not None else value
    if isinstance(text, str) and len(text) <= MAX_ID and _ID.fullmatch(text):
        return text
    return None


def whole(value: object) -> int | None:
    """A whole number, also where it is written as digits in a text. True is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) else None


def count(value: object) -> int | None:
    """A whole number that can count something."""
    number = whole(value)
    return number if number is not None and number >= 0 else None


def is_set(value: object) -> bool:
    """Whether a mark is set. What is neither yes nor no counts as set: a pin proves less."""
    return value not in (None, False, 0, "", "0", "false")


def goes_on(value: object) -> bool | None:
    """Whether a list says that there is more of it; None where it does not say yes or no."""
    if value in (True, 1, "1"):
        return True
    return False if value in (False, 0, "0") else None


def first(*looks: _T | None, default: _T) -> _T:
    """The first that is there."""
    return next((look for look in looks if look is not None), default)


def each(values: Iterable[object], read: Callable[[Json], _T]) -> tuple[tuple[_T, ...], bool]:
    """What could be read of a list's objects, and whether all of them could."""
    return tried(values, lambda value: read(mapping(value, "entry")))


def tried(values: Iterable[_S], read: Callable[[_S], _T]) -> tuple[tuple[_T, ...], bool]:
    """What could be read of some values, and whether all of them could."""
    found: list[_T] = []
    whole = True
    for value in values:
        try:
            found.append(read(value))
        except Unreadable:
            whole = False
    return tuple(found), whole
