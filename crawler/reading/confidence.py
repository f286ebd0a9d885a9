"""How far a reading may be relied on: evidence added up, doubts taken off, 0 to 1.

At or above the floor (0.5) answers are to be right 99 times in 100; below it the caller says
unknown. Every weight is one row; the reliability table of benchmarks/reading tests the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

# What a list's confidence starts from, by the number of dated items.
BY_ITEMS: tuple[tuple[int, float], ...] = ((10, 0.86), (5, 0.80), (3, 0.72), (2, 0.62), (1, 0.55))
# What each sign adds or takes.
BY_SIGN: dict[str, float] = {
    "address_agrees": 0.08,
    "year_confirmed": 0.0,
    "hint_used": 0.05,
    "year_inferred": -0.15,
    "year_ambiguous": -0.40,
    "some_undated": -0.05,
    "undated_on_top": -0.40,
    "impossible_date": -0.10,
    "newer_elsewhere": -0.40,
    "rival_list": -0.20,
    "rival_dates": -0.20,
    "document_dates": -0.30,
    "unordered": -0.06,
    "ascending": -0.10,
    "address_differs": -0.35,
    "addresses_moved": -0.10,
    "in_side": -0.45,
    "undated_rival": -0.45,
    "mixed_bytes": -0.02,
    "list_in_frame": -0.35,
    "future_date": -0.03,
    "many_blocks": -0.06,
    "weak_form": -0.08,
}


def of_list(dated: int, signs: Iterable[str]) -> float:
    """Confidence in the newest date of a list with so many dated items."""
    base = next((value for least, value in BY_ITEMS if dated >= least), 0.3)
    return bounded(base + sum(BY_SIGN.get(sign, 0.0) for sign in signs))


def bounded(value: float) -> float:
    """Between 0.02 and 0.98: nothing is certain."""
    return round(min(0.98, max(0.02, value)), 3)
