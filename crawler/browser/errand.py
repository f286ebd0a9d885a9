"""What one render is for, and how long it may take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rules.facts import Hint, Purpose


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a render may take, in seconds. `document` is the profile's `answer_within`."""

    document: float = 15
    settle: float = 8  # at most, for the scripts to fill the page
    proof: float = 4  # at least, before what a page shows is held against it
    answer: float = 20  # of the page itself, when asked what it holds; then its scripts hang
    whole: float = 60  # for everything


@dataclass(frozen=True, slots=True)
class Errand:
    """What one render is for. `today` gives the Shanghai date of the fetch; `target` is the address
    in the register on whose behalf the page is opened, where it is another."""

    url: str
    today: Callable[[], date]
    checker: str
    hint: Hint | None = None
    purpose: Purpose = Purpose.READ
    limits: Limits = Limits()
    target: str | None = None
