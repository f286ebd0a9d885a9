"""The bodies of pages, kept on disk under the SHA-256 of their bytes, each once.

`FOLDER/ab/cd/abcd….gz`: plain gzip, so that any tool can open what the office may have to show.
A body is there whole or not at all, whatever ends the process or the power: it is written beside
its place, forced to the disk, and renamed. Which bodies are still needed the database knows.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from rules.errors import EnvironmentTrouble
from rules.words import say
from storage.files import plain_trouble, write_whole

_NAME = re.compile(r"[0-9a-f]{64}")
_SUFFIX = ".gz"
_LEVEL = 6


@dataclass(frozen=True)
class BodyStore:
    """The store in `folder`, which is made with the first body. Many processes may share it."""

    folder: Path

    def put(self, body: bytes) -> str:
        """Keep `body` and return its SHA-256 in hex; the same body again costs nothing.

        When this returns, the body survives a power cut. Raises EnvironmentTrouble if the disk
        is full or refuses.
        """
        name = sha256(body).hexdigest()
        path = self._path(name)
        with plain_trouble(self.folder):
            try:
                os.utime(path)  # wanted again: keeps it from a sweep that runs just now
            except FileNotFoundError:
                write_whole(path, gzip.compress(body, _LEVEL, mtime=0))
        return name

    def get(self, name: str) -> bytes:
        """The body whose SHA-256 is `name`. Raises EnvironmentTrouble if it is gone or damaged."""
        body = _intact(self._path(name), name)
        if body is None:
            raise EnvironmentTrouble(say("bodies.lost", name=name, where=self.folder))
        return body

    def __contains__(self, name: str) -> bool:
        return self._path(name).is_file()

    def names(self) -> Iterator[str]:
        """The SHA-256 of every body here, in no order."""
        for path in self._files():
            if path.suffix == _SUFFIX:
                yield path.name.removesuffix(_SUFFIX)

    def sweep(self, keep: Collection[str], before: datetime) -> int:
        """Remove the bodies that are not in `keep` (give a set) and were last put before `before`.

        `before` is an aware instant earlier than any work still going on: a body is put before
        the row that names it is committed. Returns how many bodies went; what a killed process
        left unfinished goes too, uncounted.
        """
        removed = 0
        for path in self._files():
            name = path.name.removesuffix(_SUFFIX)
            if name not in keep and _changed_at(path) < before:
                path.unlink(missing_ok=True)
                removed += path.suffix == _SUFFIX
        return removed

    def verify(self) -> tuple[str, ...]:
        """The names of the bodies that are no longer what their names say, sorted."""
        damaged = (name for name in self.names() if _intact(self._path(name), name) is None)
        return tuple(sorted(damaged))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no SHA-256 in hex")
        return self.folder / name[:2] / name[2:4] / f"{name}{_SUFFIX}"

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("[0-9a-f]?/[0-9a-f]?/*") if path.is_file())


def _intact(path: Path, name: str) -> bytes | None:
    """The body at `path` if it is there and its hash is `name`."""
    try:
        body = gzip.decompress(path.read_bytes())
    except (FileNotFoundError, gzip.BadGzipFile, EOFError, zlib.error):
        return None
    return body if sha256(body).hexdigest() == name else None


def _changed_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:  # another sweep was quicker
        return datetime.max.replace(tzinfo=UTC)
