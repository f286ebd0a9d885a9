"""Which date of each record is its date: one slot chosen for the whole group.

A list prints its dates at one place of every record; a date in a title, a table's other date
columns or a deadline stand elsewhere. Slots are compared over all records of the group.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.reading.dates import Precision, Written, normalise, stack
from crawler.reading.records import Group, Record
from crawler.reading.roles import USELESS, Role, role_of_heading
from crawler.reading.tokens import Marks, Spans, Standing, Token
from crawler.reading.tree import Node, Tree

# How far a role speaks for "this is when it was added to the list".
ROLE_WEIGHT: dict[Role, float] = {
    Role.PUBLISHED: 1.3,
    Role.ANSWERED: 1.25,
    Role.UPDATED: 1.1,
    Role.SUBMITTED: 1.05,
    Role.PLAIN: 1.0,
    Role.WRITTEN: 0.5,
    Role.OTHER: 0.0,
}
STANDING_WEIGHT: dict[Standing, float] = {
    Standing.ALONE: 1.0,
    Standing.BRACKETED: 0.95,
    Standing.END: 0.8,
    Standing.START: 0.7,
    Standing.INSIDE: 0.0,
}
# The share of records that must carry a date standing so, before it counts as the list's date.
LEAST_COVERAGE: dict[Standing, float] = {
    Standing.ALONE: 0.0,
    Standing.BRACKETED: 0.4,
    Standing.END: 0.6,
    Standing.START: 0.8,
    Standing.INSIDE: 1.0,
}
PRECISION_WEIGHT = {Precision.FULL: 1.0, Precision.NO_YEAR: 0.85}
Slot = tuple[str, Role, Standing, Precision]


@dataclass(frozen=True, slots=True)
class Dating:
    """How a group is dated: its slot, and the share of records that have it."""

    slot: Slot | None
    coverage: float
    rivals: int = 0  # other slots that cover as many records
    stacked: bool = False


def date_group(group: Group, tree: Tree, marks: Marks) -> Dating:
    """Give every record its token and date. Year-less dates stay without `date` for now."""
    headings = _headings(group, tree)
    stacked = _stack_pieces(group, marks)
    _complete_by_headings(group, marks)
    for record in group.records:
        record.tokens = [_headed(token, record, headings) for token in record.tokens]
    slots: dict[Slot, set[int]] = {}
    for place, record in enumerate(group.records):
        for token in record.tokens:
            if token.written.precision in PRECISION_WEIGHT and token.role not in USELESS:
                slots.setdefault(_slot(token, record), set()).add(place)
    if not slots:
        return Dating(None, 0.0)
    ranked = sorted(slots, key=lambda slot: -_worth(slot, len(slots[slot])))
    best = ranked[0]
    if len(slots[best]) < LEAST_COVERAGE[best[2]] * len(group.records):
        return Dating(None, 0.0)
    for record in group.records:
        _choose(record, best, ranked)
    dated = sum(1 for record in group.records if record.token)
    rivals = sum(1 for s in ranked[1:] if _rival(s, best, len(slots[s]), len(slots[best])))
    return Dating(best, dated / len(group.records), rivals, stacked)


def _worth(slot: Slot, count: int) -> float:
    _path, role, standing, precision = slot
    return count * ROLE_WEIGHT[role] * STANDING_WEIGHT[standing] * PRECISION_WEIGHT[precision]


def _rival(slot: Slot, best: Slot, count: int, most: int) -> bool:
    return (
        count * 2 >= most
        and slot[1] == best[1]
        and slot[2] == best[2]
        and slot[2] >= Standing.BRACKETED
        and slot[3] == best[3]
    )


def _slot(token: Token, record: Record) -> Slot:
    return (path_in(token.node, record), token.role, token.standing, token.written.precision)


def path_in(node: Node, record: Record) -> str:
    """Tags from the record down to `node`; a table cell with its place among the cells."""
    parts: list[str] = []
    here = node.parent
    while here is not None and here.start >= record.first:
        parts.append(f"{here.tag}{cell_index(here)}" if here.tag in ("td", "th") else here.tag)
        here = here.parent
    return "/".join(parts)


def cell_index(cell: Node) -> int:
    """The place of a table cell in its row, counted from 0."""
    if cell.parent is None:
        return 0
    cells = [c for c in cell.parent.children if c.tag in ("td", "th")]
    return cells.index(cell) if cell in cells else 0


def _choose(record: Record, best: Slot, ranked: Sequence[Slot]) -> None:
    """The record's token at the best slot; else at the best of the others; answered beats sent."""
    by_slot: dict[Slot, list[Token]] = {}
    for token in record.tokens:
        by_slot.setdefault(_slot(token, record), []).append(token)
    for slot in (best, *(s for s in ranked[1:] if s[2] >= best[2])):
        if slot in by_slot:
            record.token = by_slot[slot][-1 if slot[2] is Standing.BRACKETED else 0]
            break
    letters = [t for t in record.tokens if t.role in (Role.ANSWERED, Role.SUBMITTED) and _day(t)]
    if record.token and record.token.role in (Role.ANSWERED, Role.SUBMITTED) and letters:
        record.token = max(letters, key=lambda t: _day(t) or date.min)
    if record.token:
        record.date = _day(record.token)
        record.no_year = record.date is None


def _day(token: Token) -> date | None:
    return token.written.date


def _headings(group: Group, tree: Tree) -> dict[int, Role]:
    """For a table: the role that the heading of each column gives its dates."""
    if not group.records or tree.nodes[group.records[0].first].tag != "tr":
        return {}
    table = group.container if group.container.tag == "table" else group.container.parent
    first = next(
        (n for n in tree.nodes[(table or group.container).start :][:60] if n.tag == "tr"), None
    )
    if first is None or first.start == group.records[0].first:
        return {}
    cells = [c for c in first.children if c.tag in ("td", "th")]
    return {i: role_of_heading(normalise(tree.text_of(c, 40))) for i, c in enumerate(cells)}


def _headed(token: Token, record: Record, headings: dict[int, Role]) -> Token:
    if not headings or token.role is not Role.PLAIN:
        return token
    for above in token.node.ancestors():
        if above.start < record.first:
            break
        if above.tag in ("td", "th"):
            role = headings.get(cell_index(above), Role.PLAIN)
            return replace(token, role=role)
    return token


_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]")


TITLE_LETTERS = 4  # a link with fewer characters is a day of a calendar, not a title


def _titled(record: Record, marks: Marks) -> bool:
    return record.link is None or marks.link_sizes[record.link.start] >= TITLE_LETTERS


def _stack_pieces(group: Group, marks: Marks) -> bool:
    """Put dates together that are written in pieces, one above the other. True if any were."""
    done = False
    for record in group.records:
        if any(
            t.written.precision is Precision.FULL
            for t in record.tokens
            if t.standing >= Standing.BRACKETED
        ):
            continue
        if not _titled(record, marks):
            continue
        pieces = [t for t in record.tokens if t.standing is Standing.ALONE]
        for size in (3, 2):
            closest = sorted(_runs(pieces, size), key=lambda run: run[-1].place - run[0].place)
            made = next((m for run in closest if (m := _stacked(run))), None)
            if made:
                record.tokens.append(made)
                done = True
                break
    return done


def _runs(pieces: Sequence[Token], size: int) -> list[Sequence[Token]]:
    return [pieces[i : i + size] for i in range(len(pieces) - size + 1)]


def _stacked(run: Sequence[Token]) -> Token | None:
    if run[-1].node.start - run[0].node.start > 8:
        return None
    parts = stack([t.written for t in run])
    if parts is None:
        return None
    first = run[0]
    written = Written("stacked", *parts, first.written.start, first.written.end)
    return Token(written, first.node, first.role, Standing.ALONE)


HEADING_REACH = 400  # nodes: how far above a record its month or year may be headed


def _complete_by_headings(group: Group, marks: Marks) -> None:
    """Give day items their month and month-day items their year from a heading above them."""
    spans = Spans((r.first, r.last) for r in group.records)
    headings = [t for t in marks.headings if not spans.hold(t.place)]
    if not headings:
        return
    places = [t.place for t in headings]
    for record in group.records:
        last = bisect_left(places, record.first)
        above = headings[last - 1 : last] if last else []
        above = [t for t in above if record.first - HEADING_REACH < t.place]
        if (
            not above
            or not _titled(record, marks)
            or any(t.written.precision is Precision.FULL for t in record.tokens)
        ):
            continue
        made = next((m for t in record.tokens if (m := _headed_date(above[-1], t))), None)
        if made:
            record.tokens.append(made)


def _headed_date(heading: Token, token: Token) -> Token | None:
    if token.standing is not Standing.ALONE:
        return None
    parts = stack([heading.written, token.written])
    if parts is None or parts[0] is not Precision.FULL:
        return None
    written = Written("headed", *parts, token.written.start, token.written.end)
    return Token(written, token.node, token.role, Standing.ALONE)
