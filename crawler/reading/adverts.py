"""Commercial advertising on a page (商业广告, P27): networks that place it, words that sell. Pure.

Proposed only. Public-service advertising, tenders and rules about advertising use the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawler.reading.hidden_links import is_foreign
from crawler.reading.linking import address_of, joiner
from crawler.reading.opening import tree_of
from crawler.reading.tree import Node, Tree

# Hosts from which advertising is placed, by a whole end of their names.
NETWORKS = (
    "cpro.baidustatic.com",
    "pos.baidu.com",
    "cpro.baidu.com",
    "googlesyndication.com",
    "doubleclick.net",
    "tanx.com",
    "mmstat.com",
    "union.sogou.com",
    "gdt.qq.com",
    "e.qq.com",
    "mediav.com",
)
SELLS = re.compile(
    r"广告(?:位)?(?:招租|招商|投放热线)|限时(?:特价|抢购|秒杀)|(?:立即|马上|点击)(?:抢购|购买|下单)|招商加盟|加盟热线"
    r"|(?:贷款|信用卡)(?:秒批|秒到账|免抵押|在线申请)|(?:特价|爆款|厂家)直销|扫码(?:下单|购买)|楼盘(?:热销|开盘特惠)"
)
INNOCENT = re.compile(
    r"公益|招标|采购|公告|通知|办法|规定|条例|监管|整治|查处|违法|警惕|防范|助农|扶贫|消费提示"
)
MOST_LINKS, MOST_FOUND, WORDS_CUT, URL_CUT = 5_000, 30, 60, 300


@dataclass(frozen=True, slots=True)
class Advert:
    """One piece: where it comes from or leads to, its words, and `network` or `words`."""

    url: str
    words: str
    how: str


def adverts(body: bytes, *, url: str, content_type: str | None = None) -> tuple[Advert, ...] | None:
    """The advertising of a page, each piece once; None where it cannot be read."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    found = dict.fromkeys((*_placed(tree, url), *_sold(tree, url)))
    return tuple(found)[:MOST_FOUND]


def _placed(tree: Tree, url: str) -> Iterator[Advert]:
    """Scripts, frames and pictures from a network that places advertising."""
    sources = [script.attributes.get("src") or "" for script in tree.scripts]
    sources += [node.get("src") for node in _first(tree.elements("iframe", "img"))]
    for source in sources[: 2 * MOST_LINKS]:
        host = _host(source.strip(), url)
        if any(host == name or host.endswith("." + name) for name in NETWORKS):
            yield Advert(f"http://{host}/"[:URL_CUT], "", "network")


def _sold(tree: Tree, url: str) -> Iterator[Advert]:
    """Links to other sites whose words sell."""
    join = joiner(url)
    for node in _first(tree.elements("a")):
        words = "".join(f"{tree.text_of(node, 120)}{node.get('title')}".split())
        if SELLS.search(words) and not INNOCENT.search(words):
            link = address_of(node, url, join)
            if is_foreign(link, url):
                yield Advert(link[:URL_CUT], words[:WORDS_CUT], "words")


def _first(nodes: Iterator[Node]) -> Iterator[Node]:
    return (node for _, node in zip(range(MOST_LINKS), nodes, strict=False))


def _host(source: str, url: str) -> str:
    try:
        return (urlsplit(urljoin(url, source)).hostname or "").lower()
    except ValueError:
        return ""
