"""The door of every parser: an answer is opened only after its signs were looked at.

In this order: the platform's signs of status and address; its signs in the body; what a status
means everywhere; an empty body. What is left is a payload that may be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from crawler.reading.tree import Tree
from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.markup import messages, page_of
from spiders.accounts.pages import Page, Refusal, Refused, misread
from spiders.accounts.payloads import Json, Unreadable, at, mapping, parse_json, whole, words
from spiders.accounts.signs import EVERYWHERE, Place, Shown, Sign, code_of, sign_of

Parser = Callable[[Answer, Sought], Page]
_BODY = (Place.CODE, Place.WORDS, Place.OTHER_CODE, Place.MARKUP)
_MARKUP_SHOWN = 400_000  # characters; a gate's marks stand at its top
EMPTY = Refusal(FetchOutcome.BLOCKED, FetchReason.EMPTY_BODY, detail="empty body")
NO_JSON = misread("no JSON")
UNASKED = Refusal(FetchOutcome.ERROR, FetchReason.REFUSED, detail="status")


@dataclass(frozen=True, slots=True)
class Door:
    """A platform's table and where its JSON carries code and message.

    `no_json`: what a page means where JSON was asked for.
    """

    signs: tuple[Sign, ...]
    codes: tuple[tuple[str, ...], ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    no_json: Refusal = NO_JSON


def guarded(parser: Parser) -> Parser:
    """A parser that never raises: what refuses or cannot be read becomes a refusal."""

    @wraps(parser)
    def read(answer: Answer, sought: Sought) -> Page:
        try:
            return parser(answer, sought)
        except Refused as error:
            return Page(refusal=error.refusal)
        except Unreadable as error:
            return Page(refusal=misread(str(error)))

    return read


def open_json(answer: Answer, door: Door) -> Json:
    """The JSON object of an answer that shows no sign. Raises Refused or Unreadable."""
    _look_outside(answer, door)
    if answer.status == 200 and not answer.body.strip():
        raise Refused(EMPTY)
    if not _is_json(answer.body):
        _look_inside(answer, door, _page_shown(answer))
        _look_at_status(answer)
        raise Refused(door.no_json)
    try:
        said = mapping(parse_json(answer.body), "answer")
    except Unreadable:
        _look_at_status(answer)
        raise
    _look_inside(answer, door, _json_shown(said, door))
    _look_at_status(answer)
    return said


def open_page(answer: Answer, door: Door, shows_content: Callable[[Tree], bool]) -> Tree:
    """The tree of an HTML answer. Words are signs only where it does not show its content."""
    _look_outside(answer, door)
    if answer.status == 200 and not answer.body.strip():
        raise Refused(EMPTY)
    tree = page_of(answer.body, answer.header("content-type"))
    if answer.status != 200 or not shows_content(tree):
        _look_inside(answer, door, _page_shown(answer, tree))
    _look_at_status(answer)
    return tree


def refuse_by_signs(answer: Answer, door: Door) -> None:
    """Raise Refused for what an answer shows that is not what was asked for."""
    _look_outside(answer, door)
    if answer.status == 200 and not answer.body.strip():
        raise Refused(EMPTY)
    _look_inside(answer, door, _page_shown(answer))
    _look_at_status(answer)


def _look_outside(answer: Answer, door: Door) -> None:
    addresses = f"{answer.final_url} {answer.header('location')}"
    shown = Shown(status=answer.status, address=addresses)
    sign = sign_of(shown, door.signs, Place.STATUS, Place.ADDRESS)
    if sign is not None:
        raise Refused(later(sign.refusal, answer))
    if answer.status is None:
        _look_at_status(answer)
    if answer.too_large:
        raise Unreadable("too large")


def _look_inside(answer: Answer, door: Door, shown: Shown) -> None:
    sign = sign_of(shown, door.signs, *_BODY)
    if sign is not None:
        raise Refused(later(sign.refusal, answer))


def _look_at_status(answer: Answer) -> None:
    if answer.status == 200:
        return
    sign = sign_of(Shown(status=answer.status), EVERYWHERE, Place.STATUS)
    raise Refused(later(sign.refusal if sign else UNASKED, answer))


def later(refusal: Refusal, answer: Answer) -> Refusal:
    """The refusal, put off for as long as the server itself asks for, if that is longer."""
    asked = whole(answer.header("retry-after"))
    if asked is None or asked <= (refusal.retry_after or 0):
        return refusal
    return Refusal(refusal.outcome, refusal.reason, min(asked, 30 * 86400), refusal.detail)


def _is_json(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _json_shown(said: Json, door: Door) -> Shown:
    codes = [at(said, *path) for path in door.codes]
    told = [words(at(said, *path)) for path in door.words]
    present = tuple(code_of(code) for code in codes if code is not None)
    return Shown(codes=present or (None,), words=tuple(filter(None, told)))


def _page_shown(answer: Answer, tree: Tree | None = None) -> Shown:
    """What a page shows: its messages, and its source. A monster shows its source alone."""
    try:
        tree = tree or page_of(answer.body, answer.header("content-type"))
        said = tuple(messages(tree))
    except Unreadable:
        said = ()
    source = answer.body[:_MARKUP_SHOWN].decode("utf-8", "replace")
    return Shown(words=said, markup=source)


def page_reader(door: Door) -> Parser:
    """A parser of an account's page itself, whose only news is what its signs take away."""

    @guarded
    def read(answer: Answer, _sought: Sought) -> Page:
        open_page(answer, door, shows_content=lambda _tree: False)
        return Page()

    return read
