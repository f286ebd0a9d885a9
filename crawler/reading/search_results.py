"""What a page of search results says of a title: found, missing, or unclear. Pure.

The words that were asked for stand on such a page anyway, in its box and in its own heading: only
an entry that leads somewhere is a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urldefrag

from crawler.reading.decoding import decode
from crawler.reading.linking import address_of, joiner
from crawler.reading.tree import TooLarge, Tree, parse

LEAST_TITLE = 6  # characters of a title that is worth asking for
FEW_RESULTS = 3  # entries from which a page without the title is a page of results
SAME_HEAD = 12  # characters that a title which was cut short must share

WORDS = re.compile("搜索|检索|查询|搜一搜|智能搜|站内搜|全文搜")
RESULTS = re.compile("(?:搜索|检索|查询)(?:结果|到)|为您找到|条结果|相关(?:结果|记录)")
NOTHING = re.compile(
    r"(?:没有|未|无法|暂无|未能)(?:找到|检索到|搜索到|查询到|搜到|查到|符合|相关|匹配)"
    r"|(?:没有|暂无|无)(?:任何)?(?:相关|符合条件|匹配)?的?(?:内容|信息|结果|记录|数据)"
    r"|共(?:找到|检索到|搜索到|有)?\W{0,3}0\W{0,3}(?:条|个|项|篇)|找到\W{0,3}0\W{0,3}(?:条|个|项|篇)"
)
CUT = re.compile(r"(?:(?<!…)…+|(?<!\.)\.{2,}|(?<!⋯)⋯+)$")
HEADS = frozenset({"h1", "title"})
_BLANK = re.compile(r"[\s\u200b\ufeff]+")


class Found(StrEnum):
    """What a page of results says of a title."""

    FOUND = "found"
    MISSING = "missing"  # it shows results, or says that there are none, and the title is not there
    UNCLEAR = "unclear"  # it cannot be said what the page is


def find_title(body: bytes, title: str, *, url: str, content_type: str | None = None) -> Found:
    """Whether a page of results shows a title among its entries. Never raises.

    The words that were asked for stand on such a page anyway: in its box, in its own heading.
    """
    decoded = decode(body, content_type)
    try:
        tree = parse(decoded.text or "")
    except TooLarge:
        return Found.UNCLEAR
    wanted = bare_title(title)
    if not wanted or decoded.text is None:
        return Found.UNCLEAR
    entries = [words for words in _entries(tree, url) if words]
    if any(is_same_title(words, wanted) for words in entries):
        return Found.FOUND
    seen = bare_title(tree.text_of(tree.root, limit=60_000))
    if NOTHING.search(seen):
        return Found.MISSING
    results = [words for words in dict.fromkeys(entries) if len(words) >= LEAST_TITLE]
    is_told_elsewhere = wanted in _without_echo(tree)
    if len(results) >= FEW_RESULTS and not is_told_elsewhere and RESULTS.search(seen):
        return Found.MISSING
    return Found.UNCLEAR


def bare_title(words: str) -> str:
    """A title without its blanks: results mark the words found, and cut the text in pieces."""
    return _BLANK.sub("", words)


def is_same_title(words: str, wanted: str) -> bool:
    """Whether the bare words of an entry are the wanted bare title, perhaps cut short."""
    if wanted in words:
        return True
    cut = CUT.sub("", words)
    return cut != words and len(cut) >= SAME_HEAD and wanted.startswith(cut)


def _entries(tree: Tree, url: str) -> Iterator[str]:
    """The bare words of everything on the page that can be followed and leads away from it."""
    join, here = joiner(url), urldefrag(url)[0]
    for node in tree.nodes:
        if node.tag == "a":
            if urldefrag(address_of(node, url, join))[0] != here or node.get("onclick"):
                yield bare_title(node.get("title"))
                yield bare_title(tree.text_of(node, limit=600))
        elif node.tag and node.get("onclick"):
            yield bare_title(tree.text_of(node, limit=600))


def _without_echo(tree: Tree) -> str:
    """The page's bare text outside headings and lines that repeat what was asked."""
    texts = (
        bare_title(one.text)
        for one in tree.texts()
        if not WORDS.search(one.text) and not any(up.tag in HEADS for up in one.ancestors())
    )
    return "".join(texts)
