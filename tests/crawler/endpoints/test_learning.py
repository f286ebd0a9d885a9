"""A call that carries the list is learned, whatever its envelope, and asked again a week later."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.endpoints.answering import read_answer
from crawler.endpoints.asking import ask
from crawler.endpoints.finding import page_of
from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.recipe import Part, Recipe, Source
from crawler.endpoints.trusting import is_surprise
from crawler.look import Exchange
from rules.facts import Item, PageReading
from tests.crawler.endpoints.envelopes import (
    DATE_FORMS,
    NOW,
    SHAPES,
    TOKEN_PLACES,
    Envelope,
    draw,
    news,
    token,
    visit,
)

TODAY, LATER = date(2022, 6, 17), NOW + timedelta(days=7)
SEEDS = st.integers(0, 2**32)


def learned(envelope: Envelope, items: list[Item], secret: str) -> Recipe | None:
    seen = visit(envelope, items, secret)
    return learn(Rendered(envelope.page_url, seen.exchanges, seen.shown, TODAY))


def asked(recipe: Recipe, envelope: Envelope, items: list[Item], secret: str) -> PageReading:
    """What the recipe reads a week later, off a page with another token and newer items."""
    headers = {"set-cookie": envelope.cookies(secret)}
    page = page_of(envelope.page_url, envelope.page(secret).encode(), headers)
    assert page is not None
    call = ask(recipe, page, LATER)
    assert call is not None
    request = Exchange(LATER, call.method, call.url, "xhr", 200, {}, b"", call.headers, call.body)
    body = envelope.answer(request, items, secret, LATER)
    return read_answer(
        recipe, body, url=call.url, page=envelope.page_url, today=LATER.date(), content_type=None
    )


def check(envelope: Envelope, rng: random.Random, count: int = 12) -> Recipe:
    """Learn in one week, ask in the next; everything that the page then shows must be read."""
    old = news(rng, TODAY - timedelta(days=rng.randint(0, 90)), count)
    recipe = learned(envelope, old, token(rng))
    assert recipe is not None
    recipe = Recipe.from_json(recipe.to_json())
    assert recipe is not None
    fresh = news(rng, TODAY + timedelta(days=rng.randint(1, 7)), 4) + old[: count - 4]
    reading = asked(recipe, envelope, fresh, token(rng))
    shown = envelope.shown(fresh)
    assert reading.newest == shown[0].date
    assert [item.title for item in reading.items] == [item.title for item in shown]
    assert [item.date for item in reading.items] == [item.date for item in shown]
    assert not is_surprise(reading, recipe.seen)
    return recipe


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_any_envelope_is_learned_and_asked_again(seed: int) -> None:
    rng = random.Random(seed)
    check(draw(rng), rng, rng.randint(8, 20))


@pytest.mark.parametrize("form", DATE_FORMS)
@pytest.mark.parametrize("record", SHAPES)
def test_every_form_of_dates_and_records_is_read(form: str, record: str) -> None:
    rng = random.Random(f"{form} {record}")
    check(draw(rng, date_form=form, record=record), rng)


@pytest.mark.parametrize("place", TOKEN_PLACES)
@pytest.mark.parametrize("carrier", ["query", "form", "json", "several", "path", "header", "inner"])
def test_a_token_is_taken_from_the_new_page_wherever_it_stands(place: str, carrier: str) -> None:
    rng = random.Random(f"{place} {carrier}")
    recipe = check(draw(rng, token_place=place, carrier=carrier, jsonp=False), rng)
    texts = [recipe.url, recipe.body, *(text for _, text in recipe.headers)]
    sources = {piece.source for text in texts for piece in text if isinstance(piece, Part)}
    found = {"hidden": Source.TAG, "meta": Source.TAG, "data": Source.TAG, "cookie": Source.COOKIE,
             "variable": Source.NAME, "object": Source.NAME, "link": Source.AFTER}  # fmt: skip
    assert place == "none" or found[place] in sources


def test_the_addresses_of_the_items_are_those_that_the_page_gives() -> None:
    for seed in range(40):
        rng = random.Random(seed)
        envelope = draw(rng)
        items = news(rng, TODAY, 10)
        recipe = learned(envelope, items, secret := token(rng))
        assert recipe is not None
        reading = asked(recipe, envelope, items, secret)
        assert [item.url for item in reading.items] == [
            item.url for item in envelope.shown(items)
        ], envelope


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.sampled_from(["query", "header", "form", "path"]))
def test_a_signature_that_stands_nowhere_in_the_page_is_not_forged(seed: int, place: str) -> None:
    rng = random.Random(seed)
    envelope = draw(rng, token_place="none")
    seen = visit(envelope, news(rng, TODAY, 10), "")
    *others, call = seen.exchanges
    signature = token(rng)
    changed = {
        "query": replace(call, url=f"{call.url}{'&' if '?' in call.url else '?'}sg={signature}"),
        "path": replace(call, url=call.url.replace(".test/", f".test/{signature}/")),
        "header": replace(call, request_headers={**call.request_headers, "x-sg": signature}),
        "form": replace(
            call,
            method="POST",
            request_body=f"a=1&sg={signature}".encode(),
            request_headers={"content-type": "application/x-www-form-urlencoded"},
        ),
    }[place]
    exchanges = (*others, changed)
    assert learn(Rendered(envelope.page_url, exchanges, seen.shown, TODAY)) is None


CREDENTIALS: Mapping[str, Mapping[str, object]] = {
    "a bearer": {"request_headers": {"authorization": "Bearer visitor"}},
    "a password": {"method": "POST", "request_body": b"user_name=guest&password=guest"},
    "a password in JSON": {"method": "POST", "request_body": b'{"pwd": "guest", "page": 1}'},
    "a user in the address": {"url": "http://guest:guest@www.example.test/list"},
}


@pytest.mark.parametrize("name", CREDENTIALS)
def test_a_request_with_credentials_is_not_learned(name: str) -> None:
    rng = random.Random(7)
    envelope = draw(rng, token_place="none", jsonp=False, carrier="query")
    seen = visit(envelope, news(rng, TODAY, 10), "")
    *others, call = seen.exchanges
    assert learn(Rendered(envelope.page_url, seen.exchanges, seen.shown, TODAY)) is not None
    exchanges = (*others, replace(call, **CREDENTIALS[name]))  # type: ignore[arg-type]
    assert learn(Rendered(envelope.page_url, exchanges, seen.shown, TODAY)) is None


def shown_but(seen: PageReading, **changes: object) -> PageReading:
    return replace(seen, **changes)  # type: ignore[arg-type]


def test_a_call_that_lacks_what_the_page_shows_is_not_learned() -> None:
    rng = random.Random(3)
    envelope = draw(rng)
    items = news(rng, TODAY, 10)
    seen = visit(envelope, items, token(rng))
    newer = Item("页面自己写上的最新一条消息", f"{envelope.page_url}new.html", TODAY)
    older = replace(newer, date=items[-1].date)
    cases = {
        "a newer entry": shown_but(
            seen.shown, items=(newer, *seen.shown.items[1:]), newest=TODAY + timedelta(days=1)
        ),
        "most entries": shown_but(
            seen.shown,
            items=(
                *seen.shown.items[:6],
                *[replace(older, title=f"另一处来的第{n}条消息内容") for n in range(6)],
            ),
        ),
        "a sure reading": shown_but(seen.shown, confidence=0.3),
        "any date": shown_but(seen.shown, newest=None),
        "any entry": shown_but(seen.shown, items=()),
    }
    for name, shown in cases.items():
        found = learn(Rendered(envelope.page_url, seen.exchanges, shown, TODAY))
        assert found is None, name


def test_a_call_that_carries_other_columns_in_between_is_not_learned() -> None:
    rng = random.Random(5)
    envelope = draw(rng, decoy=False)
    items = news(rng, TODAY, 24)
    seen = visit(envelope, items, token(rng))
    own = tuple(seen.shown.items[::2])  # the page shows every other one
    shown = replace(seen.shown, items=own, newest=own[0].date)
    assert learn(Rendered(envelope.page_url, seen.exchanges, shown, TODAY)) is None


def test_a_page_that_cuts_what_it_was_given_shows_the_same_later() -> None:
    rng = random.Random(6)
    envelope = draw(rng, decoy=False)
    items = news(rng, TODAY, 60)
    seen = visit(envelope, items, secret := token(rng))
    shown = replace(seen.shown, items=seen.shown.items[:15])
    recipe = learn(Rendered(envelope.page_url, seen.exchanges, shown, TODAY))
    assert recipe is not None
    reading = asked(recipe, envelope, items, secret)
    assert [item.title for item in reading.items] == [item.title for item in items[:15]]


def test_titles_that_the_page_cuts_short_are_the_same_titles() -> None:
    rng = random.Random(8)
    envelope = draw(rng)
    items = news(rng, TODAY, 10)
    seen = visit(envelope, items, token(rng))
    cut = tuple(replace(item, title=f"{item.title[:8]}...") for item in seen.shown.items)
    shown = replace(seen.shown, items=cut)
    assert learn(Rendered(envelope.page_url, seen.exchanges, shown, TODAY)) is not None


def test_where_the_page_lost_its_token_nothing_is_asked() -> None:
    rng = random.Random(9)
    envelope = draw(rng, token_place="hidden", carrier="query", jsonp=False)
    recipe = learned(envelope, news(rng, TODAY, 10), token(rng))
    page = page_of(envelope.page_url, b"<html><body>moved</body></html>", {})
    assert recipe is not None
    assert page is not None
    assert ask(recipe, page, LATER) is None


def test_what_comes_over_the_wire_never_raises() -> None:
    rng = random.Random(10)
    envelope = draw(rng)
    seen = visit(envelope, news(rng, TODAY, 10), token(rng))
    *others, call = seen.exchanges
    titles = "".join(item.title for item in seen.shown.items)
    bombs = ("([" * 90_000, '{"a":' * 50_000, ",[1" * 90_000, '\\"' * 200_000, "<div>" * 50_000)
    bodies = (b"", call.body[:-20], b"\xff\xfe" + call.body)
    for body in (*bodies, *((titles + bomb).encode() for bomb in bombs)):
        exchanges = (*others, replace(call, body=body))
        learn(Rendered(envelope.page_url, exchanges, seen.shown, TODAY))
    for url in ("http://[", "http://x/\ud800", "http://x/?a=%zz&=&;"):
        exchanges = (*others, replace(call, url=url))
        learn(Rendered(envelope.page_url, exchanges, seen.shown, TODAY))


def test_an_end_of_a_period_that_is_not_today_is_left_to_the_browser() -> None:
    rng = random.Random(11)
    envelope = draw(rng, token_place="none", jsonp=False, carrier="query")
    seen = visit(envelope, news(rng, TODAY, 10), "")
    *others, call = seen.exchanges
    for day, able in (("2022-06-30", False), ("2099-12-31", True), ("2000-01-01", True)):
        exchanges = (*others, replace(call, url=f"{call.url}&until={day}"))
        found = learn(Rendered(envelope.page_url, exchanges, seen.shown, TODAY))
        assert (found is not None) is able, day


def test_a_number_in_a_path_stays_and_one_against_caches_is_drawn_anew() -> None:
    rng = random.Random(13)
    envelope = draw(rng, token_place="none", jsonp=False, carrier="query", clock="", extra=())
    seen = visit(envelope, news(rng, TODAY, 10), "")
    *others, call = seen.exchanges
    changed = replace(call, url="http://www.example.test/search/48213/list?1655433000123")
    recipe = learn(Rendered(envelope.page_url, (*others, changed), seen.shown, TODAY))
    assert recipe is not None
    assert recipe.url[0] == "http://www.example.test/search/48213/list?"
    assert [piece.source for piece in recipe.url[1:] if isinstance(piece, Part)] == [Source.CLOCK]
    drawn = replace(call, url="http://www.example.test/search/48213/list?_=77120934&page=1")
    recipe = learn(Rendered(envelope.page_url, (*others, drawn), seen.shown, TODAY))
    assert recipe is not None
    assert [piece.source for piece in recipe.url if isinstance(piece, Part)] == [Source.CHANCE]


def test_the_instant_of_asking_is_the_only_clock() -> None:
    rng = random.Random(12)
    envelope = draw(rng, token_place="none", jsonp=False, carrier="query", clock="ms")
    recipe = learned(envelope, news(rng, TODAY, 10), "")
    page = page_of(envelope.page_url, envelope.page("").encode(), {})
    assert recipe is not None
    assert page is not None
    first, again = (ask(recipe, page, datetime.fromisoformat(LATER.isoformat())) for _ in "12")
    assert first == again
