"""What became of rows that people handed in: new, as they stood, or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """`corrected` are the old rows, in whose place others stand now."""

    new: int
    same: int
    corrected: tuple[T, ...]
