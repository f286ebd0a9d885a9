"""`python -m benchmarks.reading.misses [KIND…]`: what the reader misreads, with the markup shown.

First the pages that fail whatever is changed in them, then, on the other pages, each kind of
change that fails: how often, and the smallest page that shows it, cut to its first items.
Kinds are names of mutations (`form/dot`) or beginnings of them. For whoever works on the
reader; the benchmark only counts. Pages made of saved ones are shown, never stored.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from benchmarks.reading import mutate, running
from benchmarks.reading.making.articles import articles
from benchmarks.reading.making.handmade import SHAPES
from benchmarks.reading.making.template import Made
from benchmarks.reading.score import Result
from rules.facts import PageReading

Miss = tuple[Made, PageReading, Result]
SHOWN = 700


def main() -> None:
    """Print the misses of the kinds named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading.misses")
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--seed", type=int, default=20220620)
    parser.add_argument("--count", type=int, default=2500, help="of each source")
    args = parser.parse_args()
    pages = chain(
        (shape.made() for shape in SHAPES),
        mutate.pretend(args.seed, args.count),
        mutate.real(args.seed, args.count),
        mutate.blanks(args.seed, args.count // 3),
        articles(args.seed, args.count // 5),
    )
    wanted = (page for page in pages if _named(page, args.kinds))
    for line in told(list(wanted)):
        print(line)


def _named(page: Made, kinds: list[str]) -> bool:
    return not kinds or any(page.mutation.startswith(kind) for kind in kinds)


def told(pages: list[Made]) -> Iterator[str]:
    """The report, accusations first, then what fails most."""
    misses = [miss for miss in map(_read, pages) if _missed(miss)]
    yield f"# {len(misses)} misses of {len(pages)} pages\n"
    often = Counter(page.name for page in pages)
    failed = Counter(page.name for page, _, _ in misses)
    whole = {name for name in failed if often[name] > 2 and failed[name] > often[name] / 2}
    yield "# Pages that fail whatever is changed\n"
    yield from _grouped(misses, often, lambda page: page.name, whole)
    yield "# Kinds of change that fail on the other pages\n"
    rest = [miss for miss in misses if miss[0].name not in whole]
    kinds = Counter(page.mutation for page in pages if page.name not in whole)
    yield from _grouped(rest, kinds, lambda page: page.mutation, set(kinds))


def _grouped(
    misses: list[Miss], totals: Counter[str], key: Callable[[Made], str], wanted: set[str]
) -> Iterator[str]:
    groups: dict[str, list[Miss]] = {}
    for miss in misses:
        groups.setdefault(key(miss[0]), []).append(miss)
    for name, found in sorted(groups.items(), key=lambda row: (-_grave(row[1]), -len(row[1]))):
        if name in wanted:
            yield f"## {name}: {len(found)} of {totals[name]} missed, {_grave(found)} accusations"
            yield from _shown(min(found, key=lambda miss: (not miss[2].older, len(miss[0].body))))


def _read(page: Made) -> Miss:
    reading = running.attempt(page)
    return page, reading, running.score_made(page, reading)


def _missed(miss: Miss) -> bool:
    _, _, result = miss
    if result.hidden:
        return result.older or result.hollow
    return not result.exact or result.state not in result.states


def _grave(misses: list[Miss]) -> int:
    return sum(result.older or result.blank for _, _, result in misses)


def _shown(miss: Miss) -> Iterator[str]:
    page, reading, _ = miss
    yield (
        f"{page.mutation} of {page.name}: truth {page.newest} {page.states}, "
        f"read {reading.newest} as {reading.state} at {reading.confidence:.2f}, "
        f"items {len(reading.items)}/{page.count}, "
        f"today {page.today}, hidden {page.hidden}, header {page.content_type}"
    )
    yield f"signs {reading.signs}"
    yield f"```\n{_excerpt(page)}\n```\n"


def _excerpt(page: Made) -> str:
    """The page from its first written item on; all of it where it is short."""
    text = page.body.decode("utf-8", "replace")
    start = max(0, text.find(page.shown) - 80) if page.shown else 0
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "?", text[start : start + SHOWN])


if __name__ == "__main__":
    main()
