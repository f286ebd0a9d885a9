"""The recipe of a learned data call: how to ask, and where the records lie in the answer.

A frozen value that becomes JSON and comes back. It never holds what varies, only where that is
found each time anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

VERSION = 1


class Source(StrEnum):
    """Where the value of a varying part is found; what `Part.where` then holds."""

    TAG = (
        "tag"  # the tag, an attribute that tells it apart and its value, the attribute that counts
    )
    NAME = "name"  # the name before it in the page's text (name = "value"), and which mention of it
    AFTER = "after"  # the text right before it in the page, and the character after it
    COOKIE = "cookie"  # the name of a cookie that the page sets
    CLOCK = "clock"  # the form of the present instant
    CHANCE = "chance"  # what it looked like; its digits are drawn anew


@dataclass(frozen=True, slots=True)
class Part:
    """A varying part of a request. `codes` are the ways it is written, the innermost first."""

    source: Source
    where: tuple[str, ...]
    codes: tuple[str, ...] = ()


Text = tuple[str | Part, ...]  # literal pieces, encoded as they are sent, and parts between them


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, within the template of its address."""

    name: str


class Shape(StrEnum):
    """How an answer is read."""

    DATA = "data"  # records in JSON, JSONP or a script; `Lies` says where
    PAGE = "page"  # as a page: markup, XML islands, feeds, markup in JSON
    SCRIPT = "script"  # as an inline script of a page: records that are no JSON
    WRITTEN = "written"  # as the markup that a script writes


@dataclass(frozen=True, slots=True)
class Lies:
    """Where the records lie in data, and which of their fields count.

    `path` are the keys from the outermost value on, `*` for all entries of one; texts that hold
    JSON are opened on the way. `shifted`: instants with a zone are read as of Shanghai, not as
    written. `shown`: so many entries are the list, `sorted`: once the newest are first.
    """

    path: tuple[str, ...]
    title: str
    date: str
    address: tuple[str | Field, ...]
    shifted: bool = False
    shown: int = 0
    sorted: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the call carried when it was last believed. `titles` are short digests."""

    newest: date
    count: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One learned call. `page` is the address of the page that makes it; `confidence` and `signs`
    those of the rendered list, which bound those of every answer."""

    page: str
    method: str
    url: Text
    headers: tuple[tuple[str, Text], ...]
    cookies: tuple[tuple[str, Text], ...]
    body: Text
    shape: Shape
    framed: bool  # the answer's addresses are relative to its own, not to the page's
    lies: Lies | None
    seen: Seen
    confidence: float
    signs: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address for people: a varying part as the name of where it comes from."""
        return "".join(
            piece if isinstance(piece, str) else f"{{{piece.source}}}" for piece in self.url
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the database keeps them."""
        plain = asdict(self) | {
            "version": VERSION,
            "url": _plain(self.url),
            "headers": [[name, _plain(text)] for name, text in self.headers],
            "cookies": [[name, _plain(text)] for name, text in self.cookies],
            "body": _plain(self.body),
        }
        plain["seen"]["newest"] = self.seen.newest.isoformat()
        if self.lies is not None:
            plain["lies"]["address"] = [
                one if isinstance(one, str) else {"field": one.name} for one in self.lies.address
            ]
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Recipe | None:
        """The recipe that `to_json` gave; None for what another version wrote, or nobody."""
        try:
            return _recipe(plain) if plain.get("version") == VERSION else None
        except (KeyError, TypeError, ValueError, AttributeError):
            return None


def _recipe(plain: Mapping[str, Any]) -> Recipe:
    seen, lies = plain["seen"], plain["lies"]
    return Recipe(
        page=str(plain["page"]),
        method=str(plain["method"]),
        url=_text(plain["url"]),
        headers=tuple((str(name), _text(text)) for name, text in plain["headers"]),
        cookies=tuple((str(name), _text(text)) for name, text in plain["cookies"]),
        body=_text(plain["body"]),
        shape=Shape(plain["shape"]),
        framed=bool(plain["framed"]),
        lies=None if lies is None else _lies(lies),
        seen=Seen(
            date.fromisoformat(seen["newest"]), int(seen["count"]), tuple(map(str, seen["titles"]))
        ),
        confidence=float(plain["confidence"]),
        signs=tuple(map(str, plain["signs"])),
    )


def _lies(plain: Mapping[str, Any]) -> Lies:
    return Lies(
        path=tuple(map(str, plain["path"])),
        title=str(plain["title"]),
        date=str(plain["date"]),
        address=tuple(
            one if isinstance(one, str) else Field(str(one["field"])) for one in plain["address"]
        ),
        shifted=bool(plain["shifted"]),
        shown=int(plain["shown"]),
        sorted=bool(plain["sorted"]),
    )


def _plain(text: Text) -> list[Any]:
    return [
        piece
        if isinstance(piece, str)
        else {"from": piece.source.value, "where": list(piece.where), "as": list(piece.codes)}
        for piece in text
    ]


def _text(plain: Sequence[Any]) -> Text:
    return tuple(
        piece
        if isinstance(piece, str)
        else Part(Source(piece["from"]), tuple(map(str, piece["where"])), tuple(piece["as"]))
        for piece in plain
    )
