"""Groups of like records: the candidates for a page's main list, found by structure alone.

Two shapes cover what pages do: *repeated* siblings that each hold a title and a date (li, tr,
div, p, a), and a *flow* in which titles and dates take turns (dt/dd, text separated by breaks,
a row for the title and a row for the date). Names of classes play no part here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.reading.dates import Precision
from crawler.reading.roles import USELESS
from crawler.reading.tokens import WHOLE, Marks, Standing, Token
from crawler.reading.tree import INLINE, Node, Tree

LETTERS = re.compile(r"[\u4e00-\u9fff]{3}")
HAS_LINK, HAS_DATE, HAS_WEAK_DATE = 1, 2, 4  # weak: within a title's text, perhaps an event's
DATED = HAS_DATE | HAS_WEAK_DATE
MIN_TITLE = 2  # characters: shorter link texts are page numbers
MIN_UNDATED = 3  # like links without a date before they count as a list
MEAN_TITLE = 6  # characters of an undated list's titles, on average
LINKLESS_MIN = 3
MOST_LINKS = 12  # a "record" with more links is a box of the page


@dataclass(slots=True)
class Record:
    """One entry of a group: the range [first, last) of document order that belongs to it."""

    first: int
    last: int
    title: str = ""
    link: Node | None = None
    links: int = 0
    tokens: list[Token] = field(default_factory=list)
    date: date | None = None
    no_year: bool = False
    pinned: bool = False
    ambiguous: bool = False  # its year can be filled in in two ways
    token: Token | None = None


@dataclass(slots=True)
class Group:
    """Records of one container."""

    container: Node
    records: list[Record]
    flow: bool = False
    linkless: bool = False
    row_tag: str = ""

    @property
    def rows(self) -> bool:
        """Whether its records are rows by their tag."""
        return bool(self.records) and self.row_tag in ROW_TAGS

    @property
    def dated(self) -> int:
        """Records with a date token of any use."""
        return sum(1 for record in self.records if record.tokens)


def find_groups(tree: Tree, marks: Marks) -> list[Group]:
    """All candidate groups, deepest first; no dated group lies inside a record of another."""
    flags = _flags(marks)
    children: dict[int, list[Node]] = {}  # what is flagged in each element, in page order
    for place in sorted(flags):
        node = tree.nodes[place]
        children.setdefault(node.parent.start if node.parent else 0, []).append(node)
    found: list[Group] = []
    places: list[int] = []  # of the containers found, negative, so that they ascend
    taken: list[int] = []  # starts of containers with two or more dated records, ascending
    for place in sorted(children, reverse=True):
        for group in _groups_of(tree.nodes[place], children[place], flags, marks, tree):
            group.records = [
                r for r in group.records if not _holds(taken, r) and r.links <= MOST_LINKS
            ]
            if not group.records or (len(group.records) == 1 and _is_no_list(places, group)):
                continue
            found.append(group)
            places.append(-place)
            if group.dated >= 2:
                taken.insert(bisect_left(taken, place), place)
    return _without_wrapped(found)


def _without_wrapped(found: list[Group]) -> list[Group]:
    """Leave out groups of one record that stand inside a record of a larger group."""
    spans = sorted((r.first, r.last) for g in found if g.dated >= 2 for r in g.records)
    starts = [first for first, _ in spans]
    kept = []
    for group in found:
        place = group.container.start
        at = bisect_right(starts, place) - 1
        inside = at >= 0 and spans[at][0] <= place < spans[at][1]
        if group.dated >= 2 or not inside:
            kept.append(group)
    return kept


def _holds(taken: list[int], record: Record) -> bool:
    at = bisect_left(taken, record.first)
    return at < len(taken) and taken[at] < record.last


SINGLE_NODES = 30
SINGLE_LINKS = 3


def _is_no_list(places: Sequence[int], group: Group) -> bool:
    """A single record that is a whole box of the page, or only wraps a group found deeper."""
    record = group.records[0]
    if record.last - record.first > SINGLE_NODES or record.links > SINGLE_LINKS:
        return True
    if not any(_for_itself(token) for token in record.tokens):
        return True
    return bisect_right(places, -record.first) > bisect_right(places, -record.last)


def _flags(marks: Marks) -> dict[int, int]:
    """For every node above a link or a date, which of the two it holds."""
    flags: dict[int, int] = {}
    for link in marks.links:
        if marks.link_sizes[link.start] >= MIN_TITLE:
            _climb(link, HAS_LINK, flags)
    for token in marks.tokens:
        if token.role in USELESS or token.standing is Standing.INSIDE:
            continue
        if _for_itself(token):
            _climb(token.node, HAS_DATE, flags)
        elif token.written.precision in WHOLE:
            _climb(token.node, HAS_WEAK_DATE, flags)
    return flags


def _for_itself(token: Token) -> bool:
    """Whether a date is no part of a title: alone, or in a text of its own beside the link."""
    if token.standing is Standing.ALONE or token.in_link:
        return token.standing is Standing.ALONE
    plain = token.written.precision is Precision.FULL and not token.written.weak
    return token.standing is Standing.BRACKETED or (token.standing is Standing.END and plain)


def _climb(node: Node, flag: int, flags: dict[int, int]) -> None:
    here: Node | None = node
    while here is not None and here.parent is not None:
        known = flags.get(here.start, 0)
        if known & flag:
            return
        flags[here.start] = known | flag
        here = here.parent


def _whole(flag: int) -> bool:
    """Whether an element holds both a title and a date."""
    return bool(flag & HAS_LINK and flag & DATED)


def _groups_of(
    node: Node, marked: list[Node], flags: dict[int, int], marks: Marks, tree: Tree
) -> Iterator[Group]:
    if len(marked) == 1 and not _whole(flags[marked[0].start]):
        return
    by_tag: dict[str, list[Node]] = {}
    for child in marked:
        by_tag.setdefault(child.tag, []).append(child)
    flow = _flow(node, marked, flags, marks) if len(marked) >= MIN_FLOW else None
    if flow:
        yield flow
        return
    for tag, members in by_tag.items():
        if tag and (len(members) > 1 or _whole(flags[members[0].start])):
            yield from _repeated(node, members, flags, marks, tree)


def _repeated(
    node: Node, members: list[Node], flags: dict[int, int], marks: Marks, tree: Tree
) -> Iterator[Group]:
    if members[0].tag not in ROW_TAGS and len(members) > 1:
        members = _alike(members, flags, marks)
    both = [m for m in members if flags[m.start] & HAS_LINK and flags[m.start] & DATED]
    links = [m for m in members if flags[m.start] & HAS_LINK]
    dates = [m for m in members if flags[m.start] & HAS_DATE]
    if (both and _is_list(both, links)) or (len(links) >= MIN_UNDATED and _wordy(links, marks)):
        entries = links
        if len(dates) > len(both) and len(both) * 2 >= len(
            links
        ):  # a dated list: entries whose link was forgotten belong
            bare = {m.start for m in dates if not flags[m.start] & HAS_LINK and _says_more(m, tree)}
            entries = [m for m in members if flags[m.start] & HAS_LINK or m.start in bare]
        records = [record_of(m.start, m.end, marks) for m in entries]
        yield Group(node, records, row_tag=members[0].tag)
    if not links and len(dates) >= LINKLESS_MIN and _all_tell(dates, tree):
        yield Group(node, [record_of(m.start, m.end, marks) for m in dates], linkless=True)


def _all_tell(dates: list[Node], tree: Tree) -> bool:
    return sum(1 for m in dates if _says_more(m, tree)) * 5 >= len(dates) * 4


def _says_more(member: Node, tree: Tree) -> bool:
    """Whether a member without a link holds words of its own beside its date."""
    return any(LETTERS.search(n.text) for n in tree.nodes[member.start : member.end])


def _wordy(members: list[Node], marks: Marks) -> bool:
    """Whether the members' links are long enough for titles; navigation is not."""
    sizes = marks.link_sizes
    links = marks.links_in(members[0].start, members[-1].end)
    return sum(sizes[link.start] for link in links) >= MEAN_TITLE * len(members)


ROW_TAGS = frozenset({"li", "tr", "dd", "dt", "dl", "a"})


def _alike(members: list[Node], flags: dict[int, int], marks: Marks) -> list[Node]:
    """Of boxes that are no rows by their tag, those of the build that most dated ones have."""
    builds: dict[str, list[Node]] = {}
    for member in members:
        builds.setdefault(_build(member, marks), []).append(member)
    if len(builds) == 1:
        return members
    dated = {b: sum(1 for m in ms if flags[m.start] & DATED) for b, ms in builds.items()}
    return builds[max(builds, key=lambda b: (dated[b], len(builds[b])))]


def _build(member: Node, marks: Marks) -> str:
    """The block tags on the way from a box down to its longest link."""
    links = marks.links_in(member.start, member.end)
    if not links:
        return ""
    here: Node | None = max(links, key=lambda link: marks.link_sizes[link.start])
    parts = []
    while here is not None and here is not member:
        if here.tag not in INLINE:
            parts.append(here.tag)
        here = here.parent
    return "/".join(parts)


def _is_list(both: list[Node], links: list[Node]) -> bool:
    """Enough of the like siblings are dated; one dated among others proves a list of rows only."""
    if len(both) == 1 and len(links) > 1:
        return both[0].tag in ROW_TAGS
    return len(both) * 3 >= len(links)


def record_of(first: int, last: int, marks: Marks) -> Record:
    """The record of the range [first, last): its longest link and its usable dates."""
    record = Record(first, last, tokens=usable(marks.tokens_in(first, last)))
    links = marks.links_in(first, last)
    record.links = len(links)
    if links:
        record.link = max(links, key=lambda link: marks.link_sizes[link.start])
    return record


def usable(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that may date a record."""
    return [t for t in tokens if t.standing is not Standing.INSIDE and t.role not in USELESS]


MIN_FLOW = 4  # two titles and two dates


def _flow(node: Node, marked: list[Node], flags: dict[int, int], marks: Marks) -> Group | None:
    """Titles and dates that take turns among the children of one node."""
    strong = HAS_LINK | HAS_DATE
    steps = [(c, flags[c.start] & strong) for c in marked if flags[c.start] & strong]
    links = sum(1 for _, f in steps if f == HAS_LINK)
    dates = sum(1 for _, f in steps if f == HAS_DATE)
    if links < 2 or dates < 2 or links + dates < 0.7 * len(steps) or dates * 2 < links:
        return None
    leads = HAS_DATE if steps[0][1] == HAS_DATE else HAS_LINK
    records = [record_of(first, last, marks) for first, last in _turns(steps, leads, marks)]
    records = [r for r in records if r.link is not None]
    return Group(node, records, flow=True) if len(records) >= 2 else None


SECOND_TITLE = 8  # a shorter link before the title is its category


def _turns(steps: list[tuple[Node, int]], leads: int, marks: Marks) -> list[tuple[int, int]]:
    """The stretches of a flow: one title and its date each; a title without a date by itself."""
    ranges: list[tuple[int, int]] = []
    previous = 0
    for child, flag in steps:
        begins = not ranges or (flag == leads and previous != leads)
        if flag == previous == HAS_LINK and _is_second_title(ranges[-1], marks):
            begins = True
        if begins:
            ranges.append((child.start, child.end))
        else:
            ranges[-1] = (ranges[-1][0], child.end)
        previous = flag
    return ranges


def _is_second_title(stretch: tuple[int, int], marks: Marks) -> bool:
    links = marks.links_in(*stretch)
    return any(marks.link_sizes[link.start] >= SECOND_TITLE for link in links)
