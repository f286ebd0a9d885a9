"""What a page shows at one moment, as a look: the page as its scripts left it, or its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error, Request, Response

from crawler.browser.errand import Errand
from crawler.browser.frames import with_frames
from crawler.browser.serialising import SERIALISE, SHAPE
from crawler.browser.visit import Visit, whole_body
from crawler.look import Answer, Look, look_at, never_ends
from rules.facts import Client

FORM = "text/html; charset=utf-8"  # of what the browser hands over
LARGEST = 16 << 20  # bytes
# Answers without a body, of which the browser shows nothing but its own words.
BODILESS = ("ERR_HTTP_RESPONSE_CODE_FAILURE", "ERR_INVALID_AUTH_CREDENTIALS")


async def shape_of(visit: Visit) -> str:
    """How far a page is from being at rest, as text to compare. Raises Error where it is gone."""
    try:
        return str(await visit.page.evaluate(SHAPE))
    except Error:
        visit.must_live()
        return ""  # it is just going elsewhere, or keeps scripts from running


async def look_now(errand: Errand, visit: Visit, *, loading: bool = False) -> Look:
    """What the page says at this moment; `loading` says that more of it is to come."""
    response, landed = visit.document(), visit.page.url
    answer = replace(
        await _answer(errand, response, landed, await _body(visit, response)),
        cut_off=loading or await _is_cut_off(visit, response),
    )
    return _look(errand, answer)


async def look_by_status(errand: Errand, visit: Visit, words: str) -> Look | None:
    """The look at an answer that was only a status, as `words` of the browser say; or None."""
    response = visit.document()
    if response is None or not any(one in words for one in BODILESS):
        return None
    return _look(errand, await _answer(errand, response, response.url, b""))


def _look(errand: Errand, answer: Answer) -> Look:
    look = look_at(answer, today=errand.today(), hint=errand.hint)
    return replace(look, client=Client.BROWSER, purpose=errand.purpose)


async def _answer(errand: Errand, response: Response | None, landed: str, body: bytes) -> Answer:
    """An answer as the browser heard it."""
    return Answer(
        at=datetime.now(UTC),
        elapsed_ms=_elapsed(response),
        asked_url=errand.url,
        final_url=landed if landed.startswith("http") else errand.url,
        hops=_hops(response, landed, errand.url),
        status=response.status if response else 200,
        headers=_headers(response),
        body=body,
    )


async def _is_cut_off(visit: Visit, response: Response | None) -> bool:
    """Whether the document broke off, on the wire or before: the browser mends what it shows."""
    if response is None:
        return False
    return not visit.came_whole(response) or never_ends(await whole_body(response))


async def _body(visit: Visit, response: Response | None) -> bytes:
    """The page as its scripts left it; of what is no page, the bytes as they came.

    A page that spoils what scripts are written with is taken as the browser itself writes it.
    """
    if response is not None and not _is_page(response.headers.get("content-type", "")):
        return (await whole_body(response))[:LARGEST]
    try:
        markup = str(await visit.page.evaluate(SERIALISE))
        return (await with_frames(visit.page, markup)).encode("utf-8", "replace")
    except Error:
        visit.must_live()
    try:
        return (await visit.page.content()).encode("utf-8", "replace")[:LARGEST]
    except Error:
        visit.must_live()
        return b""


def _is_page(kind: str) -> bool:
    return not kind or "html" in kind or "xml" in kind


def _headers(response: Response | None) -> dict[str, str]:
    headers = dict(response.headers) if response is not None else {}
    return headers | ({"content-type": FORM} if _is_page(headers.get("content-type", "")) else {})


def _elapsed(response: Response | None) -> int:
    timing: dict[str, Any] = dict(response.request.timing) if response is not None else {}
    return max(0, int(timing.get("responseStart", 0)))


def _hops(response: Response | None, landed: str, asked: str) -> tuple[str, ...]:
    """The addresses before the last one, the first asked first."""
    chain: list[str] = []
    request: Request | None = response.request if response is not None else None
    while request is not None:
        chain.append(request.url)
        request = request.redirected_from
    chain.reverse()
    if asked not in chain[:1]:
        chain.insert(0, asked)
    return tuple(url for url in chain if url.startswith("http") and url != landed)
