"""The judge of accounts, row by row of the decision procedure (social.md, section 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rules.account_judging import AccountMemory, needs_another_read, outcome_of
from rules.counters import CounterRead
from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult, Identity
from rules.profiles import Decides, Suspension
from rules.register import Standing
from tests.rules.reads import (
    BRIDGE,
    DESK,
    MONDAY,
    OFFICE,
    OLD,
    WEDNESDAY,
    at,
    failed,
    nothing,
    owes,
    partial,
    post,
    shown,
    to_the_day,
    twice,
    verdict,
)
from tests.rules.sights import KAIFENG, NATIONAL

O, F, U = FetchOutcome, FetchReason, UnknownReason  # noqa: E741 - as they stand in tables

NO_QUOTA, ONCE, TWO = owes(), owes(1), owes(2)
P14 = ("P14", "超过两周未更新")
P15_TWICE = ("P15", "一周未更新两次")
P15_ONCE = ("P15", "一周未更新一次")


def accusation(found: Verdict) -> tuple[str | None, str | None]:
    assert found.truth is Truth.VIOLATION, found
    assert found.reason is None
    return found.rule, found.wording


def unknown(found: Verdict) -> UnknownReason | None:
    assert found.truth is Truth.UNKNOWN, found
    assert (found.rule, found.wording) == (None, None)
    return found.reason


def is_ok(found: Verdict) -> bool:
    if found.truth is Truth.OK:
        assert (found.rule, found.wording, found.reason) == (None, None, None)
    return found.truth is Truth.OK


# Step 1: what any source shows clears.


@pytest.mark.parametrize(
    "result",
    [
        shown(post("06-06 00:00")),
        partial(post("06-06 00:00")),
        partial(post("06-06 00:00"), control_ok=None, fresh_as_of=None),
        partial(post("06-06 00:00"), source="links", hour=-72),
        failed(O.LOGIN_REQUIRED, F.HIDDEN_NEWEST, post("06-06 00:00")),
        failed(O.BLOCKED, F.CAPTCHA, post("06-06 00:00")),
        failed(O.ERROR, F.PARSE_ERROR, post("06-06 00:00")),
        shown(to_the_day("06-06")),
        shown(post("06-06 00:00", pinned=True)),
        shown(post("06-20 07:00")),
        shown(post("06-22 07:00"), hour=60),
    ],
)
def test_one_post_in_the_two_weeks_clears_an_account_without_a_quota(result: FetchResult) -> None:
    assert is_ok(verdict(NO_QUOTA, result, failed(O.BLOCKED, F.VISITOR_GATE)))


def test_an_ok_tells_its_arithmetic_and_warns_near_the_line() -> None:
    found = verdict(NO_QUOTA, shown(post("06-06 09:00")))
    assert (found.newest, found.days, found.limit, found.warn) == (date(2022, 6, 6), 14, 14, True)
    assert not verdict(NO_QUOTA, shown(post("06-11 09:00"))).warn
    assert verdict(NO_QUOTA, shown(post("06-10 09:00"))).warn


@pytest.mark.parametrize(
    ("quota", "posts", "clears"),
    [
        (1, ["06-13 00:00"], True),
        (1, ["06-12 23:59"], False),
        (2, ["06-13 00:00", "06-19 23:59"], True),
        (2, ["06-13 00:00"], False),
        (2, ["06-12 23:59", "06-19 23:59"], False),
        (2, ["06-19 23:59", "06-20 07:59"], True),
        (3, ["06-13 00:00", "06-14 00:00"], False),
        (3, ["06-13 00:00", "06-14 00:00", "06-15 00:00"], True),
    ],
)
def test_the_quota_of_a_week_before_a_monday(quota: int, posts: list[str], clears: bool) -> None:
    found = verdict(owes(quota), *twice(*map(post, posts)))
    assert is_ok(found) is clears
    if not clears:
        assert accusation(found) == KAIFENG.quota_rule_and_wording(quota)


def test_two_partial_sources_together_meet_a_quota() -> None:
    found = verdict(TWO, partial(post("06-14 09:00")), partial(post("06-16 09:00"), source="links"))
    assert is_ok(found)


def test_a_push_of_several_articles_meets_half_a_quota_of_two() -> None:
    push = [post("06-14 09:00", f"1_{n}", group_id="1") for n in (1, 2, 3)]
    assert accusation(verdict(TWO, *twice(*push))) == P15_TWICE


def test_the_same_post_of_two_sources_is_not_counted_twice() -> None:
    one = [*twice(post("06-14 09:00", "mid")), partial(post("06-14 09:00", "bid"))]
    assert accusation(verdict(TWO, *one)) == P15_TWICE


# Step 2: gone, renamed.


@pytest.mark.parametrize("reason", [F.MIGRATED, F.CANCELLED, F.SUSPENDED, F.PRIVATE, F.NOT_FOUND])
def test_an_account_that_is_gone_is_a_persons_matter_and_never_stale(reason: FetchReason) -> None:
    found = verdict(TWO, *twice(), failed(O.GONE, reason, source="page"))
    assert unknown(found) is U.NEEDS_PERSON
    assert {"account_abnormal", f"page:{reason.value}"} <= set(found.signs)


def test_gone_beside_an_ok_stays_ok_and_still_opens_a_task() -> None:
    found = verdict(NO_QUOTA, partial(post("06-15 09:00")), failed(O.GONE, F.MIGRATED))
    assert is_ok(found)
    assert "account_abnormal" in found.signs


@pytest.mark.parametrize(
    "changes",
    [
        {"identity": Identity("gh_0123456789ab", "另一个名字")},
        {"warnings": (F.RENAMED,)},
        {"reason": F.RENAMED},
    ],
)
def test_a_renamed_account_is_a_persons_matter_and_never_stale(changes: dict[str, Any]) -> None:
    found = verdict(NO_QUOTA, *twice(**changes))
    assert unknown(found) is U.NEEDS_PERSON
    assert "renamed" in found.signs


@pytest.mark.parametrize("name", ["示例发布", " 示例 发布 ", "示例县发布", None, ""])
def test_its_own_names_and_no_name_are_no_new_name(name: str | None) -> None:
    duty = owes(names=("示例发布", "示例县发布"))
    assert accusation(verdict(duty, *twice(identity=Identity(duty.platform_id, name)))) == P14


def test_the_title_of_a_feed_is_no_name() -> None:
    titled = partial(identity=Identity(None, "示例发布的微博"))
    assert accusation(verdict(NO_QUOTA, *twice(), titled)) == P14


# Step 3: what a person must look at.


def test_where_the_two_readings_of_a_week_disagree_a_person_decides() -> None:
    early = [post("06-27 09:00"), post("06-28 09:00")]  # in the natural week alone
    late = [post("07-04 09:00"), post("07-05 09:00")]  # in the seven days alone
    for posts in (early, late):
        found = verdict(TWO, *twice(*posts, day=WEDNESDAY), day=WEDNESDAY)
        assert unknown(found) is U.NEEDS_PERSON
        assert "weeks_disagree" in found.signs


def test_both_readings_met_clear_and_both_missed_accuse() -> None:
    both = [post("06-30 09:00"), post("07-02 09:00")]
    assert is_ok(verdict(TWO, *twice(*both, day=WEDNESDAY), day=WEDNESDAY))
    neither = [post("06-28 09:00"), post("07-05 09:00")]
    found = verdict(TWO, *twice(*neither, day=WEDNESDAY), day=WEDNESDAY)
    assert accusation(found) == P15_TWICE
    assert {"quota:2", "seven_days:1", "natural_week:1"} <= set(found.signs)


@pytest.mark.parametrize(
    ("results", "sign"),
    [
        (twice(to_the_day("06-05")), "day_at_edge"),
        ([*twice(), partial(to_the_day("06-05"))], "day_at_edge"),
        ([*twice(), partial(post("06-20 23:00", "x"))], "future_time"),
        ([*twice(), partial(post("06-15 09:00", "x", deleted=True))], "post_deleted"),
        ([*twice(), partial(post(None, "x", deleted=True))], "post_deleted"),
    ],
)
def test_what_may_have_been_in_the_window_is_a_persons_matter(
    results: list[FetchResult], sign: str
) -> None:
    found = verdict(NO_QUOTA, *results)
    assert unknown(found) is U.NEEDS_PERSON
    assert sign in found.signs


# 2022-06-15 10:00 +0800 in an id of 微博's.
MID = str((1655258400 - 515483463) << 22)


def test_a_time_that_its_id_denies_is_a_persons_matter() -> None:
    duty = owes(platform=Platform.WEIBO)
    found = verdict(duty, *twice(), partial(post("06-01 09:00", MID)))
    assert unknown(found) is U.NEEDS_PERSON
    assert "time_mismatch" in found.signs


def test_a_source_with_a_time_that_its_id_denies_proves_nothing() -> None:
    old = str((1640995200 - 515483463) << 22)  # 2022-01-01; shown as of March
    duty = owes(platform=Platform.WEIBO)
    found = verdict(duty, *twice(post("03-01 09:00", old)))
    assert unknown(found) is U.NEEDS_PERSON
    assert "time_mismatch" in found.signs


@pytest.mark.parametrize(
    "seen",
    [
        [shown(post("06-14 09:00", "x")), shown(hour=14)],
        [shown(), shown(post("06-14 09:00", "x"), hour=14)],
        [*twice(), partial(post("06-14 09:00", "x"))],
        [*twice(), shown(post("06-14 09:00", "x"), hour=-100, day=MONDAY)],
    ],
)
def test_an_update_that_a_complete_source_lacks_is_a_persons_matter(
    seen: list[FetchResult],
) -> None:
    found = verdict(TWO, *seen)
    assert unknown(found) is U.NEEDS_PERSON
    assert "post_missing" in found.signs


def test_what_was_posted_after_the_first_read_contradicts_nobody() -> None:
    late = [shown(), shown(post("06-20 13:00"), hour=14)]
    assert accusation(verdict(TWO, *late)) == P15_TWICE
    assert is_ok(verdict(ONCE, *late))


def remembered(*told: tuple[str, int], **newest: str) -> AccountMemory:
    counters = tuple(CounterRead(OFFICE, at(time), total) for time, total in told)
    return AccountMemory({source: at(time) for source, time in newest.items()}, counters)


def test_a_counter_that_grew_clears_the_two_weeks_even_where_the_list_is_refused() -> None:
    memory = remembered(("06-06 08:00", 40), ("06-13 08:00", 41))
    for results in ([], [failed(O.BLOCKED, F.CAPTCHA)], twice()):
        found = verdict(NO_QUOTA, *results, memory=memory)
        assert is_ok(found)
        assert (found.newest, found.days) == (None, None)
        assert "counter_grew" in found.signs


@pytest.mark.parametrize(
    "results", [[failed(O.BLOCKED, F.CAPTCHA)], twice(), twice(post("06-15 09:00"))]
)
def test_a_counter_that_grew_makes_the_week_a_persons_matter(results: list[FetchResult]) -> None:
    memory = remembered(("06-13 08:00", 40), ("06-20 07:00", 42))
    found = verdict(TWO, *results, memory=memory)
    assert unknown(found) is U.NEEDS_PERSON
    assert "counter_grew" in found.signs


def test_growth_that_both_lists_show_is_no_witness_against_them() -> None:
    memory = remembered(("06-13 08:00", 40), ("06-20 07:00", 41))
    assert accusation(verdict(TWO, *twice(post("06-15 09:00")), memory=memory)) == P15_TWICE
    only_one = [shown(post("06-15 09:00", "x")), *twice(source=DESK)]
    assert unknown(verdict(TWO, *only_one, memory=memory)) is U.NEEDS_PERSON


def test_a_counter_that_stands_still_proves_nothing_either_way() -> None:
    memory = remembered(("06-06 08:00", 40), ("06-13 08:00", 40))
    assert accusation(verdict(NO_QUOTA, *twice(profile_total=40), memory=memory)) == P14
    refused = failed(O.BLOCKED, F.CAPTCHA, profile_total=40)
    assert unknown(verdict(NO_QUOTA, refused, memory=memory)) is U.PLATFORM_BLOCKED


# Step 4: proved twice.


@pytest.mark.parametrize(
    ("newest", "rule"), [("06-06 00:00", None), ("06-05 23:59", "P14"), ("05-20 09:00", "P14")]
)
def test_two_weeks_without_an_update(newest: str, rule: str | None) -> None:
    found = verdict(NO_QUOTA, *twice(post(newest)))
    assert found.rule == rule
    assert found.days == (MONDAY - at(newest).date()).days


def test_two_weeks_are_told_with_their_arithmetic() -> None:
    found = verdict(NO_QUOTA, *twice(post("06-05 09:00")))
    assert accusation(found) == P14
    assert (found.newest, found.days, found.limit) == (date(2022, 6, 5), 15, 14)


def test_an_account_that_never_posted_at_all() -> None:
    found = verdict(NO_QUOTA, nothing(), nothing(hour=14))
    assert accusation(found) == P14
    assert (found.newest, found.days, found.limit) == (None, None, 14)


def test_an_accounts_own_window_is_its_own() -> None:
    posts = twice(post("06-10 09:00"))
    assert accusation(verdict(owes(days=7), *posts)) == P14
    assert is_ok(verdict(owes(days=30), *twice(post("05-25 09:00"))))


@pytest.mark.parametrize(("quota", "wording"), [(1, P15_ONCE), (2, P15_TWICE)])
def test_a_missed_week_is_told_by_its_quota(quota: int, wording: tuple[str, str]) -> None:
    found = verdict(owes(quota), *twice(post("06-10 09:00")))
    assert accusation(found) == wording
    assert (found.newest, found.days, found.limit) == (date(2022, 6, 10), 10, None)


def test_two_silent_weeks_go_before_the_missed_quota_and_carry_it() -> None:
    found = verdict(TWO, *twice())
    assert accusation(found) == P14
    assert "quota_short" in found.signs
    assert "quota_short" not in verdict(NO_QUOTA, *twice()).signs


def test_a_list_that_reaches_back_a_week_proves_the_week_alone() -> None:
    week = twice(posts=(), outcome=O.EMPTY, complete_from=at("06-13 00:00"))
    assert accusation(verdict(TWO, *week)) == P15_TWICE
    assert unknown(verdict(NO_QUOTA, *week)) is U.SOURCE_INCOMPLETE
    almost = twice(complete_from=at("06-06 00:01"))
    assert unknown(verdict(NO_QUOTA, *almost)) is U.SOURCE_INCOMPLETE


@pytest.mark.parametrize(
    ("gap", "proved"),
    [
        (timedelta(hours=6), True),
        (timedelta(hours=5, minutes=59), False),
        (timedelta(0), False),
    ],
)
def test_one_source_says_so_twice_only_six_hours_apart(gap: timedelta, proved: bool) -> None:
    first = shown()
    later = first.fetched_at + gap
    found = verdict(NO_QUOTA, first, replace(first, fetched_at=later, fresh_as_of=later))
    assert (found.truth is Truth.VIOLATION) is proved
    assert found.reason is (None if proved else U.ONE_SIGHT)


def test_data_by_the_day_is_asked_twice_and_checks_by_hand_come_in_together() -> None:
    by_day = twice(fresh_as_of=at("06-20 00:00"))
    assert accusation(verdict(NO_QUOTA, *by_day)) == P14
    together = [shown(hour=20, fresh_as_of=at(f"06-20 {hour}:00")) for hour in ("08", "14")]
    assert accusation(verdict(NO_QUOTA, *together)) == P14


def test_the_profile_says_how_far_apart() -> None:
    quick = replace(KAIFENG, account_second_after=timedelta(seconds=1))
    assert accusation(verdict(NO_QUOTA, shown(), shown(hour=9), profile=quick)) == P14


def test_two_sources_need_no_time_between_them() -> None:
    assert accusation(verdict(NO_QUOTA, shown(), shown(source=DESK))) == P14


def test_a_signed_check_and_a_source_are_two() -> None:
    signed = nothing(source="manual", complete_from=at("06-06 00:00"), hour=9)
    assert unknown(verdict(NO_QUOTA, signed)) is U.ONE_SIGHT
    assert accusation(verdict(NO_QUOTA, signed, shown())) == P14


# Whatever one of two results lacks, there is no proof; the reason says what it lacks.
LACKING: list[tuple[dict[str, Any], UnknownReason]] = [
    ({"can_prove_absence": False}, U.NO_PROOF),
    ({"identity": Identity()}, U.SOURCE_INCOMPLETE),
    ({"complete_from": None}, U.SOURCE_INCOMPLETE),
    ({"complete_from": at("06-13 00:01")}, U.SOURCE_INCOMPLETE),
    ({"fresh_as_of": None}, U.SOURCE_INCOMPLETE),
    ({"fresh_as_of": at("06-19 23:59")}, U.SOURCE_INCOMPLETE),
    ({"fresh_as_of": at("06-20 23:59")}, U.SOURCE_INCOMPLETE),
    ({"reason": F.HIDDEN_NEWEST}, U.SOURCE_INCOMPLETE),
    ({"warnings": (F.COUNT_MISMATCH,)}, U.SOURCE_INCOMPLETE),
    ({"posts": ()}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.EMPTY}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.EMPTY, "posts": (), "profile_total": 40}, U.SOURCE_INCOMPLETE),
    ({"posts": (OLD, post(None, "x"))}, U.UNDATED),
    ({"control_ok": False}, U.CONTROLS_DOWN),
    ({"control_ok": None}, U.CONTROLS_DOWN),
    ({"outcome": O.BLOCKED, "reason": F.VISITOR_GATE}, U.PLATFORM_BLOCKED),
    ({"outcome": O.BLOCKED, "reason": F.EMPTY_BODY}, U.PLATFORM_BLOCKED),
    ({"outcome": O.BLOCKED, "reason": F.RATE_LIMITED}, U.RATE_LIMITED),
    ({"outcome": O.BLOCKED, "reason": F.COUNT_MISMATCH}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.BLOCKED, "reason": F.STALE_BRIDGE}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.BLOCKED, "reason": F.UNCONFIRMED}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.LOGIN_REQUIRED, "reason": F.HIDDEN_NEWEST}, U.LOGIN_REQUIRED),
    ({"outcome": O.LOGIN_REQUIRED, "reason": None}, U.LOGIN_REQUIRED),
    ({"outcome": O.ERROR, "reason": F.NETWORK}, U.SOURCE_FAILED),
    ({"outcome": O.ERROR, "reason": F.TOKEN_EXPIRED}, U.LOGIN_REQUIRED),
    ({"outcome": O.ERROR, "reason": F.PARSE_ERROR}, U.UNREADABLE),
    ({"outcome": O.ERROR, "reason": F.DATA_DELAYED}, U.SOURCE_INCOMPLETE),
    ({"outcome": O.ERROR, "reason": F.NOT_CONFIGURED}, U.NOT_CONFIGURED),
]


@pytest.mark.parametrize(("changes", "reason"), LACKING)
def test_what_one_condition_lacks_is_no_proof(
    changes: dict[str, Any], reason: UnknownReason
) -> None:
    for duty in (NO_QUOTA, TWO):
        found = verdict(duty, *twice(**changes))
        assert unknown(found) is reason
        assert verdict(duty, shown(), shown(hour=14, **changes)).truth is Truth.UNKNOWN


def test_another_accounts_page_says_nothing_for_or_against() -> None:
    theirs = twice(post("06-15 09:00"), identity=Identity("gh_ffffffffffff"))
    found = verdict(NO_QUOTA, *theirs)
    assert unknown(found) is U.NEEDS_PERSON
    assert "wrong_account" in found.signs
    assert accusation(verdict(NO_QUOTA, *theirs, *twice())) == P14
    assert is_ok(verdict(NO_QUOTA, *theirs, partial(post("06-15 09:00"))))


def test_a_stranger_is_told_by_its_reason_too() -> None:
    error = failed(O.ERROR, F.WRONG_ACCOUNT, post("06-15 09:00"))
    assert unknown(verdict(NO_QUOTA, error)) is U.NEEDS_PERSON


@pytest.mark.parametrize(
    ("known", "posts", "reason"),
    [
        ("05-25 09:00", (), U.SOURCE_INCOMPLETE),  # the newest it ever showed has vanished
        ("05-25 09:00", (post("05-25 09:00"),), None),
        ("05-25 09:00", (post("05-28 09:00"),), U.SOURCE_INCOMPLETE),
        ("04-01 09:00", (), None),  # older than all that it shows: of no account
    ],
)
def test_a_source_that_shows_less_than_it_once_did_proves_nothing(
    known: str, posts: tuple[Any, ...], reason: UnknownReason | None
) -> None:
    found = verdict(NO_QUOTA, *twice(*posts), memory=remembered(publish_log=known))
    assert found.reason is reason
    if reason is not None:
        assert "source_regressed" in found.signs


def test_each_source_is_held_against_its_own_past() -> None:
    memory = remembered(rsshub="05-25 09:00")
    assert accusation(verdict(NO_QUOTA, *twice(), memory=memory)) == P14


# Step 5: what stays unknown, with a reason that an operator can act on.


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([], U.NOT_CONFIGURED),
        ([partial()], U.NO_PROOF),
        ([partial(), failed(O.BLOCKED, F.CAPTCHA)], U.PLATFORM_BLOCKED),
        (
            [failed(O.ERROR, F.NETWORK), failed(O.LOGIN_REQUIRED, F.LOGIN_WALL, source=DESK)],
            U.LOGIN_REQUIRED,
        ),
        ([partial(), failed(O.ERROR, F.NETWORK, can_prove_absence=True)], U.SOURCE_FAILED),
        # The source that came nearest speaks, by its last read.
        ([shown(control_ok=False), failed(O.ERROR, F.NETWORK, source=DESK)], U.CONTROLS_DOWN),
        (
            [shown(hour=-72), failed(O.BLOCKED, F.CAPTCHA, can_prove_absence=True)],
            U.PLATFORM_BLOCKED,
        ),
        ([shown()], U.ONE_SIGHT),
        ([shown(), failed(O.BLOCKED, F.CAPTCHA, hour=14)], U.ONE_SIGHT),
    ],
)
def test_the_reason_is_that_of_the_source_that_came_nearest(
    results: list[FetchResult], reason: UnknownReason
) -> None:
    assert unknown(verdict(TWO, *results)) is reason
    assert unknown(verdict(NO_QUOTA, *results)) is reason


def test_a_failed_source_is_named_with_its_reason() -> None:
    found = verdict(NO_QUOTA, failed(O.BLOCKED, F.VISITOR_GATE, source="weibo"))
    assert "weibo:visitor_gate" in found.signs
    assert "weibo:error" in verdict(NO_QUOTA, failed(O.ERROR, source="weibo")).signs


def test_an_early_read_clears_and_never_accuses() -> None:
    early = [shown(hour=-72), shown(hour=-60)]
    assert unknown(verdict(NO_QUOTA, *early)) is U.SOURCE_INCOMPLETE
    assert is_ok(verdict(NO_QUOTA, shown(post("06-16 09:00"), hour=-72)))


def test_a_blind_round_accuses_nobody() -> None:
    for duty in (NO_QUOTA, TWO):
        found = verdict(duty, *twice(), closed_controls_ok=False)
        assert unknown(found) is U.CONTROLS_DOWN


@pytest.mark.parametrize("duty", [NO_QUOTA, TWO])
def test_an_account_that_serves_never_fails_by_itself(duty: Any) -> None:
    serving = replace(duty, decides=Decides.PERSON)
    assert unknown(verdict(serving, *twice())) is U.NEEDS_PERSON
    assert is_ok(verdict(serving, *twice(post("06-15 09:00"), post("06-16 09:00"))))


@pytest.mark.parametrize("status", [one for one in Standing if one is not Standing.RUNNING])
def test_what_does_not_run_owes_nothing(status: Standing) -> None:
    found = verdict(owes(2, status=status), *twice())
    assert is_ok(found)
    assert found.signs == ("not_due",)


def test_a_suspension_is_told_and_grants_no_relief_unless_it_says_so() -> None:
    days = Suspension(date(2022, 6, 3), date(2022, 6, 8))
    plain = replace(KAIFENG, suspensions={"端午": days})
    found = verdict(TWO, *twice(), profile=plain)
    assert accusation(found) == P14
    assert "suspension:端午" in found.signs
    relieved = replace(KAIFENG, suspensions={"端午": replace(days, relief=True)})
    found = verdict(TWO, *twice(), profile=relieved)
    assert unknown(found) is U.NEEDS_PERSON
    assert "suspension:端午" in found.signs


def test_without_a_quota_in_the_profile_the_two_weeks_are_all() -> None:
    assert is_ok(verdict(NO_QUOTA, partial(post("06-06 09:00")), profile=NATIONAL))


# For whoever runs the sources.


@pytest.mark.parametrize(
    ("results", "again"),
    [
        ([shown()], True),
        ([failed(O.ERROR, F.NETWORK, can_prove_absence=True)], True),
        ([shown(hour=-72)], True),
        ([shown(control_ok=False)], True),
        (twice(), False),
        ([shown(post("06-15 09:00"))], False),
        ([failed(O.BLOCKED, F.CAPTCHA)], False),
        ([failed(O.LOGIN_REQUIRED)], False),
        ([partial()], False),
        ([failed(O.GONE)], False),
    ],
)
def test_another_read_is_wanted_where_it_may_settle_something(
    results: list[FetchResult], again: bool
) -> None:
    assert needs_another_read(verdict(NO_QUOTA, *results)) is again


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Outcome.OUR_FAULT),
        ([O.ERROR], Outcome.UNREADABLE),
        ([O.ERROR, O.BLOCKED], Outcome.CHALLENGE),
        ([O.BLOCKED, O.LOGIN_REQUIRED], Outcome.LOGIN),
        ([O.LOGIN_REQUIRED, O.GONE], Outcome.NOT_FOUND),
        ([O.GONE, O.EMPTY], Outcome.EMPTY),
        ([O.EMPTY, O.OK], Outcome.READ),
    ],
)
def test_the_best_of_the_reads_stands_in_the_ledger(
    outcomes: list[FetchOutcome], expected: Outcome
) -> None:
    assert outcome_of([failed(outcome, source=BRIDGE) for outcome in outcomes]) is expected
