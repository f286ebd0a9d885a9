"""Where a value stands in a page, said so that it is found again in the page of another day.

An anchor is believed only if it leads back to the very value. Values that are not printed in the
page, its cookies or its address are not found: nothing is guessed or computed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from itertools import islice
from types import MappingProxyType
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.endpoints.recipe import Part, Source
from crawler.reading.decoding import decode

LARGEST = 2_000_000  # characters of a page in which anything is looked for
LONGEST = 4096  # characters of a value
MOST_PLACES = 12  # occurrences of a value that are looked at
MOST_TAGS = 200  # of one kind
MOST_MENTIONS = 4  # of a name, before it is no anchor
CONTEXT = 24  # characters before a value that make an anchor
TELLING = ("name", "id", "property", "class")  # attributes that tell a tag apart, best first
WORD = r"[A-Za-z_$][\w$.\-]{0,60}"
NAMED = re.compile(rf"({WORD})\\?[\"'\]]{{0,2}}\s{{0,8}}(?:[:=]|,)\s{{0,8}}\\?[\"'`]?$")
END = re.compile(r"\\?[\"'`]|[<>\s&;,)}\]]|$")
TAG = re.compile(r"<([a-zA-Z][\w-]{0,30})[\s/]")
ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page as plain HTTP gets it: the place where varying parts are looked for."""

    url: str
    text: str
    cookies: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """Its tags."""
        return LexborHTMLParser(self.text)


def page_of(url: str, body: bytes, headers: Mapping[str, str]) -> Page | None:
    """The page in an answer; None where that is no text, or too much of it."""
    decoded = decode(body, headers.get("content-type"))
    if decoded.text is None or len(decoded.text) > LARGEST:
        return None
    return Page(url, decoded.text, cookies_of(headers.get("set-cookie", "")))


def cookies_of(header: str) -> dict[str, str]:
    """Names and values of Set-Cookie headers that were joined by commas or line breaks."""
    pairs = re.findall(r"(?:^|[,\n])\s{0,8}([\w!#$%&'*+.^`|~-]{1,100})=([^;,\n]{0,4096})", header)
    return {name: value.strip().strip('"') for name, value in pairs}


def locate(value: str, page: Page) -> Part | None:
    """The anchor of a value by a tag or a name, if it has one in the page."""
    for part in _by_tag(value, page):
        if find(part, page) == value:
            return part
    for place in _places(value, page.text):
        named = NAMED.search(page.text, max(0, place - 100), place)
        for count in range(MOST_MENTIONS if named else 0):
            part = Part(Source.NAME, (str(named and named.group(1)), str(count)))
            if find(part, page) == value:
                return part
    return None


def locate_after(value: str, page: Page) -> Part | None:
    """The anchor of a value by the text before it."""
    for place, written in _writings_in(value, page.text):
        before = page.text[max(0, place - CONTEXT) : place].lstrip()
        part = Part(Source.AFTER, (before, page.text[place + len(written) :][:1]))
        if len(before.strip()) >= 4 and find(part, page) == value:
            return part
    return None


def locate_cookie(value: str, page: Page) -> Part | None:
    """The cookie that holds a value."""
    names = (name for name, held in page.cookies.items() if value in (held, unquote(held)))
    part = next((Part(Source.COOKIE, (name,)) for name in names), None)
    return part if part is not None and find(part, page) == value else None


def find(part: Part, page: Page) -> str | None:
    """The value that stands at an anchor now; None where there is none, or an odd one."""
    finder = FINDERS.get(part.source)
    found = finder(part.where, page) if finder is not None else None
    if found is None or not found or len(found) > LONGEST or not found.isprintable():
        return None
    return found


def _by_tag(value: str, page: Page) -> Iterator[Part]:
    """Tags of which an attribute is this value: hidden inputs, meta tags, data attributes."""
    starts = (page.text.rfind("<", max(0, at - 2000), at) for at in _places(value, page.text))
    tags = (TAG.match(page.text, start) for start in starts if start >= 0)
    for name in dict.fromkeys(tag.group(1).lower() for tag in tags if tag):
        nodes: list[LexborNode] = page.tree.css(name)
        for node in nodes[:MOST_TAGS]:
            attributes = dict(node.attributes)
            for key, held in attributes.items():
                if held == value and key not in TELLING:
                    yield from _tag_parts(name, attributes, key)


def _tag_parts(tag: str, attributes: Mapping[str, str | None], name: str) -> Iterator[Part]:
    for key in TELLING:
        if attributes.get(key):
            yield Part(Source.TAG, (tag, key, str(attributes[key]), name))
    yield Part(Source.TAG, (tag, "", "", name))


def _places(value: str, text: str) -> Iterator[int]:
    """Where a value stands in the text, in any of the ways it may be written there."""
    return (place for place, _ in _writings_in(value, text))


def _writings_in(value: str, text: str) -> Iterator[tuple[int, str]]:
    count = 0
    for written in dict.fromkeys(_writings(value)):
        place = text.find(written)
        while place >= 0 and count < MOST_PLACES:
            yield place, written
            count += 1
            place = text.find(written, place + 1)


def _writings(value: str) -> Iterator[str]:
    yield value
    yield escape(value)
    yield value.replace("/", "\\/")
    yield json.dumps(value)[1:-1]
    yield quote(value, safe="")


def _find_tag(where: tuple[str, ...], page: Page) -> str | None:
    tag, key, told, name = where
    if not re.fullmatch(r"[a-z][\w-]{0,30}", tag):
        return None
    for node in page.tree.css(tag):
        attributes = node.attributes
        if name in attributes and (not key or attributes.get(key) == told):
            return attributes[name]
    return None


def _find_name(where: tuple[str, ...], page: Page) -> str | None:
    pattern = re.compile(
        rf"(?<![\w$.\-]){re.escape(where[0])}\\?[\"'\]]{{0,2}}\s{{0,8}}(?:[:=](?!=)|,)"
        r"\s{0,8}\\?(?P<quote>[\"'`]?)"
    )
    found = next(islice(pattern.finditer(page.text), int(where[1]), None), None)
    return _value_at(page.text, found.end(), found["quote"]) if found else None


def _find_after(where: tuple[str, ...], page: Page) -> str | None:
    before, after = where
    place = page.text.find(before)
    start = place + len(before)
    end = page.text.find(after, start, start + LONGEST) if place >= 0 and after else -1
    return plain(page.text[start:end]) if end > start else None


def _value_at(text: str, start: int, quoted: str) -> str | None:
    """What stands from `start` on, up to the closing quote, or else to the end of the word."""
    quoted = quoted if quoted in tuple("\"'`") else ""
    if quoted:
        end = text.find(quoted, start, start + LONGEST)
    else:
        found = END.search(text, start, start + LONGEST)
        end = found.start() if found else -1
    return plain(text[start:end].removesuffix("\\")) if end > start else None


def plain(text: str) -> str:
    """Text without the escapes of scripts and markup."""
    return unescape(ESCAPES.sub(_unescaped, text)) if "\\" in text else unescape(text)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return (
        chr(int(code, 16))
        if code
        else {"n": "\n", "t": "\t", "r": "\r"}.get(match.group(3), match.group(3))
    )


def _find_cookie(where: tuple[str, ...], page: Page) -> str | None:
    held = page.cookies.get(where[0])
    return None if held is None else unquote(held)


FINDERS: Mapping[Source, Callable[[tuple[str, ...], Page], str | None]] = MappingProxyType(
    {
        Source.TAG: _find_tag,
        Source.NAME: _find_name,
        Source.AFTER: _find_after,
        Source.COOKIE: _find_cookie,
    }
)
