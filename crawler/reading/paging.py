"""The next page of a list: the link that a visitor would follow for older entries. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.reading.opening import tree_of
from crawler.reading.pagefacts import look
from crawler.reading.tree import Node, Tree

# What a list says that goes on, though no link can be followed to where: scripts page it.
_GOES_ON = re.compile(
    r"下一?页|后一?页|尾页|末页|加载更多|点击加载|查看更多|next\s?page|共\s{0,4}(?!1\s{0,4}页)\d{1,6}\s{0,4}页",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"\b(?:pager|paging|pagination|pages|pagebar|page-?list|laypage)\b", re.IGNORECASE
)
_SCRIPTED = re.compile(
    r"dataproxy|createPage\w{0,9}\(|totalPage|pageCount|totalRecord", re.IGNORECASE
)
# Arrows alone stand behind the headings of other lists, too (更多 >>).
_ARROWS = re.compile(r"[>›»＞]{1,4}")
_PAGE_KEY = re.compile(r"(?:cur\w{0,9})?p(?:g|n|age\w{0,9})?", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:下一?页|后一?页|[>›»＞]{1,2}|next(?:\s?page)?)\s{0,4}[>›»＞]{0,2}", re.IGNORECASE
)
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
    for target, is_named in (*_linked(tree), *_written(tree)):
        found = _joined(url, target)
        if not found or found == url or urlsplit(found).netloc != here.netloc:
            continue
        if is_named or _is_same_list(url, found):
            return found
    return None


def goes_on(body: bytes, content_type: str | None = None) -> bool:
    """Whether a list that `next_page` finds no next page of shows signs of one all the same. Where
    nothing can be said of it, it may."""
    tree = tree_of(body, content_type)
    if tree is None:
        return True
    trs = _TRS.search(look(tree).scripts)
    if trs is not None:
        return int(trs[2]) + 1 < int(trs[1])
    if _SCRIPTED.search(look(tree).scripts):
        return True
    shown = any(_GOES_ON.search(node.text) for node in tree.texts())
    numbered = any(tree.text_of(link) == "2" for link in tree.elements("a"))
    return shown or numbered or any(_is_pager(node) for node in tree.nodes if node.tag)


def _is_pager(node: Node) -> bool:
    told = f"{node.get('class')} {node.get('id')}"
    return bool(_PAGER.search(told) or _GOES_ON.search(f"{node.get('alt')} {node.get('title')}"))


def _is_same_list(url: str, found: str) -> bool:
    """Whether an address lies in the list's own folder, and asks for no other list by its query."""
    here, there = urlsplit(url), urlsplit(found)
    own, other = (
        {pair for pair in parse_qsl(one.query) if not _PAGE_KEY.fullmatch(pair[0])}
        for one in (here, there)
    )
    return here.path.rpartition("/")[0] == there.path.rpartition("/")[0] and own <= other


def _joined(url: str, target: str) -> str | None:
    try:
        found = urljoin(url, target).partition("#")[0]
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def _linked(tree: Tree) -> Iterator[tuple[str, bool]]:
    """Links onwards, and whether they say so in words."""
    for node in tree.nodes:
        if node.tag != "a":
            continue
        text = "".join(one.text for one in tree.nodes[node.start : node.end] if not one.tag)
        href = node.get("href").strip()
        names = [one for one in (text.strip(), node.get("title").strip()) if _WORDS.fullmatch(one)]
        if names and href and not href.lower().startswith(("javascript:", "#")):
            yield href, not all(map(_ARROWS.fullmatch, names))


def _written(tree: Tree) -> Iterator[tuple[str, bool]]:
    found = _TRS.search(look(tree).scripts)
    if found and int(found[2]) + 1 < int(found[1]):
        yield f"{found[3]}_{int(found[2]) + 1}.{found[4]}", True
