"""What people hand in for an account: posts clear, a signed statement proves, never by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.checks import speaks
from rules.duties import AccountDuty
from rules.facts import Truth, UnknownReason, Verdict
from rules.manual_posts import MOST_POSTS, results_of
from rules.platforms import Platform
from rules.postings import Posting, PostingKind, last_day, may_change
from rules.posts import FetchOutcome, FetchResult, Precision, TimeSource
from tests.rules.reads import DESK, MONDAY, at, failed, owes, partial, post, shown, verdict

TARGET = owes().target
LAST = last_day(MONDAY)
LATER = at("07-30 12:00")


def published(time: str, **changes: Any) -> Posting:
    values: dict[str, Any] = {"title": f"{time} 发布"} | changes
    return Posting(TARGET, PostingKind.PUBLISHED, at(time), **values)


def statement(
    checked: str = "06-20 09:30", person: str = "张三", newest: str | None = None, **changes: Any
) -> Posting:
    values: dict[str, Any] = {
        "at": None if newest is None else at(newest),
        "screenshot": f"{person} {checked}",
        "person": person,
        "checked_at": at(checked),
    }
    return Posting(TARGET, PostingKind.NONE, **(values | changes))


def read(
    *handed_in: Posting, duty: AccountDuty | None = None, now: datetime = LATER
) -> tuple[FetchResult, ...]:
    return results_of(duty or owes(), handed_in, MONDAY, LAST, now)


def judged(
    *handed_in: Posting, quota: int | None = None, beside: Sequence[FetchResult] = ()
) -> Verdict:
    duty = owes(quota)
    return verdict(duty, *beside, *read(*handed_in, duty=duty))


TWO = (statement(), statement("06-21 09:30"))


def test_nothing_handed_in_is_no_read() -> None:
    assert read() == ()


def test_posts_of_an_export_are_one_read_that_proves_no_absence() -> None:
    link = "https://mp.weixin.qq.com/s/EXAMPLEtoken01"
    [found] = read(published("06-17 10:05", url=link, pinned=True), published("06-18 08:00"))
    assert (found.source, found.outcome, found.can_prove_absence) == (
        "import",
        FetchOutcome.OK,
        False,
    )
    assert (found.complete_from, found.fresh_as_of) == (None, None)
    newest, linked = found.posts
    assert (newest.time, newest.url) == (at("06-18 08:00"), None)
    assert (linked.id, linked.url, linked.pinned) == ("EXAMPLEtoken01", link, True)
    assert (linked.precision, linked.time_source) == (Precision.MINUTE, TimeSource.MANUAL)


def test_a_post_clears_with_a_link_or_without() -> None:
    assert judged(published("06-17 10:05")).truth is Truth.OK
    assert judged(published("06-17 10:05", url="https://mp.weixin.qq.com/s/abcd")).truth is Truth.OK


def test_a_post_of_the_check_day_clears_and_a_later_one_is_the_repair() -> None:
    assert judged(published("06-20 18:00")).truth is Truth.OK
    assert judged(published("06-21 00:00")).truth is Truth.UNKNOWN


def test_posts_of_one_minute_are_one_update() -> None:
    """An export lists a push by its articles."""
    push = [published("06-15 10:05", title=f"第 {number} 篇") for number in range(3)]
    assert judged(*push, quota=2).truth is Truth.UNKNOWN
    assert judged(*push, published("06-17 10:05"), quota=2).truth is Truth.OK


def test_a_time_that_the_posts_own_number_denies_clears_nobody() -> None:
    """(5366182626583104 >> 22) + 515483463 is in November 2026."""
    duty = owes(platform=Platform.WEIBO, platform_id="1000000001", target="weibo:1000000001")
    claimed = replace(
        published("06-17 10:05", url="https://m.weibo.cn/status/5366182626583104"),
        target=duty.target,
    )
    found = verdict(duty, *read(claimed, duty=duty))
    assert found.reason is UnknownReason.NEEDS_PERSON
    assert "time_mismatch" in found.signs


def test_no_more_than_the_newest_posts_are_taken() -> None:
    many = [replace(published("06-01 00:00"), at=at("06-01 00:00") - timedelta(minutes=number))
            for number in range(MOST_POSTS + 50)]  # fmt: skip
    [found] = read(*many)
    assert len(found.posts) == MOST_POSTS
    assert found.posts[0].time == at("06-01 00:00")


def test_a_statement_proves_from_the_windows_begin_to_its_own_instant() -> None:
    [found] = read(statement())
    assert (found.outcome, found.can_prove_absence, found.control_ok) == (
        FetchOutcome.EMPTY,
        True,
        True,
    )
    assert (found.complete_from, found.fresh_as_of) == (at("06-06 00:00"), at("06-20 09:30"))
    assert found.identity.platform_id == owes().platform_id


def test_one_statement_alone_never_accuses() -> None:
    assert judged(statement()).reason is UnknownReason.ONE_SIGHT
    assert judged(statement(), quota=2).reason is UnknownReason.ONE_SIGHT


@pytest.mark.parametrize(
    "second",
    [
        statement("06-20 15:30"),  # six hours later
        statement("06-20 09:31", person="李四"),  # another person
    ],
)
def test_a_second_one_hours_later_or_by_another_person_accuses(second: Posting) -> None:
    found = judged(statement(), second)
    assert (found.truth, found.wording) == (Truth.VIOLATION, "超过两周未更新")


def test_a_read_of_another_source_accuses_with_it() -> None:
    found = judged(statement(), beside=[shown(source=DESK)])
    assert found.truth is Truth.VIOLATION
    assert speaks(found)
    assert not speaks(judged(beside=[shown(source=DESK), shown()]))


@pytest.mark.parametrize(
    "second",
    [
        statement("06-20 15:29"),  # too soon
        statement("06-20 09:40", person=" 张 三"),  # the same person
        statement("06-20 16:00", person="李四", screenshot="张三 06-20 09:30"),  # the same picture
        statement("06-19 23:59", person="李四"),  # before the check day
        statement("06-27 00:00", person="李四"),  # of the next check day
        statement("06-20 16:00", person="李四", screenshot=None),
        statement("06-20 16:00", person=""),
    ],
)
def test_what_is_no_second_proof_leaves_it_unknown(second: Posting) -> None:
    assert judged(statement(), second).reason is UnknownReason.ONE_SIGHT


def test_before_the_check_day_two_statements_accuse_nobody() -> None:
    found = judged(statement("06-19 09:00"), statement("06-19 20:00", person="李四"))
    assert found.truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    "seen",
    [
        published("06-08 10:05"),
        published("06-20 09:00"),
        published("06-21 08:00"),  # after the check day, before the second look
        statement("06-19 12:00", person="王五", newest="06-08 10:05"),
    ],
)
@pytest.mark.parametrize("quota", [None, 2])
def test_a_statement_that_another_row_denies_never_accuses(
    seen: Posting, quota: int | None
) -> None:
    assert judged(*TWO, seen, quota=quota).truth is not Truth.VIOLATION


@pytest.mark.parametrize("quota", [None, 1, 2])
@pytest.mark.parametrize("time", ["06-06 00:00", "06-12 10:00", "06-15 10:00", "06-20 09:00"])
def test_a_post_seen_by_any_source_takes_the_statements_force_away(
    time: str, quota: int | None
) -> None:
    found = judged(*TWO, quota=quota, beside=[partial(post(time))])
    assert found.truth is not Truth.VIOLATION


def test_a_newest_post_that_was_seen_is_where_a_statement_begins() -> None:
    old = [replace(one, at=at("05-30 08:00")) for one in TWO]
    found = judged(*old)
    assert (found.truth, found.newest, found.days) == (Truth.VIOLATION, date(2022, 5, 30), 21)
    within = [replace(one, at=at("06-10 08:00")) for one in TWO]
    assert judged(*within).truth is Truth.OK
    assert judged(*within, quota=2).wording == "一周未更新两次"


def test_a_post_handed_in_that_the_statement_saw_itself_does_not_deny_it() -> None:
    within = [replace(one, at=at("06-10 08:00")) for one in TWO]
    found = judged(*within, published("06-10 08:00"), quota=2)
    assert found.wording == "一周未更新两次"


def test_other_sources_that_failed_do_not_weaken_two_statements() -> None:
    beside = [failed(FetchOutcome.BLOCKED), failed(FetchOutcome.LOGIN_REQUIRED, hour=14)]
    assert judged(*TWO, beside=beside).truth is Truth.VIOLATION


def test_nothing_is_heard_before_it_has_happened() -> None:
    """A round of the past that is played again knows nothing of what came later."""
    handed_in = (published("06-20 10:00"), *TWO)
    assert read(*handed_in, now=at("06-20 08:00")) == ()
    assert len(read(*handed_in, now=at("06-20 12:00"))) == 2


def test_a_statement_speaks_for_six_days_and_never_beyond_the_next_check_day() -> None:
    assert last_day(MONDAY) == date(2022, 6, 26)
    assert last_day(MONDAY, date(2022, 6, 22)) == date(2022, 6, 21)


@pytest.mark.parametrize(
    ("row", "may"),
    [
        (published("06-05 23:59"), False),
        (published("06-06 00:00"), True),
        (published("06-20 23:59"), True),
        (published("06-21 00:00"), False),
        (statement("06-19 09:30"), False),
        (statement("06-19 09:30", newest="06-10 10:00"), True),
        (statement("06-26 23:59"), True),
        (statement("06-27 00:00"), False),
    ],
)
def test_which_rounds_a_row_may_change(row: Posting, may: bool) -> None:
    assert may_change(row, owes(), MONDAY) is may


TIMES = st.integers(0, 30 * 24 * 60).map(
    lambda minutes: at("06-01 00:00") + timedelta(minutes=minutes)
)


@given(
    seen=TIMES.filter(lambda time: at("06-06 00:00") <= time < at("06-21 00:00")),
    checked=st.lists(st.tuples(TIMES, st.sampled_from(["张三", "李四"])), max_size=5),
    quota=st.sampled_from([None, 1, 2]),
)
def test_whoever_showed_a_post_of_its_two_weeks_is_never_stale(
    seen: datetime, checked: list[tuple[datetime, str]], quota: int | None
) -> None:
    """A post within the two weeks clears 超过两周; against the quota no statement that it denies
    counts."""
    signed = [
        statement(person=person, checked_at=time, screenshot=f"{number}")
        for number, (time, person) in enumerate(checked)
    ]
    found = judged(*signed, replace(published("06-10 10:00"), at=seen), quota=quota)
    denied = all(one.checked_at is not None and seen <= one.checked_at for one in signed)
    assert found.wording != "超过两周未更新"
    assert found.truth is not Truth.VIOLATION or not denied
