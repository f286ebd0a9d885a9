"""The main list of a page: groups weighed against each other, years filled in, items made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from crawler.reading.dates import normalise
from crawler.reading.dating import Dating, date_group
from crawler.reading.linking import address_of, joiner
from crawler.reading.records import Group, Record, find_groups
from crawler.reading.states import HIDDEN
from crawler.reading.tokens import Marks, Spans, Standing
from crawler.reading.tree import Node, Tree
from crawler.reading.years import fill_years
from crawler.reading.zones import SIDE_HEADINGS, ZONE_WEIGHT, Zone, heading_of, zone_of
from rules.facts import Item

PAGER = re.compile(r"下一?页|尾页|末页|共\s{0,20}\d+\s{0,20}[页条]|上一?页|转到|每页|Next")
PINNED = re.compile(r"置顶|\[顶\]|【顶】|^顶$")
BLOCK_TITLE = 40  # a longer link text in several pieces holds a summary too
PAGER_TITLE = 8  # a pager's links are shorter
MORE = re.compile(r"^(?:更多|more|查看|详细|详情|阅读|全文|下载|\[|>|＞|·)", re.IGNORECASE)


@dataclass(slots=True)
class Scored:
    """A group with its dating, zone and weight."""

    group: Group
    dating: Dating
    zone: Zone
    weight: float
    aside: bool = False  # in a side zone, or under a heading such as 热点排行

    @property
    def dated(self) -> list[Record]:
        """Records that have a date."""
        return [r for r in self.group.records if r.date]

    @property
    def newest(self) -> date | None:
        """The newest date of its records, none later than tomorrow counted by the caller."""
        return max((r.date for r in self.group.records if r.date), default=None)


@dataclass(slots=True)
class MainList:
    """What was chosen, and what was weighed against it."""

    chosen: list[Scored]
    others: list[Scored]
    signs: list[str] = field(default_factory=list)
    pager: bool = False


def find_main_list(tree: Tree, marks: Marks, url: str, today: date) -> MainList:
    """Weigh all groups of the page and choose."""
    scored: list[Scored] = []
    for group in find_groups(tree, marks):
        scored.append(scored_group(group, tree, marks, today))
    scored = [s for s in scored if s.weight > 0]
    scored.sort(key=lambda s: -s.weight)
    if not scored:
        return MainList([], [])
    return _choose(scored, tree, url)


def scored_group(group: Group, tree: Tree, marks: Marks, today: date) -> Scored:
    """Date a group's records, give them titles and years, and weigh it."""
    dating = date_group(group, tree, marks)
    for record in group.records:
        _title(record, tree)
    group.records = [r for r in group.records if _is_entry(r, tree)]
    fill_years(group.records, today)
    return _score(group, dating, tree)


def _score(group: Group, dating: Dating, tree: Tree) -> Scored:
    zone = zone_of(group.container)
    heading = heading_of(group.container, tree)
    weight = sum(_record_weight(r) for r in group.records) * ZONE_WEIGHT[zone]
    aside = bool(SIDE_HEADINGS.search(heading)) or zone is not Zone.MAIN
    if aside and zone is Zone.MAIN:
        weight *= ZONE_WEIGHT[Zone.SIDE]
    if _leads_to_folders(group):
        weight *= 0.4
    if group.linkless:
        weight *= 0.5
    if _pager_after(group.container, tree):
        weight *= 1.5
    return Scored(group, dating, zone, weight, aside=aside)


FOLDER = re.compile(r"(?:^|/)(?:index\.\w{3,5})?$|^https?://[^/]+/?$", re.IGNORECASE)


def _leads_to_folders(group: Group) -> bool:
    """Whether the links lead to columns and sites rather than to articles."""
    hrefs = [r.link.get("href").strip() for r in group.records[:8] if r.link is not None]
    known = [href for href in hrefs if href and not href.startswith(("javascript:", "#"))]
    return len(known) >= 3 and sum(1 for h in known if FOLDER.search(h)) * 2 > len(known)


def _record_weight(record: Record) -> float:
    size = min(len(record.title), 30)
    if record.token is None:
        return max(0.0, size - 6) * 0.5
    return 8.0 + size


def _pager_after(container: Node, tree: Tree) -> bool:
    tail = (n.text for n in tree.nodes[container.end : container.end + 40] if not n.tag)
    return any(len(text) <= 30 and PAGER.search(text) for text in tail)


OUTWEIGHS = 4.0  # how much heavier an undated group must be to stand before a dated one


def _best(scored: list[Scored]) -> Scored:
    """The heaviest group; a dated one in the main area before heavier ones aside or undated."""
    heaviest = scored[0]
    if heaviest.dated and not heaviest.aside:
        return heaviest
    dated = next((s for s in scored if len(s.dated) >= 2 and not s.aside), None)
    if dated is None:
        return next(
            (s for s in scored if not s.aside and s.weight * 2 >= heaviest.weight), heaviest
        )
    near = heaviest.aside or dated.weight * OUTWEIGHS >= heaviest.weight
    return dated if near else heaviest


def _choose(scored: list[Scored], tree: Tree, url: str) -> MainList:
    best = _best(scored)
    chosen = [best]
    signs: list[str] = []
    spans = Spans((r.first, r.last) for r in best.group.records)
    for other in scored:
        if other is not best and (_belongs(best, other, tree) or _in_box(best, other, spans)):
            chosen.append(other)
    share = sum(s.weight for s in chosen) / sum(s.weight for s in scored if s.dated or s in chosen)
    pager = _pager_after(best.group.container, tree)
    blocks = [s for s in scored if not s.aside and _is_block(s, best)]
    several = len(blocks) >= 3 and share < 0.6 and not pager
    if (several or is_home(url)) and len(blocks) > len(chosen):
        chosen = blocks
        signs.append("many_blocks")
    return MainList(chosen, [s for s in scored if s not in chosen], signs, pager)


def _is_block(scored: Scored, best: Scored) -> bool:
    """Whether a group counts as a block of a landing page; a lone dated box may be a pop-up."""
    return scored is best or len(scored.dated) >= 2 or (bool(scored.dated) and scored.group.rows)


HOME_PATH = re.compile(r"^/?(?:(?:index|default|home|main)\.\w{2,5})?$", re.IGNORECASE)


def is_home(url: str) -> bool:
    """Whether the address is that of a site's own home page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(HOME_PATH.match(parts.path)) and not parts.query


PAGE_TAGS = frozenset({"body", "html", "#root", "form", "tr"})


def main_box(best: Scored) -> Node:
    """The element around the main list: its parent, unless that is the page itself."""
    parent = best.group.container.parent
    return parent if parent is not None and parent.tag not in PAGE_TAGS else best.group.container


def _in_box(best: Scored, other: Scored, spans: Spans) -> bool:
    """A single dated entry in the list's own box: a headline or a pinned item set apart."""
    if len(other.group.records) != 1 or not other.dated or other.aside or not best.dated:
        return False
    box, place = main_box(best), other.group.records[0].first
    return (
        box.start <= place < box.end
        and not spans.hold(place)
        and len(other.group.records[0].title) >= 6
    )


def _belongs(best: Scored, other: Scored, tree: Tree) -> bool:
    """Whether two dated groups are parts of one list."""
    if not other.dated or not best.dated or other.aside != best.aside:
        return False
    as_row = _is_row_of(best, other, tree) or _is_row_of(other, best, tree)
    return as_row or _same_list(best, other)


def _is_row_of(outer: Scored, inner: Scored, tree: Tree) -> bool:
    """Whether a group is what stands in another's place of a record: of months under headings,
    those of one entry are the records of a group, and each of several is a group by itself."""
    container, here = outer.group.container, inner.group.container
    for _ in range(2):
        if here.parent is not None and here.parent is not container:
            here = here.parent
    if here.parent is not container or container.tag in PAGE_TAGS:
        return False
    rows = (tree.nodes[record.first] for record in outer.group.records)
    return any((row.tag, row.marks()) == (here.tag, here.marks()) for row in rows)


def _same_list(best: Scored, other: Scored) -> bool:
    """Whether two groups are one list in several boxes: same tags, boxes that are neighbours."""
    a, b = best.group.container, other.group.container
    if a.tag != b.tag or not _alike(a, b):
        return False
    if a is b or a.parent is None or b.parent is None:
        return False
    boxes_alike = a.parent.tag == b.parent.tag and a.parent.marks() == b.parent.marks()
    return a.parent is b.parent or (a.parent.parent is b.parent.parent and boxes_alike)


def _alike(a: Node, b: Node) -> bool:
    """Whether two boxes are called alike; of one that a click shows, the name may be its own."""
    if a.marks() == b.marks():
        return True
    shown_later = bool(HIDDEN.search(a.get("style")) or HIDDEN.search(b.get("style")))
    return shown_later and a.get("class") == b.get("class") and a.parent is b.parent


def _title(record: Record, tree: Tree) -> None:
    """The record's title: its longest link text, without the date; or its longest text."""
    texts = [n.text for n in tree.nodes[record.first : record.last] if not n.tag]
    if record.link is not None:
        text = _link_title(record, record.link, tree)
    else:
        text = max(texts, key=len, default="")
    if record.token and record.token.written.form != "stacked":
        text = _without_date(text, record)
    record.pinned = any(PINNED.search(text) for text in texts if len(text) <= 60)
    record.title = text.strip(" ·•-").strip()


def _link_title(record: Record, link: Node, tree: Tree) -> str:
    """The title attribute if it says more; of a link around a whole block the first real text."""
    dated = {token.node.start for token in record.tokens if token.standing is Standing.ALONE}
    inside = [n for n in tree.nodes[link.start : link.end] if not n.tag]
    texts = [n.text for n in inside if n.start not in dated] or [n.text for n in inside]
    text = " ".join(" ".join(texts).split())
    longer = " ".join(link.get("title").split())
    if longer and (len(longer) > len(text) or MORE.match(text) or len(texts) > 1):
        return longer
    if len(text) > BLOCK_TITLE and len(texts) > 1:
        return next((t for t in texts if len(t) >= 6), text)
    return text


PAGER_ROW = re.compile(r"下一?页|尾页|末页|上一?页|共\s{0,20}\d+\s{0,20}[页条]")


def _is_entry(record: Record, tree: Tree) -> bool:
    """Whether a record is an entry at all, not the pager in the list's last row."""
    if len(record.title) < PAGER_TITLE:
        texts = (n.text for n in tree.nodes[record.first : record.last] if not n.tag)
        if any(PAGER_ROW.search(text) for text in texts if len(text) < 2 * BLOCK_TITLE):
            return False
    return record.token is not None or (bool(record.title) and not record.title.isdigit())


def _without_date(text: str, record: Record) -> str:
    assert record.token is not None
    written = normalise(record.token.node.text)[
        record.token.written.start : record.token.written.end
    ]
    at = normalise(text).rfind(written)
    if at < 0:
        return text
    head, tail = text[:at].rstrip("[(（【<〔 "), text[at + len(written) :].lstrip("])）】>〕 ")
    return f"{head} {tail}".strip()


def items_of(chosen: Sequence[Scored], url: str) -> tuple[Item, ...]:
    """The items of the chosen groups, in page order."""
    join = joiner(url)
    records = sorted((r for s in chosen for r in s.group.records), key=lambda r: r.first)
    return tuple(Item(r.title, address_of(r.link, url, join), r.date, r.pinned) for r in records)
