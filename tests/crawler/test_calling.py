"""A learned call speaks for its page only where the page says nothing, and never unbelieved."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from scrapy import Request

from crawler.calling import Caller
from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.lessons import Known
from crawler.look import Answer, Exchange, Look
from crawler.visiting import Visitor, request_for
from rules.facts import Outcome, PageReading, PageState
from rules.marks import ENDPOINT, ENDPOINT_DISTRUSTED
from tests.crawler.endpoints.envelopes import NOW, draw, news, token, visit

DAY, LATER = date(2022, 6, 17), NOW + timedelta(days=7)
RNG = random.Random(2)
ENVELOPE = draw(RNG, token_place="hidden", carrier="form", jsonp=False)
URL = ENVELOPE.page_url
OLD = news(RNG, DAY, 12)
SEEN = visit(ENVELOPE, OLD, token(RNG))
FRESH = [*news(RNG, LATER.date(), 3), *OLD[:9]]
SECRET = token(RNG)
SHELL = PageReading(PageState.SCRIPT_SHELL, column_name="动态", confidence=0.8, signs=("loading",))
Answering = Callable[[Request], Answer | None]


class Server(Visitor):
    """A visitor whose requests are answered here."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Answer | None:
        self.asked.append(request)
        return self.answering(request)


def rightly(request: Request) -> Answer | None:
    """The list, to who asks with the token of the new page."""
    headers = {
        name.decode().lower(): values[0].decode() for name, values in request.headers.items()
    }
    call = Exchange(LATER, request.method, request.url, "xhr", 200, {}, b"", headers, request.body)
    body = ENVELOPE.answer(call, FRESH, SECRET, LATER)
    return Answer(LATER, 5, URL, request.url, status=200, headers={}, body=body)


def page(outcome: Outcome = Outcome.SCRIPT_SHELL, reading: PageReading = SHELL) -> Look:
    body = ENVELOPE.page(SECRET).encode()
    return Look(Answer(LATER, 5, URL, URL, status=200, headers={}, body=body), outcome, reading)


def asked(
    look: Look, answering: Answering = rightly, url: str = URL, known: bool = True
) -> tuple[Look, list[Request]]:
    recipe = learn(Rendered(URL, SEEN.exchanges, SEEN.shown, DAY))
    assert recipe is not None
    server = Server(answering)
    calls = {"t": Known(recipe, 1)} if known else {}
    caller = Caller(server, calls, lambda: LATER.date(), lambda: LATER)
    request = request_for(URL, download_slot="group", cookiejar=7, forwards=1)
    return asyncio.run(caller.instead("t", url, look, request)), server.asked


def test_the_call_speaks_for_a_page_that_a_script_fills() -> None:
    look, requests = asked(page())
    assert (look.outcome, look.reading.newest) == (Outcome.READ, LATER.date())
    assert [item.title for item in look.reading.items] == [item.title for item in FRESH]
    assert look.reading.column_name == "动态"
    assert look.reading.signs[-1] == ENDPOINT
    assert [one.kind for one in look.exchanges] == ["document", "xhr"]
    assert look.exchanges[1].request_body == requests[0].body != b""
    assert requests[0].meta["download_slot"] == "group"
    assert requests[0].meta["cookiejar"] == 7
    assert requests[0].meta["asked_url"] == URL
    assert "forwards" not in requests[0].meta


@pytest.mark.parametrize(
    "outcome",
    [Outcome.NOT_FOUND, Outcome.CHALLENGE, Outcome.LOGIN, Outcome.MOVED, Outcome.SUSPENDED],
)
def test_a_page_that_says_something_wins(outcome: Outcome) -> None:
    look = page(outcome, PageReading(PageState.NOT_FOUND))
    assert asked(look) == (look, [])


def test_a_page_that_shows_its_list_itself_wins() -> None:
    listed = replace(SEEN.shown, confidence=0.8)
    assert asked(page(Outcome.READ, listed))[1] == []
    doubtful = replace(SEEN.shown, confidence=0.3)
    assert len(asked(page(Outcome.READ, doubtful))[1]) == 1
    look = page()
    cut = replace(look, answer=replace(look.answer, cut_off=True))
    assert asked(cut) == (cut, [])


def test_a_target_without_a_call_is_left_alone() -> None:
    look = page()
    assert asked(look, known=False) == (look, [])


def emptied(request: Request) -> Answer | None:
    return Answer(LATER, 5, URL, request.url, status=200, body=b'{"code": 0, "rows": []}')


def changed(**changes: object) -> Answering:
    def answering(request: Request) -> Answer | None:
        answer = rightly(request)
        assert answer is not None
        return replace(answer, **changes)  # type: ignore[arg-type]

    return answering


def aged(request: Request) -> Answer | None:
    body = ENVELOPE.data(news(random.Random(3), date(2022, 5, 1), 12)).encode()
    return Answer(LATER, 5, URL, request.url, status=200, body=body)


@pytest.mark.parametrize(
    "answering",
    [
        lambda _: None,
        emptied,
        changed(status=500),
        changed(cut_off=True),
        changed(body=b"{}"),
        aged,
    ],
    ids=["no answer", "empty", "an error", "cut off", "nothing", "an older list"],
)
def test_a_call_that_fails_or_surprises_is_not_believed(answering: Answering) -> None:
    look, requests = asked(page(), answering)
    assert len(requests) == 1
    assert (look.outcome, look.reading.newest) == (Outcome.SCRIPT_SHELL, None)
    assert look.reading.signs == ("loading", ENDPOINT_DISTRUSTED)


def test_a_page_that_lost_its_token_is_not_asked_for() -> None:
    look = page()
    bare = replace(look, answer=replace(look.answer, body=b"<html><body></body></html>"))
    found, requests = asked(bare)
    assert requests == []
    assert ENDPOINT_DISTRUSTED in found.reading.signs


def test_a_column_that_was_moved_in_the_register_forgets_its_call() -> None:
    found, requests = asked(page(), url=f"{URL}new/")
    assert requests == []
    assert ENDPOINT_DISTRUSTED in found.reading.signs
