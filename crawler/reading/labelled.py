"""What stands behind a label: 办理地点：…, a heading with its text below, a cell beside its name.

Pure; for guides and public letters. A label is a text that begins with its words, whatever number
stands before and whatever blanks stand inside it; menus and the page's foot have no labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.reading.tree import Node, Tree
from crawler.reading.zones import Zone, zone_of

Labels = Mapping[str, re.Pattern[str]]
MOST_TEXTS = 4_000
LABEL, VALUE = 24, 400  # characters of a text in which a label is looked for; of a value
NUMBER = r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．:：]?)?[【\[●■◆▪*>·]{0,2}"
AFTER = r"(?:[(（][^)）]{0,8}[)）])?(?P<mark>[】\]]?[:：]?)"
REACH = 3  # texts behind a label in which its value may begin


def label(words: str) -> re.Pattern[str]:
    """The pattern of a label with these words (alternatives) at the beginning of a text."""
    return re.compile(rf"^{NUMBER}(?:{words}){AFTER}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label that a page shows: the text it stands in, and its value, cut and without blanks."""

    node: Node
    value: str


def labelled(tree: Tree, labels: Labels) -> dict[str, Labelled]:
    """Each label that the page shows; its value is "" where the next label follows at once. Of one
    that stands twice, the first with a value."""
    texts = [node for _, node in zip(range(MOST_TEXTS), tree.texts(), strict=False)]
    bare = ["".join(node.text.split()) for node in texts]
    named = [_match(text, labels) for text in bare]
    found: dict[str, Labelled] = {}
    for place, hit in enumerate(named):
        if hit is None or not _in_main(texts[place]):
            continue
        known = found.get(hit[0])
        if known is None or not known.value:
            value = hit[1] or _behind(bare, named, place)
            found[hit[0]] = Labelled(texts[place], value[:VALUE])
    return found


def fields_of(tree: Tree, labels: Labels) -> dict[str, str]:
    """The value behind each label that the page shows."""
    return {name: one.value for name, one in labelled(tree, labels).items()}


Hit = tuple[str, str]  # the label's name, what follows it in its own text


def _match(text: str, labels: Labels) -> Hit | None:
    """A label with its colon may be followed by anything, one without ends its text nearly."""
    head = text[:LABEL]
    for name, pattern in labels.items():
        match = pattern.match(head)
        if match and (match["mark"] or match.end() + 2 >= len(text)):
            return name, text[match.end() :]
    return None


def _behind(bare: list[str], named: list[Hit | None], place: int) -> str:
    for following in range(place + 1, min(place + 1 + REACH, len(bare))):
        if named[following] is not None:
            return ""
        value = bare[following].lstrip(":：")
        if value:
            return value
    return ""


def _in_main(node: Node) -> bool:
    return zone_of(node) not in (Zone.FOOT, Zone.NAVIGATION)
