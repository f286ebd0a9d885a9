"""The next page of a list: the link that a visitor would follow for older entries. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from crawler.reading.opening import tree_of
from crawler.reading.pagefacts import look
from crawler.reading.tree import Tree

_WORDS = re.compile(r"(?:下一?页|后一?页|[>›»＞]{1,2}|next(?:\s?page)?)[>›»＞]{0,2}", re.IGNORECASE)
# TRS writes its pager by a script: how many pages, which one this is (from 0), name and ending.
_TRS = re.compile(
    r"createPageHTML\(\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},\s{0,9}[\"']([\w-]{1,40})[\"']"
    r"\s{0,9},\s{0,9}[\"'](\w{1,9})[\"']"
)


def next_page(body: bytes, url: str, content_type: str | None = None) -> str | None:
    """The address of the next page of the list at `url`, on the same host; None: there is none."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    here = urlsplit(url)
    for target in (*_linked(tree), *_written(tree)):
        found = _joined(url, target)
        if found and found != url and urlsplit(found).netloc == here.netloc:
            return found
    return None


def _joined(url: str, target: str) -> str | None:
    try:
        found = urljoin(url, target).partition("#")[0]
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def _linked(tree: Tree) -> Iterator[str]:
    for node in tree.nodes:
        if node.tag != "a":
            continue
        text = "".join(one.text for one in tree.nodes[node.start : node.end] if not one.tag)
        href = node.get("href").strip()
        named = _WORDS.fullmatch(text.strip()) or _WORDS.fullmatch(node.get("title").strip())
        if named and href and not href.lower().startswith(("javascript:", "#")):
            yield href


def _written(tree: Tree) -> Iterator[str]:
    found = _TRS.search(look(tree).scripts)
    if found and int(found[2]) + 1 < int(found[1]):
        yield f"{found[3]}_{int(found[2]) + 1}.{found[4]}"
