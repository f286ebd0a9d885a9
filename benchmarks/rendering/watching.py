"""A renderer's process watched from outside: its lines, the memory of its tree, what it leaves."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.browser.processes import PROC, end_all, family, held

EVERY = 2.0  # seconds between two looks at the memory
STUCK = 120.0  # without a line; then it hangs for good
GRACE = 10.0  # for processes to go after their parent


@dataclass(frozen=True, slots=True)
class Memory:
    """What was held at one moment, in bytes: by the interpreter, the driver, the browsers."""

    at: float
    own: int
    driver: int
    browsers: int


@dataclass(slots=True)
class Watched:
    """One run of a renderer; `seconds` is when its last page was done."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    seconds: float = 0
    browsers: int | None = None
    again: int = 0
    hung: bool = False
    left_behind: int = 0
    _known: dict[int, int] = field(default_factory=dict)


async def watch(
    command: Sequence[str], job: Mapping[str, Any], *, kill_after: Sequence[int] = ()
) -> Watched:
    """Run a renderer to its end, or until it says nothing any more.

    `kill_after` are the counts of pages after which its browser is killed from outside.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=1 << 20,
    )
    found, began = Watched(), time.monotonic()
    assert process.stdin is not None
    process.stdin.write(json.dumps(job).encode() + b"\n")
    process.stdin.close()
    looking = asyncio.ensure_future(_look(process.pid, found, began))
    try:
        await _follow(process, found, began, kill_after)
    except TimeoutError:
        found.hung = True
    looking.cancel()
    await _end(process, found)
    return found


async def _follow(
    process: asyncio.subprocess.Process, found: Watched, began: float, kill_after: Sequence[int]
) -> None:
    assert process.stdout is not None
    while True:
        async with asyncio.timeout(STUCK):
            line = await process.stdout.readline()
        if not line:
            return
        event = json.loads(line)
        if "browsers" in event:
            found.browsers, found.again = event["browsers"], event["again"]
            continue
        found.pages.append(event)
        found.seconds = time.monotonic() - began
        if len(found.pages) in kill_after:
            _kill_browser(process.pid)
        if len(found.pages) % 100 == 0:
            print(f"  {len(found.pages)} pages", file=sys.stderr, flush=True)


async def _look(pid: int, found: Watched, began: float) -> None:
    while True:
        tree = family(pid)
        found._known |= tree
        browsers = sum(held(one) for one in tree if _is_browser(one))
        driver = sum(held(one) for one in tree if _program(one).endswith("node"))
        found.memory.append(Memory(time.monotonic() - began, held(pid), driver, browsers))
        await asyncio.sleep(EVERY)


def _program(pid: int) -> str:
    with suppress(OSError):
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        return words[0].decode("utf-8", "replace")
    return ""


def _is_browser(pid: int) -> bool:
    return "chrom" in Path(_program(pid)).name


def _kill_browser(pid: int) -> None:
    """End the browsers' own processes, as a crash would; those of their pages go with them."""
    tree = family(pid)
    chief = {}
    for one, born in tree.items():
        with suppress(OSError):
            words = (PROC / str(one) / "cmdline").read_bytes()
            if _is_browser(one) and b"--type=" not in words:
                chief[one] = born
    end_all(chief)


async def _end(process: asyncio.subprocess.Process, found: Watched) -> None:
    """Wait for its end, or end it; then count what outlived it."""
    if found.hung:
        process.kill()
    await process.wait()
    ends = time.monotonic() + GRACE
    while (left := _living(found._known)) and time.monotonic() < ends:
        await asyncio.sleep(0.2)
    found.left_behind = len(left)
    end_all(left)


def _living(known: Mapping[int, int]) -> dict[int, int]:
    return {pid: born for pid, born in known.items() if family(pid).get(pid) == born}
