"""What a kind of target brings along: one pass over it, its negatives, and how it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from spiders.survey.asking import Asker
from spiders.survey.errand import Errand

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Surveyor(Generic[R]):
    """One kind of target.

    `survey(errand, ask, before)` is one pass; `before` is None in the first pass and the first
    pass's result in the second, whose own result is what stands. `again(result)`: whether anything
    of it is negative and must be looked at in a second pass. `write` and `read` turn a result to
    plain JSON and back; `keep` stores a final one, in the transaction that ends the target.
    """

    survey: Callable[[Errand, Asker, R | None], Awaitable[R]]
    again: Callable[[R], bool]
    write: Callable[[R], dict[str, Any]]
    read: Callable[[dict[str, Any]], R]
    keep: Callable[[Session, Errand, R], None]
