"""Host groups and shards are stable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import host_groups, host_of, shards


def test_a_broken_address_has_no_host() -> None:
    assert host_of("http://[::1/") == ""


def test_hosts_of_one_address_share_a_group_and_platforms_come_first() -> None:
    places = {"a.test": None, "b.test": None, "c.test": "city-platform", "d.test": None}
    known = {"a.test": "203.0.113.7", "b.test": "203.0.113.7"}
    assert host_groups(places, behind_proxy=False, resolver=known.get) == {
        "a.test": "ip:203.0.113.7",
        "b.test": "ip:203.0.113.7",
        "c.test": "platform:city-platform",
        "d.test": "d.test",
    }


def test_behind_a_proxy_nothing_is_resolved() -> None:
    def never(_: str) -> str | None:
        raise AssertionError("resolved behind a proxy")

    assert host_groups({"a.test": None}, behind_proxy=True, resolver=never) == {"a.test": "a.test"}


@given(st.lists(st.sampled_from("abcdefgh"), max_size=300), st.integers(1, 50))
def test_shards_keep_groups_whole_and_bounded(groups: list[str], size: int) -> None:
    placed = shards(groups, size)
    assert set(placed) == set(groups)
    loads: dict[int, list[int]] = {}
    for group, shard in placed.items():
        loads.setdefault(shard, []).append(groups.count(group))
    assert all(sum(load) <= size or len(load) == 1 for load in loads.values())
    assert shards(groups, size) == placed
