"""Pictures that a filled-in table names: read from beside it, and nothing from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rules.notes import Notes
from rules.sheets import Line
from storage.evidence import EvidenceStore

LARGEST = 10 << 20  # bytes
# What a picture begins with, whatever its name says.
MAGIC = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and the suffix of its kind."""

    content: bytes
    suffix: str


def load_picture(folder: Path, line: Line, key: str, notes: Notes) -> Picture | None:
    """The picture that a row names, relative to its table's `folder`; None, with a mistake noted,
    where it cannot be had."""
    written = line[key]
    try:
        path = _inside(folder, written)
        if path is None:
            line.wrong(notes, key, "picture_outside", found=written[:80])
            return None
        if not path.is_file():
            line.wrong(notes, key, "picture_absent", found=written[:80])
            return None
        content = _bytes(path)
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        line.wrong(notes, key, "picture_missing", found=written[:80], why=why)
        return None
    if len(content) > LARGEST:
        line.wrong(notes, key, "picture_large", found=written[:80], limit=LARGEST >> 20)
        return None
    suffix = next((one for magic, one in MAGIC.items() if content.startswith(magic)), None)
    if suffix is None:
        line.wrong(notes, key, "picture_kind", found=written[:80])
        return None
    return Picture(content, suffix)


def keep_picture(
    folder: Path, line: Line, key: str, store: EvidenceStore, notes: Notes
) -> str | None:
    """The SHA-256 under which a row's picture is kept now; None as of `load_picture`. Raises
    EnvironmentTrouble."""
    picture = load_picture(folder, line, key, notes)
    return None if picture is None else Path(store.put(picture.content, picture.suffix)).stem


def _inside(folder: Path, written: str) -> Path | None:
    """The file below the folder, links followed; None where it leads out."""
    whole = folder.resolve()
    path = (whole / written.replace("\\", "/")).resolve()
    return path if path.is_relative_to(whole) else None


def _bytes(path: Path) -> bytes:
    """What is in a file, no more than shows that it is too large. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
