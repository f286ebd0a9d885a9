"""The reader on generated pages: answered, exact, and nobody accused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from benchmarks.reading import corpus, mutate, report, running
from benchmarks.reading.making.articles import articles
from benchmarks.reading.making.template import Made
from benchmarks.reading.score import Result, tally

Source = Callable[[int, int], Iterator[Made]]
SEED = 20220620


def _source(name: str) -> Source:
    if name == "real" and corpus.folder() is None:
        pytest.skip("corpus missing: set XUNJIAN_CORPUS")
    return {"real": mutate.real, "pretend": mutate.pretend}[name]


SOURCES = [pytest.param("real", marks=pytest.mark.corpus), "pretend"]


def _told(rows: list[Result]) -> str:
    return "\n".join([*report.accusations(rows), *report.failing(r for r in rows if not r.hidden)])


def _expect_goals(results: list[Result]) -> None:
    shown = [row for row in results if row.hidden is None]
    count = tally(shown)
    told = _told(results)
    assert not [row.raised for row in results if row.raised], told
    assert not [row for row in results if row.older], told  # whatever a mutation hid
    assert not [row for row in shown if row.blank], told
    assert count.answered >= 0.97 * count.pages, told
    assert count.answered - count.wrong >= 0.995 * count.answered, told


@pytest.mark.parametrize("name", SOURCES)
def test_a_sample_of_generated_lists_meets_the_goals(name: str) -> None:
    _expect_goals(running.read_made(_source(name)(SEED, 400)))


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SOURCES)
def test_thousands_of_generated_lists_meet_the_goals(name: str, seed: int) -> None:
    _expect_goals(running.read_made(_source(name)(seed, 4000)))


def test_a_list_that_is_not_in_the_page_accuses_nobody() -> None:
    results = running.read_made(mutate.blanks(SEED, 300))
    assert not [row for row in results if row.older or row.blank or row.raised], _told(results)


def test_a_page_filled_by_a_script_or_frame_is_never_called_empty() -> None:
    pages = (page for page in mutate.blanks(SEED, 900) if page.mutation.startswith("filled/"))
    results = running.read_made(islice(pages, 250))
    assert not [row.id for row in results if row.hollow]


def test_a_sample_of_generated_articles_meets_the_goals() -> None:
    _expect_goals(running.read_made(articles(SEED, 300)))


@pytest.mark.parametrize("name", SOURCES)
def test_a_hidden_date_is_never_answered_older_than_the_truth(name: str) -> None:
    pages = (page for page in _source(name)(SEED, 6000) if page.hidden)
    rows = running.read_made(islice(pages, 120))
    assert rows
    assert not [row for row in rows if row.older], _told(rows)


@pytest.mark.parametrize("name", SOURCES)
def test_reading_the_same_bytes_twice_says_the_same(name: str) -> None:
    for page in _source(name)(SEED, 40):
        assert running.look(page) == running.look(page), page.mutation
