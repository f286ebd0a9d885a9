"""A page of a platform as its visitor sees it: short pieces of text, scripts, what CSS selects.

The bounded parser is the reader's own. Words of a sign count only where they stand in a piece
short enough to be a message: pages of platforms carry every message they know in their scripts,
and posts may speak of closed accounts.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode, SelectolaxError

from crawler.reading.decoding import decode
from crawler.reading.tree import TooLarge, Tree, parse
from spiders.accounts.payloads import Unreadable, words

MESSAGE = 60  # characters; a longer piece is an article


def page_of(body: bytes, content_type: str | None = None) -> Tree:
    """The tree of an HTML page. Raises Unreadable for what is no text, or a monster."""
    text = decode(body, content_type).text
    if text is None:
        raise Unreadable("no text")
    try:
        return parse(text)
    except TooLarge as error:
        raise Unreadable("too large a page") from error


def messages(tree: Tree) -> Iterator[str]:
    """The visible pieces of text that are short enough to be messages."""
    return (node.text for node in tree.texts() if len(node.text) <= MESSAGE)


def script_text(tree: Tree) -> str:
    """All scripts of the page, one after the other."""
    return "\n".join(node.text() or "" for node in tree.scripts)


def chosen(tree: Tree | LexborNode, selector: str) -> list[LexborNode]:
    """The elements that a selector finds; none for a wrong selector."""
    try:
        return (tree.parser if isinstance(tree, Tree) else tree).css(selector)
    except SelectolaxError:
        return []


def text_at(tree: Tree | LexborNode, *selectors: str) -> str:
    """The text of the first element that one of the selectors finds, or nothing."""
    for selector in selectors:
        for node in chosen(tree, selector):
            found = words(node.text(separator=" "))
            if found:
                return found
    return ""
