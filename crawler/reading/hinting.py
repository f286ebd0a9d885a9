"""The operator's hint: items and dates by CSS, for the rare page that defeats the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from selectolax.lexbor import SelectolaxError

from crawler.reading.mainlist import MainList, scored_group
from crawler.reading.records import Group, Record, record_of
from crawler.reading.tokens import Marks, Standing
from crawler.reading.tree import Node, Tree
from rules.facts import Hint


def hinted_list(tree: Tree, marks: Marks, hint: Hint, today: date) -> MainList | None:
    """The list of what `hint.items` selects; None for nothing or a wrong selector."""
    items = _selected(tree, hint.items)
    if not items:
        return None
    places = [node.start for node in _selected(tree, hint.date)]
    records = [_record(node, places, tree, marks) for node in items]
    group = Group(items[0].parent or tree.root, records, row_tag=items[0].tag)
    return MainList([scored_group(group, tree, marks, today)], [])


def _selected(tree: Tree, selector: str | None) -> list[Node]:
    if not selector:
        return []
    try:
        found = {raw.mem_id for raw in tree.parser.css(selector)}
    except SelectolaxError:
        return []
    return [node for node in tree.nodes if node.raw is not None and node.raw.mem_id in found]


def _record(node: Node, places: list[int], tree: Tree, marks: Marks) -> Record:
    """The record of one item; with a date selector only dates in what it selects count."""
    record = record_of(node.start, node.end, marks)
    spots = [tree.nodes[place] for place in places if node.start <= place < node.end]
    if spots:
        inside = [t for s in spots for t in marks.tokens_in(s.start, s.end)]
        record.tokens = [replace(token, standing=Standing.ALONE) for token in inside]
    return record
