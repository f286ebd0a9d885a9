"""What a page offers to click or read as a label, with the address that it leads to. Pure.

For the disclosure platforms (standard, section 6): an entry or a label may be a text, a picture's
alt, a title, an area of an image map, or an element with a click of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.reading.decoding import decode
from crawler.reading.linking import joiner
from crawler.reading.tree import Node, TooLarge, Tree, parse

MOST_WAYS = 4_000
LONGEST = 60  # characters of words that may be a label
MOST_FRAMES = 4
_CLICK = re.compile(
    r"""['"]((?:https?:)?//[^'"\s<>]{1,500}|/[^'"\s<>]{0,500}|(?:\.{0,2}/)?[\w/.%-]{1,200}"""
    r"""\.(?:s?html?|jsp|jspx|do|action|php|aspx?)(?:\?[^'"\s<>]{0,300})?)['"]""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Way:
    """Words on a page. `url` is absolute; None: no address stands there. `is_click`: a visitor can
    click on it, wherever that leads."""

    words: str
    url: str | None = None
    is_click: bool = False


def ways(body: bytes, *, url: str, content_type: str | None = None) -> tuple[Way, ...]:
    """All short words of a page, in its order, with where they lead. Never raises."""
    decoded = decode(body, content_type)
    try:
        tree = parse(decoded.text or "")
    except TooLarge:
        return ()
    join = _safe(joiner(url))
    found: dict[Way, None] = {}
    for way in _ways(tree, join):
        if way.words and len(found) < MOST_WAYS:
            found.setdefault(way)
    return tuple(found)


def text_size(body: bytes, *, content_type: str | None = None) -> int:
    """How many visible characters of text a page has outside its links."""
    decoded = decode(body, content_type)
    try:
        tree = parse(decoded.text or "")
    except TooLarge:
        return 0
    size = inside = 0
    for node in tree.nodes:
        if node.tag == "a":
            inside = max(inside, node.end)
        elif not node.tag and node.start >= inside:
            size += len(node.text)
    return size


def frames(body: bytes, *, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The addresses of the pages that a page shows within itself."""
    decoded = decode(body, content_type)
    try:
        tree = parse(decoded.text or "")
    except TooLarge:
        return ()
    join = _safe(joiner(url))
    found = (join(node.get("src")) for node in tree.elements("iframe", "frame") if node.get("src"))
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_FRAMES]


def _safe(join: Callable[[str], str]) -> Callable[[str], str | None]:
    """Absolute http addresses alone; None for whatever is none."""

    def made(href: str) -> str | None:
        try:
            found = join(href.strip())
            return found if urlsplit(found).scheme in ("http", "https") else None
        except ValueError:
            return None

    return made


def _ways(tree: Tree, join: Callable[[str], str | None]) -> Iterator[Way]:
    inside = 0  # where the last clickable element ends: its texts are told with it
    for node in tree.nodes:
        if not node.tag:
            if node.start >= inside and len(node.text) <= LONGEST:
                yield Way(_bare(node.text))
        elif _is_click(node):
            url = _address(node, join)
            for words in _words(node, tree):
                yield Way(words, url, is_click=True)
            if node.tag in ("a", "area"):
                inside = max(inside, node.end)
        elif node.tag == "img" and node.get("alt") and node.start >= inside:
            yield Way(_bare(node.get("alt")))


def _is_click(node: Node) -> bool:
    if node.tag in ("a", "area"):
        return True
    if node.get("onclick"):
        return True
    return node.tag == "input" and node.get("type").lower() in ("button", "image", "submit")


def _words(node: Node, tree: Tree) -> Iterator[str]:
    """The words of something that can be clicked: its text, titles, alts and values, each."""
    said = [tree.text_of(node, 3 * LONGEST), node.get("title"), node.get("alt"), node.get("value")]
    said += [
        child.get("alt") or child.get("title")
        for child in tree.nodes[node.start : node.end]
        if child.tag == "img"
    ]
    for words in dict.fromkeys(map(_bare, said)):
        if words and len(words) <= LONGEST:
            yield words


def _address(node: Node, join: Callable[[str], str | None]) -> str | None:
    """Where a click leads: the link, the link around it, or an address in its script."""
    for one in (node, *node.ancestors()):
        href = one.get("href").strip() if one.tag in ("a", "area") else ""
        if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
            return join(href)
        found = _CLICK.search(one.get("onclick") or (href if ":" in href else ""))
        if found is not None:
            return join(found[1])
        if one.tag in ("body", "form", "table", "ul"):
            break
    return None


def _bare(words: str) -> str:
    return "".join(words.split())
