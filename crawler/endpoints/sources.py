"""What one value of a request is: fixed, or a part that varies and where it is found.

A value that looks made up (a token, a signature) and stands nowhere in the page cannot be had
again: then the call is not learnable. Nothing is forged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from crawler.endpoints.clocks import clock_form, is_day, is_rolling
from crawler.endpoints.finding import Page, locate, locate_after, locate_cookie
from crawler.endpoints.recipe import Part, Source, Text

WORDS = re.compile(r"([A-Za-z0-9_+=\-]+)")
SMALL = 3  # digits of a number of pages, of entries, of a kind
LEAST = 6  # characters of a word with digits that may be a token
LONG = 16  # characters of one without
WORDLIKE = 2.6  # small letters in a row, on average: fewer stand in no word of a person
BUSTERS = re.compile(
    r"_{1,2}|_{0,2}(?:r|rnd|rand|random|t|ts|time|timestamp|nocache|cache|cb)", re.I
)
FLAGS = frozenset({"true", "false", "null", "undefined"})
CHANCE = re.compile(r"0\.\d{6,20}")
CREDENTIALS = re.compile(
    r"passw(?:or)?d|(?:^|[^a-z])pwd|pwd$|authori[sz]ation|^user_?name$|^login_?(?:name|id)$", re.I
)
MOST_PARTS = 40


class Unlearnable(Exception):
    """A part of the request can be had from nowhere."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a request is looked at with: its page, the other scripts of the page, the instant it
    was made (aware), and how its answer begins."""

    page: Page
    scripts: tuple[str, ...]
    at: datetime
    answer: str = ""


def pieces_of(value: str, name: str, scene: Scene) -> Text:
    """The value in pieces, decoded. Raises Unlearnable."""
    if CREDENTIALS.search(name):
        raise Unlearnable(name)
    part = _part(value, name, scene)
    if part is not None:
        return (part,)
    if is_rolling(value, scene.at):
        raise Unlearnable(value)
    if not is_opaque(value) or is_day(value) or _stands_fixed(value, scene):
        return (value,)
    return _by_words(value, scene)


def _by_words(value: str, scene: Scene) -> Text:
    """A value that is put together: every word of it must be plain, or be found."""
    words = WORDS.split(value)
    if len([word for word in words if word]) < 2:
        raise Unlearnable(value)
    pieces: list[str | Part] = []
    for word in words:
        part = _part(word, "", scene) if is_opaque(word) else None
        if part is None and is_opaque(word) and not _stands_fixed(word, scene):
            raise Unlearnable(value)
        pieces.append(word if part is None else part)
    return tuple(piece for piece in pieces if piece)


def _part(value: str, name: str, scene: Scene) -> Part | None:
    """The varying part that a value is, or None."""
    plain = value in FLAGS or (len(value) <= SMALL and value.isdecimal())
    named = None if plain else locate(value, scene.page)
    if named is not None and (is_opaque(value) or _name_of(named) == name):
        return named
    form = clock_form(value, name, scene.at)
    if form is not None:
        return Part(Source.CLOCK, (form,))
    if _is_chance(value, name, scene):
        return Part(Source.CHANCE, (value,))
    if not is_opaque(value):
        return None
    return locate_cookie(value, scene.page) or (
        None if _stands_fixed(value, scene) else locate_after(value, scene.page)
    )


def _name_of(part: Part) -> str:
    """What the page calls the value at an anchor."""
    return part.where[2] if part.source is Source.TAG else part.where[0]


def _is_chance(value: str, name: str, scene: Scene) -> bool:
    """Random numbers against caches, and the random name of a callback."""
    called = re.search(rf"(?:^|[\s;{{(&=./*]){re.escape(value)}\s{{0,4}}\(", scene.answer)
    if called and re.search(r"\d{4}", value):
        return True
    buster = value.isdecimal() and 3 <= len(value) <= 20 and BUSTERS.fullmatch(name)
    return bool(CHANCE.fullmatch(value) or buster)


def is_opaque(value: str) -> bool:
    """Whether a word looks made up by a machine: it may vary, and nobody could guess it."""
    if len(value) < LEAST or not value.isascii():
        return False
    if re.search(r"\s", value):
        return any(is_opaque(word) for word in value.split())
    if re.search(r"\d", value):
        return True
    runs = re.findall("[a-z]+", value)
    short = bool(runs) and sum(map(len, runs)) < WORDLIKE * len(runs)
    return len(value) >= LONG and (short or value.endswith("="))


def _stands_fixed(value: str, scene: Scene) -> bool:
    """Whether a value is part of the page's own address, or of a script file of the page."""
    address = unquote(scene.page.url)
    return value in address or any(value in script for script in scene.scripts)


def coded(pieces: Text, code: str) -> Text:
    """Pieces with one more way of writing around them."""
    return tuple(
        piece if isinstance(piece, str) else replace(piece, codes=(*piece.codes, code))
        for piece in pieces
    )
