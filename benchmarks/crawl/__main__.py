"""`python -m benchmarks.crawl`: a child crawl beside a bare Scrapy spider, and what it holds.

Both ask the same server on this machine for the same pages, in turn, each in one process. The bare
spider calls `read_page` and writes a line; ours does all that a round does over HTTP. Prints one
line a figure; `--write` puts them into docs/benchmarks.md, between its marks.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from benchmarks.crawl import report
from benchmarks.crawl.ours import AT_ONCE_A_HOST, Rounds
from benchmarks.crawl.pages import addresses
from benchmarks.crawl.watching import Watched, watch
from benchmarks.document import write
from benchmarks.reading.corpus import PROJECT
from crawler.settings import CONCURRENT_REQUESTS

DOC = PROJECT / "docs" / "benchmarks.md"
HEADING = "Crawling (`python -m benchmarks.crawl --write`)"
DAY = date(2022, 6, 20)
WEEK = timedelta(days=7)
CHILD, BARE = ("-m", "crawler.child"), ("-m", "benchmarks.crawl.rival")


def main() -> int:
    """Run what was asked for; the exit code is 0 whatever the figures say."""
    args = _arguments()
    sections: dict[str, list[str]] = {}
    with (
        _server(DAY) as proxy,
        _server(DAY + WEEK) as later,
        tempfile.TemporaryDirectory(prefix="crawl-") as folder,
    ):
        for title, lines in _sections(args, proxy, later, Path(folder)):
            sections[title] = lines
            print(f"\n== {title}", *lines, sep="\n", flush=True)
    if args.write:
        write(DOC, "crawl", HEADING, sections)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {DOC.relative_to(PROJECT)}")
    parser.add_argument("--targets", type=int, default=1000, help="targets of one timed run")
    parser.add_argument("--repeat", type=int, default=3, help="timed runs of each program")
    parser.add_argument(
        "--memory", type=int, nargs="*", default=[1000, 10_000], help="targets of one long child"
    )
    return parser.parse_args()


def _sections(
    args: argparse.Namespace, proxy: str, later: str, folder: Path
) -> Iterator[tuple[str, list[str]]]:
    yield (
        "Where",
        [
            f"Python {platform.python_version()}, {platform.machine()}, SQLite, one process each",
            f"{CONCURRENT_REQUESTS} requests at once, {AT_ONCE_A_HOST} to one host, no delay",
            "whole processes from start to end, in turn; first round: every entry is new;"
            " later round, a week on: three or four of every list's twenty are",
            _load(),
        ],
    )
    if args.repeat:
        yield "Throughput", [*_throughput(args, proxy, later, folder), _load()]
    for targets in args.memory:
        run, found = _child(Rounds(folder / f"memory{targets}", targets), DAY, proxy)
        lines = [*report.memory(targets, run), report.outcomes(f"{targets} targets", found)]
        yield f"Memory of a child over {targets:,} targets", [*lines, _load()]


def _throughput(
    args: argparse.Namespace, proxy: str, proxy_later: str, folder: Path
) -> Iterator[str]:
    bare: list[Watched] = []
    first: list[Watched] = []
    later: list[Watched] = []
    found: Counter[str] = Counter()
    for number in range(args.repeat):
        bare.append(_bare(args.targets, proxy, folder))
        rounds = Rounds(folder / f"round{number}", args.targets)
        for runs, day, where in ((first, DAY, proxy), (later, DAY + WEEK, proxy_later)):
            run, seen = _child(rounds, day, where)
            runs.append(run)
            found += seen
    yield report.speed("the bare spider", args.targets, bare)
    for name, runs in (("ours, first round", first), ("ours, later round", later)):
        yield report.speed(name, args.targets, runs)
        yield report.beside(name, runs, bare)
    yield report.outcomes("ours, all rounds", found)


def _bare(targets: int, proxy: str, folder: Path) -> Watched:
    job = {
        "urls": addresses(targets),
        "today": DAY.isoformat(),
        "out": str(folder / "bare.jsonl"),
        "at_once": CONCURRENT_REQUESTS,
        "at_once_a_host": AT_ONCE_A_HOST,
    }
    return _ended(watch(BARE, json.dumps(job), proxy))


def _child(rounds: Rounds, day: date, proxy: str) -> tuple[Watched, Counter[str]]:
    job = rounds.open(day, proxy)
    run = _ended(watch(CHILD, job.to_json(), proxy))
    return run, rounds.outcomes(job.round_id)


def _ended(run: Watched) -> Watched:
    if run.code:
        raise SystemExit(f"a process ended with {run.code}")
    return run


@contextmanager
def _server(newest: date) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.crawl.server", newest.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:  # noqa: S603 - ours
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def _load() -> str:
    """How busy the machine is: what stands by the clock means little beside it."""
    loads = " ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"load of the machine {loads} on {os.cpu_count()} processors"


if __name__ == "__main__":
    sys.exit(main())
