"""When columns publish: pure, sorted, silent where they should be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.data import RhythmRule, rhythm_rules
from demo.rhythm import LAST, Quiet, publication_days

START = date(2019, 5, 6)
RULES = {name: rule for name, rule in rhythm_rules().items() if rule.every or rule.months}


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_days_of_a_column_are_sorted_and_depend_on_nothing_but_its_name(name: str) -> None:
    days = publication_days(RULES[name], START, (), "a column")
    assert list(days) == sorted(days)
    assert days == publication_days(RULES[name], START, (), "a column")
    assert days != publication_days(RULES[name], START, (), "another column")
    assert days[-1] <= LAST


@given(
    after=st.dates(date(2020, 1, 1), date(2022, 5, 1)),
    silence=st.integers(1, 400),
    name=st.sampled_from(sorted(RULES)),
)
def test_a_quiet_time_has_an_item_at_both_ends_and_none_between(
    after: date, silence: int, name: str
) -> None:
    until = min(after + timedelta(days=silence), LAST)
    days = publication_days(RULES[name], START, (Quiet(after, until),), "quiet")
    assert {after, until} <= set(days)
    assert not [day for day in days if after < day < until]
    assert list(days) == sorted(days)


def test_after_an_endless_quiet_nothing_follows() -> None:
    days = publication_days(RULES["brisk"], START, (Quiet(date(2021, 3, 4)),), "old")
    assert days[-1] == date(2021, 3, 4)


def test_a_column_that_is_one_page_has_no_items() -> None:
    assert publication_days(RhythmRule(), START, (), "single") == ()
