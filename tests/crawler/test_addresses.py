"""Host groups and shards are stable; a public site does not lead us inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import host_groups, host_of, is_private, leads_inside, shards


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.1.18", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("8.8.8.8", False),
        ("www.gov.cn", False),
    ],
)
def test_a_host_is_private_by_its_own_words(host: str, private: bool) -> None:
    assert is_private(host) is private


def test_a_registered_private_address_may_stay_where_it_is() -> None:
    assert not leads_inside("http://10.0.0.5/a/", "http://10.0.0.5/b/")
    assert leads_inside("http://www.a.test/", "http://10.0.0.5/b/")


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
