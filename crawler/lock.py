"""One inspection at a time in one workspace. The lock is the kernel's: it dies with its holder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rules.errors import EnvironmentTrouble
from rules.words import say


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, or raise EnvironmentTrouble at once where another does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EnvironmentTrouble(say("crawl.locked")) from error
        yield
