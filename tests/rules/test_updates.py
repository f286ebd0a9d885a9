"""What several sources together say of an account's updates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rules.platforms import Platform
from rules.posts import FetchResult, Post, PostKind, Precision, TimeSource
from rules.updates import Update, newest, surely, updates_of
from rules.windows import windows_of
from tests.rules.reads import BRIDGE, DESK, MONDAY, at, partial, post, shown, to_the_day

WEEK = windows_of(MONDAY, 14).seven_days.counted


def together(*results: FetchResult, platform: Platform = Platform.WECHAT) -> tuple[Update, ...]:
    return updates_of(platform, results)


def counted(*results: FetchResult, platform: Platform = Platform.WECHAT) -> int:
    return surely(together(*results, platform=platform), WEEK)


def doubts(*results: FetchResult, platform: Platform = Platform.WECHAT) -> set[str]:
    found = together(*results, platform=platform)
    return {sign for one in found for sign in one.doubts_in(WEEK)}


def test_one_post_is_one_update_however_often_it_is_seen() -> None:
    seen = post("06-15 10:00", "a")
    assert counted(shown(seen), shown(seen, hour=14), partial(seen)) == 1


def test_a_push_of_several_articles_is_one_update() -> None:
    push = [post("06-15 10:00", f"2650000123_{n}", group_id="2650000123") for n in (1, 2, 3)]
    assert counted(shown(*push, post("06-16 10:00", "b"))) == 2


def test_a_part_of_a_push_that_another_source_knows_by_its_id_alone_is_the_push() -> None:
    part = post("06-15 10:00", "2650000123_2", group_id="2650000123")
    assert counted(shown(part), partial(replace(part, group_id=None))) == 1


def test_a_group_and_a_post_of_the_same_name_are_two() -> None:
    assert counted(shown(post("06-15 10:00", "7"), post("06-16 10:00", "8", group_id="7"))) == 2


@pytest.mark.parametrize("time", ["06-12 23:59", "06-21 00:00"])
def test_a_pinned_post_counts_by_its_own_time(time: str) -> None:
    assert counted(shown(post(time, pinned=True))) == 0
    assert counted(shown(post("06-13 00:00", pinned=True))) == 1


def test_a_repost_counts_by_its_own_time() -> None:
    assert counted(shown(post("06-15 10:00", kind=PostKind.REPOST))) == 1


def test_advertisements_and_private_posts_are_no_updates() -> None:
    assert together(partial(posts=(post("06-15 10:00", counts=False),))) == ()


def test_what_one_source_counts_and_another_does_not_is_a_matter_for_a_person() -> None:
    seen = post("06-15 10:00", "a")
    found = (partial(seen), shown(replace(seen, counts=False)))
    assert (counted(*found), doubts(*found)) == (0, {"post_disputed"})


def test_a_deleted_post_counts_for_nothing_and_is_a_matter_for_a_person() -> None:
    live = post("06-15 10:00", "a")
    gone = shown(replace(live, deleted=True), hour=14)
    assert (counted(shown(live), gone), doubts(shown(live), gone)) == (0, {"post_deleted"})


def test_a_push_with_one_article_deleted_is_a_push_still() -> None:
    parts = [
        post("06-15 10:00", "1_1", group_id="1", deleted=True),
        post("06-15 10:00", "1_2", group_id="1"),
    ]
    assert (counted(shown(*parts)), doubts(shown(*parts))) == (1, set())


def test_a_naive_time_is_shanghai() -> None:
    naive = at("06-13 00:30").replace(tzinfo=None)
    assert counted(shown(post(naive, "a"))) == 1
    assert newest(together(shown(post(naive, "a")))) == at("06-13 00:30")


def test_another_zone_is_the_same_instant() -> None:
    assert counted(shown(post(datetime(2022, 6, 12, 16, 0, tzinfo=UTC), "a"))) == 1
    assert counted(shown(post(datetime(2022, 6, 12, 15, 59, tzinfo=UTC), "a"))) == 0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (post("06-15 10:00", "mid"), post("06-15 10:00", "bid"), 1),
        (post("06-15 10:00", "mid"), post("06-15 10:09", "bid"), 1),
        (post("06-15 10:00", "mid"), post("06-15 10:11", "bid"), 2),
        (to_the_day("06-15", "msgid"), post("06-15 23:00", "article_id"), 1),
        (to_the_day("06-15", "msgid"), post("06-16 10:00", "article_id"), 2),
    ],
)
def test_two_sources_that_may_mean_one_post_count_it_once(
    first: Post, second: Post, expected: int
) -> None:
    assert counted(shown(first), partial(second)) == expected
    assert counted(partial(second), shown(first)) == expected


def test_one_sources_own_posts_are_as_many_as_it_shows() -> None:
    quick = [post("06-15 10:00", "a"), post("06-15 10:01", "b"), post("06-15 10:02", "c")]
    assert counted(shown(*quick)) == 3
    assert counted(shown(*quick[:1]), shown(*quick[1:], hour=14)) == 3


def test_of_two_times_of_one_post_a_feed_is_believed_last() -> None:
    exact = post("06-13 02:00", "a", time_source=TimeSource.PAGE, precision=Precision.MINUTE)
    early = post("06-12 18:00", "a", time_source=TimeSource.FEED)
    assert counted(partial(early), shown(exact)) == 1


def test_two_times_of_one_post_that_are_days_apart_are_a_matter_for_a_person() -> None:
    lost = post("06-01 00:00", "a", time_source=TimeSource.FEED)
    found = (shown(post("06-15 10:00", "a")), partial(lost))
    assert (counted(*found), doubts(*found)) == (0, {"time_mismatch"})


# 2022-06-15 10:00 +0800, as 微博 and 抖音 write it into their ids.
IN_THE_ID = 1655258400
MID = str((IN_THE_ID - 515483463) << 22)
AWEME = str(IN_THE_ID << 32)


@pytest.mark.parametrize(("platform", "post_id"), [(Platform.WEIBO, MID), (Platform.DOUYIN, AWEME)])
@pytest.mark.parametrize(
    ("time", "sure", "doubtful"),
    [
        ("06-15 10:00", 1, set()),
        ("06-16 10:00", 1, set()),
        ("06-14 09:59", 0, {"time_mismatch"}),
        ("06-16 10:01", 0, {"time_mismatch"}),
        # A scheduled post of last week, uploaded in this one or the other way round.
        ("06-01 00:00", 0, {"time_mismatch"}),
    ],
)
def test_a_time_is_checked_with_the_one_in_the_id(
    platform: Platform, post_id: str, time: str, sure: int, doubtful: set[str]
) -> None:
    found = shown(post(time, post_id))
    assert counted(found, platform=platform) == sure
    assert doubts(found, platform=platform) == doubtful


def test_a_time_that_the_id_confirms_needs_no_other_source() -> None:
    lost = post("06-01 00:00", MID, time_source=TimeSource.FEED)
    found = (shown(post("06-15 10:00", MID)), partial(lost))
    assert counted(*found, platform=Platform.WEIBO) == 1


def test_a_mismatch_far_from_the_window_by_both_times_is_no_question_there() -> None:
    assert (
        doubts(shown(post("05-01 10:00", str(1640995200 << 32))), platform=Platform.DOUYIN) == set()
    )


@pytest.mark.parametrize(
    ("day", "sure", "doubtful"),
    [
        ("06-11", 0, set()),
        ("06-12", 0, {"day_at_edge"}),
        ("06-13", 1, set()),
        ("06-19", 1, set()),
        ("06-20", 1, set()),
    ],
)
def test_a_day_without_an_hour_clears_by_its_date_and_never_accuses_at_an_edge(
    day: str, sure: int, doubtful: set[str]
) -> None:
    found = shown(to_the_day(day))
    assert (counted(found), doubts(found)) == (sure, doubtful)


def test_a_day_is_checked_with_the_id_as_a_day() -> None:
    assert counted(shown(to_the_day("06-14", MID)), platform=Platform.WEIBO) == 1
    assert counted(shown(to_the_day("06-13", MID)), platform=Platform.WEIBO) == 0


@pytest.mark.parametrize(("time", "sure"), [("06-20 08:10", 1), ("06-20 08:11", 0)])
def test_what_is_later_than_its_read_cannot_be_relied_on(time: str, sure: int) -> None:
    found = shown(post(time, "a"))
    assert counted(found) == sure
    assert doubts(found) == (set() if sure else {"future_time"})


def test_a_later_read_may_show_that_an_early_one_was_no_mistake() -> None:
    ahead = post("06-20 09:00", "a")
    assert counted(shown(ahead), shown(ahead, hour=10)) == 1
    assert counted(shown(ahead, hour=10), shown(ahead)) == 1


@pytest.mark.parametrize(
    "time",
    [None, datetime(1794, 11, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)],
)
def test_a_post_without_a_time_that_can_be_one_says_nothing_for_others(
    time: datetime | None,
) -> None:
    found = shown(post(time, "a"))
    assert (counted(found), doubts(found)) == (0, set())


def test_a_deleted_post_without_a_time_may_have_been_anywhere() -> None:
    assert doubts(shown(post(None, "a", deleted=True))) == {"post_deleted", "undated_post"}


def test_a_time_that_one_source_knows_serves_the_other() -> None:
    assert counted(shown(post(None, "a")), partial(post("06-15 10:00", "a"))) == 1


def test_an_update_tells_who_saw_it() -> None:
    both = post("06-15 10:00", "a")
    (seen,) = (
        one for one in together(shown(both), partial(both), shown(source=DESK)) if one.lies_in(WEEK)
    )
    assert (seen.seen_by, seen.sources) == (
        frozenset({0, 1}),
        frozenset({"publish_log", BRIDGE}),
    )


def test_the_newest_update_is_one_that_can_be_relied_on() -> None:
    found = shown(
        post("06-10 10:00", "a"),
        post("06-11 10:00", "b", deleted=True),
        post(MONDAY_EVENING, "c"),
    )
    assert newest(together(found)) == at("06-10 10:00")
    assert newest(()) is None


MONDAY_EVENING = at("06-20 08:00") + timedelta(hours=12)
