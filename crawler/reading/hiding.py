"""How an element is kept from its reader's eyes: styles, style sheets, attributes, scripts. Pure.

For `hidden_links`. Hiding alone is no fault: menus, tabs and texts for screen readers are hidden as
well. A new way is a row of STYLES with a line in its test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import unquote

from crawler.reading.tree import Node, Tree

MOST_STYLE = 600  # characters of one style
MOST_SHEET = 200_000
MOST_SCRIPT = 8_000  # of one script that writes markup


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_IS = r"\s{0,4}:\s{0,4}"
_END = r"\s{0,4}(?:;|!|$)"
STYLES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "display_none": _compiled(rf"display{_IS}none"),
        "invisible": _compiled(rf"visibility{_IS}hidden|opacity{_IS}0(?:\.0{{1,4}})?{_END}"),
        "tiny_font": _compiled(rf"font-size{_IS}(?:0(?:px|pt|r?em|%)?|1(?:px|pt)){_END}"),
        "off_screen": _compiled(
            rf"(?:text-indent|left|top|right|bottom|margin(?:-\w{{3,6}})?){_IS}-\d{{3,9}}"
        ),
        "no_size": _compiled(
            rf"(?:^|[;\s])(?:(?:max-)?(?:width|height)){_IS}[01](?:px)?{_END}"
            rf"|line-height{_IS}0(?:px)?{_END}"
        ),
        "clipped": _compiled(rf"clip{_IS}rect\(\s{{0,4}}[01](?:px)?[\s,]"),
    }
)
COLOUR = _compiled(rf"(?:^|[;\s])color{_IS}([#\w]{{3,20}})")
BACKGROUND = _compiled(rf"background(?:-color)?{_IS}([#\w]{{3,20}})")
NAMES = MappingProxyType({"white": "#fff", "black": "#000"})
SIMPLE = re.compile(r"[\w-]{0,20}([.#][\w-]{1,60})")  # a selector that one class or id decides
BY_SCRIPT = re.compile(
    r"getElementById\(\s{0,4}['\"]([\w-]{1,60})['\"]\s{0,4}\)\s{0,4}\.style\s{0,4}\.\s{0,4}"
    r"(?:display\s{0,4}=\s{0,4}['\"]none|visibility\s{0,4}=\s{0,4}['\"]hidden)"
)
SLIT, RUSH = 5, 1_000  # pixels of a marquee that shows nothing; the pace at which nobody can read


def hidden_by_style(style: str) -> str:
    """The way in which a style hides (a key of STYLES, or `same_colour`), or ""."""
    text = style[:MOST_STYLE]
    found = next((way for way, pattern in STYLES.items() if pattern.search(text)), "")
    return found or ("same_colour" if _same_colour(text) else "")


def _same_colour(style: str) -> bool:
    front, back = COLOUR.search(style), BACKGROUND.search(style)
    return bool(front and back and _colour(front[1]) == _colour(back[1]))


def _colour(name: str) -> str:
    said = NAMES.get(name.lower(), name.lower())
    is_long = len(said) == 7 and said[1::2] == said[2::2]
    return "#" + said[1::2] if is_long and said.startswith("#") else said


def ways_of(tree: Tree, scripts: str) -> list[str]:
    """For each node of the tree, how it or an element around it is hidden; "" where it is not."""
    named = _sheet(tree) | {f"#{name}": "script" for name in BY_SCRIPT.findall(scripts)}
    ways: list[str] = []
    for node in tree.nodes:
        above = ways[node.parent.start] if node.parent else ""
        ways.append(above or (_own(node, named) if node.tag else ""))
    return ways


def _own(node: Node, named: Mapping[str, str]) -> str:
    style = node.get("style")
    way = hidden_by_style(style) if style else ""
    if way:
        return way
    if node.tag == "marquee" and _is_slit(node):
        return "marquee"
    if node.raw is not None and "hidden" in node.raw.attributes:
        return "display_none"
    return next((named[mark] for mark in _marks(node) if mark in named), "") if named else ""


def _marks(node: Node) -> Iterator[str]:
    yield from (f".{name}" for name in node.get("class").split()[:20])
    yield f"#{node.get('id')}"


def _is_slit(node: Node) -> bool:
    sizes = (_number(node.get("height")), _number(node.get("width")))
    rushes = _number(node.get("scrollamount"))
    return any(size is not None and size <= SLIT for size in sizes) or (rushes or 0) >= RUSH


def _number(text: str) -> int | None:
    digits = text.strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def _sheet(tree: Tree) -> dict[str, str]:
    """The classes and ids that the page's own style sheets hide."""
    text = "".join(node.text() or "" for node in tree.parser.css("style"))[:MOST_SHEET]
    named: dict[str, str] = {}
    for rule in text.split("}"):
        selectors, _, style = rule.rpartition("{")
        way = hidden_by_style(style) if style and len(style) <= MOST_STYLE else ""
        for selector in selectors[-300:].split(",") if way else ():
            simple = SIMPLE.fullmatch(selector.strip())
            if simple:
                named[simple[1]] = way
    return named


WRITES = re.compile(
    r"document\.write(?:ln)?\(\s{0,4}(?:unescape\(\s{0,4})?"
    r"(?:\"((?:[^\"\\\n]|\\.){0,3000})\"|'((?:[^'\\\n]|\\.){0,3000})')"
)


def written_out(text: str) -> str:
    """The page's text with the markup that its scripts write by `document.write("…")` in its place,
    as a browser would lay it out: hidden blocks are opened that way."""
    parts: list[str] = []
    at, low = 0, text.lower()
    while (start := low.find("<script", at)) >= 0:
        end = low.find("</script>", start)
        if end < 0:
            break
        script = text[start:end] if end - start <= MOST_SCRIPT else ""
        written = "".join(_unquoted(a or b) for a, b in WRITES.findall(script))
        if "<" in written:
            parts += (text[at:start], written)
            at = end
        else:
            parts.append(text[at:end])
            at = end
    return "".join((*parts, text[at:])) if parts else text


def _unquoted(literal: str) -> str:
    text = literal.replace('\\"', '"').replace("\\'", "'").replace("\\/", "/")
    return unquote(text) if "%3c" in text.lower() else text
