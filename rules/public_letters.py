"""When a public letter is answered too late (V5b, P17): civil days, Asia/Shanghai. Pure.

Three months are the longest that a calendar has, as for every limit (standard, 4).
"""

from __future__ import annotations

from datetime import date

ANSWER_WITHIN = 92  # days
LOOK_BACK = 366


def is_overdue(asked: date, day: date) -> bool:
    """Whether a letter that still waits on `day` has waited longer than three months, within the
    year that the rule looks back upon."""
    return ANSWER_WITHIN < (day - asked).days <= LOOK_BACK
