"""Whether two answers are one page: what a person reads there and where it points, apart from what
every answer has of its own (its address, clocks, counters). Pure.

Made for pages that a host shows whatever it is asked for. In doubt two pages are different.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.reading import pagefacts, shells
from crawler.reading.decoding import decode
from crawler.reading.tree import Tree, parse

LARGEST = 2 << 20  # bytes; no page that says only that there is none is longer
LEAST_SAID = 6  # characters that a page says besides what all pages of its host say
# What scripts may add to a page that stays the same: a clock, a counter.
CLOCK = re.compile(
    r"[\s0:：/.,，。、()（）-]|今天?是?|现在|北京|时间|[年月日时分秒号点周]|星期.?|农历|[上下]午"
    r"|[一二三四五六七八九十廿初闰正腊]|您?是?第|次|位|人|访问|访客|浏览|欢迎您?|您好?"
)
MOST_ADDED = 40  # characters of them
MOST_PLACED = 4  # marks of other hosts that they may add: a counter, the mark of the registry
# What an element points at, or is filled with.
PLACES = {
    "a": "href", "img": "src", "area": "href", "iframe": "src", "frame": "src", "embed": "src",
    "object": "data", "form": "action",
}  # fmt: skip
NUMBERS = re.compile(r"\d+")
FOREIGN = re.compile(r"(?:a|img) (?:https?:)?//")
FILLED = re.compile(r"attachShadow|customElements")
FILLED_TAGS = "canvas, video, audio, script[type=module]"


@dataclass(frozen=True, slots=True)
class Print:
    """What a page shows, whatever its address. `title` and the texts without their numbers, the
    places without their queries; `is_whole` says that nothing but its own bytes fills it."""

    title: str
    texts: Counter[str]
    places: Counter[str]
    is_whole: bool


def print_of(body: bytes, *, url: str, content_type: str | None = None) -> Print | None:
    """The print of an answer to `url`; None where it is no page, or a larger one than such are."""
    text = decode(body, content_type).text if len(body) <= LARGEST else None
    if not text:
        return None
    try:
        return _print_of(text, url)
    except Exception:  # noqa: BLE001 - as in the reader: a page that breaks it says nothing
        return None


def _print_of(text: str, url: str) -> Print:
    tree = parse(text)
    facts = pagefacts.look(tree)
    own = _told_own(url)
    return Print(
        _plain(facts.title, own),
        Counter(filter(None, (_plain(one, own) for one in facts.texts))),
        Counter(_places(tree, own)),
        _is_whole(tree, facts, text),
    )


def is_same(one: Print, other: Print) -> bool:
    """Whether two prints are of one page."""
    return (one.title, one.texts, one.places) == (other.title, other.texts, other.places)


def is_shown_as(page: Print, rendered: Print) -> bool:
    """Whether a browser shows a page as its bytes say: its scripts add a clock, and no more."""
    if rendered.title != page.title or page.texts - rendered.texts or page.places - rendered.places:
        return False
    placed = rendered.places - page.places
    if placed.total() > MOST_PLACED or not all(map(FOREIGN.match, placed)):
        return False
    added = own_words(rendered, page)
    return len(added) <= MOST_ADDED and not CLOCK.sub("", added)


def own_words(page: Print, front: Print) -> str:
    """What a page says besides what the front page of its host says, too; its title aside."""
    return " ".join((page.texts - front.texts).elements())


def _told_own(url: str) -> tuple[str, ...]:
    """The spellings in which a page may tell its own address, the longest first."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    words = {url, unquote(url), path, unquote(path), path.strip("/"), unquote(path.strip("/"))}
    return tuple(sorted((one for one in words if len(one) >= 2), key=len, reverse=True))


def _plain(text: str, own: tuple[str, ...]) -> str:
    for words in own:
        text = text.replace(words, "")
    return " ".join(NUMBERS.sub("0", text).split())


def _places(tree: Tree, own: tuple[str, ...]) -> Iterator[str]:
    for node in tree.elements(*PLACES):
        place = re.split(r"[?#]", node.get(PLACES[node.tag]).strip())[0]
        if place and place not in own:
            yield f"{node.tag} {place[:300]}"


def _is_whole(tree: Tree, facts: pagefacts.PageFacts, markup: str) -> bool:
    if shells.holds_foreign(tree) or tree.parser.css_first(FILLED_TAGS) is not None:
        return False
    return not FILLED.search(facts.scripts) and not shells.shell_signs(facts, tree, markup)
