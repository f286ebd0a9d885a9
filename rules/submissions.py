"""What units hand in to the portal (信息报送): rows of a file into facts, ranks and rates. Pure.

Raw counts and adjustments (加减分调整) are kept apart: what is printed are the counts, the
adjustments stand beside them (standard, section 7).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from rules.notes import Notes
from rules.register import Register
from rules.sheets import Line, Sheet, bare, civil_day, lines_of
from rules.words import catalogue, say

KEYS = (
    "serial",
    "submitter",
    "month",
    "submitted",
    "adopted",
    "item_day",
    "item_title",
    "item_adopted",
    "adjustment",
    "adjusted",
    "adjustment_reason",
    "approver",
)
REQUIRED = (("submitter",), ("submitted", "item_day", "adjustment"))
FILLED = KEYS[3:]
LONGEST = {"item_title": 500, "adjustment_reason": 200, "approver": 40}
MOST = 100_000  # of one unit in one month
_MONTH = re.compile(r"(20\d\d)(?:[-/.]|年)?(0?[1-9]|1[0-2])月?(?:份)?")
_WHOLE = re.compile(r"[-+]?\d{1,7}")


class Form(StrEnum):
    """How something was handed in."""

    COUNT = "count"
    ITEM = "item"
    ADJUSTMENT = "adjustment"


class Adjusted(StrEnum):
    """What an adjustment is added to."""

    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Submission:
    """One fact of one unit (printed name) and month (YYYY-MM); `key` tells some of a form apart.

    `adopted` is None where the file leaves it to what the portal itself published.
    """

    month: str
    unit: str
    form: Form
    key: str = ""
    submitted: int = 0
    adopted: int | None = 0
    amount: int = 0
    counts_for: Adjusted | None = None
    reason: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What one unit's month comes to; adjustments are no part of it."""

    unit: str
    submitted: int
    adopted: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one unit's file says of a month; `adopted` is None where it leaves that to the portal's
    own pages."""

    unit: str
    submitted: int
    adopted: int | None


def rate(part: int, whole: int) -> str:
    """A share in per cent with one decimal, rounded down; 100% bare, — of nothing."""
    if whole <= 0:
        return "—"
    tenths = part * 1000 // whole
    return "100%" if tenths == 1000 else f"{tenths // 10}.{tenths % 10}%"


def ranked(totals: Iterable[Total]) -> tuple[Total, ...]:
    """By 采用, then 报送, both descending; ties keep the order they come in."""
    return tuple(sorted(totals, key=lambda one: (-one.adopted, -one.submitted)))


@dataclass(frozen=True, slots=True)
class UnitBook:
    """The register's units by everything they are called: bare name -> printed name."""

    names: Mapping[str, str]
    printed: tuple[str, ...]

    @classmethod
    def of(cls, register: Register) -> UnitBook:
        names: dict[str, str] = {bare(name): name for name in register.unlisted_units()}
        for unit in register.units:
            names |= {bare(name): unit.name for name in unit.names}
        return cls(names, tuple(dict.fromkeys(names.values())))

    def near(self, name: str) -> str:
        """Names like one, for a message."""
        return "、".join(get_close_matches(name, self.printed, n=3, cutoff=0.4))


@cache
def _words(table: str) -> dict[str, str]:
    room = f"{table}."
    return {
        bare(word): key.removeprefix(room)
        for key, words in catalogue().items()
        if key.startswith(room)
        for word in words.split("、")
    }


def written_submissions(
    sheet: Sheet,
    units: UnitBook,
    known: Mapping[tuple[str, str], Form],
    month: str | None,
    notes: Notes,
) -> Iterator[Submission]:
    """The facts of the good rows of a sheet; mistakes go to `notes`.

    `known` says how a unit's month was handed in so far: counts or items, never both. `month` is
    that of rows which name none.
    """
    forms = dict(known)
    first: dict[tuple[str, str, Form, str], int] = {}
    for line in lines_of(sheet, KEYS, REQUIRED, notes):
        if not any(line[key] for key in FILLED) or bare(line["submitter"]) in _words("total"):
            continue
        before = len(notes.mistakes)
        found = list(_facts(line, units, month, notes))
        for one in found if len(notes.mistakes) == before else ():
            earlier = first.setdefault((one.month, one.unit, one.form, one.key), line.number)
            if earlier != line.number:
                line.wrong(notes, "submitter", "submission_doubled", first=earlier, unit=one.unit)
            elif _is_mixed(one, forms):
                line.wrong(notes, "submitter", "submission_mixed", unit=one.unit, month=one.month)
            else:
                yield one


def _is_mixed(one: Submission, forms: dict[tuple[str, str], Form]) -> bool:
    if one.form is Form.ADJUSTMENT:
        return False
    return forms.setdefault((one.month, one.unit), one.form) is not one.form


def _facts(line: Line, units: UnitBook, month: str | None, notes: Notes) -> Iterator[Submission]:
    """What one row says: a count or an item, an adjustment, or one of these and that."""
    unit = units.names.get(bare(line["submitter"]))
    if unit is None:
        name = line["submitter"]
        known = units.near(name) or say("checks.register")
        line.wrong(notes, "submitter", "submission_unit", name=name[:40], known=known)
    for key, limit in LONGEST.items():
        if len(line[key]) > limit:
            line.wrong(notes, key, "check_long", limit=limit)
    when = _month(line, month, notes)
    if unit is None or when is None:
        return
    if line["item_day"] or line["item_title"]:
        yield from _item(line, unit, when, notes)
    elif line["submitted"] or line["adopted"]:
        yield from _count(line, unit, when, notes)
    if line["adjustment"]:
        yield from _adjustment(line, unit, when, notes)


def _month(line: Line, month: str | None, notes: Notes) -> str | None:
    """The month that is written, else that of the item's day, else the one given."""
    written = line["month"]
    day = civil_day(written) or (None if written else civil_day(line["item_day"]))
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", written).strip())
    if day is not None:
        return f"{day:%Y-%m}"
    if found is not None:
        return f"{found[1]}-{int(found[2]):02}"
    if written or month is None:
        line.wrong(notes, "month", "submission_month", found=written[:40])
        return None
    return month


def _whole(line: Line, key: str, notes: Notes, *, low: int = 0) -> int | None:
    text = unicodedata.normalize("NFKC", line[key]).strip()
    number = int(text) if _WHOLE.fullmatch(text) else None
    if number is None or not low <= number <= MOST:
        line.wrong(notes, key, "submission_number", found=text[:40], low=low, high=MOST)
        return None
    return number


def _count(line: Line, unit: str, month: str, notes: Notes) -> Iterator[Submission]:
    submitted = _whole(line, "submitted", notes)
    adopted = _whole(line, "adopted", notes) if line["adopted"] else None
    if submitted is None or (adopted is None and line["adopted"]):
        return
    if adopted is not None and adopted > submitted:
        line.wrong(notes, "adopted", "submission_more", adopted=adopted, submitted=submitted)
        return
    yield Submission(month, unit, Form.COUNT, submitted=submitted, adopted=adopted)


def _item(line: Line, unit: str, month: str, notes: Notes) -> Iterator[Submission]:
    day, adopted = civil_day(line["item_day"]), _words("yes_no").get(bare(line["item_adopted"]))
    if day is None or f"{day:%Y-%m}" != month:
        line.wrong(notes, "item_day", "submission_day", found=line["item_day"][:40], month=month)
    if not line["item_title"]:
        line.wrong(notes, "item_title", "check_missing")
    if adopted is None:
        line.wrong(notes, "item_adopted", "submission_adopted", found=line["item_adopted"][:40])
    key = f"{day} {line['item_title']}"
    yield Submission(month, unit, Form.ITEM, key, submitted=1, adopted=int(adopted == "yes"))


def _adjustment(line: Line, unit: str, month: str, notes: Notes) -> Iterator[Submission]:
    amount = _whole(line, "adjustment", notes, low=-MOST)
    written = bare(line["adjusted"])
    counts_for = _words("adjusted").get(written) if written else Adjusted.SUBMITTED
    if counts_for is None:
        line.wrong(notes, "adjusted", "submission_adjusted", found=line["adjusted"][:40])
    for key in ("adjustment_reason", "approver"):
        if not line[key]:
            line.wrong(notes, key, "check_missing")
    if amount is None or counts_for is None:
        return
    reason = line["adjustment_reason"]
    yield Submission(
        month,
        unit,
        Form.ADJUSTMENT,
        reason,
        amount=amount,
        counts_for=Adjusted(counts_for),
        reason=reason,
        approver=line["approver"],
    )
