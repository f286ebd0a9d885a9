"""Links that a page hides, or lends to sellers of what is forbidden (暗链, 非法外链; P10). Pure.

For the monthly survey, which only proposes them. Two things must meet: how a link stands there
(hidden, or shown to another site) and what it advertises. Hidden menus, texts for screen readers,
partners' links and news against gambling each lack one of the two. Nothing here asks a page twice
under another name: what differs between the two clients is told by whoever has both pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.reading.decoding import decode
from crawler.reading.errorpages import CLOSED
from crawler.reading.hiding import ways_of, written_out
from crawler.reading.linking import address_of, joiner
from crawler.reading.reader import LARGEST
from crawler.reading.spam_words import topic_of_host, topic_of_words
from crawler.reading.tree import Node, TooLarge, Tree, parse

MOST_LINKS = 5_000  # links of a page that are looked at
MOST_FOUND = 50
MOST_SCRIPTS = 400_000
TEXT_CUT, URL_CUT = 60, 300
SECOND_LEVEL = frozenset({"gov", "com", "net", "org", "edu", "ac", "mil"})
SHOWN = "shown"
PARKED = next(row for row in CLOSED if row.name == "parked")
# A script that asks where its visitor comes from and sends searchers to another address: a mark of
# tampering that no honest counter needs.
ASKS_ORIGIN, NEAR, MOST_ASKED = "document.referrer", 500, 40
SEARCHERS = re.compile(
    r"(?<!hm\.)(?:baidu|sogou|\bso\.com|sm\.cn|google(?!-?analytics)|bing\b)", re.I
)
JUMP = re.compile(
    r"location(?:\.href)?\s{0,4}=\s{0,4}['\"](https?:[^'\"\s]{4,300})"
    r"|location\.(?:replace|assign)\(\s{0,4}['\"](https?:[^'\"\s]{4,300})"
)


@dataclass(frozen=True, slots=True)
class HiddenLink:
    """One link to be looked at by a person: where it leads, its words, how it stands there
    (a key of `hiding.STYLES`, marquee, script, noscript, after_html, same_colour, shown, frame,
    title, referrer_jump) and what it advertises (a key of `spam_words.WORDS`, or "")."""

    url: str
    words: str
    how: str
    topic: str


def hidden_links(
    body: bytes, *, url: str, content_type: str | None = None
) -> tuple[HiddenLink, ...] | None:
    """The suspicious links of a page, each once, in page order; None where it cannot be read."""
    text = decode(body, content_type).text if len(body) <= LARGEST else None
    if not text:
        return None
    try:
        return _found(text, url)
    except TooLarge:
        return None


def is_for_sale(body: bytes, *, content_type: str | None = None) -> bool:
    """Whether a page offers its own domain, or says that it has run out."""
    text = decode(body[:LARGEST], content_type).text or ""
    try:
        tree = parse(text)
    except TooLarge:
        return False
    said = f"{_title(tree)} {tree.text_of(tree.root, PARKED.most)}"
    return PARKED.pattern.search(said) is not None


def advertises(body: bytes, *, content_type: str | None = None) -> str:
    """What a whole page advertises by its title: the answer of a lapsed domain that somebody else
    took. "" for nothing, or a page that cannot be read."""
    text = decode(body[:LARGEST], content_type).text or ""
    try:
        return topic_of_words(_title(parse(text)))
    except TooLarge:
        return ""


def foreign_links(body: bytes, *, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """Where a page sends its visitors on other registered domains, each address once."""
    text = decode(body, content_type).text if len(body) <= LARGEST else None
    try:
        tree = parse(text or "")
    except TooLarge:
        return ()
    join = joiner(url)
    links = (address_of(node, url, join) for node in _first(tree.elements("a", "area")))
    return tuple(dict.fromkeys(link[:2_000] for link in links if is_foreign(link, url)))


def is_foreign(link: str, url: str) -> bool:
    """Whether a link leads over http(s) to another registered domain than the page's own."""
    host, own = _host(link), _host(url)
    return bool(host) and bool(own) and registered(host) != registered(own)


def registered(host: str) -> str:
    """The part of a host that somebody registered: x.gov.cn of www.x.gov.cn."""
    labels = host.split(".")
    is_deep = len(labels) >= 3 and labels[-1] == "cn" and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if is_deep else labels[-2:])


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "").lower() if parts.scheme in ("http", "https") else ""


def _found(text: str, url: str) -> tuple[HiddenLink, ...]:
    tree = parse(written_out(text))
    found: dict[tuple[str, str], HiddenLink] = {}
    for one in _suspects(tree, text, url):
        found.setdefault((one.url, one.words), one)
        if len(found) >= MOST_FOUND:
            break
    return tuple(found.values())


def _suspects(tree: Tree, text: str, url: str) -> Iterator[HiddenLink]:
    scripts = _scripts(tree)
    yield from _of_title(tree, url)
    yield from _jumps(scripts, url)
    for words, link, way in _links(tree, text, url, ways_of(tree, scripts)):
        topic = topic_of_words(words) or (topic_of_host(_host(link)) if link else "")
        if topic and (way != SHOWN or is_foreign(link, url)):
            yield HiddenLink(link[:URL_CUT], words[:TEXT_CUT], way, topic)


def _scripts(tree: Tree) -> str:
    parts: list[str] = []
    size = 0
    for script in tree.scripts:
        parts.append(script.text() or "")
        size += len(parts[-1])
        if size > MOST_SCRIPTS:
            break
    return "\n".join(parts)[:MOST_SCRIPTS]


def _jumps(scripts: str, url: str) -> Iterator[HiddenLink]:
    at = -1
    for _ in range(MOST_ASKED):
        at = scripts.find(ASKS_ORIGIN, at + 1)
        if at < 0:
            return
        near = scripts[max(0, at - NEAR // 2) : at + NEAR]
        jump = JUMP.search(near) if SEARCHERS.search(near) else None
        link = (jump[1] or jump[2]) if jump else ""
        if link and is_foreign(link, url):
            yield HiddenLink(link[:URL_CUT], "", "referrer_jump", "")


def _of_title(tree: Tree, url: str) -> Iterator[HiddenLink]:
    title = _title(tree)
    topic = topic_of_words(title)
    if topic:
        yield HiddenLink(url, title[:TEXT_CUT], "title", topic)


def _title(tree: Tree) -> str:
    node = tree.parser.css_first("title")
    return " ".join(node.text().split()) if node is not None else ""


Link = tuple[str, str, str]  # words, address, how it stands there


def _links(tree: Tree, text: str, url: str, ways: list[str]) -> Iterator[Link]:
    join = joiner(url)
    late = _after_end(text)
    for node in _first(tree.elements("a", "area", "iframe", "embed")):
        if node.tag in ("iframe", "embed"):
            yield "", _source(node, url), ways[node.start] or "frame"
        else:
            words = _words(tree, node)
            shown = "after_html" if (node.get("href"), words) in late else SHOWN
            yield words, address_of(node, url, join), ways[node.start] or shown
    yield from _unscripted(tree, url, join)


def _first(nodes: Iterator[Node]) -> Iterator[Node]:
    return (node for _, node in zip(range(MOST_LINKS), nodes, strict=False))


def _words(tree: Tree, node: Node) -> str:
    return tree.text_of(node, 200) or node.get("title")[:200]


def _source(node: Node, url: str) -> str:
    try:
        return urljoin(url, node.get("src").strip())
    except ValueError:
        return ""


def _unscripted(tree: Tree, url: str, join: Callable[[str], str]) -> Iterator[Link]:
    """Links kept for visitors without scripts, which are search engines alone."""
    for raw in tree.parser.css("noscript a")[:MOST_LINKS]:
        node = Node("a", None, 0, raw)
        yield " ".join((raw.text() or "").split())[:200], address_of(node, url, join), "noscript"


def _after_end(text: str) -> frozenset[tuple[str, str]]:
    """(href, words) of links that stand behind the page's own end."""
    end = text.lower().find("</html>")
    tail = text[end + 7 :] if end >= 0 else ""
    if "<a" not in tail.lower():
        return frozenset()
    tree = parse(tail)
    return frozenset((n.get("href"), _words(tree, n)) for n in _first(tree.elements("a")))
