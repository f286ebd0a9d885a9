"""Asking a learned call where plain HTTP would send its page to a browser.

The page itself is always fetched first, and wins where it says anything. Used inside a running
Scrapy crawl; never judges, never writes: a call that is not believed leaves a sign on the look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from scrapy import Request
from scrapy.http.request import VerboseCookie

from crawler.endpoints.answering import read_answer
from crawler.endpoints.asking import Call, ask
from crawler.endpoints.finding import page_of
from crawler.endpoints.lessons import Known
from crawler.endpoints.recipe import Recipe
from crawler.endpoints.trusting import is_surprise
from crawler.evidence import exchanges_of
from crawler.look import Answer, Exchange, Look, with_sign
from crawler.rechecks import RENDERED
from crawler.visiting import Visitor
from rules.facts import CONFIDENCE_FLOOR, Outcome, PageReading
from rules.marks import ENDPOINT, ENDPOINT_DISTRUSTED

# What sends a page to the browser, blocks apart: then its call may speak for it.
UNTOLD = RENDERED - {Outcome.CHALLENGE}


class Caller:
    """Asks the learned calls of one crawl. `today` gives the Shanghai date that the reader is given
    as today, `now` the instant (aware), which no simulated day replaces: requests are stamped."""

    def __init__(
        self,
        visitor: Visitor,
        known: Mapping[str, Known],
        today: Callable[[], date],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._visitor = visitor
        self._known = known
        self._today = today
        self._now = now

    async def instead(self, target: str, url: str, look: Look, page: Request) -> Look:
        """The look with the list that the target's call carries; the same look where it has none,
        needs none, or must be rendered; and with a sign where the call was not believed.

        `url` is the target's registered address, `page` the request that brought the look.
        """
        known = self._known.get(target)
        if known is None or not is_untold(look):
            return look
        if known.recipe.page != url:
            return distrusted(look)
        call = self._call(known.recipe, look)
        if call is None:
            return distrusted(look)
        answer = await self._visitor.ask(request_of(call, page))
        if answer is None or answer.status != 200 or answer.cut_off:
            return distrusted(look)
        reading = read_answer(
            known.recipe,
            answer.body,
            url=answer.final_url,
            page=look.answer.final_url,
            today=self._today(),
            content_type=(answer.headers or {}).get("content-type"),
        )
        if is_surprise(reading, known.recipe.seen):
            return distrusted(look)
        return answered(look, reading, exchange_of(call, answer))

    def _call(self, recipe: Recipe, look: Look) -> Call | None:
        answer = look.answer
        page = page_of(answer.final_url, answer.body, answer.headers or {})
        return None if page is None else ask(recipe, page, self._now())


def is_untold(look: Look) -> bool:
    """Whether plain HTTP would send the page to the browser to be read, blocks apart."""
    doubtful = look.outcome is Outcome.READ and look.reading.confidence < CONFIDENCE_FLOOR
    return not look.answer.cut_off and (doubtful or look.outcome in UNTOLD)


def request_of(call: Call, page: Request) -> Request:
    """The request for a call, on behalf of the page's: its host's pace, its rules, its cookies."""
    meta = {
        name: value
        for name, value in page.meta.items()
        if name in ("asked_url", "dont_retry", "download_slot", "dont_obey_robotstxt", "cookiejar")
    }
    cookies: list[VerboseCookie] = [
        {"name": name, "value": value} for name, value in call.cookies.items()
    ]
    return Request(
        call.url,
        method=call.method,
        headers=dict(call.headers),
        cookies=cookies,
        body=call.body,
        dont_filter=True,
        meta=meta,
    )


def answered(look: Look, reading: PageReading, exchange: Exchange) -> Look:
    """The look with the list of the call, and both exchanges."""
    named = replace(reading, column_name=look.reading.column_name)
    return replace(
        look,
        outcome=Outcome.READ,
        reading=with_sign(named, ENDPOINT),
        exchanges=(*(look.exchanges or exchanges_of(look)), exchange),
    )


def distrusted(look: Look) -> Look:
    """The look as the page gave it; its call is not believed any more."""
    return replace(look, reading=with_sign(look.reading, ENDPOINT_DISTRUSTED))


def exchange_of(call: Call, answer: Answer) -> Exchange:
    """The exchange that a call was, as evidence."""
    return Exchange(
        at=answer.at,
        method=call.method,
        url=answer.final_url,
        kind="xhr",
        status=answer.status or 0,
        headers=dict(answer.headers or {}),
        body=answer.body,
        request_headers=call.headers,
        request_body=call.body,
    )
