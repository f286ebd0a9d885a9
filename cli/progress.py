"""Progress of long work on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from rules.facts import SHANGHAI
from rules.words import say

LINE_EVERY_SECONDS = 10.0


class RoundProgress:
    """What the supervisor tells, shown to whoever watches. `bar` is None off a terminal."""

    def __init__(self, due: int, done: int, bar: Progress | None, task: TaskID | None) -> None:
        self._due, self._done = due, done
        self._bar, self._task = bar, task
        self._last_line = time.monotonic()

    def stored(self, looked: int, done: int) -> None:
        """A batch was stored."""
        self._done += done
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)
        elif looked and time.monotonic() - self._last_line >= LINE_EVERY_SECONDS:
            self._last_line = time.monotonic()
            self._line(say("crawl.progress", done=self._done, due=self._due))

    def waiting(self, count: int, until: datetime) -> None:
        """So many targets wait for their re-check, until an instant."""
        at = until.astimezone(SHANGHAI).strftime("%H:%M:%S")
        words = say("crawl.waiting", count=count, at=at)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, note=words)
        else:
            self._line(words)

    def trouble(self, words: str) -> None:
        """Something that the round survives."""
        if self._bar is not None:
            self._bar.console.print(words)
        else:
            self._line(words)

    def _line(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)


@contextmanager
def round_progress(title: str, due: int, done: int) -> Iterator[RoundProgress]:
    """Show the progress of one round; `title` heads the bar or the first line."""
    console = Console(stderr=True)
    if not console.is_terminal:
        print(title, file=sys.stderr, flush=True)
        yield RoundProgress(due, done, None, None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=due, completed=done, note="")
        yield RoundProgress(due, done, bar, task)
