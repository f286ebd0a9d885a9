"""The newest date on a home page, wherever it stands (首页不更新, V3). Pure.

A home page is many lists; any of them may be the one that was updated. So every date counts, and
what only may be one (no year, an address, a clock in the masthead) is told apart: it never accuses,
and never clears.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.reading.dates import Precision, Written, address_date, find_dates
from crawler.reading.opening import tree_of
from crawler.reading.tree import Node, Tree

MOST_TEXTS, MOST_LINKS = 20_000, 5_000
HEADLINE = 12  # characters of a link's words, from which on it names no column but a piece
# What a clock in the masthead says beside its date; a list says none of it.
CLOCK = re.compile(r"今天|今日|现在|当前|星期|周[一二三四五六日]|[上下]午|欢迎|\d:\d\d:\d\d")
FRAMES = ("iframe", "frame")


@dataclass(frozen=True, slots=True)
class HomeNews:
    """`newest` is the newest date written in full up to today, `perhaps` the newest that anything
    may mean; `links` are those of the page, `headlines` those of them that read like a piece's
    title, `framed` says that part of it stands elsewhere."""

    newest: date | None
    perhaps: date | None
    links: int
    headlines: int
    framed: bool


def home_news(body: bytes, *, today: date, content_type: str | None = None) -> HomeNews | None:
    """What a home page shows of its dates; None where it cannot be read. Never raises."""
    tree = tree_of(body, content_type)
    if tree is None:
        return None
    sure, doubtful = set[date](), set[date]()
    for node in _some(tree.texts(), MOST_TEXTS):
        for written in find_dates(node.text, today):
            day = written.date
            if day is not None and not written.weak and not CLOCK.search(node.text):
                sure.add(day)
            else:
                doubtful |= set(_latest(written, today))
    links = list(_some(tree.elements("a", "img", "area"), MOST_LINKS))
    for link in links:
        day = address_date(link.get("href") or link.get("src"), today)
        doubtful |= {day} if day else set()
    return HomeNews(
        newest=max((day for day in sure if day <= today), default=None),
        perhaps=max((day for day in sure | doubtful if day <= today), default=None),
        links=len(links),
        headlines=sum(_reads_like_a_piece(link, tree) for link in links),
        framed=any(True for _ in tree.elements(*FRAMES)),
    )


def _reads_like_a_piece(link: Node, tree: Tree) -> bool:
    words = (tree.text_of(link), link.get("title"), link.get("alt"))
    return any(len("".join(one.split())) >= HEADLINE for one in words)


def _some(nodes: Iterator[Node], most: int) -> Iterator[Node]:
    return (node for _, node in zip(range(most), nodes, strict=False))


def _latest(written: Written, today: date) -> Iterator[date]:
    """The latest day, not after today, that a piece of a date may mean."""
    if written.date is not None:
        yield written.date
    elif written.precision is Precision.NO_YEAR:
        yield from _last_of(written.month, written.day, today)
    elif written.precision in (Precision.MONTH, Precision.YEAR_MONTH):
        year = written.year or today.year
        last = calendar.monthrange(year, written.month)[1]
        first, end = date(year, written.month, 1), date(year, written.month, last)
        if first <= today:
            yield min(today, end)
        if not written.year:
            yield date(year - 1, written.month, calendar.monthrange(year - 1, written.month)[1])


def _last_of(month: int, day: int, today: date) -> Iterator[date]:
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            yield found
            return
