"""The answer of a learned call as a reading of its page's list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import escape

from crawler.endpoints.data import roots, rows_at
from crawler.endpoints.finding import plain
from crawler.endpoints.recipe import Recipe, Shape
from crawler.endpoints.records import read_rows
from crawler.reading import read_page
from crawler.reading.decoding import decode
from rules.facts import PageReading, PageState

LARGEST = 4 << 20  # bytes
# A text of a script; one that never ends is taken to its end, so that nothing is read twice.
LITERAL = re.compile(
    r"\"((?:[^\"\\\n]|\\.)*+)\"?|'((?:[^'\\\n]|\\.)*+)'?|`((?:[^`\\]|\\.)*+)`?", re.DOTALL
)
MARKUP = re.compile(r"<[a-zA-Z/]")
NOTHING = PageReading(PageState.UNREADABLE, signs=("json",))


def read_answer(
    recipe: Recipe, body: bytes, *, url: str, page: str, today: date, content_type: str | None
) -> PageReading:
    """What an answer says, never surer than the rendered list was. `url` is where it came from,
    `page` the address of the page that asks, `today` the Shanghai date of the fetch."""
    base = url if recipe.framed else page
    if recipe.lies is not None:
        text = text_of_answer(body, content_type)
        rows = rows_at(roots(text), recipe.lies.path) if text else []
        reading = read_rows(rows, recipe.lies, base, today) if rows else NOTHING
    else:
        reading = read_shaped(recipe.shape, body, base, today, content_type)
    confidence = min(reading.confidence, recipe.confidence)
    signs = tuple(dict.fromkeys((*reading.signs, *recipe.signs)))
    return replace(reading, confidence=confidence, signs=signs)


def read_shaped(
    shape: Shape, body: bytes, base: str, today: date, content_type: str | None
) -> PageReading:
    """An answer that is read as a page, or as a part of one."""
    if len(body) > LARGEST:
        return NOTHING
    if shape is Shape.PAGE:
        return read_page(body, url=base, today=today, content_type=content_type)
    text = text_of_answer(body, content_type) or ""
    markup = _as_inline(text) if shape is Shape.SCRIPT else written_markup(text)
    return read_page(markup.encode("utf-8", "replace"), url=base, today=today)


def text_of_answer(body: bytes, content_type: str | None) -> str | None:
    """The text of an answer; None where it is none, or too large."""
    return decode(body, content_type).text if len(body) <= LARGEST else None


def written_markup(script: str) -> str:
    """The markup that stands in the texts of a script, as one page."""
    texts = (plain_script(next(filter(None, found), "")) for found in LITERAL.findall(script))
    return f"<html><body>{''.join(text for text in texts if MARKUP.search(text))}</body></html>"


def plain_script(text: str) -> str:
    """A text of a script without its escapes; the entities of its markup stay."""
    return plain(escape(text, quote=False)) if "\\" in text else text


def _as_inline(script: str) -> str:
    inert = script.replace("</", "<\\/")
    return f"<html><body><ul id='list'></ul><script>{inert}</script></body></html>"
