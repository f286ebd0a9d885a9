"""Thousands of list pages from a seed number: one change each, the truth carried along.

Tests and the benchmark share it. The same seed and corpus give the same pages in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from random import Random

from benchmarks.reading import corpus
from benchmarks.reading.making.blanks import BLANKS
from benchmarks.reading.making.coding import CODED
from benchmarks.reading.making.locating import templates
from benchmarks.reading.making.newest import NEWEST
from benchmarks.reading.making.ordering import LISTS
from benchmarks.reading.making.portals import portals
from benchmarks.reading.making.surroundings import AROUND
from benchmarks.reading.making.template import Made, Mutation, Template, made


def _as_it_is(template: Template, _: Random) -> Made:
    return made(template)


MUTATIONS: dict[str, Mutation] = {"as-it-is": _as_it_is, **LISTS, **NEWEST, **AROUND, **CODED}


def mutants(
    sources: tuple[Template, ...],
    seed: int,
    count: int | None = None,
    kinds: Mapping[str, Mutation] = MUTATIONS,
) -> Iterator[Made]:
    """Mutants of the templates, shuffled by the seed; at most `count`, else one of every kind."""
    pairs = [(name, source) for name in kinds for source in sources]
    rng = Random(seed)  # noqa: S311
    rng.shuffle(pairs)
    for given, (name, source) in enumerate(_made(pairs, seed, kinds)):
        if count is not None and given >= count:
            return
        yield replace(source, mutation=name)


def _made(
    pairs: list[tuple[str, Template]], seed: int, kinds: Mapping[str, Mutation]
) -> Iterator[tuple[str, Made]]:
    for name, source in pairs:
        own = Random(f"{seed}/{name}/{source.id}")  # noqa: S311
        page = kinds[name](source, own)
        if page is not None:
            yield name, page


def real(seed: int, count: int | None = None) -> Iterator[Made]:
    """Mutants of the corpus's lists; none where the corpus is missing."""
    yield from mutants(_saved(), seed, count)


@cache
def _saved() -> tuple[Template, ...]:
    place = corpus.folder()
    return templates(corpus.load(place)) if place else ()


def blanks(seed: int, count: int | None = None, styles: int = 40) -> Iterator[Made]:
    """Portals and saved lists with their list taken out, or beside an empty widget."""
    yield from mutants((*portals(seed, styles), *_saved()), seed, count, BLANKS)


def pretend(seed: int, count: int | None = None, styles: int = 40) -> Iterator[Made]:
    """Mutants of pretend portals, which need no corpus."""
    yield from mutants(portals(seed, styles), seed, count)
