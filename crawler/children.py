"""Children: starts child crawls, follows what they say, ends them in time. Never imports Scrapy."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from rules.errors import EnvironmentTrouble, Exit

GRACE_SECONDS = 20.0  # between asking a child to stop and killing it
LINE_LIMIT = 1 << 20
PROXY_VARIABLES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY")


class Work(Protocol):
    """What a child is given: the program that does it, and for how many seconds at most."""

    @property
    def module(self) -> str: ...

    @property
    def seconds(self) -> int: ...

    def to_json(self) -> str:
        """The job as one line."""


@dataclass(slots=True)
class ChildEnd:
    """How a child ended: its exit code, what it had stored and what was still in hand."""

    code: int
    looked: int
    in_hand: set[int] = field(default_factory=set)

    @property
    def crashed(self) -> bool:
        """Whether it died instead of finishing."""
        return self.code != Exit.DONE


async def run_child(
    job: Work, *, proxy: str | None, on_stored: Callable[[int, int], None]
) -> ChildEnd:
    """Run one child to its end. `on_stored(looked, done)` is told what each batch stored.

    Raises EnvironmentTrouble with the child's own words where database or disk gave out. On
    cancellation the child is asked to stop, and killed after a grace.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        job.module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(proxy),
        limit=LINE_LIMIT,
        start_new_session=True,  # Ctrl-C reaches the supervisor alone
    )
    end = ChildEnd(code=-1, looked=0)
    tail = asyncio.ensure_future(_tail(process.stderr))
    try:
        await _send(process, job)
        async with asyncio.timeout(job.seconds + 2 * GRACE_SECONDS):
            await _follow(process, end, on_stored)
            end.code = await process.wait()
    except TimeoutError:
        end.code = -1
    finally:
        await _stop(process)
        words = await tail
    if end.code == Exit.ENVIRONMENT:
        raise EnvironmentTrouble(words.strip().splitlines()[-1] if words.strip() else "child")
    return end


def _environment(proxy: str | None) -> Mapping[str, str]:
    if proxy is None:
        return dict(os.environ)
    kept = {name: value for name, value in os.environ.items() if name not in PROXY_VARIABLES}
    return kept | {"http_proxy": proxy, "https_proxy": proxy}


async def _send(process: asyncio.subprocess.Process, job: Work) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):
        process.stdin.write(job.to_json().encode() + b"\n")
        await process.stdin.drain()
        process.stdin.close()


async def _follow(
    process: asyncio.subprocess.Process, end: ChildEnd, on_stored: Callable[[int, int], None]
) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # somebody's stray print; the ledger is the truth
        if "begun" in event:
            end.in_hand.add(event["begun"])
            continue
        end.looked += len(event["looked"])
        end.in_hand.difference_update(event["looked"])
        on_stored(len(event["looked"]), event["done"])


async def _tail(stream: asyncio.StreamReader | None) -> str:
    """Pass the child's log on to standard error and keep its last lines."""
    assert stream is not None
    kept = b""
    while chunk := await stream.read(65536):
        sys.stderr.buffer.write(chunk)
        sys.stderr.flush()
        kept = (kept + chunk)[-4000:]
    return kept.decode("utf-8", "replace")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
