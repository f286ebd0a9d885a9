"""The processes of a browser: what they hold, and the end of what takes too much. Linux only.

A page's process is ended by itself: the other pages of the browser go on, and the page that took
too much is told as crashed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
PARENT, BORN = 1, 19  # fields of `stat` behind the name
HELD = ("RssAnon:", "RssShmem:")  # what a process has for itself; its program's file is shared


def family(root: int) -> dict[int, int]:
    """A process and its descendants, each with the instant of its birth (in the kernel's ticks).

    Empty where it is gone.
    """
    born = {}
    children: dict[int, list[int]] = {}
    for pid, fields in _living():
        born[pid] = int(fields[BORN])
        children.setdefault(int(fields[PARENT]), []).append(pid)
    found = [root] if root in born else []
    for pid in found:
        found.extend(children.get(pid, ()))
    return {pid: born[pid] for pid in found}


def held(pid: int) -> int:
    """The bytes that a process holds for itself; 0 where it is gone."""
    total = 0
    with suppress(OSError, ValueError):
        for line in (PROC / str(pid) / "status").read_text("ascii", "replace").splitlines():
            if line.startswith(HELD):
                total += 1024 * int(line.split()[1])
    return total


def end_greedy(root: int, limit: int) -> None:
    """End every process of a browser that shows pages and holds more than `limit` bytes."""
    found = family(root)
    end_all({pid: at for pid, at in found.items() if held(pid) > limit and _shows_pages(pid)})


def end_all(processes: Mapping[int, int]) -> None:
    """End those of these processes that still live; a number may belong to another by now."""
    living = {pid: int(fields[BORN]) for pid, fields in _living()}
    for pid, born in processes.items():
        if living.get(pid) == born:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _living() -> Iterator[tuple[int, list[str]]]:
    """Every living process with its fields behind the name."""
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if not entry.name.isdigit():
            continue
        with suppress(OSError, IndexError):
            # The name stands in brackets and may hold anything, brackets and blanks included.
            words = (entry / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            if words[0] not in "ZX":
                yield int(entry.name), words


def _shows_pages(pid: int) -> bool:
    with suppress(OSError):
        return b"--type=renderer" in (PROC / str(pid) / "cmdline").read_bytes()
    return False
