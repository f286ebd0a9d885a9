"""The dates and links of a page, each with its place: what all later steps work on.

A Token is one written date with its role and its standing: alone in its text, at the edge of
one, or inside running text, where it is a date somebody writes *about*.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from crawler.reading.dates import WORTH, Precision, Written, find_dates, normalise
from crawler.reading.roles import TAIL_LENGTH, Role, role_of
from crawler.reading.tree import Node, Tree

LONGEST_DATED_TEXT = 400  # in longer texts dates are part of the story
WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
CLOCK = re.compile(
    r"^[\sT]{0,8}(?:[\s(\[]{0,8}(?:星期|周|礼拜)[一二三四五六日天][)\]]?)?"
    r"[\sT\-]{0,8}(?:(?:上午|下午|凌晨|晚上)?\s{0,20}\d{1,2}[:时点]\d\d(?:[:分]\d\d(?:\.\d{1,9})?)?[分秒]?)?"
)
OPENERS, CLOSERS = "[(【『<{|", "])】』>}|"
LABEL_WORDS = 8  # more letters than this beside a date are no label
TAIL_WORDS = re.compile(
    r"浏览|阅读|点击|访问|来源|作者|编辑|查看|人气|评论|发布|责任|信息|次|[TZ]?$|星期|周|(?:GMT|CST|UTC)"
)
WHOLE = frozenset({Precision.FULL, Precision.NO_YEAR})
DIGIT = re.compile(r"\d")


class Spans:
    """Ranges of document order, asked quickly whether they hold a place."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for first, last in sorted(pairs):
            self._starts.append(first)
            self._ends.append(max(last, self._ends[-1]) if self._ends else last)

    def hold(self, place: int) -> bool:
        """Whether some range begins at or before `place` and ends after it."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


class Standing(IntEnum):
    """How much a written date stands for itself, from running text to a text of its own."""

    INSIDE = 0
    START = 1
    END = 2
    BRACKETED = 3
    ALONE = 4


@dataclass(slots=True)
class Token:
    """A written date in a text of the page."""

    written: Written
    node: Node
    role: Role
    standing: Standing
    in_link: bool = False

    @property
    def place(self) -> int:
        """Its place in document order."""
        return self.node.start


@dataclass(slots=True)
class Marks:
    """All tokens and links of a page, in order, with their places for bisection."""

    tokens: list[Token]
    links: list[Node]
    token_places: list[int] = field(default_factory=list)
    link_places: list[int] = field(default_factory=list)
    link_sizes: dict[int, int] = field(default_factory=dict)  # by place: characters of the text

    headings: list[Token] = field(default_factory=list)  # years and months that stand alone

    def tokens_in(self, first: int, last: int) -> list[Token]:
        """Tokens whose text lies in [first, last)."""
        at = self.token_places
        return self.tokens[bisect_left(at, first) : bisect_left(at, last)]

    def links_in(self, first: int, last: int) -> list[Node]:
        """Links that begin in [first, last)."""
        at = self.link_places
        return self.links[bisect_left(at, first) : bisect_left(at, last)]


def mark(tree: Tree, today: date) -> Marks:
    """Find all dates and links of the page."""
    tokens: list[Token] = []
    links: list[Node] = []
    before = ""
    for node in tree.nodes:
        if node.tag == "a":
            links.append(node)
        elif node.tag == "time":
            tokens.extend(_of_attribute(node, today))
        elif not node.tag:
            if len(node.text) <= LONGEST_DATED_TEXT and WORTH.search(node.text):
                tokens.extend(tokens_of(node, before, today))
            before = node.text
    _unmask_clock(tokens, today)
    sizes = {a.start: _size(a, tree) for a in links}
    headings = [t for t in tokens if _heads(t)]
    return Marks(
        tokens, links, [t.node.start for t in tokens], [a.start for a in links], sizes, headings
    )


def _heads(token: Token) -> bool:
    """A year or a month that stands alone and leads nowhere: it may head what follows."""
    if token.written.precision not in (Precision.YEAR, Precision.YEAR_MONTH):
        return False
    return token.standing is Standing.ALONE and all(a.tag != "a" for a in token.node.ancestors())


WEEKDAY = re.compile(r"星期|周[一二三四五六日]|礼拜|农历")


def _unmask_clock(tokens: list[Token], today: date) -> None:
    """A lone "2022年6月6日 星期一" of today is the masthead's clock, with or without its words."""
    with_weekday = [t for t in tokens if WEEKDAY.search(t.node.text)]
    if len(with_weekday) == 1 and with_weekday[0].written.date == today:
        with_weekday[0].role = Role.CLOCK


def _size(link: Node, tree: Tree) -> int:
    """Characters of a link's text; where there is none, of its title attribute."""
    size = 0
    for node in tree.nodes[link.start : link.end]:
        size += len(node.text)
    return size or len(link.get("title"))


def _of_attribute(node: Node, today: date) -> list[Token]:
    """The full date of a time element's attribute; what it shows may lack the year."""
    found = [w for w in find_dates(node.get("datetime")[:40], today) if w.date]
    return [Token(found[0], node, Role.PLAIN, Standing.ALONE)] if found else []


def tokens_of(node: Node, before: str, today: date) -> list[Token]:
    """The tokens of one text; `before` is the text that precedes it on the page."""
    found = find_dates(node.text, today)
    if not found:
        return []
    text = normalise(node.text)
    before = normalise(before) if len(before) <= TAIL_LENGTH else before
    in_link = any(above.tag == "a" for above in node.ancestors())
    tokens = [
        Token(w, node, role_of(w, text, before), standing_of(w, text), in_link) for w in found
    ]
    return [t for t in tokens if t.written.precision in WHOLE or _is_piece(t.written, text)]


def _is_piece(written: Written, text: str) -> bool:
    """Pieces of dates count only where nothing else is written: "2022年第3号" is no year."""
    head, tail = text[: written.start], text[written.end :]
    return not WORD.search(tail) and (not WORD.search(head) or _only_label(head, tail))


def standing_of(written: Written, text: str) -> Standing:
    """How `written` stands in its text."""
    head, tail = text[: written.start], text[written.end :]
    clock = CLOCK.match(tail)
    if clock and clock.group().strip():
        tail = tail[clock.end() :]
    words_before, words_after = len(WORD.findall(head)), len(WORD.findall(tail))
    if words_before <= LABEL_WORDS and words_after <= LABEL_WORDS and _only_label(head, tail):
        return Standing.ALONE
    head, tail = head.rstrip(), tail.lstrip()
    if head[-1:] in OPENERS and head and (not tail or tail[0] in CLOSERS):
        outer = tail[1:].strip() if tail else ""
        return Standing.BRACKETED if not outer or words_before == 0 else Standing.INSIDE
    if not words_after and not DIGIT.search(tail):
        return Standing.END
    return Standing.START if not words_before and not DIGIT.search(head) else Standing.INSIDE


def _only_label(head: str, tail: str) -> bool:
    """Nothing but a label before (short, or ending in a colon), and little after."""
    head = head.strip(" -·•[(【|/")
    labelled = not head or head[-1] in ":于"
    told = not WORD.match(tail) or bool(TAIL_WORDS.match(tail))
    return labelled and told and not DIGIT.search(head)


def full(token: Token) -> bool:
    """Whether year, month and day are all written."""
    return token.written.precision is Precision.FULL
