"""When the pages of one host group may begin."""

from __future__ import annotations

from crawler.browser.pace import Pace


def test_whoever_asks_at_once_is_let_in_one_by_one() -> None:
    pace = Pace(1.0)
    assert [pace.next_after(10.0) for _ in range(3)] == [10.0, 11.0, 12.0]


def test_who_comes_late_waits_for_nobody() -> None:
    pace = Pace(1.0)
    assert [pace.next_after(now) for now in (10.0, 10.5, 30.0, 30.25)] == [10.0, 11.0, 30.0, 31.0]


def test_without_a_delay_everybody_begins_at_once() -> None:
    pace = Pace(0.0)
    assert [pace.next_after(5.0) for _ in range(3)] == [5.0, 5.0, 5.0]
