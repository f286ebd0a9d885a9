"""The scoring: what counts as exact, as wrong, and as a false accusation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.document import write
from benchmarks.reading import report
from benchmarks.reading.score import Result, quantile, ranking, reliability, share, tally

JUNE, MAY = date(2022, 6, 1), date(2022, 5, 1)


def _row(truth: date | None, read: date | None, confidence: float, state: str = "LIST") -> Result:
    return Result("p", "list", "host", truth, read, confidence, state, ("LIST",))


@pytest.mark.parametrize(
    ("truth", "read", "confidence", "exact", "wrong", "older"),
    [
        (JUNE, JUNE, 0.9, True, False, False),
        (JUNE, JUNE, 0.4, False, False, False),
        (JUNE, MAY, 0.9, False, True, True),
        (JUNE, MAY, 0.4, False, False, False),
        (MAY, JUNE, 0.5, False, True, False),
        (JUNE, None, 0.9, False, False, False),
        (None, None, 0.9, True, False, False),
        (None, JUNE, 0.4, True, False, False),
        (None, JUNE, 0.9, False, True, False),
    ],
)
def test_a_confident_older_date_is_an_accusation_and_doubt_is_none(
    truth: date | None, read: date | None, confidence: float, exact: bool, wrong: bool, older: bool
) -> None:
    row = _row(truth, read, confidence)
    assert (row.exact, row.wrong, row.older) == (exact, wrong, older)


def test_a_list_called_empty_is_an_accusation_too() -> None:
    assert _row(None, None, 0.9, "EMPTY").blank
    assert not _row(None, None, 0.9, "UNREADABLE").blank
    assert not _row(None, None, 0.4, "EMPTY").blank


def test_a_tally_counts_only_known_item_numbers() -> None:
    rows = [
        _row(JUNE, JUNE, 0.9),
        Result("q", "list", "h", JUNE, MAY, 0.9, "LIST", count=3, items=3),
    ]
    count = tally(rows)
    assert (count.pages, count.exact, count.older) == (2, 1, 1)
    assert (count.items_right, count.items_known) == (1, 1)


def test_confidence_that_says_nothing_ranks_at_chance() -> None:
    assert ranking([_row(JUNE, JUNE, 0.6), _row(JUNE, MAY, 0.6)]) == 0.5
    assert ranking([_row(JUNE, JUNE, 0.9), _row(JUNE, MAY, 0.3)]) == 1.0
    assert ranking([_row(JUNE, JUNE, 0.9)]) is None


def test_reliability_puts_each_answer_into_one_bin() -> None:
    rows = [_row(JUNE, JUNE, c / 20) for c in range(21)]
    assert sum(right + wrong for _, _, right, wrong in reliability(rows)) == 21


def test_few_pages_prove_little() -> None:
    portion, low, high = share(59, 59)
    assert portion == high == 1.0
    assert 0.93 < low < 0.95


def test_quantiles_of_nothing_are_nothing() -> None:
    assert quantile([], 0.5) == 0.0
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_accusations_come_first_and_name_their_page() -> None:
    first, second = report.accusations([_row(JUNE, MAY, 0.9)])
    assert first.endswith(": 1")
    assert "p: truth 2022-06-01, read 2022-05-01" in second


def test_writing_replaces_only_its_own_part_of_the_document(tmp_path: Path) -> None:
    doc = tmp_path / "benchmarks.md"
    doc.write_text("# Benchmarks\n\nbefore\n", encoding="utf-8")
    write(doc, "reading", "Reading", {"One": ["a"]})
    doc.write_text(doc.read_text(encoding="utf-8") + "\nafter\n", encoding="utf-8")
    write(doc, "reading", "Reading", {"Two": ["b"]})
    text = doc.read_text(encoding="utf-8")
    assert [part in text for part in ("before", "after", "### Two", "### One")] == [1, 1, 1, 0]
