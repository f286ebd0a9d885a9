"""`python -m benchmarks.reading`: the reader over saved and generated pages, beside its rivals.

Prints one line a figure. `--write` puts the lines into docs/benchmarks.md, between its marks.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.document import write
from benchmarks.reading import corpus, mutate, report, rivals, running
from benchmarks.reading.corpus import PROJECT, Page
from benchmarks.reading.making.articles import articles
from benchmarks.reading.making.handmade import SHAPES
from benchmarks.reading.score import Result, tally

DOC = PROJECT / "docs" / "benchmarks.md"
HEADING = "Reading (`python -m benchmarks.reading --write`)"
RIVALS = {"list": ("htmldate (newest)", "gne"), "article": ("htmldate (original)", "gne")}
MISSING = "corpus missing: set XUNJIAN_CORPUS to its folder; saved pages and their mutants skipped"


def main() -> int:
    """Run what was asked for; the exit code is 0 whatever the figures say."""
    args = _arguments()
    sections = dict(_sections(args))
    for title, lines in sections.items():
        print(f"\n== {title}", *lines, sep="\n", flush=True)
    if args.write:
        write(DOC, "reading", HEADING, sections)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {DOC.relative_to(PROJECT)}")
    parser.add_argument("--rounds", type=int, default=5, help="times each saved page is read")
    parser.add_argument("--seed", type=int, default=20220620, help="of the generated pages")
    parser.add_argument("--generated", type=int, default=6000, help="mutants of saved lists")
    parser.add_argument("--pretend", type=int, default=4000, help="mutants of pretend portals")
    parser.add_argument("--articles", type=int, default=1000, help="pretend articles")
    parser.add_argument("--blanks", type=int, default=1500, help="lists taken out")
    parser.add_argument("--no-rivals", action="store_true", help="leave htmldate and GNE out")
    return parser.parse_args()


def _sections(args: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    yield "Where", [f"Python {platform.python_version()}, {platform.machine()}, seed {args.seed}"]
    place = corpus.folder()
    if place is None:
        print(MISSING, file=sys.stderr)
        yield "Saved pages", [MISSING]
    else:
        pages = [page for page in corpus.load(place) if not page.doubtful]
        yield from _saved(pages, args)
        mutants = running.read_made(mutate.real(args.seed, args.generated))
        yield "Mutants of saved lists", list(report.made(mutants, "mutants"))
        yield "Trust, mutants", list(report.trust(_open(mutants), "mutants"))
    pretend = running.read_made(mutate.pretend(args.seed, args.pretend))
    yield "Mutants of pretend portals", list(report.made(pretend, "pretend"))
    yield "Trust, pretend portals", list(report.trust(_open(pretend), "pretend portals"))
    blanks = running.read_made(mutate.blanks(args.seed, args.blanks))
    yield "Lists that are not in the page", list(report.absent(blanks))
    told = running.read_made(articles(args.seed, args.articles))
    yield "Pretend articles", list(report.made(told, "articles"))
    yield "Pages by hand", list(_by_hand())


def _open(results: Sequence[Result]) -> list[Result]:
    return [row for row in results if row.hidden is None]


def _saved(pages: Sequence[Page], args: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    results = running.read_saved(pages, args.rounds)
    dated = [row for row in results if row.kind in report.KINDS]
    yield "Saved pages", [
        *report.accusations(results), *report.dates(results), *report.misses(dated),
    ]  # fmt: skip
    yield "States", list(report.states(results))
    yield "Hosts, each held out", list(report.hosts(results))
    yield "Trust, saved pages", list(report.trust(dated, "saved pages held out by host"))
    python = None if args.no_rivals else rivals.environment()
    yield "Side by side", list(_beside(pages, python, args.rounds))


def _beside(pages: Sequence[Page], python: Path | None, rounds: int) -> Iterator[str]:
    """Reader and rivals by turns, round after round, so that the machine's moods hit all alike."""
    if python is None:
        yield "rivals left out (not asked for, or their environment could not be made)"
    for kind, tools in RIVALS.items():
        mine = [page for page in pages if page.kind == kind]
        turns: dict[str, list[list[Result]]] = {"reader": []}
        for _ in range(rounds):
            turns["reader"].append(running.read_saved(mine, 1))
            for tool in tools if python else ():
                assert python is not None
                turns.setdefault(tool, []).append(rivals.read_all(python, tool, mine, 1))
        for tool, read in turns.items():
            yield f"{report.KINDS[kind]}, {tool}: {report.figures(tally(read[0]))}"
        yield from report.times(report.KINDS[kind], turns)


def _by_hand() -> Iterator[str]:
    results = running.read_made(shape.made() for shape in SHAPES)
    dated = [row for row in results if "LIST" in row.states or "ARTICLE" in row.states]
    yield from report.accusations(results)
    yield f"by hand: {report.figures(tally(dated))}"
    yield from report.misses(row for row in dated if row.hidden is None)
    yield from report.states(results)


if __name__ == "__main__":
    sys.exit(main())
