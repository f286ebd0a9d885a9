"""What one look teaches about its target's learned call: learn, believe, verify, forget. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import takewhile

from crawler.endpoints.learning import Rendered, learn
from crawler.endpoints.recipe import Part, Recipe, Source, Text
from crawler.endpoints.trusting import newest_of, seen_of
from crawler.look import Exchange, Look
from rules.facts import Client, NextLook, Outcome, PageReading, PageState, Purpose, Sight
from rules.marks import ENDPOINT, ENDPOINT_DISTRUSTED

VERIFY_EVERY = 4  # rounds: the page is rendered to be read again, though its call is believed
VERIFY_FIRST = 2  # rounds after it was learned, at the soonest: the next one lives on what it gave
# What a browser may find where the list should be: then the call shows what the page does not.
NO_LIST = frozenset({Outcome.EMPTY, Outcome.SCRIPT_SHELL, Outcome.FORWARD, Outcome.UNREADABLE})


class Did(StrEnum):
    """What is to be done with what is remembered."""

    LEARN = "learn"
    VERIFY = "verify"
    USE = "use"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Known:
    """A recipe that may be asked in this round, how many rounds ago it was verified, and after how
    many it must be."""

    recipe: Recipe
    rounds_since: int
    verify_after: int = VERIFY_EVERY

    @property
    def is_due(self) -> bool:
        """Whether it must be compared with the rendered page in this round."""
        return self.rounds_since >= self.verify_after


def verify_after(target: str, *, anew: bool) -> int:
    """After how many rounds a call is compared with its page: every `VERIFY_EVERY`.

    Where it was only learned (`anew`) a little sooner, by its target's name: what was learned in
    one round must not fall due in one.
    """
    if not anew:
        return VERIFY_EVERY
    digest = hashlib.blake2s(target.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return VERIFY_FIRST + int.from_bytes(digest, "big") % (VERIFY_EVERY - VERIFY_FIRST + 1)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a look taught; the recipe is what is known from now on."""

    did: Did
    recipe: Recipe | None = None


def lesson_of(
    look: Look, sights: Sequence[Sight], url: str, known: Known | None, today: date
) -> Lesson | None:
    """What a look at the target at `url` teaches; `sights` are the earlier ones of this round."""
    if look.client is Client.BROWSER:
        return _of_render(look, sights, url, known, today)
    if known is None:
        return None
    if ENDPOINT_DISTRUSTED in look.reading.signs:
        return Lesson(Did.FORGET)
    seen = seen_of(look.reading.items, today) if ENDPOINT in look.reading.signs else None
    return None if seen is None else Lesson(Did.USE, replace(known.recipe, seen=seen))


def to_be_verified(look: Look, sights: Sequence[Sight], known: Known | None) -> NextLook | None:
    """The look in the browser that a believed call owes every few rounds, if it is due now."""
    owes = known is not None and known.is_due and ENDPOINT in look.reading.signs
    if not owes or any(sight.client is Client.BROWSER for sight in sights):
        return None
    return NextLook(look.answer.at, Client.BROWSER, Purpose.READ)


def _of_render(
    look: Look, sights: Sequence[Sight], url: str, known: Known | None, today: date
) -> Lesson | None:
    """A rendered page proves its call, or disproves it. A page that was rendered for its picture
    alone teaches nothing new: plain HTTP reads it."""
    if known is not None and look.outcome in NO_LIST:
        return Lesson(Did.FORGET)
    if look.outcome is not Outcome.READ or (known is None and look.purpose is not Purpose.READ):
        return None
    shown = as_printed(look.reading, today)
    recipe = learn(Rendered(url, own_exchanges(look), shown, today))
    if known is None:
        return None if recipe is None else Lesson(Did.LEARN, recipe)
    if recipe is None or _disagrees(sights, known, shown):
        return Lesson(Did.FORGET)
    return Lesson(Did.VERIFY if is_same(recipe, known.recipe) else Did.LEARN, recipe)


def own_exchanges(look: Look) -> tuple[Exchange, ...]:
    """What the page itself asked for: those of its articles, opened to confirm it, come after."""
    articles = {item.url for item in look.reading.items}
    return tuple(
        takewhile(lambda one: one.kind != "document" or one.url not in articles, look.exchanges)
    )


def as_printed(reading: PageReading, today: date) -> PageReading:
    """The list with the newest date that it prints itself, whatever articles or memory say."""
    is_list = reading.state is PageState.LIST
    return replace(reading, newest=newest_of(reading.items, today) if is_list else None)


def _disagrees(sights: Sequence[Sight], known: Known, shown: PageReading) -> bool:
    """Whether the call was believed in this round, and the page shows another newest date."""
    believed = any(ENDPOINT in sight.signs for sight in sights)
    return believed and known.recipe.seen.newest != shown.newest


def is_same(one: Recipe, other: Recipe) -> bool:
    """Whether two recipes ask the same and read it alike."""
    return _asking(one) == _asking(other)


def _asking(recipe: Recipe) -> Recipe:
    texts = {name: _plain(text) for name, text in recipe.headers}
    cookies = {name: _plain(text) for name, text in recipe.cookies}
    return replace(
        recipe,
        url=_plain(recipe.url),
        headers=tuple(sorted(texts.items())),
        cookies=tuple(sorted(cookies.items())),
        body=_plain(recipe.body),
        seen=replace(recipe.seen, newest=date.min, count=0, titles=()),
        confidence=0.0,
        signs=(),
    )


def _plain(text: Text) -> Text:
    """The text without what chance looked like when it was learned."""
    return tuple(
        replace(piece, where=())
        if isinstance(piece, Part) and piece.source is Source.CHANCE
        else piece
        for piece in text
    )
