"""The adapter that an operator configures: a list in JSON by paths, or in HTML by CSS.

For App, 人民号 and share links, which have no common shape. Can prove that there is none: an
App's own list (`app_list`), past the window, with its total or end. Can only clear: a page of
人民号, a share link. Times are read as strictly as
everywhere; a time without its year clears, and keeps the list from proving anything. A page
whose selectors find nothing is an error: it may have been laid out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from rules.post_addresses import post_named
from rules.posts import FetchOutcome, FetchReason, Identity, Post, TimeSource
from spiders.accounts.answers import MAX_POSTS, Answer, Layout, Sought
from spiders.accounts.markup import chosen
from spiders.accounts.opening import Door, guarded, open_json, open_page
from spiders.accounts.pages import Page, Refusal, Refused, doubts
from spiders.accounts.payloads import (
    Unreadable,
    at,
    count,
    entries,
    first,
    goes_on,
    ident,
    is_set,
    tried,
    words,
)
from spiders.accounts.times import Moment, read_time

_TIME_TEXT = 500  # characters that a configured pattern may be tried on
NO_LAYOUT = Refusal(FetchOutcome.ERROR, FetchReason.NOT_CONFIGURED, detail="no layout")
OTHERS = Refusal(FetchOutcome.ERROR, FetchReason.WRONG_ACCOUNT, detail="another account's page")
ANY = Door(())


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in the places of one entry, before it is read."""

    id: object
    time: object
    title: object
    link: object
    pinned: bool


@guarded
def read_list(answer: Answer, sought: Sought) -> Page:
    """A list as its layout describes it."""
    layout = sought.layout
    if layout is None or not layout.items or not layout.time:
        raise Refused(NO_LAYOUT)
    return _html_list(answer, layout) if layout.html else _json_list(answer, layout)


def _json_list(answer: Answer, layout: Layout) -> Page:
    said = open_json(answer, ANY)
    listed = entries(_path(said, layout.items), "items")
    page = _page([_json_row(raw, layout) for raw in listed], layout, answer)
    total, more = count(_path(said, layout.total)), goes_on(_path(said, layout.more))
    return replace(page, total=total, more=more)


def _path(value: object, dotted: str) -> object:
    return at(value, *dotted.split(".")) if dotted else None


def _json_row(raw: object, layout: Layout) -> Row:
    places = (layout.id, layout.time, layout.title, layout.link)
    number, time, title, link = (_path(raw, place) for place in places)
    return Row(
        first(number, link, default=None), time, title, link, is_set(_path(raw, layout.pinned))
    )


def _html_list(answer: Answer, layout: Layout) -> Page:
    tree = open_page(answer, ANY, lambda page: bool(chosen(page, layout.items)))
    found = chosen(tree, layout.items)[: MAX_POSTS + 1]
    if not found or len(found) > MAX_POSTS:
        raise Unreadable("no list where the layout looks for it")
    return _page([_html_row(node, layout) for node in found], layout, answer)


def _html_row(node: LexborNode, layout: Layout) -> Row:
    link = css_value(node, layout.link)
    number = css_value(node, layout.id) or link
    time, title = css_value(node, layout.time), css_value(node, layout.title)
    return Row(number, time, title, link, bool(css_value(node, layout.pinned)))


def css_value(node: LexborNode, selector: str) -> str:
    """The text, or the attribute after `@`, of the first element that a selector finds."""
    css, _, attribute = selector.partition("@")
    for found in chosen(node, css) if css else [node] if attribute else []:
        raw = (found.attributes.get(attribute) or "") if attribute else found.text(separator=" ")
        if words(raw, _TIME_TEXT):
            return words(raw, _TIME_TEXT)
    return ""


def _page(rows: Iterable[Row], layout: Layout, answer: Answer) -> Page:
    found, whole = tried(rows, lambda row: _post(row, layout, answer))
    sure = not any(moment is not None and moment.guessed for _, moment in found)
    return Page(posts=tuple(post for post, _ in found), warnings=doubts(whole and sure))


def _post(row: Row, layout: Layout, answer: Answer) -> tuple[Post, Moment | None]:
    """One entry and the moment read for it. Raises Unreadable without an id."""
    number = ident(row.id)
    if number is None:
        raise Unreadable("an entry without id")
    moment = moment_of(row.time, layout, answer)
    post = Post(
        id=number,
        time=moment.at if moment else None,
        time_source=TimeSource.PAGE if layout.html else TimeSource.API,
        title=words(row.title),
        url=_absolute(answer.final_url, words(row.link, 2000)),
        pinned=row.pinned,
    )
    return (replace(post, precision=moment.precision) if moment else post), moment


def _absolute(base: str, link: str) -> str | None:
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return None


def moment_of(raw: object, layout: Layout, answer: Answer) -> Moment | None:
    """The moment in a configured place: the whole of it, or what the pattern takes out of it."""
    if layout.pattern and isinstance(raw, str):
        found = re.search(layout.pattern, raw[:_TIME_TEXT])
        raw = found[1] if found and found.re.groups else None
    return read_time(raw, answer.fetched_at, layout.form)


@guarded
def read_link(answer: Answer, sought: Sought) -> Page:
    """One article's page by its layout: its account's name or id, its time."""
    layout = sought.layout
    if layout is None or not layout.time or not layout.owner:
        raise Refused(NO_LAYOUT)
    tree = open_page(answer, ANY, lambda page: bool(chosen(page, layout.time.partition("@")[0])))
    body = tree.parser.root
    named = post_named(answer.asked_url) or post_named(answer.final_url)
    if body is None or named is None:
        raise Unreadable("no such article")
    who = css_value(body, layout.owner)
    if who not in {sought.platform_id, sought.name, *sought.aliases}:
        raise Refused(OTHERS)
    moment = moment_of(css_value(body, layout.time), layout, answer)
    if moment is None:
        raise Unreadable("no time where the layout looks for it")
    post = Post(
        id=named.post_id,
        time=moment.at,
        precision=moment.precision,
        time_source=TimeSource.PAGE,
        title=css_value(body, layout.title),
        url=answer.asked_url or answer.final_url,
    )
    return Page(posts=(post,), identity=Identity(sought.platform_id, who))
