"""Signs: what a platform's answer shows, and what that means. Rows of data, first match wins.

The tables of the platforms stand in their own modules, row by row as the platforms' states are
known; this file says how a row is matched, and holds the rows that mean the same everywhere.
A sign only ever takes away: none of them can say that an account has no posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rules.posts import FetchOutcome, FetchReason
from spiders.accounts.pages import Refusal

HOURS = 3600
SEVERAL_HOURS = 6 * HOURS
_MANY_DIGITS = re.compile(r"-?\d{1,15}")


class Place(StrEnum):
    """Where a sign stands."""

    STATUS = "status"  # the HTTP status
    ADDRESS = "address"  # the final address; marks are patterns
    CODE = "code"  # the platform's own code in JSON
    OTHER_CODE = "other_code"  # any code but these; None: no code at all
    WORDS = "words"  # the platform's own message: JSON's, or short visible text; patterns
    MARKUP = "markup"  # the source of a page that is no JSON; patterns


@dataclass(frozen=True, slots=True)
class Sign:
    """One row. `retry` in seconds."""

    place: Place
    marks: tuple[int | str | None, ...]
    outcome: FetchOutcome
    reason: FetchReason
    retry: int | None = None

    @property
    def refusal(self) -> Refusal:
        """What it means."""
        shown = "|".join(str(mark) for mark in self.marks)
        return Refusal(self.outcome, self.reason, self.retry, f"{self.place.value}: {shown}"[:200])


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows to the signs."""

    status: int | None = None
    address: str = ""
    codes: tuple[int | str | None, ...] = ()
    words: tuple[str, ...] = ()
    markup: str = ""


def sign_of(shown: Shown, signs: Iterable[Sign], *places: Place) -> Sign | None:
    """The first row that the answer matches, looking only at some places."""
    return next((s for s in signs if s.place in places and _matches(s, shown)), None)


def _matches(sign: Sign, shown: Shown) -> bool:
    match sign.place:
        case Place.STATUS:
            return shown.status in sign.marks
        case Place.CODE:
            return any(code in sign.marks for code in shown.codes)
        case Place.OTHER_CODE:
            return any(code not in sign.marks for code in shown.codes)
        case Place.ADDRESS:
            return _found(sign, (shown.address,))
        case Place.WORDS:
            return _found(sign, shown.words)
        case Place.MARKUP:
            return _found(sign, (shown.markup,))


def _found(sign: Sign, texts: Iterable[str]) -> bool:
    pattern = _pattern(sign.marks)
    return any(pattern.search(text) for text in texts)


@cache
def _pattern(marks: tuple[int | str | None, ...]) -> re.Pattern[str]:
    return re.compile("|".join(str(mark) for mark in marks))


def code_of(value: object) -> int | str | None:
    """A platform's code: a number, also where it is written as text; a word; None for no code."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, str):
        return int(value) if _MANY_DIGITS.fullmatch(value) else value
    return value


def blocked(
    place: Place, *marks: int | str | None, why: FetchReason, retry: int | None = None
) -> Sign:
    """A row: a gate, a captcha, a limit."""
    return Sign(place, marks, FetchOutcome.BLOCKED, why, retry)


def login(place: Place, *marks: int | str | None, why: FetchReason) -> Sign:
    """A row: the session or token is absent or dead."""
    return Sign(place, marks, FetchOutcome.LOGIN_REQUIRED, why)


def gone(place: Place, *marks: int | str | None, why: FetchReason) -> Sign:
    """A row: the platform states that the account is not there any more."""
    return Sign(place, marks, FetchOutcome.GONE, why)


def error(
    place: Place, *marks: int | str | None, why: FetchReason, retry: int | None = None
) -> Sign:
    """A row: network, configuration, a shape that we do not know."""
    return Sign(place, marks, FetchOutcome.ERROR, why, retry)


# What these mean wherever a platform's own table does not say otherwise.
EVERYWHERE: tuple[Sign, ...] = (
    login(Place.STATUS, 401, why=FetchReason.LOGIN_WALL),
    blocked(Place.STATUS, 403, why=FetchReason.REFUSED, retry=SEVERAL_HOURS),
    blocked(Place.STATUS, 429, why=FetchReason.RATE_LIMITED, retry=SEVERAL_HOURS),
    error(Place.STATUS, 404, 410, why=FetchReason.BAD_LINK),
    error(Place.STATUS, *range(500, 600), why=FetchReason.SERVER_ERROR),
    error(Place.STATUS, None, why=FetchReason.NETWORK),
)
