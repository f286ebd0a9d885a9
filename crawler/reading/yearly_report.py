"""Whether a page names a year's 政府网站工作年度报表 (国办函〔2018〕12号). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.reading.linking import address_of, joiner
from crawler.reading.opening import tree_of
from crawler.reading.tree import Node, Tree

# 政府网站工作年度报表, 政府网站年度工作报表, 网站年报(表); never 政府信息公开工作年度报告.
NAME = re.compile(r"网站(?:工作)?年度?(?:工作)?(?:报表|年报|报告)|网站年报|工作年度报表")
YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
CHINESE = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
MOST_LINKS, MOST_WORDS = 5_000, 120


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A link that names such a report, or leads to them: its address, words and the year in them
    (None where the words tell none)."""

    url: str
    words: str
    year: int | None


def is_report(words: str) -> bool:
    """Whether a title or an anchor names a site's yearly report."""
    return NAME.search("".join(words.split())) is not None


def year_in(words: str) -> int | None:
    """The year of a report by its title; the last one told, for `2022年发布2021年度` names both."""
    bare = words.translate(CHINESE)
    years = YEAR.findall("".join(bare.split()))
    return int(years[-1]) if years else None


def names_year(titles: Iterable[str], year: int) -> bool:
    """Whether one of the titles names the report of `year`."""
    return any(is_report(title) and year_in(title) == year for title in titles)


def report_links(
    body: bytes, *, url: str, content_type: str | None = None
) -> tuple[ReportLink, ...] | None:
    """The links of a page that name such reports, by words, title or picture; None where it
    cannot be read."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    return tuple(_links(tree, url))


def _links(tree: Tree, url: str) -> Iterator[ReportLink]:
    join = joiner(url)
    for _, node in zip(range(MOST_LINKS), tree.elements("a", "area"), strict=False):
        words = _words(tree, node)
        if is_report(words):
            yield ReportLink(address_of(node, url, join), words, year_in(words))


def _words(tree: Tree, node: Node) -> str:
    pictures = " ".join(
        f"{one.get('alt')} {one.get('title')}"
        for one in tree.nodes[node.start : node.end]
        if one.tag == "img"
    )
    said = (tree.text_of(node, MOST_WORDS), node.get("title"), node.get("alt"), pictures)
    return " ".join(" ".join(said).split())[:MOST_WORDS]
