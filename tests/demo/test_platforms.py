"""The pretend platforms, read by their documented shapes, show as many updates as there are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from demo.account_plan import Planned, plan_of
from demo.data import check_days, default_seed
from demo.founding import city_of
from demo.posting import SHANGHAI, posts_of
from tests.demo.shapes import OFFICE, READERS, Reader, Times, told

SEEDS = (default_seed(), 7)
READ_ANYWAY = {None, "pinned", "advertises", "renamed", "deletes", "stale_bridge", "has_more"}


def readable(seed: int) -> Iterator[tuple[Planned, Reader]]:
    for one in plan_of(city_of(seed)):
        readers = [READERS[name] for name in one.names if name in READERS]
        if one.twist in READ_ANYWAY and readers:
            yield one, readers[-1]


def weekly(times: Times, day: date, days: int = 7) -> int:
    first = day - timedelta(days=days)
    return sum(first <= at.date() < day for at in times.values())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("day", check_days(), ids=str)
def test_a_platform_shows_every_update_of_two_weeks_and_no_other(seed: int, day: date) -> None:
    seen = set()
    for one, reader in readable(seed):
        posts: Times = {str(post.seconds): post.at for post in posts_of(one.account, day)}
        times = reader(seed, day, one)
        for days in (7, 14):
            assert weekly(times, day, days) == weekly(posts, day, days), one.account.name
        seen.add(one.account.platform)
    assert seen == {
        "weibo",
        "wechat",
        "douyin",
        "kuaishou",
        "toutiao",
        "bilibili",
        "pengpai",
        "app",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_account_has_a_source_that_shows_all_of_it(seed: int) -> None:
    planted = [one for one in plan_of(city_of(seed)) if one.account.problem]
    assert len(planted) == 24
    assert all(one.twist is None and set(one.names) & set(READERS) for one in planted)


def test_a_range_of_weibo_holds_what_was_posted_in_it_and_nothing_else() -> None:
    day = check_days()[1]
    one = next(one for one in plan_of(city_of(default_seed())) if "weibo_search" in one.names)
    until = int(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).timestamp())
    asked = f"uid={one.account.ident}&page=1&starttime={until - 7 * 86400}&endtime={until}"
    address = f"/ajax/statuses/searchProfile?{asked}&hasori=1"
    data = told(default_seed(), day, "weibo", address, cookies=OFFICE)["data"]
    posts: Times = {str(post.seconds): post.at for post in posts_of(one.account, day)}
    assert len(data["list"]) == data["total"] == weekly(posts, day)
