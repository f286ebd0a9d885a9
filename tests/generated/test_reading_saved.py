"""The reader on the saved real pages: the counts it must hold, scored as the benchmark does."""

from __future__ import annotations

import pytest

from benchmarks.reading import corpus, mutate, report, running
from benchmarks.reading.score import Result, ranking, tally

pytestmark = pytest.mark.corpus


@pytest.fixture(name="results", scope="module")
def _results() -> list[Result]:
    place = corpus.folder()
    if place is None:
        pytest.skip("corpus missing: set XUNJIAN_CORPUS")
    return running.read_saved([page for page in corpus.load(place) if not page.doubtful], 1)


def _of(results: list[Result], kind: str) -> list[Result]:
    return [row for row in results if row.kind == kind]


def _misses(rows: list[Result]) -> str:
    return "\n".join(report.misses(rows))


def test_no_saved_page_accuses_anybody(results: list[Result]) -> None:
    assert not [row.id for row in results if row.older or row.blank]


def test_of_the_lists_at_most_one_is_unanswered_and_none_wrong(results: list[Result]) -> None:
    rows = _of(results, "list")
    count = tally(rows)
    assert (count.pages - count.answered <= 1, count.wrong) == (True, 0), _misses(rows)


def test_of_the_articles_at_most_one_is_wrong(results: list[Result]) -> None:
    rows = _of(results, "article")
    assert tally(rows).exact >= len(rows) - 1, _misses(rows)


def test_of_the_home_pages_none_is_wrong(results: list[Result]) -> None:
    rows = _of(results, "home")
    assert tally(rows).wrong == 0, _misses(rows)


def test_all_states_but_two_are_right(results: list[Result]) -> None:
    wrong = [(row.id, row.state) for row in results if row.state not in row.states]
    assert len(wrong) <= 2, wrong


def test_confidence_ranks_right_dates_above_wrong_ones() -> None:
    if corpus.folder() is None:
        pytest.skip("corpus missing: set XUNJIAN_CORPUS")
    results = running.read_made(mutate.real(5, 600))
    assert (ranking(results) or 1.0) > 0.9
