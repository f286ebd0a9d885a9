"""From what a rendered page asked for, and the list that it shows, to a recipe; or to none.

A call is learned only if its answer carries the very list: then the recipe is proved on that
answer before it is believed. Requests with credentials, or with a part that cannot be found in
the page, are left to the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import urldefrag

from crawler.endpoints.answering import read_answer, read_shaped, text_of_answer
from crawler.endpoints.cutting import cut_body, cut_headers, cut_url
from crawler.endpoints.data import MOST_ROWS, roots
from crawler.endpoints.finding import Page, page_of
from crawler.endpoints.matching import carries
from crawler.endpoints.recipe import Lies, Recipe, Shape, Text
from crawler.endpoints.records import as_shown, find_records, read_rows
from crawler.endpoints.sources import Scene, Unlearnable, pieces_of
from crawler.endpoints.trusting import seen_of
from crawler.look import Exchange
from crawler.outcomes import landed_elsewhere
from rules.facts import CONFIDENCE_FLOOR, PageReading, PageState
from rules.marks import BEHIND_CLICK

DATA_KINDS = frozenset({"xhr", "fetch", "script", "document"})
METHODS = frozenset({"GET", "POST"})
MOST_CALLS = 60
SAMPLE = 40  # titles that are looked for first
MOST_READ = 6  # answers of one page that are looked into
MOST_COOKIES = 20
HEAD = 400  # characters of an answer in which its callback stands
MARKUP_SHAPES = (Shape.PAGE, Shape.SCRIPT, Shape.WRITTEN)
# Signs of the rendered list that the judge must know of, whatever the data look like.
CARRIED = frozenset(
    {"ascending", "year_inferred", "year_confirmed", "document_dates", BEHIND_CLICK}
)
# How characters are written in answers: the pattern and the base of its number.
ESCAPES = (
    (re.compile(r"\\{1,16}u([0-9a-fA-F]{4})"), 16),
    (re.compile(r"&#(\d{4,6});"), 10),
    (re.compile(r"&#[xX]([0-9a-fA-F]{4,5});"), 16),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One rendered page: its address, what it asked for in that order, what was read off it, and
    the Shanghai date of the fetch."""

    url: str
    exchanges: Sequence[Exchange]
    shown: PageReading
    today: date


def learn(seen: Rendered) -> Recipe | None:
    """The call that carries the list which a rendered page showed. Pure; never raises on what came
    over the wire."""
    shown = seen.shown
    doubtful = shown.confidence < CONFIDENCE_FLOOR or shown.newest is None or not shown.items
    page = None if doubtful or shown.state is not PageState.LIST else _page(seen)
    if page is None:
        return None
    calls = [one for one in seen.exchanges[:MOST_CALLS] if _may_carry(one, page, shown)]
    recipes = (_recipe(call, page, seen) for call in calls[:MOST_READ])
    return next((recipe for recipe in recipes if recipe is not None), None)


def _page(seen: Rendered) -> Page | None:
    """The page as plain HTTP gets it: where its address leads, and what stood there last."""
    documents = [one for one in seen.exchanges if one.kind == "document" and one.status < 300]
    first = documents[0].url if documents else seen.url
    here = [one for one in documents if _same(one.url, first) or _same(one.url, seen.url)]
    return page_of(here[-1].url, here[-1].body, _page_headers(here[-1])) if here else None


def _page_headers(one: Exchange) -> Mapping[str, str]:
    """The page's headers; a cookie that the browser had from before counts as set by the page."""
    sent = one.request_headers.get("cookie", "").replace(";", "\n")
    given = one.headers.get("set-cookie", "")
    return dict(one.headers) | {"set-cookie": "\n".join(filter(None, (sent, given)))}


def _same(one: str, other: str) -> bool:
    return urldefrag(one).url == urldefrag(other).url


def _may_carry(one: Exchange, page: Page, shown: PageReading) -> bool:
    if one.kind not in DATA_KINDS or one.method not in METHODS or not 200 <= one.status < 300:
        return False
    if _same(one.url, page.url) or not one.body:
        return False
    if one.kind == "document" and landed_elsewhere(page.url, one.url) is not None:
        return False
    text = _text(one)
    return bool(text) and _mentions(text, shown)


def _text(one: Exchange) -> str:
    return text_of_answer(one.body, one.headers.get("content-type")) or ""


def _mentions(text: str, shown: PageReading) -> bool:
    """Whether the first words of the titles stand in a text, in whatever way it is escaped."""
    for pattern, base in ESCAPES:
        text = pattern.sub(partial(_character, base), text)
    titles = [item.title[:4] for item in shown.items[:SAMPLE]]
    return 2 * sum(title in text for title in titles) >= len(titles)


def _character(base: int, found: re.Match[str]) -> str:
    code = int(found.group(1), base)
    return chr(code) if code < 0x110000 else ""


def _recipe(call: Exchange, page: Page, seen: Rendered) -> Recipe | None:
    """The recipe of one call, proved on its own answer; None if it does not carry the list."""
    known = seen_of(seen.shown.items, seen.today)
    if known is None:
        return None
    framed = call.kind == "document"
    signs = tuple(sign for sign in seen.shown.signs if sign in CARRIED)
    blank = Recipe(
        page=seen.url,
        method=call.method,
        url=(),
        headers=(),
        cookies=(),
        body=(),
        shape=Shape.PAGE,
        framed=framed,
        lies=None,
        seen=known,
        confidence=seen.shown.confidence,
        signs=signs,
    )
    for shape, lies in _readings(call, call.url if framed else page.url, seen):
        proved = _proved(replace(blank, shape=shape, lies=lies), call, page, seen)
        if proved is not None:
            return _asked(proved, call, page, seen.exchanges)
    return None


def _proved(recipe: Recipe, call: Exchange, page: Page, seen: Rendered) -> Recipe | None:
    """The recipe with what it reads off the answer, if that has the newest date of the list."""
    reading = read_answer(
        recipe,
        call.body,
        url=call.url,
        page=page.url,
        today=seen.today,
        content_type=call.headers.get("content-type"),
    )
    known = seen_of(reading.items, seen.today)
    if known is None or known.newest != seen.shown.newest or reading.confidence < CONFIDENCE_FLOOR:
        return None
    return replace(recipe, seen=known)


def _readings(call: Exchange, base: str, seen: Rendered) -> Iterator[tuple[Shape, Lies | None]]:
    """The ways in which an answer, read so, is the list that the page shows."""
    values = roots(_text(call)) if call.kind != "document" else []
    for lies, rows in find_records(values, seen.shown, base, seen.today):
        whole = read_rows(rows, replace(lies, shown=MOST_ROWS), base, seen.today)
        if carries(whole, seen.shown, base):
            yield Shape.DATA, as_shown(lies, rows, seen.shown)
    shapes = (Shape.PAGE,) if call.kind == "document" else MARKUP_SHAPES
    content_type = call.headers.get("content-type")
    for shape in shapes:
        reading = read_shaped(shape, call.body, base, seen.today, content_type)
        if carries(reading, seen.shown, base):
            yield shape, None


def _asked(
    recipe: Recipe, call: Exchange, page: Page, exchanges: Sequence[Exchange]
) -> Recipe | None:
    """The recipe with how it is asked; None where that cannot be said without guessing."""
    scripts = tuple(_text(one) for one in exchanges if one.kind == "script" and one is not call)
    scene = Scene(page, scripts, call.at, _text(call)[:HEAD])
    try:
        return replace(
            recipe,
            url=cut_url(call.url, scene),
            headers=cut_headers(call.request_headers, scene),
            cookies=_cookies(call, scene),
            body=cut_body(call.request_body, call.request_headers.get("content-type", ""), scene),
        )
    except (Unlearnable, ValueError):
        return None


def _cookies(call: Exchange, scene: Scene) -> tuple[tuple[str, Text], ...]:
    """Cookies that a script of the page set, where their values can be had again; the server's
    own come by themselves, and nobody needs those of counters."""
    found = []
    for pair in call.request_headers.get("cookie", "").split(";")[:MOST_COOKIES]:
        name, _, value = pair.strip().partition("=")
        if not name or name in scene.page.cookies:
            continue
        with suppress(Unlearnable):
            found.append((name, pieces_of(value, name, scene)))
    return tuple(found)
