"""One process from its start to its end: how long, how much of the processor, how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.corpus import PROJECT

EVERY = 0.25  # seconds between two looks at its memory


@dataclass(frozen=True, slots=True)
class Watched:
    """One run. `memory` is what was resident, in bytes, from time to time; `peak` at most."""

    code: int
    seconds: float
    processor: float
    memory: tuple[int, ...]
    peak: int


def watch(command: Sequence[str], line: str, proxy: str) -> Watched:
    """Run a program of ours on one line of input to its end. What it prints is nobody's."""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "http_proxy": proxy, "no_proxy": ""},
        cwd=PROJECT,
    )
    found: list[tuple[int, int]] = []
    watching = threading.Thread(target=_look, args=(process.pid, found), daemon=True)
    watching.start()
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    memory = tuple(now for now, _ in found)
    peak = max((most for _, most in found), default=0)
    return Watched(process.returncode, seconds, used.ru_utime + used.ru_stime, memory, peak)


def _look(pid: int, found: list[tuple[int, int]]) -> None:
    """What a process holds, and the most that it ever held, until it has ended."""
    while (now := _resident(pid)) is not None:
        found.append(now)
        time.sleep(EVERY)


def _resident(pid: int) -> tuple[int, int] | None:
    """Its resident memory and the most of it so far, in bytes; None where it has ended."""
    lines: list[str] = []
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    values = {name: value for name, _, value in (line.partition(":") for line in lines)}
    if "VmRSS" not in values:
        return None
    return _bytes(values["VmRSS"]), _bytes(values["VmHWM"])


def _bytes(words: str) -> int:
    return 1024 * int(words.split()[0])
