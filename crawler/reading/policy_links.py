"""Policies and their interpretations (解读关联, P19): which of the two link to each other. Pure.

A link may stand in words, in a picture or in a box beside the text; an interpretation that links to
an attachment may link to its policy there, and is left alone. Proposed only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from crawler.reading.linking import address_of, joiner
from crawler.reading.opening import tree_of
from crawler.reading.tree import Node, Tree
from crawler.reading.zones import Zone, zone_of

INTERPRETS = re.compile(r"解读|答记者问|图解|一图|问答|说明|读懂")
POLICY = re.compile(r"政策(?:文件|原文)|原文|文件(?:原文|链接|全文)|相关(?:文件|政策)")
TITLE = re.compile(r"关于.{2,60}(?:通知|意见|办法|决定|公告)|印发")  # beside the text: any title
READ = re.compile(r"解读|图解|答记者问|一图读懂")
QUOTED = re.compile(r"《([^《》]{4,80})》")
FILES = re.compile(r"\.(?:docx?|pdf|wps|ofd|rar|zip)(?:$|[?#])", re.IGNORECASE)
MOST_LINKS, MOST_WORDS, LEAST = 3_000, 120, 6


@dataclass(frozen=True, slots=True)
class PolicyLinks:
    """The addresses of a page's main area that lead to a policy and to an interpretation;
    `has_files` where an attachment may hold such a link."""

    policies: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    has_files: bool = False


def policy_links(body: bytes, *, url: str, content_type: str | None = None) -> PolicyLinks | None:
    """The links of one article, policy or interpretation; None where it cannot be read."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    links = list(_links(tree, url))
    return PolicyLinks(
        tuple(dict.fromkeys(link for words, link, zone in links if _is_policy(words, zone))),
        tuple(dict.fromkeys(link for words, link, _ in links if READ.search(words))),
        any(FILES.search(link) for _, link, _ in links),
    )


def is_interpretation(title: str) -> bool:
    """Whether a title is that of an interpretation."""
    return INTERPRETS.search(title) is not None


def interprets(title: str, policy: str) -> bool:
    """Whether an interpretation's title names a policy's: by what it quotes, or whole."""
    bare = _bare(policy)
    quoted = [_bare(name) for name in QUOTED.findall(title)]
    named = any(len(name) >= LEAST and (name in bare or bare in name) for name in quoted)
    return named or (len(bare) >= LEAST and bare in _bare(title))


def _bare(title: str) -> str:
    return re.sub(r"[\s《》“”\"（）()]", "", title)


def _is_policy(words: str, zone: Zone) -> bool:
    named = POLICY.search(words) or (zone is Zone.MAIN and TITLE.search(words))
    return bool(named) and not READ.search(words)


def _links(tree: Tree, url: str) -> Iterator[tuple[str, str, Zone]]:
    join, here = joiner(url), urldefrag(url)[0]
    for _, node in zip(range(MOST_LINKS), tree.elements("a"), strict=False):
        link = address_of(node, url, join)
        zone = zone_of(node)
        if urldefrag(link)[0] != here and zone in (Zone.MAIN, Zone.SIDE):
            yield _words(tree, node), link, zone


def _words(tree: Tree, node: Node) -> str:
    return f"{tree.text_of(node, MOST_WORDS)} {node.get('title')}"[: 2 * MOST_WORDS]
