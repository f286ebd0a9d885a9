"""A page's bytes to its tree, for readers that need nothing else of it."""

from __future__ import annotations

from crawler.reading.decoding import decode
from crawler.reading.tree import TooLarge, Tree, parse

LARGEST = 12_000_000  # bytes


def tree_of(body: bytes, content_type: str | None = None) -> Tree | None:
    """The tree of a page; None where it has no text, or more of anything than a page has."""
    text = decode(body, content_type).text if len(body) <= LARGEST else None
    if not text:
        return None
    try:
        return parse(text)
    except TooLarge:
        return None
