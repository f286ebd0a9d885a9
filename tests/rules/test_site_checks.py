"""What stands of two passes, and the form of a government site's host."""

from __future__ import annotations

import pytest

from rules.facts import Truth
from rules.register import SiteRole
from rules.site_checks import (
    MOST_PLACES,
    Doubt,
    Place,
    SiteCheck,
    confirmed,
    doubtful,
    fine,
    found_at,
)
from rules.site_domains import domain_truth
from rules.words import catalogue

HOME = "http://a.test/"


def broken(*names: str, what: str = "404") -> SiteCheck:
    return found_at("dead_link", [Place(HOME + name, HOME, what, home=True) for name in names])


def test_only_what_both_passes_saw_stands() -> None:
    stands = confirmed(broken("a", "b", "c"), broken("b", "d", what="500"))
    assert (stands.truth, stands.count) == (Truth.VIOLATION, 1)
    assert [place.url for place in stands.places] == [HOME + "b"]


@pytest.mark.parametrize(
    ("first", "second", "truth", "reason"),
    [
        (fine("dead_link"), fine("dead_link"), Truth.OK, None),
        (broken("a"), fine("dead_link"), Truth.OK, None),
        (broken("a"), broken("b"), Truth.UNKNOWN, Doubt.ONE_SIGHT),
        (broken("a"), doubtful("dead_link", Doubt.UNREAD), Truth.UNKNOWN, Doubt.UNREAD),
        (doubtful("dead_link", Doubt.UNREAD), broken("a"), Truth.UNKNOWN, Doubt.UNREAD),
        (fine("dead_link"), broken("a"), Truth.OK, None),
    ],
)
def test_one_sight_accuses_nobody(
    first: SiteCheck, second: SiteCheck, truth: Truth, reason: str | None
) -> None:
    stands = confirmed(first, second)
    assert (stands.truth, stands.reason, stands.places) == (truth, reason, ())


def test_what_is_kept_is_bounded_and_what_is_counted_is_not() -> None:
    many = broken(*(str(n) for n in range(3 * MOST_PLACES)))
    assert (many.count, len(many.places)) == (3 * MOST_PLACES, MOST_PLACES)
    long = found_at("picture", [Place("http://" + "x" * 9_000, HOME, "y" * 9_000)])
    assert len(long.places[0].url) + len(long.places[0].what) < 1_000


def test_a_check_comes_back_from_plain_json_as_it_went() -> None:
    check = broken("a")
    assert SiteCheck.from_plain(check.to_plain()) == check


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_its_words(doubt: Doubt) -> None:
    assert f"check_doubt.{doubt}" in catalogue()


@pytest.mark.parametrize(
    ("url", "role", "landed", "truth"),
    [
        ("http://www.town.gov.cn/", SiteRole.PORTAL, "", Truth.OK),
        ("http://www.town.city.gov.cn/", SiteRole.PORTAL, "", Truth.OK),
        ("http://town.gov.cn/", SiteRole.PORTAL, "http://www.town.gov.cn/", Truth.OK),
        ("http://town.gov.cn/", SiteRole.PORTAL, "http://town.gov.cn/", Truth.VIOLATION),
        ("http://jyj.town.gov.cn/", SiteRole.DEPARTMENT, "", Truth.OK),
        ("http://WWW.JYJ.gov.cn:8080/", SiteRole.DEPARTMENT, "", Truth.OK),
        ("http://www.town.com/", SiteRole.DEPARTMENT, "", Truth.VIOLATION),
        ("http://evil.gov.cn.com/", SiteRole.DEPARTMENT, "", Truth.VIOLATION),
        ("http://8.8.8.8/", SiteRole.DEPARTMENT, "", Truth.VIOLATION),
        ("http://www.town.test/", SiteRole.PORTAL, "", Truth.UNKNOWN),
        ("http://[x/", SiteRole.PORTAL, "", Truth.UNKNOWN),
    ],
)
def test_the_form_of_a_host(url: str, role: SiteRole, landed: str, truth: Truth) -> None:
    assert domain_truth(url, role, landed or url) is truth
