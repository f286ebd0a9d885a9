"""Files that are there whole or not at all, whatever ends the process or the power.

Written beside their place, forced to the disk, renamed; every folder's name is forced, too.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from rules.errors import EnvironmentTrouble
from rules.words import say

UNFINISHED = ".part"


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, in place of what was there. Raises OSError."""
    _make_folders(path.parent)
    handle, unfinished = mkstemp(suffix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _force(path.parent)


def _make_folders(folder: Path) -> None:
    """Make `folder`, and force to the disk the name of each folder made on the way."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    _force(folder.parent)


def _force(folder: Path) -> None:
    """Force the names in `folder` to the disk: a rename is lost without it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def plain_trouble(folder: Path) -> Iterator[None]:
    """A disk that is full or refuses becomes EnvironmentTrouble, in one line."""
    try:
        yield
    except OSError as error:
        key = "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "refused"
        detail = error.strerror or str(error)
        raise EnvironmentTrouble(say(f"bodies.{key}", where=folder, detail=detail)) from error
