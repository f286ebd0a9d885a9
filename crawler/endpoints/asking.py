"""A recipe and a freshly fetched page -> the request that asks for its list now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.endpoints.clocks import clock_value
from crawler.endpoints.cutting import LONGEST_BODY, LONGEST_URL, encode
from crawler.endpoints.finding import Page, find
from crawler.endpoints.recipe import Part, Recipe, Source, Text


@dataclass(frozen=True, slots=True)
class Call:
    """One request to be made. Headers by lower-case name."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(recipe: Recipe, page: Page, now: datetime) -> Call | None:
    """The request, its varying parts as this page and this instant (aware) have them.

    None where one of them cannot be found in the page: then the call must not be made.
    """
    url, body = fill(recipe.url, page, now), fill(recipe.body, page, now)
    headers = {name: fill(text, page, now) for name, text in recipe.headers}
    cookies = {name: fill(text, page, now) for name, text in recipe.cookies}
    told = {name: value for name, value in headers.items() if value is not None}
    if url is None or body is None or len(told) < len(headers):
        return None
    if len(url) > 2 * LONGEST_URL or len(body) > 2 * LONGEST_BODY:
        return None
    return Call(
        recipe.method,
        url,
        told | {"referer": page.url},
        {name: value for name, value in cookies.items() if value is not None},
        body.encode("utf-8", "replace"),
    )


def fill(text: Text, page: Page, now: datetime) -> str | None:
    """The text with its parts filled in; None where one cannot be found."""
    pieces = [piece if isinstance(piece, str) else _value(piece, page, now) for piece in text]
    told = [piece for piece in pieces if piece is not None]
    return "".join(told) if len(told) == len(pieces) else None


def _value(part: Part, page: Page, now: datetime) -> str | None:
    if part.source is Source.CLOCK:
        value = clock_value(part.where[0], now)
    elif part.source is Source.CHANCE:
        value = drawn(part.where[0], now)
    else:
        value = find(part, page)
    for code in part.codes:
        value = None if value is None else encode(value, code)
    return value


def drawn(like: str, now: datetime) -> str:
    """A value like this one with other digits, the same for the same instant."""
    digest = hashlib.sha256(f"{like} {now.isoformat()}".encode()).hexdigest()
    digits = (str(int(one, 16) % 9 + 1) for one in digest)
    start = 2 if like.startswith("0.") else 0
    return like[:start] + re.sub(r"\d", lambda _: next(digits, "1"), like[start:])
