"""`python -m benchmarks.rendering`: thousands of pages in a row, ours beside scrapy-playwright.

Prints one line a figure. `--write` puts the lines into docs/benchmarks.md, between its marks.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks.document import write
from benchmarks.reading.corpus import PROJECT
from benchmarks.rendering import environment, mix, report
from benchmarks.rendering.watching import Watched, watch
from crawler.browser.child import SITES_AT_ONCE
from crawler.browser.errand import Limits
from crawler.browser.finding import find_browser
from tests.misbehaving import Misbehaving, misbehaving_server

DOC = PROJECT / "docs" / "benchmarks.md"
HEADING = "Rendering (`python -m benchmarks.rendering --write`)"
# Nasty pages take all the time they get: less of it than in a round.
LIMITS = Limits(document=5, settle=3, answer=5, whole=20)


def main() -> int:
    """Run what was asked for; the exit code is 0 whatever the figures say."""
    args = _arguments()
    browser = find_browser()
    if browser is None:
        print("no browser", file=sys.stderr)
        return 0
    sections: dict[str, list[str]] = {}
    with misbehaving_server() as server:
        for title, lines in _sections(args, browser, server):
            sections[title] = lines
            print(f"\n== {title}", *lines, sep="\n", flush=True)
    if args.write:
        write(DOC, "rendering", HEADING, sections)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rendering", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {DOC.relative_to(PROJECT)}")
    parser.add_argument("--pages", type=int, default=2000, help="pages that ours renders")
    parser.add_argument("--rival-pages", type=int, default=600, help="pages that the rival renders")
    parser.add_argument("--seed", type=int, default=20220620, help="of the mix of pages")
    return parser.parse_args()


def _sections(
    args: argparse.Namespace, browser: str, server: Misbehaving
) -> Iterator[tuple[str, list[str]]]:
    nasty = sum(mix.NASTY.values()) / sum((mix.HONEST | mix.NASTY).values())
    yield (
        "Where",
        [
            f"Python {platform.python_version()}, {platform.machine()}, {_version(browser)}",
            f"seed {args.seed}, {SITES_AT_ONCE} sites at once, {nasty:.1%} of the pages nasty,"
            f" limits in seconds {asdict(LIMITS)}",
            "the browser is killed from outside after a third and two thirds of the pages",
            _load(),
        ],
    )
    ours = [sys.executable, "-m", "benchmarks.rendering.ours"]
    run = _run(ours, args.pages, args, browser, server)
    yield "Ours", [*report.lines("ours", args.pages, run), _load()]
    python = environment.made() if args.rival_pages else None
    if python is None:
        yield "scrapy-playwright", ["left out (not asked for, or it could not be installed)"]
        return
    rival = [str(python), str(Path(__file__).with_name("rival.py"))]
    run = _run(rival, args.rival_pages, args, browser, server)
    name = "scrapy-playwright"
    yield name, [*report.lines(name, args.rival_pages, run), _load()]


def _run(
    command: list[str], pages: int, args: argparse.Namespace, browser: str, server: Misbehaving
) -> Watched:
    job = {
        "browser": browser,
        "sites": mix.addresses(pages, args.seed, partial(_address, server)),
        "limits": asdict(LIMITS),
        "at_once": SITES_AT_ONCE,
        "root": os.geteuid() == 0,
    }
    return asyncio.run(watch(command, job, kill_after=(pages // 3, 2 * pages // 3)))


def _address(server: Misbehaving, name: str, place: int) -> str:
    """One address of this machine for each site, as far as it has several."""
    host = server.hosts[place // mix.PAGES_A_SITE % len(server.hosts)]
    return f"http://{host}:{server.port}/{name}"


def _version(browser: str) -> str:
    said = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return said.stdout.strip() or browser


def _load() -> str:
    """How busy the machine is, with whatever: times mean little beside it, memory and hangs do."""
    loads = " ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"load of the machine {loads} on {os.cpu_count()} processors"


if __name__ == "__main__":
    sys.exit(main())
