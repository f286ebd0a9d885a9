"""A site's own search: which form a page offers, and what is asked of it. Pure.

For the disclosure platforms and for 站内搜索 (standard, 6 and P23); what the answer says is
`search_results`' matter. A form is filled in as a browser would, in the page's own encoding;
nothing but forms for searching is ever filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import quote_plus, urldefrag, urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.decoding import decode
from crawler.reading.linking import address_of, joiner
from crawler.reading.search_results import CUT, LEAST_TITLE, WORDS, bare_title
from crawler.reading.tree import Node, TooLarge, Tree, parse
from rules.facts import Item

NEVER_SENT, CHOSEN = ("button", "reset", "image", "file"), ("checkbox", "radio")
MOST_FORMS, MOST_FIELDS, MOST_VALUE = 20, 40, 500
MOST_WORDS = 12  # characters of words that name a thing on a page
MOST_TITLE = 120  # characters of a title that is asked for
INDEXED_AFTER = timedelta(days=7)  # a search engine may not know what is newer than this

LINK_WORDS = re.compile("搜索|检索")
NAMES = re.compile(
    r"^(?:q|qt|k|kw|w|wd|s|so|key|keys|keyword|keywords|words?|query|title|text|content|search\w*"
    r"|\w*(?:search|keyword|query)\w*)$",
    re.IGNORECASE,
)
PLACES = re.compile(r"search|/so/|/s\?|jsearch|query|jiansuo|sousuo|/ss/", re.IGNORECASE)
OTHER_FORMS = re.compile("password|captcha|login|验证码", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchForm:
    """A form that searches: `method` GET or POST, `url` absolute, `field` the name of its box,
    `others` what goes with it, `encoding` that of its page."""

    method: str
    url: str
    field: str
    others: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is sent for one title. `body` is empty unless the form posts."""

    method: str
    url: str
    body: bytes = b""


class Offer(StrEnum):
    """What a page offers to whoever wants to search."""

    FORM = "form"  # forms that can be filled in
    LINK = "link"  # no form here, but a way to a page for searching
    SCRIPTED = "scripted"  # a box that only a script sends: for a browser, or a person
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Searching:
    """The ways to search that a page offers, the likeliest first. `links` are absolute."""

    offer: Offer
    forms: tuple[SearchForm, ...] = ()
    links: tuple[str, ...] = ()


def search_offer(body: bytes, *, url: str, content_type: str | None = None) -> Searching:
    """What the page offers. Never raises; a page that cannot be parsed offers nothing."""
    decoded = decode(body, content_type)
    try:
        tree = parse(decoded.text or "")
    except TooLarge:
        return Searching(Offer.SCRIPTED)
    encoding = "gb18030" if (decoded.encoding or "").startswith("gb") else "utf-8"
    forms = tuple(_forms(tree, joiner(url), url, encoding))
    links = tuple(_links(tree, url))
    if forms:
        return Searching(Offer.FORM, forms, links)
    if links:
        return Searching(Offer.LINK, links=links)
    return Searching(Offer.SCRIPTED if _may_search(tree) else Offer.NONE)


def search_request(form: SearchForm, title: str) -> SearchRequest:
    """The request that asks a form for a title."""
    pairs = (*form.others, (form.field, title[:MOST_TITLE]))
    query = "&".join(f"{_coded(name, form)}={_coded(value, form)}" for name, value in pairs)
    if form.method == "POST":
        return SearchRequest("POST", form.url, query.encode("ascii"))
    return SearchRequest("GET", f"{urldefrag(form.url)[0].partition('?')[0]}?{query}")


def _coded(words: str, form: SearchForm) -> str:
    return quote_plus(words, encoding=form.encoding, errors="replace")


def titles_to_ask(items: Sequence[Item], today: date, most: int = 4) -> tuple[str, ...]:
    """Titles of a list that its search should know: none cut short, none so new that an index may
    not have it yet (where the list says so), each once."""
    known = [item for item in items if item.date is None or item.date <= today - INDEXED_AFTER]
    titles = (" ".join(item.title.split()) for item in known)
    good = (one for one in titles if _is_askable(one))
    return tuple(dict.fromkeys(good))[:most]


def _is_askable(title: str) -> bool:
    return LEAST_TITLE <= len(title) <= MOST_TITLE and CUT.search(title) is None


def _forms(tree: Tree, join: Callable[[str], str], url: str, encoding: str) -> Iterator[SearchForm]:
    """The forms that search, in the order of the page."""
    found = list(tree.elements("form"))[:MOST_FORMS]
    for place, form in enumerate(found):
        following = found[place + 1].start if place + 1 < len(found) else len(tree.nodes)
        inputs = _inputs(tree, form, following)
        box = _box_of(form, inputs, tree)
        if box is not None:
            made = _made(form, box, inputs, join, url, encoding)
            if made is not None:
                yield made


def _inputs(tree: Tree, form: Node, following: int) -> list[Node]:
    """The inputs of a form. One that stands between the parts of a table is empty once parsed: the
    inputs that follow it are its own."""
    inside = [node for node in tree.nodes[form.start : form.end] if node.tag == "input"]
    if not inside:
        inside = [node for node in tree.nodes[form.end : following] if node.tag == "input"]
    return inside[:MOST_FIELDS]


def _kind(node: Node) -> str:
    return node.get("type").strip().lower() or "text"


def _box_of(form: Node, inputs: Sequence[Node], tree: Tree) -> Node | None:
    """The box to type into, if the form searches; None for any other form."""
    if any(_kind(node) in ("password", "file") for node in inputs):
        return None
    boxes = [node for node in inputs if _kind(node) in ("text", "search") and node.get("name")]
    if not boxes or len(boxes) > 4:
        return None
    said = " ".join((form.get("action"), form.marks(), form.get("name"), form.get("onsubmit")))
    words = " ".join((tree.text_of(form, 300), *map(_words_of, inputs)))
    if OTHER_FORMS.search(said) or OTHER_FORMS.search(words):
        return None
    named = [node for node in boxes if NAMES.match(node.get("name"))]
    if not (PLACES.search(said) or WORDS.search(words) or any(map(_is_search_box, boxes))):
        return None
    return (named or boxes)[0]


def _words_of(node: Node) -> str:
    shown = "value" if _kind(node) in ("submit", "button", "image", "text") else "placeholder"
    return f"{node.get(shown)} {node.get('placeholder')} {node.get('alt')} {node.get('title')}"


def _is_search_box(node: Node) -> bool:
    return (
        _kind(node) == "search" or PLACES.search(f"{node.get('name')} {node.marks()}") is not None
    )


def _made(
    form: Node,
    box: Node,
    inputs: Sequence[Node],
    join: Callable[[str], str],
    url: str,
    encoding: str,
) -> SearchForm | None:
    """The form as it would be sent; None where only a script sends it."""
    action = form.get("action").strip() or url
    if action.lower().startswith(("javascript:", "#")):
        return None
    try:
        target = join(action)
        if urlsplit(target).scheme not in ("http", "https"):
            return None
    except ValueError:
        return None
    others = [*_values(inputs, box), *_choices(form)]
    method = "POST" if form.get("method").strip().lower() == "post" else "GET"
    said = form.get("accept-charset").strip().lower()
    coded = "gb18030" if said.startswith("gb") else "utf-8" if said.startswith("utf") else encoding
    return SearchForm(method, target, box.get("name"), tuple(others[:MOST_FIELDS]), coded)


def _values(inputs: Sequence[Node], box: Node) -> Iterator[tuple[str, str]]:
    """What the other inputs send as they stand; of several buttons the first."""
    pressed = False
    for node in inputs:
        kind, name = _kind(node), node.get("name")
        if node is box or not name:
            continue
        if kind == "submit":
            if pressed:
                continue
            pressed = True
        elif kind in NEVER_SENT or (kind in CHOSEN and not _is_checked(node)):
            continue
        yield name[:MOST_VALUE], node.get("value")[:MOST_VALUE]


def _is_checked(node: Node) -> bool:
    return node.raw is not None and "checked" in node.raw.attributes


def _choices(form: Node) -> Iterator[tuple[str, str]]:
    """What the form's lists of choices send as they stand."""
    if form.raw is None:
        return
    for chooser in form.raw.css("select[name]")[:MOST_FIELDS]:
        options = chooser.css("option")
        chosen = next((one for one in options if "selected" in one.attributes), None)
        option = chosen or (options[0] if options else None)
        if option is not None:
            yield str(chooser.attributes.get("name"))[:MOST_VALUE], _value_of(option)[:MOST_VALUE]


def _value_of(option: LexborNode) -> str:
    value = option.attributes.get("value")
    return value if value is not None else " ".join(option.text().split())


def _links(tree: Tree, url: str) -> Iterator[str]:
    """Where the page sends whoever wants to search: links whose short words say so."""
    join = joiner(url)
    seen: set[str] = set()
    for node in tree.elements("a"):
        words = bare_title(f"{tree.text_of(node, 40)}{node.get('title')}{_pictured(node)}")
        address = address_of(node, url, join)
        if len(words) > MOST_WORDS or not LINK_WORDS.search(words) or address == url:
            continue
        if address.startswith(("http://", "https://")) and address not in seen:
            seen.add(address)
            yield address


def _pictured(link: Node) -> str:
    return "".join(child.get("alt") for child in link.children if child.tag == "img")


def _may_search(tree: Tree) -> bool:
    """Whether anything on the page may be for searching, though no form tells how: a box of any
    kind, a form sent by a script, or the mere word. Only a page without all of these has none."""
    hidden = [form for form in tree.elements("form") if _asks_for_password(form, tree)]
    if any(
        _kind(node) in ("text", "search") and not any(_lies_in(node, form) for form in hidden)
        for node in tree.elements("input")
    ):
        return True
    if any(PLACES.search(form.get("action")) for form in tree.elements("form")):
        return True
    return any(WORDS.search(words) for words in _short_words(tree))


def _asks_for_password(form: Node, tree: Tree) -> bool:
    inside = tree.nodes[form.start : form.end]
    return any(node.tag == "input" and _kind(node) == "password" for node in inside)


def _lies_in(node: Node, form: Node) -> bool:
    return form.start <= node.start < form.end


def _short_words(tree: Tree) -> Iterator[str]:
    """Texts that are no sentences, and what pictures and buttons say."""
    for text in tree.texts():
        if len(text.text) <= MOST_WORDS:
            yield bare_title(text.text)
    for node in tree.elements("input", "img", "button"):
        yield bare_title(_words_of(node))
