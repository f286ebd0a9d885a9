"""Thin access to the parsed page: one walk over the parser's tree into flat, ordered nodes.

The parser is selectolax's lexbor, chosen by measuring on the saved pages: half the time of lxml,
and it keeps what follows an early `</html>`, of which lxml lost most. Subtrees are ranges of
the document order (`start`, `end`), so that "which dates lie in this element" is a bisection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_TAGS = 60_000  # opening and closing; far above any honest page
MAX_DEPTH = 500
MAX_ATTRIBUTES = 5_000  # of one tag: the parser compares each with all before it
DEEP_FROM = 2_000  # fewer tags than this cannot nest deep enough to hurt
# Their text is no text of the page. `noscript` speaks only to visitors without scripts.
UNSEEN = frozenset({"script", "style", "template", "noscript", "textarea", "head", "select", "svg"})
INLINE = frozenset(
    {
        "span",
        "font",
        "b",
        "strong",
        "em",
        "i",
        "u",
        "a",
        "sup",
        "sub",
        "ins",
        "small",
        "big",
        "label",
    }
)
BLANKS = ("\u3000", "\xa0", "\u200b", "\ufeff", "\u2002", "\u2003")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
SELF_CLOSING = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "option",
        "col",
        "area",
        "base",
        "embed",
        "param",
        "source",
        "tbody",
    ]
)


TEXT = "-text"  # the parser's tag of a text


NO_CHILDREN: list[Any] = []  # of every text; nobody adds to it


class Node:
    """An element or a text of the page. `text` is set for texts only, `tag` is then empty."""

    __slots__ = ("_attributes", "children", "depth", "end", "parent", "raw", "start", "tag", "text")

    def __init__(
        self, tag: str, parent: Node | None, start: int, raw: LexborNode | None, text: str = ""
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.start = start
        self.end = start + 1
        self.raw = raw
        self.text = text
        self.children: list[Node] = [] if tag else NO_CHILDREN
        self.depth: int = parent.depth + 1 if parent else 0
        self._attributes: dict[str, str | None] | None = None

    def get(self, name: str) -> str:
        """The attribute's value, or an empty string."""
        if self._attributes is None:
            self._attributes = dict(self.raw.attributes) if self.raw is not None else {}
        return self._attributes.get(name) or ""

    def marks(self) -> str:
        """Class and id, lower case: what the page's author calls the element."""
        return f"{self.get('class')} {self.get('id')}".lower()

    def ancestors(self) -> Iterator[Node]:
        """The element's parents, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Tree:
    """All seen nodes in document order, with the scripts and metas beside them."""

    nodes: list[Node]
    parser: LexborHTMLParser
    scripts: list[LexborNode] = field(default_factory=list)
    unseen: list[LexborNode] = field(default_factory=list)

    @property
    def root(self) -> Node:
        """The node that holds all others."""
        return self.nodes[0]

    def texts(self, node: Node | None = None) -> Iterator[Node]:
        """The texts in `node` (default: in the page), in order."""
        first, last = (node.start, node.end) if node else (0, len(self.nodes))
        nodes = self.nodes
        return (nodes[i] for i in range(first, last) if not nodes[i].tag)

    def text_of(self, node: Node, limit: int = 2000) -> str:
        """The visible text in `node`, blanks squeezed, cut at about `limit` characters."""
        parts: list[str] = []
        size = 0
        for piece in self.texts(node):
            parts.append(piece.text)
            size += len(piece.text)
            if size > limit:
                break
        return " ".join(" ".join(parts).split())

    def elements(self, *tags: str) -> Iterator[Node]:
        """Elements of these tags, in order."""
        return (node for node in self.nodes if node.tag in tags)


class TooLarge(Exception):
    """The page has more tags, or a deeper nest of them, than any honest page."""


def _too_many_attributes(text: str) -> bool:
    """Whether one tag has more attributes than any honest tag; words in it stand for them."""
    return _runs_on(text) and any(
        len(piece) > 2 * MAX_ATTRIBUTES and len(piece[piece.find("<") :].split()) > MAX_ATTRIBUTES
        for piece in text.split(">")
        if "<" in piece
    )


def _runs_on(text: str) -> bool:
    """Whether the text goes on for long without closing a tag: told in a few steps."""
    at = 0
    while len(text) - at > 2 * MAX_ATTRIBUTES:
        found = text.rfind(">", at, at + 2 * MAX_ATTRIBUTES + 1)
        if found < 0:
            return True
        at = found + 1
    return False


def parse(text: str) -> Tree:
    """The tree of a page's text. Raises TooLarge before the parser could be hurt by it."""
    tags = text.count("<")
    if tags > MAX_TAGS or (tags > DEEP_FROM and _too_deep(text)):
        raise TooLarge
    if _too_many_attributes(text):
        raise TooLarge
    parser = LexborHTMLParser(text)
    tree = Tree([Node("#root", None, 0, None)], parser)
    if parser.root is not None:
        _walk(tree, parser.root)
    return tree


def _too_deep(text: str) -> bool:
    """Whether some tag is opened far oftener than closed: the parser is quadratic in depth."""
    balance: dict[str, int] = {}
    for closing, name in TAG.findall(text):
        tag = name.lower()
        if tag in SELF_CLOSING:
            continue
        now = balance.get(tag, 0) + (-1 if closing else 1)
        if now > MAX_DEPTH:
            return True
        balance[tag] = max(now, 0)
    return False


def _walk(tree: Tree, top: LexborNode) -> None:
    """Copy what can be seen, in document order, without recursion. The hottest loop there is."""
    nodes = tree.nodes
    root = nodes[0]
    waiting: list[tuple[LexborNode, Node]] = [(top, root)]
    while waiting:
        raw, parent = waiting.pop()
        if parent is not root:
            following = raw.next
            if following is not None:
                waiting.append((following, parent))
        tag = raw.tag or "-"
        if tag == TEXT:
            text = _visible(raw.text_content or "")
            if not text:
                continue
            node = Node("", parent, len(nodes), None, text)
        elif tag in UNSEEN:
            (tree.scripts if tag == "script" else tree.unseen).append(raw)
            continue
        elif tag[0] in "-_!#":
            continue
        else:
            node = Node(tag, parent, len(nodes), raw)
            first = raw.first_child
            if first is not None:
                waiting.append((first, node))
        if node.depth > MAX_DEPTH:
            raise TooLarge
        parent.children.append(node)
        nodes.append(node)
    _close(nodes)


def _visible(text: str) -> str:
    if not text.isascii():
        for blank in BLANKS:
            if blank in text:
                text = text.replace(blank, " ")
    return text.strip()


def _close(nodes: list[Node]) -> None:
    """Set every element's end: the place after its last descendant."""
    for node in reversed(nodes):
        if node.children:
            node.end = node.children[-1].end
