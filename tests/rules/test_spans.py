"""Months, quarters and runs of months as people write them."""

from __future__ import annotations

import pytest

from rules.spans import span_of


@pytest.mark.parametrize(
    ("text", "name", "count", "quarter"),
    [
        ("2022-06", "2022-06", 1, None),
        ("2022-04..2022-06", "2022-04..2022-06", 3, 2),
        ("2022Q2", "2022-04..2022-06", 3, 2),
        ("2024q1", "2024-01..2024-03", 3, 1),
        ("2022-05..2022-07", "2022-05..2022-07", 3, None),
        ("2021-11..2022-02", "2021-11..2022-02", 4, None),
        ("2022-01..2022-12", "2022-01..2022-12", 12, None),
    ],
)
def test_a_span_is_known_by_its_months(
    text: str, name: str, count: int, quarter: int | None
) -> None:
    span = span_of(text)
    assert (span.name, len(span.months), span.quarter) == (name, count, quarter)
    assert span_of(span.name) == span


@pytest.mark.parametrize(
    "text",
    ["2022", "2022-13", "2022Q5", "2022-06..", "2022-06..2022-05", "2021-01..2022-01", "..", ""],
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  dates say their own words
        span_of(text)
