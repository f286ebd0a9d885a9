"""What a look teaches: what is learned, used, verified, forgotten, and what teaches nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date

from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.lessons import (
    VERIFY_EVERY,
    VERIFY_FIRST,
    Did,
    Known,
    Lesson,
    is_same,
    lesson_of,
    to_be_verified,
    verify_after,
)
from crawler.endpoints.trusting import seen_of
from crawler.look import Answer, Exchange, Look
from rules.facts import Client, Outcome, PageReading, PageState, Purpose, Sight
from rules.marks import ARTICLES_NEWER, ENDPOINT, ENDPOINT_DISTRUSTED
from tests.crawler.endpoints.envelopes import NOW, draw, news, token, visit

TODAY = date(2022, 6, 17)
RNG = random.Random(4)
ENVELOPE = draw(RNG, token_place="hidden", carrier="query", jsonp=False, clock="random")
ITEMS = news(RNG, TODAY, 12)
SEEN = visit(ENVELOPE, ITEMS, token(RNG))
URL = ENVELOPE.page_url
RECIPE = learn(Rendered(URL, SEEN.exchanges, SEEN.shown, TODAY))
assert RECIPE is not None
KNOWN = Known(RECIPE, 1)


def rendered(**changes: object) -> Look:
    look = Look(
        Answer(NOW, 0, URL, URL, status=200, body=b"<html>"),
        Outcome.READ,
        SEEN.shown,
        client=Client.BROWSER,
        exchanges=SEEN.exchanges,
    )
    return replace(look, **changes)  # type: ignore[arg-type]


def fetched(*signs: str, reading: PageReading = SEEN.shown) -> Look:
    signed = replace(reading, signs=signs)
    return Look(Answer(NOW, 0, URL, URL, status=200), Outcome.READ, signed)


def taught(look: Look, known: Known | None = KNOWN, sights: tuple[Sight, ...] = ()) -> Did | None:
    lesson = lesson_of(look, sights, URL, known, TODAY)
    return None if lesson is None else lesson.did


def test_a_rendered_page_teaches_its_call() -> None:
    assert lesson_of(rendered(), (), URL, None, TODAY) == Lesson(Did.LEARN, RECIPE)
    assert taught(rendered()) is Did.VERIFY


def test_a_render_for_the_picture_alone_teaches_nothing_new() -> None:
    proving = rendered(purpose=Purpose.PROVE)
    assert taught(proving, None) is None
    assert taught(proving) is Did.VERIFY


def test_a_call_that_changed_is_learned_anew() -> None:
    *others, call = SEEN.exchanges
    changed = replace(call, url=call.url.replace("?", "?kind=2&"))
    assert taught(rendered(exchanges=(*others, changed))) is Did.LEARN


def test_a_page_that_shows_no_list_any_more_disproves_its_call() -> None:
    for outcome in (Outcome.EMPTY, Outcome.SCRIPT_SHELL):
        nothing = PageReading(PageState.EMPTY)
        assert taught(rendered(outcome=outcome, reading=nothing)) is Did.FORGET
    assert taught(rendered(exchanges=SEEN.exchanges[:1])) is Did.FORGET


def test_a_render_that_failed_teaches_nothing() -> None:
    for outcome in (Outcome.TIMEOUT, Outcome.OUR_FAULT, Outcome.CHALLENGE):
        nothing = PageReading(PageState.UNREADABLE)
        assert taught(rendered(outcome=outcome, reading=nothing)) is None


def test_a_call_that_said_otherwise_in_the_same_round_is_forgotten() -> None:
    believed = fetched(ENDPOINT).sight(None)
    other = Known(
        replace(KNOWN.recipe, seen=replace(KNOWN.recipe.seen, newest=date(2022, 6, 1))), 1
    )
    assert taught(rendered(), KNOWN, (believed,)) is Did.VERIFY
    assert taught(rendered(), other, (believed,)) is Did.FORGET
    assert taught(rendered(), other) is Did.VERIFY


def test_what_articles_say_is_not_taken_for_what_the_list_prints() -> None:
    newer = replace(SEEN.shown, newest=date(2022, 6, 18), signs=(ARTICLES_NEWER,))
    article = Exchange(NOW, "GET", SEEN.shown.items[0].url, "document", 200, {}, b"<html>")
    assert taught(rendered(reading=newer, exchanges=(*SEEN.exchanges, article))) is Did.VERIFY
    lesson = lesson_of(fetched(ENDPOINT, reading=newer), (), URL, KNOWN, TODAY)
    assert lesson is not None
    assert lesson.recipe is not None
    assert lesson.recipe.seen.newest == TODAY


def test_what_was_opened_to_confirm_the_list_is_no_call_of_its_page() -> None:
    document, library, call = SEEN.exchanges
    article = Exchange(NOW, "GET", SEEN.shown.items[0].url, "document", 200, {}, b"<html>")
    assert taught(rendered(exchanges=(document, library, article, call)), None) is None


def test_a_believed_call_is_remembered_as_it_was_seen() -> None:
    lesson = lesson_of(fetched("json", ENDPOINT), (), URL, KNOWN, TODAY)
    seen = seen_of(SEEN.shown.items, TODAY)
    assert seen is not None
    expected = replace(KNOWN.recipe, seen=seen)
    assert lesson == Lesson(Did.USE, expected)
    assert taught(fetched(ENDPOINT_DISTRUSTED)) is Did.FORGET
    assert taught(fetched("json")) is None
    assert taught(fetched(ENDPOINT_DISTRUSTED), None) is None


def test_a_believed_call_owes_a_render_every_few_rounds() -> None:
    due, fresh = Known(KNOWN.recipe, VERIFY_EVERY), Known(KNOWN.recipe, VERIFY_EVERY - 1)
    look = fetched(ENDPOINT)
    owed = to_be_verified(look, (), due)
    assert owed is not None
    assert (owed.client, owed.purpose) == (Client.BROWSER, Purpose.READ)
    assert to_be_verified(look, (), fresh) is None
    assert to_be_verified(fetched("json"), (), due) is None
    assert to_be_verified(look, (rendered().sight(None),), due) is None


def test_chance_makes_no_difference_between_two_calls() -> None:
    again = visit(ENVELOPE, ITEMS, token(RNG), NOW.replace(microsecond=77))
    other = learn(Rendered(URL, again.exchanges, again.shown, TODAY))
    assert other is not None
    assert other != KNOWN.recipe
    assert is_same(other, KNOWN.recipe)


def test_what_was_learned_in_one_round_falls_due_over_the_next_ones_in_even_parts() -> None:
    due = Counter(verify_after(f"某网/栏目{n}", anew=True) for n in range(3000))
    assert set(due) == set(range(VERIFY_FIRST, VERIFY_EVERY + 1))
    assert all(abs(count - 1000) < 100 for count in due.values())


def test_a_targets_turn_is_always_the_same_and_comes_back_every_few_rounds() -> None:
    assert [verify_after("某网/动态", anew=True) for _ in range(3)] == [
        verify_after("某网/动态", anew=True)
    ] * 3
    assert verify_after("某网/动态", anew=False) == VERIFY_EVERY
    soon = Known(KNOWN.recipe, VERIFY_FIRST, VERIFY_FIRST)
    assert soon.is_due
    assert not Known(KNOWN.recipe, VERIFY_FIRST).is_due
