"""A file that the user wrote: its text, and the notes of what is wrong in it, each with its place.

The one place where the rules read a disk: what is read is handed on as text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from rules.errors import Mistake
from rules.words import say

SIZE_LIMIT = 64 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class HasPlace(Protocol):
    """Whatever stands at a line and column of a file (both count from 1)."""

    line: int
    column: int


class Notes:
    """The mistakes found in one file, each with its place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        # Whether the file could not be read to its end: what seems missing may stand in the rest.
        self.is_cut_off = False

    def wrong(self, node: HasPlace | None, what: str, **values: object) -> None:
        """Note one mistake at `node`: the words `mistake.WHAT` and `mistake.WHAT_write`."""
        line, column = (node.line, node.column) if node is not None else (0, 0)
        self.wrong_at(line, column, what, **values)

    def wrong_at(self, line: int, column: int, what: str, **values: object) -> None:
        """Note one mistake at a place (both count from 1; 0 is the file as a whole)."""
        self.mistakes.append(
            Mistake(
                self.file,
                line,
                column,
                say(f"mistake.{what}", **values),
                say(f"mistake.{what}_write", **values),
            )
        )


def read_text(path: Path, notes: Notes) -> str | None:
    """The text of a file, or None when it cannot be had; whatever is wrong goes to `notes`.

    A file in GBK is told to be so and read all the same, that its other mistakes show at once.
    """
    try:
        if path.stat().st_size > SIZE_LIMIT:
            notes.wrong(None, "too_large", limit=SIZE_LIMIT // 1024 // 1024)
            return None
        data = path.read_bytes()
    except OSError as error:
        notes.wrong(None, "no_file", why=error.strerror or str(error))
        return None
    return decoded(data, notes)


def decoded(data: bytes, notes: Notes) -> str | None:
    """`data` as text; None when it is no text at all."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _in_another_charset(data, error.start, notes)
    found = _CONTROL.search(text)
    if found is None:
        return text
    line, column = place_of_offset(text, found.start())
    notes.wrong_at(line, column, "control_character", code=f"{ord(found[0]):02X}")
    return None


def _in_another_charset(data: bytes, bad: int, notes: Notes) -> str:
    line = data.count(b"\n", 0, bad) + 1
    column = len(data[data.rfind(b"\n", 0, bad) + 1 : bad].decode("utf-8", "replace")) + 1
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        notes.wrong_at(1, 1, "not_utf8", charset="UTF-16")
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        notes.wrong_at(line, column, "not_utf8", charset=say("mistake.unknown_charset"))
        return data.decode("utf-8", "replace")
    notes.wrong_at(line, column, "not_utf8", charset="GBK")
    return text


def place_of_offset(text: str, offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of an offset in a text."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1
