"""What the first bytes of a picture or an attachment are, by their magic numbers (P12). Pure.

Only what is plainly no such file is told from it: nothing at all, or a web page in its place. Bytes
of no known kind are left alone.
"""

from __future__ import annotations

import re
from enum import StrEnum

PICTURES = (
    b"GIF8",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"RIFF",
    b"BM",
    b"\x00\x00\x01\x00",
    b"II*\x00",
    b"MM\x00*",
)
PACKED, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
# An ending and what its files may begin with; old office programs write web pages and rich text
# under their own endings, so that those say nothing.
FILES: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "docx": (PACKED, OLD_OFFICE),
    "xlsx": (PACKED, OLD_OFFICE),
    "pptx": (PACKED, OLD_OFFICE),
    "ofd": (PACKED,),
    "zip": (PACKED,),
    "rar": (b"Rar!",),
    "7z": (b"7z\xbc\xaf",),
}
PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
HEAD = 1_024  # bytes in which a file says what it is


class FileState(StrEnum):
    """What stands at the address of a file."""

    GOOD = "good"
    EMPTY = "empty"
    PAGE = "page"  # a web page in its place
    UNCLEAR = "unclear"


def picture_state(body: bytes) -> FileState:
    """What stands at the address of a picture."""
    head = body[:HEAD].lstrip()
    if not head:
        return FileState.EMPTY
    if head.startswith(PICTURES) or b"<svg" in head or b"ftyp" in head[:16]:
        return FileState.GOOD
    return FileState.PAGE if PAGE.search(head) else FileState.UNCLEAR


def attachment_state(body: bytes, ending: str) -> FileState:
    """What stands at the address of an attachment with this ending (lower case, no dot)."""
    head = body[:HEAD].lstrip()
    if not head:
        return FileState.EMPTY
    magic = FILES.get(ending)
    if magic is None:
        return FileState.UNCLEAR
    if any(one in head if ending == "pdf" else head.startswith(one) for one in magic):
        return FileState.GOOD
    return FileState.PAGE if PAGE.search(head) else FileState.UNCLEAR
