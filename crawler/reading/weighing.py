"""From the chosen groups to a reading: the newest date, and the signs for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from crawler.reading.confidence import of_list
from crawler.reading.dates import address_date
from crawler.reading.mainlist import MainList, items_of, main_box
from crawler.reading.records import Record
from crawler.reading.roles import USELESS, Role
from crawler.reading.tokens import Marks, Spans, Standing, Token
from crawler.reading.tree import Tree
from rules.facts import Item

LATER_PAGE = re.compile(
    r"_[1-9]\d{0,2}\.\w{3,5}$|[?&]page(?:no|num)?=(?:[2-9]|\d\d)", re.IGNORECASE
)
FEW = 2
TITLE = 6  # characters from which an undated first entry counts as one


@dataclass(slots=True)
class ListReading:
    """What the main list says."""

    newest: date | None
    items: tuple[Item, ...]
    confidence: float
    signs: list[str] = field(default_factory=list)
    dated: int = 0


def weigh(main: MainList, tree: Tree, marks: Marks, url: str, today: date) -> ListReading:
    """Read the newest date off the chosen groups and add up what speaks for and against it."""
    records = sorted((r for s in main.chosen for r in s.group.records), key=lambda r: r.first)
    bound = today + timedelta(days=1)
    signs = list(main.signs)
    if any(r.date and r.date > bound for r in records):
        signs.append("future_date")
    dated = [r for r in records if r.date and r.date <= bound]
    items = items_of(main.chosen, url)
    if not dated:
        return ListReading(None, items, 0.45 if len(records) >= 5 else 0.3, [*signs, "undated"])
    top = max(dated, key=lambda r: r.date or date.min)
    newest = top.date
    assert newest is not None
    signs += _year_signs(top, dated, today)
    signs += _gap_signs(main, records, tree, marks)
    signs += _order_signs([r.date for r in dated if r.date and not r.pinned])
    signs += _slot_signs(main)
    signs += _address_signs(records, newest, today)
    signs += _rival_signs(main, marks, newest, bound)
    if records[0].pinned and records[0].date and records[0].date < newest:
        signs.append("pinned_old")
    if LATER_PAGE.search(url):
        signs.append("later_page")
    if len(dated) <= FEW:
        signs.append("few_items")
    return ListReading(
        newest, items, of_list(len(dated), signs), list(dict.fromkeys(signs)), len(dated)
    )


def _year_signs(top: Record, dated: Sequence[Record], today: date) -> list[str]:
    if top.no_year:
        there = address_date(top.link.get("href"), today) if top.link is not None else None
        known = there is not None and top.date is not None and abs((there - top.date).days) <= 62
        if known:
            return ["year_confirmed"]
        return ["year_inferred", "year_ambiguous"] if top.ambiguous else ["year_inferred"]
    if any(r.ambiguous and r.first < top.first for r in dated):
        # An entry above it took its year from its neighbours: by a year later it is the newest.
        return ["year_inferred", "year_ambiguous"]
    return ["weak_form"] if top.token and top.token.written.weak else []


DATE_LIKE = re.compile(r"^\W{0,3}\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\W{0,3}$")


def _gap_signs(main: MainList, records: Sequence[Record], tree: Tree, marks: Marks) -> list[str]:
    """What is missing: items without a date, above all the first one, which may be the newest."""
    signs = ["some_undated"] if any(r.title and r.date is None for r in records) else []
    if "many_blocks" in main.signs:
        return signs
    for scored in main.chosen:
        first = next((r for r in scored.group.records if not r.pinned), None)
        mostly = len(scored.dated) * 5 >= len(scored.group.records) * 4
        least = 1 if mostly else TITLE
        if first is None or first.date or len(first.title) < least or len(scored.dated) < FEW:
            continue
        texts = (n.text for n in tree.nodes[first.first : first.last] if not n.tag)
        # A date that exists but was not taken, whatever the reason, may be the newest.
        passed = any(t.written.date for t in marks.tokens_in(first.first, first.last))
        wrong = not passed and any(DATE_LIKE.search(text) for text in texts)
        signs.append("impossible_date" if wrong else "undated_on_top")
    return signs


def _order_signs(dates: Sequence[date]) -> list[str]:
    if len(dates) < 3:
        return []
    falls = sum(1 for a, b in pairwise(dates) if a > b)
    rises = sum(1 for a, b in pairwise(dates) if a < b)
    if rises > 2 * falls and dates[-1] > dates[0]:
        return ["ascending"]
    return ["unordered"] if rises * 3 > len(dates) else []


def _slot_signs(main: MainList) -> list[str]:
    signs = []
    best = main.chosen[0]
    if best.dating.rivals:
        signs.append("rival_dates")
    if best.dating.slot and best.dating.slot[1] is Role.WRITTEN:
        signs.append("document_dates")
    if best.aside:
        signs.append("in_side")
    return signs


def _address_signs(records: Sequence[Record], newest: date, today: date) -> list[str]:
    pairs = [
        (r.date, there)
        for r in records
        if r.date and r.link is not None and (there := address_date(r.link.get("href"), today))
    ]
    if not pairs:
        return []
    close = sum(1 for shown, there in pairs if abs((shown - there).days) <= 3)
    agree = close * 2 > len(pairs)
    if agree and any(there > newest for there in _undated_addresses(records, today)):
        return ["address_differs"]
    if max(there for _, there in pairs) > newest + timedelta(days=31):
        # Of a column that was moved to another system all addresses are newer: that says nothing.
        return ["address_differs" if agree else "addresses_moved"]
    return ["address_agrees"] if agree else []


def _undated_addresses(records: Sequence[Record], today: date) -> Iterator[date]:
    """The dates in the addresses of items whose own date was not read: they may be the newest."""
    for record in records:
        if record.date is None and record.link is not None:
            there = address_date(record.link.get("href"), today)
            if there is not None:
                yield there


def _rival_signs(main: MainList, marks: Marks, newest: date, bound: date) -> list[str]:
    signs = []
    weight = sum(s.weight for s in main.chosen)
    box = main_box(main.chosen[0])
    for other in main.others:
        if other.aside:
            continue
        if not other.dated and other.weight > 0.8 * weight:
            signs.append("undated_rival")
        if other.dated and other.weight > 0.7 * weight:
            signs.append("rival_list")
        dates = [r.date for r in other.dated if r.date and r.date <= bound]
        inside = box.start <= other.group.container.start < box.end
        if dates and max(dates) > newest and (inside or other.weight > 0.25 * weight):
            signs.append("newer_elsewhere")
    if _newer_untaken(main, marks, newest, bound):
        signs.append("newer_elsewhere")
    return signs


def _newer_untaken(main: MainList, marks: Marks, newest: date, bound: date) -> bool:
    """Whether a newer date stands for itself in the list's box without having been taken."""
    box = main_box(main.chosen[0])
    taken = [r for s in main.chosen for r in s.group.records]
    every = (*main.chosen, *main.others)
    known = Spans((r.first, r.last) for s in every for r in s.group.records)
    loose = (t for t in marks.tokens_in(box.start, box.end) if not known.hold(t.place))
    tokens = [*loose, *(t for r in taken for t in r.tokens)]
    return any(_speaks(t) and t.written.date and newest < t.written.date <= bound for t in tokens)


def _speaks(token: Token) -> bool:
    return token.standing >= Standing.BRACKETED and not token.in_link and token.role not in USELESS
