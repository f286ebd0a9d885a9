"""What a page links to and shows: links, pictures and attachments as absolute addresses. Pure.

For the checks of dead links and broken files (P09, P12). What is no address on the wire
(javascript:, mailto:, anchors within the page) is left out, and so is what a script replaces when
it does not come.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urldefrag, urlsplit

from crawler.reading.decoding import decode
from crawler.reading.linking import joiner
from crawler.reading.reader import LARGEST
from crawler.reading.tree import Node, TooLarge, Tree, parse

MOST_LINKS = 3_000
TEXT_CUT = 60
FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z)$", re.IGNORECASE)
UNFINISHED = re.compile(r"[{}<>]|\$\{|%7B|['\"]\s{0,4}\+", re.IGNORECASE)  # for a script to fill in
# A picture of the future: its address stands elsewhere until it is scrolled to.
LAZY = ("data-src", "data-original", "data-lazy", "data-echo")


class LinkKind(StrEnum):
    """What an address is on the page that names it."""

    LINK = "link"
    PICTURE = "picture"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One address that a page names, without its fragment, and the words that stand for it."""

    url: str
    kind: LinkKind
    words: str = ""


def page_links(body: bytes, *, url: str, content_type: str | None = None) -> tuple[PageLink, ...]:
    """Everything that a page links to or shows, each address once, in page order."""
    text = decode(body[:LARGEST], content_type).text
    if text is None:
        return ()
    try:
        tree = parse(text)
    except TooLarge:
        return ()
    join = joiner(_base(tree, url))
    own = urldefrag(url).url
    found: dict[str, PageLink] = {}
    for node in tree.elements("a", "area", "img"):
        link = _link(node, tree, join)
        if link is not None and link.url != own:
            found.setdefault(link.url, link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def file_ending(url: str) -> str:
    """The ending of an attachment's address (pdf, docx …), or an empty string."""
    try:
        found = FILES.search(urlsplit(url).path)
    except ValueError:
        return ""
    return found[1].lower() if found else ""


def _base(tree: Tree, url: str) -> str:
    """What addresses are relative to: the page's own word, where it has one."""
    base = next((one.attributes.get("href") for one in tree.parser.css("base[href]")), None)
    try:
        return joiner(url)(base) if base else url
    except ValueError:
        return url


def _link(node: Node, tree: Tree, join: Callable[[str], str]) -> PageLink | None:
    picture = node.tag == "img"
    if picture and (node.get("onerror") or any(node.get(name) for name in LAZY)):
        return None
    address = _address(node.get("src" if picture else "href"), join)
    if address is None:
        return None
    words = (node.get("alt") if picture else tree.text_of(node, 80)) or node.get("title")
    return PageLink(address, _kind(picture, address), " ".join(words.split())[:TEXT_CUT])


def _kind(picture: bool, address: str) -> LinkKind:
    if picture:
        return LinkKind.PICTURE
    return LinkKind.ATTACHMENT if file_ending(address) else LinkKind.LINK


def _address(written: str, join: Callable[[str], str]) -> str | None:
    """The address on the wire, or None where there is none."""
    written = "".join(written.split("\n")).strip()
    if not written or written.startswith("#") or UNFINISHED.search(written):
        return None
    try:
        address = urldefrag(join(written)).url
        parts = urlsplit(address)
        usable = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        )
    except ValueError:
        return None
    return address if usable else None


def shape_of(url: str) -> str:
    """An address with every number as 9: those that one bad code makes look the same."""
    return re.sub(r"\d+", "9", url)
