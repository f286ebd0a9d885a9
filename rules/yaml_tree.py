"""YAML text into plain nodes that know their place, for whoever must say where a mistake stands.

PyYAML's C parser gives the events; nothing is resolved here: every scalar stays the text that was
written (`no`, `08:00` and `0012` mean themselves). Never constructs objects, never follows tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

import yaml

from rules.notes import Notes, place_of_offset
from rules.words import say

ALIAS_LIMIT = 100
# What the aliases of a file may add up to: nine nines of nine aliases each are a bomb.
ALIASED_LIMIT = 100_000
DEPTH_LIMIT = 16

_NOTHING = ("", "~", "null", "Null", "NULL")
_PLAIN_TAGS = {None, "!", "tag:yaml.org,2002:str"}
# What libyaml says -> the words for it. Anything else is told as libyaml says it.
_SYNTAX = (
    ("mapping values are not allowed", "stray_colon"),
    ("expected ',' or '}'", "open_brace"),
    ("expected ',' or ']'", "open_bracket"),
    ("did not find expected '-' indicator", "lost_dash"),
    ("did not find expected key", "lost_key"),
    ("could not find expected ':'", "lost_colon"),
    ("unexpected end of stream", "open_quote"),
    ("cannot start any token", "odd_start"),
)
_TAB_INDENT = re.compile(r"^ *\t[ \t]*\S", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Scalar:
    """A word or number as written. `quoted` tells "~" from ~."""

    text: str
    line: int
    column: int
    quoted: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was written: `key:` or `key: ~`."""
        return not self.quoted and self.text in _NOTHING


@dataclass(slots=True, eq=False)
class Sequence:
    """A list."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values, in the order written, each key once."""

    pairs: list[tuple[Scalar, Node]]
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """One value under a key of the file's top; of a list under it, one item at a time."""

    key: Scalar
    value: Node
    listed: bool


class _Broken(Exception):
    """The text cannot be followed any further; the mistake is noted already."""


def entries(text: str, notes: Notes) -> Iterator[Entry]:
    """What stands under the keys of the top mapping, in order; lists come item by item.

    Nothing of a large file is held but the item in hand. Stops at what cannot be parsed, having
    noted it.
    """
    composer = _Composer(text, notes)
    try:
        yield from composer.entries()
    except _Broken:
        notes.is_cut_off = True
    except yaml.YAMLError as error:
        notes.is_cut_off = True
        _note_syntax(error, text, notes)


class _Composer:
    """Events into nodes: aliases counted and weighed, depth limited, doubled keys noted."""

    def __init__(self, text: str, notes: Notes) -> None:
        self._parser = yaml.CLoader(text)
        self._notes = notes
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._aliases = 0
        self._aliased = 0
        self._weight = 0

    def entries(self) -> Iterator[Entry]:
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._notes.wrong(None, "empty_file")
            return
        yield from self._top(self._next())
        self._next()  # the document's end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(event, "second_document")

    def _top(self, event: yaml.Event) -> Iterator[Entry]:
        if not isinstance(event, yaml.MappingStartEvent):
            if isinstance(event, yaml.ScalarEvent) and event.value in _NOTHING:
                self._notes.wrong(None, "empty_file")
                raise _Broken
            self._stop(event, "top_not_mapping")
        seen: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, seen)
            event = self._next()
            if isinstance(event, yaml.SequenceStartEvent):
                yield from self._listed(key, event)
            else:
                yield Entry(key, self._node(event, 1), False)

    def _listed(self, key: Scalar, start: yaml.Event) -> Iterator[Entry]:
        empty = True
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            empty = False
            yield Entry(key, self._node(event, 2), True)
        if empty:
            yield Entry(key, Sequence([], *_start(start)), False)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.tag not in _PLAIN_TAGS:
            self._notes.wrong_at(*_start(event), "tag", tag=event.tag)
        if depth > DEPTH_LIMIT:
            self._stop(event, "too_deep", limit=DEPTH_LIMIT)
        before = self._weight
        self._weight += 1
        node = self._made(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, self._weight - before)
        return node

    def _made(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, *_start(event), quoted=not event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(items, *_start(start))

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        merged: list[Mapping] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, seen)
            value = self._node(self._next(), depth + 1)
            if key.text == "<<" and not key.quoted:
                merged += _mappings(value)
            else:
                pairs.append((key, value))
        lent: dict[str, tuple[Scalar, Node]] = {}
        for pair in (pair for mapping in merged for pair in mapping.pairs):
            if pair[0].text not in seen:
                lent.setdefault(pair[0].text, pair)
        pairs += lent.values()
        return Mapping(pairs, *_start(start))

    def _key(self, event: yaml.Event, seen: dict[str, int]) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, "key_not_text")
        key = Scalar(event.value, *_start(event), quoted=not event.implicit[0])
        if key.text in seen:
            self._notes.wrong(key, "doubled_key", name=key.text, first=seen[key.text])
        seen.setdefault(key.text, key.line)
        return key

    def _alias(self, event: yaml.AliasEvent) -> Node:
        self._aliases += 1
        if event.anchor not in self._anchors:
            self._stop(event, "unknown_alias", name=event.anchor)
        node, weight = self._anchors[event.anchor]
        self._weight += weight
        self._aliased += weight
        if self._aliases > ALIAS_LIMIT or self._aliased > ALIASED_LIMIT:
            self._stop(event, "too_many_aliases", limit=ALIAS_LIMIT)
        return node

    def _next(self) -> yaml.Event:
        event = self._parser.get_event()
        assert event is not None  # the stream's end stops every caller before
        return event

    def _stop(self, event: yaml.Event, what: str, **values: object) -> NoReturn:
        line, column = _start(event)
        self._notes.wrong_at(line, column, what, **values)
        raise _Broken


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None  # whatever comes out of a parser has its place
    return mark.line + 1, mark.column + 1


def _mappings(node: Node) -> list[Mapping]:
    found = node.items if isinstance(node, Sequence) else [node]
    return [one for one in found if isinstance(one, Mapping)]


def _note_syntax(error: yaml.YAMLError, text: str, notes: Notes) -> None:
    """Tabs are told each; anything else at the place where the parser gave up."""
    tabs = list(_TAB_INDENT.finditer(text))
    for found in tabs:
        line, _ = place_of_offset(text, found.start())
        notes.wrong_at(line, found[0].index("\t") + 1, "tab")
    if tabs:
        return
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = getattr(error, "problem", None) or str(error)
    known = next((key for sign, key in _SYNTAX if sign in problem), None)
    why = problem if known is None else say(f"mistake.{known}")
    notes.wrong_at(line, column, "syntax", why=why)
