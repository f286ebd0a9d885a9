"""A month's rounds into one violation for each duty and problem family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from rules.duties import AccountDuty, Duty
from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.marks import INCOMPATIBLE_NARROW
from rules.months import Judged, proposal_records, violation_records
from rules.platforms import Platform
from rules.profiles import MonthRule, Profile
from tests.rules.reads import owes
from tests.rules.sights import KAIFENG, duty

DAYS = tuple(date(2022, 6, day) for day in (6, 13, 20, 27))
NEWS, MAIL = "区/动态", "区/信件"
OWED = {
    NEWS: duty(14, target=NEWS),
    MAIL: duty(184, target=MAIL, column="信件受理统计"),
}
FINE = Judged(Verdict(Truth.OK), Outcome.READ)
UNREAD = Judged(Verdict(Truth.UNKNOWN, UnknownReason.BLOCKED), Outcome.CHALLENGE)


def stale(newest: date, day: date, rule: str = "P01", wording: str = "超过2周未更新") -> Judged:
    days = (day - newest).days
    verdict = Verdict(
        Truth.VIOLATION, rule=rule, wording=wording, newest=newest, days=days, limit=14
    )
    return Judged(verdict, Outcome.READ)


def month(*rounds: Judged | None, target: str = NEWS) -> Mapping[date, Mapping[str, Judged]]:
    return {day: {target: one} for day, one in zip(DAYS, rounds, strict=False) if one is not None}


MAY_20 = date(2022, 5, 20)
BAD = [stale(MAY_20, day) for day in DAYS]
DEAD = Judged(Verdict(Truth.VIOLATION, rule="P07", wording="栏目打不开"), Outcome.TIMEOUT)


def test_a_record_tells_of_the_last_failing_round() -> None:
    older = stale(MAY_20, DAYS[2], "P02", "超过1个月未更新")
    (found,) = violation_records(OWED, KAIFENG, month(BAD[0], UNREAD, older, FINE))
    assert (found.problem, found.rule, found.newest, found.days) == (
        "超过1个月未更新",
        "P02",
        MAY_20,
        31,
    )
    assert found.rounds == (DAYS[0], DAYS[2])
    assert (found.first_failed, found.last_failed) == (DAYS[0], DAYS[2])
    assert (found.month, found.family, found.list) == ("2022-06", "stale", "site")
    assert (found.site, found.unit, found.column) == ("示例区", "示例区", "动态")
    assert (found.kind, found.outcome, found.limit) == ("news", "read", 14)


def test_two_families_of_one_duty_are_two_records() -> None:
    found = violation_records(OWED, KAIFENG, month(BAD[0], DEAD, BAD[2]))
    assert [(one.family, one.rounds) for one in found] == [
        ("stale", (DAYS[0], DAYS[2])),
        ("unreachable", (DAYS[1],)),
    ]
    assert found[1].days is None


def test_ok_and_unknown_make_no_record() -> None:
    assert violation_records(OWED, KAIFENG, month(FINE, UNREAD, FINE, UNREAD)) == ()


@pytest.mark.parametrize(
    ("rule", "rounds", "listed"),
    [
        (MonthRule.ANY, (BAD[0], FINE, FINE, FINE), True),
        (MonthRule.LAST, (BAD[0], FINE, FINE, FINE), False),
        (MonthRule.LAST, (FINE, FINE, FINE, BAD[3]), True),
        (MonthRule.LAST, (FINE, FINE, BAD[2], UNREAD), True),
        (MonthRule.TWICE, (BAD[0], FINE, FINE, FINE), False),
        (MonthRule.TWICE, (BAD[0], FINE, BAD[2], FINE), True),
    ],
)
def test_the_month_rule(rule: MonthRule, rounds: tuple[Judged, ...], listed: bool) -> None:
    profile = replace(KAIFENG, month_rule=rule)
    assert bool(violation_records(OWED, profile, month(*rounds))) is listed


def test_records_stand_in_the_registers_order() -> None:
    judged = {DAYS[0]: {MAIL: BAD[0], NEWS: BAD[0]}}
    assert [one.target for one in violation_records(OWED, KAIFENG, judged)] == [NEWS, MAIL]


def test_each_month_is_concluded_by_itself() -> None:
    july = date(2022, 7, 6)
    judged = {DAYS[3]: {NEWS: BAD[3]}, july: {NEWS: stale(MAY_20, july)}}
    found = violation_records(OWED, KAIFENG, judged)
    assert [(one.month, one.rounds) for one in found] == [
        ("2022-06", (DAYS[3],)),
        ("2022-07", (july,)),
    ]


def test_a_target_that_left_the_register_is_left_out() -> None:
    assert violation_records({MAIL: OWED[MAIL]}, KAIFENG, month(BAD[0])) == ()


ODD = Judged(
    Verdict(Truth.UNKNOWN, UnknownReason.INCOMPATIBLE, signs=("incompatible_plugin",)),
    Outcome.UNREADABLE,
)
LATE = Judged(Verdict(Truth.UNKNOWN, UnknownReason.BACKDATED), Outcome.READ)


def test_what_is_only_suspected_is_a_proposal_and_no_violation() -> None:
    rounds = month(ODD, FINE, ODD, UNREAD)
    assert violation_records(OWED, KAIFENG, rounds) == ()
    (found,) = proposal_records(OWED, KAIFENG, rounds)
    assert (found.rule, found.problem) == ("P11", "网页不兼容")
    assert (found.target, found.month, found.column) == (NEWS, "2022-06", "动态")
    assert (found.rounds, found.signs) == ((DAYS[0], DAYS[2]), ("incompatible_plugin",))


def test_each_suspicion_of_a_duty_is_a_proposal_of_its_own() -> None:
    found = proposal_records(OWED, KAIFENG, month(ODD, LATE, LATE))
    assert [(one.rule, one.rounds) for one in found] == [("P28", DAYS[1:3]), ("P11", DAYS[:1])]


def test_other_unknowns_and_strangers_propose_nothing() -> None:
    assert proposal_records(OWED, KAIFENG, month(UNREAD, FINE, *BAD[2:])) == ()
    assert proposal_records(OWED, KAIFENG, month(ODD, target="不在台账")) == ()


WEIBO = "weibo:1"
SILENT = Judged(
    Verdict(
        Truth.VIOLATION,
        rule="P14",
        wording="超过两周未更新",
        newest=MAY_20,
        days=17,
        limit=14,
        signs=("quota_short",),
    ),
    Outcome.READ,
)
SHORT = Judged(
    Verdict(Truth.VIOLATION, rule="P15", wording="一周未更新两次", newest=DAYS[0], days=7),
    Outcome.READ,
)
SINGLE = replace(KAIFENG, list_twice=False)


def listed(
    *rounds: Judged, profile: Profile = KAIFENG, quota: int | None = 2
) -> list[tuple[str, str, str]]:
    """What an account's month comes to: list, rule and wording of each record."""
    account = owes(quota, target=WEIBO, platform=Platform.WEIBO, account="示例发布")
    owed: Mapping[str, Duty | AccountDuty] = {**OWED, WEIBO: account}
    found = violation_records(owed, profile, month(*rounds, target=WEIBO))
    assert {(one.account, one.platform, one.site, one.column) for one in found} <= {
        ("示例发布", "weibo", None, None)
    }
    return [(one.list, one.rule, one.problem) for one in found]


FAILED = ("account_failed", "P14", "超过两周未更新")
PROBLEM = ("account_problem", "P15", "一周未更新两次")


def test_a_missed_week_stands_among_the_problems() -> None:
    assert listed(FINE, SHORT, SHORT) == [PROBLEM]


@pytest.mark.parametrize(
    ("profile", "quota", "records"),
    [
        (KAIFENG, 2, [FAILED, PROBLEM]),
        (KAIFENG, 1, [FAILED, ("account_problem", "P15", "一周未更新一次")]),
        (KAIFENG, None, [FAILED]),
        (SINGLE, 2, [FAILED]),
    ],
)
def test_an_account_that_failed_stands_twice_where_the_profile_says_so(
    profile: Profile, quota: int | None, records: list[tuple[str, str, str]]
) -> None:
    assert listed(SILENT, profile=profile, quota=quota) == records


def test_a_missed_week_that_was_not_proved_is_not_listed_twice() -> None:
    bare = replace(SILENT, verdict=replace(SILENT.verdict, signs=()))
    assert listed(bare) == [FAILED]


@pytest.mark.parametrize(("profile", "records"), [(KAIFENG, [FAILED, PROBLEM]), (SINGLE, [FAILED])])
def test_only_the_heavier_list_where_an_account_stands_in_one(
    profile: Profile, records: list[tuple[str, str, str]]
) -> None:
    assert listed(SHORT, FINE, SILENT, profile=profile) == records


def test_a_failed_round_counts_among_those_of_the_missed_week() -> None:
    account = owes(2, target=WEIBO)
    failed, problem = violation_records(
        {WEIBO: account}, KAIFENG, month(SHORT, FINE, SILENT, target=WEIBO)
    )
    assert failed.rounds == (DAYS[2],)
    assert problem.rounds == (DAYS[0], DAYS[2])
    assert (failed.days, failed.limit) == (17, 14)
    assert (problem.days, problem.limit) == (17, None)


def test_under_twice_the_lists_of_an_account_are_concluded_by_themselves() -> None:
    profile = replace(SINGLE, month_rule=MonthRule.TWICE)
    assert listed(SHORT, SILENT, profile=profile) == [PROBLEM]
    assert listed(SILENT, SILENT, profile=profile) == [FAILED]


def test_columns_and_accounts_stand_in_their_own_lists() -> None:
    owed: Mapping[str, Duty | AccountDuty] = {**OWED, WEIBO: owes(2, target=WEIBO)}
    found = violation_records(owed, KAIFENG, {DAYS[0]: {WEIBO: SILENT, NEWS: BAD[0]}})
    assert [(one.target, one.list) for one in found] == [
        (NEWS, "site"),
        (WEIBO, "account_failed"),
        (WEIBO, "account_problem"),
    ]


def test_what_is_proposed_beside_a_violation_takes_nothing_from_it() -> None:
    narrow = [
        replace(one, verdict=replace(one.verdict, signs=(INCOMPATIBLE_NARROW,))) for one in BAD
    ]
    assert len(violation_records(OWED, KAIFENG, month(*narrow))) == 1
    (found,) = proposal_records(OWED, KAIFENG, month(*narrow))
    assert (found.rule, found.rounds) == ("P11", DAYS)
