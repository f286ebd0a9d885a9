"""A request as it was sent, cut into what stays and what varies.

What stays is kept as the very bytes that were sent; of what is structured (queries, forms, JSON,
JSON within them) only the values are looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, unquote_plus, urldefrag, urlsplit

from crawler.endpoints.recipe import Part, Text
from crawler.endpoints.sources import CREDENTIALS, MOST_PARTS, Scene, Unlearnable, coded, pieces_of

LONGEST_URL = 8_000
LONGEST_BODY = 32_000
MOST_HEADERS = 24
DEEPEST = 3  # JSON within JSON
NAMELESS = "_"  # what a value without a name is called: it is there against caches
# What our own client says for itself, or the line, or the browser alone.
OWN_HEADERS = frozenset(
    {
        "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection",
        "content-length", "cookie", "dnt", "host", "keep-alive", "pragma", "priority", "purpose",
        "referer", "te", "transfer-encoding", "upgrade-insecure-requests", "user-agent",
    }
)  # fmt: skip
PLAIN_HEADERS = frozenset({"accept", "content-type", "origin", "x-requested-with"})
LEAF = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|(-?\d+(?:\.\d+)?)')
PART = re.compile(
    r'(name="([^"\r\n]{0,200})"[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n)(.*?)(?=\r\n--)', re.DOTALL
)
MARKED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


def cut_url(url: str, scene: Scene) -> Text:
    """An address in pieces. Raises Unlearnable."""
    parts = urlsplit(urldefrag(url).url)
    if len(url) > LONGEST_URL or "@" in parts.netloc or parts.scheme not in ("http", "https"):
        raise Unlearnable(url[:80])
    pieces: list[str | Part] = [f"{parts.scheme}://{parts.netloc}"]
    for segment in parts.path.split("/")[1:]:
        pieces += ["/", *_leaf(segment, unquote(segment), "", scene, ("url",))]
    if parts.query:
        pieces += ["?", *_pairs(parts.query, scene)]
    return joined(pieces)


def cut_body(body: bytes, content_type: str, scene: Scene) -> Text:
    """A body in pieces: a form, JSON, a form of several parts, or text. Raises Unlearnable."""
    if len(body) > LONGEST_BODY:
        raise Unlearnable("body")
    text = body.decode("utf-8", "replace")
    if MARKED.search(text):
        raise Unlearnable("body")
    kind = content_type.lower()
    if "multipart/" in kind:
        return joined(_several(text, scene))
    if text.lstrip()[:1] in ("{", "["):
        return joined(_json(text, scene, (), 0))
    if "urlencoded" in kind or "=" in text.partition("&")[0]:
        return joined(_pairs(text, scene))
    return joined(_leaf(text, text, "", scene, ()))


def cut_headers(headers: Mapping[str, str], scene: Scene) -> tuple[tuple[str, Text], ...]:
    """The headers that the page's script set itself, in pieces. Raises Unlearnable."""
    kept = [
        (name, value)
        for name, value in headers.items()
        if name not in OWN_HEADERS and not name.startswith((":", "sec-", "proxy-", "x-client-data"))
    ]
    if len(kept) > MOST_HEADERS or any(CREDENTIALS.search(name) for name, _ in kept):
        raise Unlearnable("headers")
    return tuple(
        (name, (value,) if name in PLAIN_HEADERS else joined(pieces_of(value, name, scene)))
        for name, value in kept
    )


def joined(pieces: Iterator[str | Part] | list[str | Part] | Text) -> Text:
    """Pieces with the literal ones beside each other made one. Raises Unlearnable for too many."""
    found: list[str | Part] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, str) and isinstance(last, str):
            found[-1] = last + piece
        elif piece:
            found.append(piece)
    if sum(isinstance(piece, Part) for piece in found) > MOST_PARTS:
        raise Unlearnable("parts")
    return tuple(found)


def _pairs(text: str, scene: Scene) -> Iterator[str | Part]:
    """`name=value&…`, as queries and forms have it."""
    for count, pair in enumerate(text.split("&")):
        name, equals, value = pair.partition("=")
        if not equals:  # a query that is nothing but a number against caches
            name, value = NAMELESS, pair
        yield ("&" if count else "") + (name + equals if equals else "")
        yield from _leaf(value, unquote_plus(value), unquote_plus(name), scene, ("url",))


def _leaf(
    raw: str, value: str, name: str, scene: Scene, codes: tuple[str, ...]
) -> Iterator[str | Part]:
    """One value; `raw` is how it was sent, `codes` how it must be written, the innermost first."""
    if value[:1] in ("{", "[") and _is_json(value):
        pieces: Text = tuple(_json(value, scene, codes, len(codes)))
        yield from pieces if _varies(pieces) else (raw,)
        return
    pieces = pieces_of(value, name, scene)
    yield from _written(pieces, codes) if _varies(pieces) else (raw,)


def _json(text: str, scene: Scene, codes: tuple[str, ...], depth: int) -> Iterator[str | Part]:
    """JSON as text: every string and number in it, and what lies between them."""
    if depth > DEEPEST:
        raise Unlearnable("depth")
    end, key = 0, ""
    for leaf in LEAF.finditer(text):
        string, colon, number = leaf.groups()
        if colon:
            key = string
            continue
        yield _encoded(text[end : leaf.start()], codes)
        end = leaf.end()
        if number is not None:
            yield from _leaf(_encoded(number, codes), number, key, scene, codes)
            continue
        yield _encoded('"', codes)
        value = str(json.loads(f'"{string}"', strict=False))
        yield from _leaf(_encoded(string, codes), value, key, scene, ("json", *codes))
        yield _encoded('"', codes)
    yield _encoded(text[end:], codes)


def _several(text: str, scene: Scene) -> Iterator[str | Part]:
    """multipart/form-data: the value of every part."""
    end = 0
    for part in PART.finditer(text):
        yield text[end : part.end(1)]
        yield from _leaf(part[3], part[3], part[2], scene, ())
        end = part.end()
    yield text[end:]


def _written(pieces: Text, codes: tuple[str, ...]) -> Iterator[str | Part]:
    for code in codes:
        pieces = coded(pieces, code)
    for piece in pieces:
        yield _encoded(piece, codes) if isinstance(piece, str) else piece


def _encoded(text: str, codes: tuple[str, ...]) -> str:
    for code in codes:
        text = encode(text, code)
    return text


def encode(text: str, code: str) -> str:
    """Text written in one of the ways that values are written in requests."""
    return quote(text, safe="") if code == "url" else json.dumps(text, ensure_ascii=False)[1:-1]


def _varies(pieces: Text) -> bool:
    return any(isinstance(piece, Part) for piece in pieces)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
