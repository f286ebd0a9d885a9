# ruff: noqa: E501 - tables, one row a line
"""Where on the page a group stands: main area, navigation, side, foot; and what heads it.

Weak evidence, used to weigh groups against each other, never alone.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from crawler.reading.tree import Node, Tree


class Zone(StrEnum):
    """A region of the page."""

    MAIN = "main"
    NAVIGATION = "navigation"
    SIDE = "side"
    FOOT = "foot"


ZONE_WEIGHT = {Zone.MAIN: 1.0, Zone.SIDE: 0.3, Zone.NAVIGATION: 0.1, Zone.FOOT: 0.05}
TAGS = {"nav": Zone.NAVIGATION, "header": Zone.NAVIGATION, "footer": Zone.FOOT, "aside": Zone.SIDE}
# What authors call such regions: words inside class and id, common in Chinese page templates.
NAMES: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    (Zone.FOOT, re.compile(r"(?:^|[\s_])(?:foot(?:er|box|nav)?\d*|copyright|banquan|friend\w*|yqlj)(?![a-z])")),
    (Zone.NAVIGATION, re.compile(r"(?<![a-z])(?:nav(?:i|bar|igation)?\d*|menu\d*|crumbs?|breadcrumb|topbar|dropdown)(?![a-z])")),
    (Zone.SIDE, re.compile(r"(?<![a-z])(?:side(?:bar|nav)?\d*|hot(?:list|news)?\d*|rank(?:ing)?|recommend\w*|relat(?:ed|e|ion)\w*|xgxx|xgwz)(?![a-z])")),
)  # fmt: skip
SIDE_HEADINGS = re.compile(
    r"^(?:热[门点](?!问题)|点击|阅读|浏览|排行|推荐|相关|友情|猜你|最近浏览|.{0,6}排行|.{0,4}推荐|您可能)"
)


@lru_cache(maxsize=2048)
def zone_of_marks(tag: str, marks: str) -> Zone | None:
    """The zone that a tag or its class and id claim."""
    if tag in TAGS:
        return TAGS[tag]
    for zone, pattern in NAMES:
        if pattern.search(marks):
            return zone
    return None


def zone_of(node: Node) -> Zone:
    """The zone of an element: what the nearest telling ancestor claims."""
    for here in (node, *node.ancestors()):
        if here.tag in ("", "#root", "html", "body"):
            continue
        zone = zone_of_marks(here.tag, here.marks())
        if zone:
            return zone
    return Zone.MAIN


def heading_of(node: Node, tree: Tree) -> str:
    """The short text that stands right before an element, in its own box: its heading, if any."""
    box = node
    for _ in range(3):
        if box.parent is None:
            break
        box = box.parent
        texts = [
            t.text for t in tree.nodes[max(box.start, node.start - 12) : node.start] if not t.tag
        ]
        if texts:
            return next((t for t in reversed(texts) if 2 <= len(t) <= 16 and "更多" not in t), "")
    return ""
