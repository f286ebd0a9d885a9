"""What a page is when it is neither list nor article, by the signs of `errorpages`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.errorpages import EMPTY_WORDS, SIGN_ROWS
from crawler.reading.pagefacts import PageFacts
from crawler.reading.tree import Node, Tree
from rules.facts import PageState

SHORT_TEXT = 200
PAGE_TEXT = 6_000
MOST_SCRIPT = 200_000
MOST_MARKUP = 60_000


def state_by_signs(facts: PageFacts, markup: str) -> tuple[PageState, str] | None:
    """The first row that fits, as state and sign."""
    places: dict[str, Sequence[str]] = {
        "title": (facts.title,) if facts.title else (),
        "text": [text for text in facts.texts if len(text) <= SHORT_TEXT],
        "page": (" ".join(facts.texts)[:PAGE_TEXT],),
        "script": (facts.scripts[:MOST_SCRIPT],),
        "markup": (markup[:MOST_MARKUP],),
    }
    for row in SIGN_ROWS:
        if facts.words <= row.most and any(row.pattern.search(t) for t in places[row.where]):
            return row.state, row.name
    return None


def says_empty(tree: Tree) -> bool:
    """Whether a short text of the page says that there is nothing here yet."""
    said = (n for n in tree.nodes if not n.tag and len(n.text) <= 40)
    return any(EMPTY_WORDS.search(n.text) and not _is_hidden(n) for n in said)


HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)


def _is_hidden(node: Node) -> bool:
    """A line kept ready for a script to show."""
    return any(HIDDEN.search(a.get("style")) or "hidden" in a.marks() for a in node.ancestors())
