"""The span that a notice is made for: a month, a quarter, or any run of months. Pure.

Written 2022-06, 2022Q2, or 2022-04..2022-06; at most a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MOST_MONTHS = 12
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_BETWEEN = ".."


@dataclass(frozen=True, slots=True)
class Span:
    """A run of months. `first` and `last` are the first days of its first and last month."""

    first: date
    last: date

    @property
    def months(self) -> tuple[str, ...]:
        """Its months as YYYY-MM, ascending."""
        found, day = [], self.first
        while day <= self.last:
            found.append(f"{day:%Y-%m}")
            day = (day + timedelta(days=31)).replace(day=1)
        return tuple(found)

    @property
    def name(self) -> str:
        """2022-06, or 2022-04..2022-06."""
        months = self.months
        return months[0] if len(months) == 1 else f"{months[0]}{_BETWEEN}{months[-1]}"

    @property
    def quarter(self) -> int | None:
        """Which quarter of its year it is, if it is one."""
        is_one = len(self.months) == 3 and self.first.month % 3 == 1
        return (self.first.month + 2) // 3 if is_one else None


def span_of(text: str) -> Span:
    """The span that a text names. Raises ValueError for anything else, or more than a year."""
    quarter = _QUARTER.fullmatch(text.strip())
    if quarter is not None:
        year, number = int(quarter[1]), int(quarter[2])
        return Span(date(year, 3 * number - 2, 1), date(year, 3 * number, 1))
    first, between, last = text.strip().partition(_BETWEEN)
    found = Span(_month(first), _month(last if between else first))
    if not found.first <= found.last or len(found.months) > MOST_MONTHS:
        raise ValueError(text)
    return found


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
