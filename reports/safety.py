"""Making scraped text harmless for where it ends: a terminal, a spreadsheet, a document, JSON.

A title is whatever its page says: a formula, an escape sequence, a mark that turns the line
around. Everything that shows such text to people passes through here.
"""

from __future__ import annotations

import re
import unicodedata

_FORMULA = ("=", "+", "-", "@")
# Marks that turn the direction of text around, and marks that show nothing at all.
_DIRECTIONS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What JSON leaves as it is, though a terminal or an old parser obeys it; only ever within strings.
_OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def harmless(text: str) -> str:
    """`text` on one line, without control characters and direction marks."""
    return " ".join(_CONTROLS.sub(" ", _DIRECTIONS.sub("", text)).split())


def guarded(text: str) -> str:
    """Harmless text that no spreadsheet takes for a formula: a leading sign gets an apostrophe."""
    clean = harmless(text)
    # Excel takes the full-width signs, too.
    return f"'{clean}" if unicodedata.normalize("NFKC", clean[:1]).startswith(_FORMULA) else clean


def inert(json_text: str) -> str:
    """JSON of the same meaning, with what a terminal would obey written as escapes."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)
