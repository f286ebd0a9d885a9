"""The learned calls of a child: loaded with its tasks, kept with its looks. The caller owns the
transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from crawler.endpoints.lessons import Did, Known, Lesson, verify_after
from crawler.endpoints.recipe import Recipe
from storage import endpoints
from storage.endpoints import Call


def known_calls(session: Session, round_id: int, targets: Collection[str]) -> dict[str, Known]:
    """The calls that may be asked in a round, by target."""
    found = {}
    for target, endpoint in endpoints.usable(session, round_id, targets).items():
        recipe = Recipe.from_json(endpoint.call.recipe)
        if recipe is not None:
            anew = endpoint.verified_on == endpoint.learned_on
            after = verify_after(target, anew=anew)
            found[target] = Known(recipe, endpoint.rounds_since, after)
    return found


def keep(
    session: Session, target: str, lesson: Lesson, *, known: Known | None, check_date: date
) -> None:
    """Write what a look taught about the call of a target."""
    if lesson.recipe is None:
        endpoints.forget(session, target)
        return
    call = call_of(lesson.recipe)
    if lesson.did is Did.LEARN:
        endpoints.learn(session, target, call, check_date)
    elif lesson.did is Did.VERIFY:
        endpoints.verify(session, target, call, check_date)
    elif known is not None:
        endpoints.use(session, target, call, known.rounds_since)


def call_of(recipe: Recipe) -> Call:
    """A recipe as it is kept."""
    return Call(recipe.method, recipe.address, recipe.to_json(), recipe.seen.count)
