"""What the city's accounts have posted: planted ones fall short, nobody else ever does."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from demo.accounts import Account, accounts_of
from demo.data import check_days, default_seed
from demo.founding import city_of
from demo.posting import posts_of

SEEDS = (default_seed(), 7)
BUSIEST = date(2022, 7, 31)


def count(account: Account, day: date, days: int = 7) -> int:
    first = day - timedelta(days=days)
    return sum(first <= post.at.date() < day for post in posts_of(account, day))


def natural_week(account: Account, day: date) -> int:
    monday = day - timedelta(days=day.weekday() + 7)
    posts = posts_of(account, day)
    return sum(monday <= post.at.date() < monday + timedelta(days=7) for post in posts)


def short_days(account: Account) -> tuple[date, ...]:
    least = account.weekly_min or 0
    return tuple(day for day in check_days() if count(account, day) < least)


def accounts(seed: int, *problems: str | None) -> Iterator[Account]:
    return (one for one in accounts_of(city_of(seed)) if one.problem in problems)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_account_misses_its_week_on_some_check_day_but_is_not_silent_for_two(
    seed: int,
) -> None:
    for account in accounts(seed, "week"):
        assert short_days(account), account.name
        assert all(count(account, day, 14) for day in check_days()), account.name


@pytest.mark.parametrize("seed", SEEDS)
def test_the_silent_account_has_nothing_in_two_weeks_on_some_check_day(seed: int) -> None:
    (account,) = accounts(seed, "stale")
    assert any(not count(account, day, 14) for day in check_days())


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_else_is_ever_short_or_silent(seed: int) -> None:
    for account in accounts(seed, None):
        assert short_days(account) == (), account.name
        assert all(count(account, day, 14) for day in check_days()), account.name


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_of_a_week_agree_on_every_check_day(seed: int) -> None:
    for account in accounts(seed, None, "week", "stale"):
        for day in check_days():
            assert count(account, day) == natural_week(account, day), (account.name, day)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_posts_at_night_nor_twice_at_the_same_second(seed: int) -> None:
    for account in accounts(seed, None, "week", "stale"):
        posts = posts_of(account, BUSIEST)
        assert all(9 <= post.at.hour < 20 for post in posts)
        assert len({post.at for post in posts}) == len(posts)
        assert list(posts) == sorted(posts, key=lambda post: post.at, reverse=True)


def test_what_a_morning_shows_stays_as_it_was_on_later_ones() -> None:
    for account in accounts(default_seed(), None):
        earlier = posts_of(account, check_days()[0])
        later = posts_of(account, check_days()[-1])
        assert later[len(later) - len(earlier) :] == earlier
