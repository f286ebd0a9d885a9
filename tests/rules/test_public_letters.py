"""V5b: longer than three months, within one year."""

from __future__ import annotations

from datetime import date

import pytest

from rules.public_letters import is_overdue


@pytest.mark.parametrize(
    ("asked", "is_it"),
    [
        ("2022-06-20", False),
        ("2022-03-20", False),  # 92 days: equal is in time
        ("2022-03-19", True),
        ("2021-06-19", True),  # 366 days
        ("2021-06-18", False),
        ("2022-07-01", False),
    ],
)
def test_more_than_three_months_and_at_most_a_year(asked: str, is_it: bool) -> None:
    assert is_overdue(date.fromisoformat(asked), date(2022, 6, 20)) is is_it
