"""Takes real list pages apart into templates, by their labels. A page that resists is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.reading.corpus import Page
from benchmarks.reading.making.template import Cell, Template

# Characters for marks: the start and end of an item, the start and end of its date.
START, END, DATE, ETAD = "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3"

WRITTEN = re.compile(
    r"[\[(（【]?\s*(?P<y>(?:19|20)?\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*[\])）】]?"
)


def templates(pages: tuple[Page, ...]) -> tuple[Template, ...]:
    """A template of every undoubtful list whose items and dates can be told by its labels."""
    lists = (page for page in pages if page.kind == "list" and not page.doubtful)
    return tuple(t for t in (_template(page) for page in lists) if t is not None)


def _template(page: Page) -> Template | None:
    tree = LexborHTMLParser(page.body.decode("utf-8", "replace"))
    found = _items(tree, page)
    if found is None:
        return None
    facts = [_mark(item, written, day) for item, written, day in found]
    return _cut(page, tree.html or "", facts)


def _items(tree: LexborHTMLParser, page: Page) -> list[tuple[LexborNode, LexborNode, date]] | None:
    """The deepest element whose children carry exactly the labelled dates, child by child."""
    first = [day for _, day in page.first_items]
    answer = None
    for node in tree.body.traverse() if tree.body else ():
        rows = [(child, *hit) for child in node.iter() if (hit := _dated(child)) is not None]
        days = [day for _, _, day in rows]
        fits = len(rows) == page.item_count and days[: len(first)] == first
        if fits and max(days) == page.truth:
            answer = rows
    return answer


def _dated(node: LexborNode) -> tuple[LexborNode, date] | None:
    """The text node of an item that holds its date, and that date; a date ending a text first."""
    hits = [
        (not (text.text_content or "")[match.end() :].strip(), order, text, day)
        for order, text in enumerate(_texts(node))
        for match in WRITTEN.finditer(text.text_content or "")
        if (day := _day(match))
    ]
    return max(hits, key=lambda hit: hit[:2])[2:] if hits else None


def _texts(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.traverse(include_text=True):
        inside = child.parent.tag if child.parent else ""
        if child.is_text_node and inside not in {"script", "style"}:
            yield child


def _day(match: re.Match[str]) -> date | None:
    year = int(match["y"])
    try:
        return date(year if year > 99 else 2000 + year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _mark(item: LexborNode, text: LexborNode, day: date) -> tuple[date, str, str]:
    links = [link for link in item.css("a[href]") if link.text(strip=True)]
    link = links[0] if links else None
    href = (link.attributes.get("href") or "") if link else ""
    title = (link.text(strip=True) if link else item.text(strip=True))[:60]
    content = text.text_content or ""
    match = list(WRITTEN.finditer(content))[-1]
    marked = content[: match.start()] + DATE + match.group() + ETAD + content[match.end() :]
    text.replace_with(marked)
    item.insert_before(START)
    item.insert_after(END)
    return day, WRITTEN.sub("", title).strip("·• "), href


def _cut(page: Page, html: str, facts: list[tuple[date, str, str]]) -> Template | None:
    head, *rest = html.split(START)
    if len(rest) != len(facts):
        return None
    cells, gaps = [], []
    for (day, title, href), piece in zip(facts, rest, strict=True):
        item, gap = piece.split(END)
        before, dated = item.split(DATE)
        written, after = dated.split(ETAD)
        cells.append(Cell(before, written, after, day, title, href))
        gaps.append(gap)
    return Template(page.id, page.url, page.today, head, tuple(cells), gaps[-1], gaps[0])
