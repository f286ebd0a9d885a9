"""The sum of several looks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.facts import Outcome, Sight
from rules.sights import conclude
from tests.rules.sights import days_ago, read, saw


def test_no_sight_at_all_is_our_fault() -> None:
    assert conclude([]).outcome is Outcome.OUR_FAULT


def test_the_newest_confident_date_stands() -> None:
    found = conclude(
        [read(days_ago(9)), read(days_ago(3), minute=30), read(days_ago(5), minute=60)]
    )
    assert (found.outcome, found.newest) == (Outcome.READ, days_ago(3))
    assert "newest_differs" in found.signs


def test_a_doubtful_newer_date_does_not_outweigh_a_confident_one() -> None:
    found = conclude([read(days_ago(9)), read(days_ago(1), minute=30, confidence=0.2)])
    assert (found.newest, found.confidence) == (days_ago(9), 0.9)


def test_a_doubtful_date_stands_where_there_is_no_better() -> None:
    found = conclude([read(None), read(days_ago(1), minute=30, confidence=0.2)])
    assert (found.newest, found.confidence) == (days_ago(1), 0.2)


def test_what_was_read_outweighs_a_later_failure_and_the_contradiction_is_kept() -> None:
    found = conclude([read(None), saw(Outcome.TIMEOUT, minute=30)])
    assert found.outcome is Outcome.READ
    assert "outcomes_differ" in found.signs


def test_without_a_reading_the_last_sight_speaks() -> None:
    found = conclude([saw(Outcome.TIMEOUT), saw(Outcome.CHALLENGE, minute=30)])
    assert found.outcome is Outcome.CHALLENGE


def test_signs_of_all_sights_are_kept_once() -> None:
    found = conclude([read(days_ago(1), signs=("a", "b")), read(days_ago(1), signs=("b", "c"))])
    assert found.signs == ("a", "b", "c")


@given(st.permutations([read(days_ago(days), minute=days) for days in (3, 5, 9)]))
def test_the_order_of_readings_does_not_matter_to_the_newest(sights: list[Sight]) -> None:
    assert conclude(sights).newest == days_ago(3)
