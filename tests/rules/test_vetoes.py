"""The vetoes of a site: who fails, who is only warned of, and what nobody may conclude."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from rules.availability import Availability, Doubt
from rules.availability import Standing as Week
from rules.facts import Hint, Outcome, Truth, UnknownReason, Verdict
from rules.kinds import ColumnKind
from rules.months import Judged
from rules.platforms import Platform
from rules.problems import PROPOSED_VETOES, VETOES, Family
from rules.profiles import MonthRule
from rules.register import Account, Column, Site
from rules.site_checks import Place, SiteCheck
from rules.veto_facts import (
    Entry,
    Fault,
    SiteMonth,
    Surveyed,
    VetoFinding,
    VetoStanding,
    site_target,
)
from rules.veto_home import HOME_CHECK, home_not_updated
from rules.vetoes import (
    account_records,
    columns_not_updated,
    failed_records,
    proposed_records,
    unreachable,
    vetoes,
)
from tests.rules.sights import NATIONAL

DAYS = (date(2022, 6, 6), date(2022, 6, 13), date(2022, 6, 20))
OK, WARN, FAILED = VetoStanding.OK, VetoStanding.WARN, VetoStanding.FAILED
UNCHECKED, PROPOSED = VetoStanding.UNCHECKED, VetoStanding.PROPOSED
COLUMNS = tuple(
    Column(f"甲/{number}", f"栏目{number}", f"http://jia.example.test/{number}/", ColumnKind.NEWS)
    for number in range(12)
)
SITE = Site("甲网", "甲局", "http://jia.example.test/", columns=COLUMNS)


# --- V2 ---


def week(standing: Week, fails: int = 9, n: int = 168) -> Availability:
    doubt = Doubt.TOO_FEW if standing is Week.UNKNOWN else None
    causes = {Outcome.TIMEOUT: fails}
    span = (DAYS[0] - timedelta(days=7), DAYS[0] - timedelta(days=1))
    return Availability("甲网", *span, n, fails, 0, 0, 24, causes, standing, doubt)


def sampled(*standings: Week) -> SiteMonth:
    weeks = {day: week(one) for day, one in zip(DAYS, standings, strict=False)}
    return SiteMonth(SITE, DAYS, weeks=weeks)


@pytest.mark.parametrize(
    ("standings", "expected", "days"),
    [
        ((Week.OK, Week.OK), OK, ()),
        ((Week.OK, Week.VETO), FAILED, (DAYS[1],)),
        ((Week.VETO, Week.UNKNOWN), FAILED, (DAYS[0],)),
        ((Week.OK, Week.WARN), WARN, ()),
        ((Week.UNKNOWN, Week.UNKNOWN), UNCHECKED, ()),
        ((Week.UNKNOWN, Week.OK), OK, ()),
        ((), UNCHECKED, ()),
    ],
)
def test_one_week_past_the_line_fails_a_site_and_none_at_all_says_nothing(
    standings: tuple[Week, ...], expected: VetoStanding, days: tuple[date, ...]
) -> None:
    found = unreachable(sampled(*standings), NATIONAL)
    assert (found.standing, found.days) == (expected, days)


def test_a_week_without_a_conclusion_tells_why() -> None:
    assert unreachable(sampled(Week.UNKNOWN), NATIONAL).why == "too_few"
    assert unreachable(sampled(), NATIONAL).why == "unsampled"


def test_the_month_rule_holds_for_weeks_too() -> None:
    twice = replace(NATIONAL, month_rule=MonthRule.TWICE)
    assert unreachable(sampled(Week.VETO, Week.OK), twice).standing is WARN
    assert unreachable(sampled(Week.VETO, Week.VETO), twice).standing is FAILED
    last = replace(NATIONAL, month_rule=MonthRule.LAST)
    assert unreachable(sampled(Week.VETO, Week.OK), last).standing is WARN


# --- V3 ---


def seen(newest: date | None, reason: UnknownReason | None = None) -> Judged:
    truth = Truth.UNKNOWN if reason else Truth.OK
    return Judged(Verdict(truth, reason=reason, newest=newest), Outcome.READ)


def columns_read(*ones: Judged, days: tuple[date, ...] = DAYS) -> SiteMonth:
    judged = {column.id: one for column, one in zip(COLUMNS, ones, strict=False)}
    return SiteMonth(SITE, days, dict.fromkeys(days, judged))


def with_home(month: SiteMonth, newest: date | None, day: date, **changes: object) -> SiteMonth:
    what = newest.isoformat() if newest else ""
    row = SiteCheck(HOME_CHECK, Truth.VIOLATION, 1, (Place(SITE.url, "", what, home=True),))
    found = Surveyed(replace(row, **changes), day)  # type: ignore[arg-type]
    return replace(month, survey={HOME_CHECK: found})


OLD = date(2022, 5, 1)
STALE = columns_read(*[seen(OLD)] * 3)
LATE = date(2022, 6, 21)  # the survey's day, after the last check day


def test_a_home_page_fails_only_if_neither_it_nor_any_column_shows_anything_newer() -> None:
    found = home_not_updated(with_home(STALE, OLD, LATE), NATIONAL)
    assert (found.standing, found.days, found.newest) == (FAILED, DAYS, OLD)


@pytest.mark.parametrize(("newest", "fails"), [(date(2022, 6, 6), False), (date(2022, 6, 5), True)])
def test_two_weeks_are_fourteen_days(newest: date, fails: bool) -> None:
    month = with_home(columns_read(*[seen(newest)] * 3, days=DAYS[2:]), newest, LATE)
    assert (home_not_updated(month, NATIONAL).standing is FAILED) is fails


def test_one_fresh_column_clears_whatever_the_home_page_shows() -> None:
    fresh = columns_read(seen(OLD), seen(OLD), seen(OLD), seen(date(2022, 6, 18)))
    found = home_not_updated(with_home(fresh, OLD, LATE), NATIONAL)
    assert DAYS[2] not in found.days
    assert home_not_updated(fresh, NATIONAL).standing is OK


def test_a_fresh_home_page_clears_whatever_the_columns_show() -> None:
    month = with_home(STALE, date(2022, 6, 19), LATE)
    assert DAYS[2] not in home_not_updated(month, NATIONAL).days


def test_a_home_page_that_the_survey_saw_updated_is_fine_whatever_the_columns_show() -> None:
    found = home_not_updated(with_home(STALE, None, LATE, truth=Truth.OK, places=()), NATIONAL)
    assert found.standing is OK


def test_a_date_that_an_unsure_look_read_clears_too() -> None:
    doubtful = seen(date(2022, 6, 10), UnknownReason.ONE_SIGHT)
    month = with_home(columns_read(*[seen(OLD)] * 3, doubtful), OLD, LATE)
    assert home_not_updated(month, NATIONAL).days == (DAYS[0],)


@pytest.mark.parametrize(
    "month",
    [
        STALE,
        with_home(STALE, OLD, LATE, truth=Truth.UNKNOWN),
        with_home(STALE, OLD, date(2022, 6, 1)),
        with_home(columns_read(seen(OLD), seen(OLD)), OLD, LATE),
        with_home(columns_read(*[seen(OLD)] * 3, seen(None, UnknownReason.BACKDATED)), OLD, LATE),
        with_home(columns_read(*[seen(OLD)] * 3, seen(None, UnknownReason.UNDATED)), OLD, LATE),
        with_home(
            columns_read(*[seen(OLD)] * 3, *[seen(None, UnknownReason.BLOCKED)] * 4), OLD, LATE
        ),
        with_home(SiteMonth(SITE, DAYS), OLD, LATE),
    ],
    ids=[
        "no home page",
        "a home page that was not read with certainty",
        "a home page seen before the check days",
        "two columns",
        "a column with new entries under old dates",
        "a column without dates",
        "more columns unread than read",
        "no column",
    ],
)
def test_what_lacks_a_proof_accuses_no_home_page(month: SiteMonth) -> None:
    assert home_not_updated(month, NATIONAL).standing is UNCHECKED


def test_a_home_page_that_only_leads_on_is_judged_by_all_its_columns() -> None:
    assert home_not_updated(with_home(STALE, None, LATE), NATIONAL).standing is FAILED
    one_unread = columns_read(*[seen(OLD)] * 5, seen(None, UnknownReason.BLOCKED))
    assert home_not_updated(with_home(one_unread, None, LATE), NATIONAL).standing is UNCHECKED
    assert home_not_updated(with_home(one_unread, OLD, LATE), NATIONAL).standing is FAILED


def test_a_site_is_warned_of_from_the_tenth_day_on() -> None:
    near = columns_read(*[seen(date(2022, 6, 10))] * 3, days=DAYS[2:])
    assert home_not_updated(near, NATIONAL).standing is WARN
    fine = columns_read(*[seen(date(2022, 6, 11))] * 3, days=DAYS[2:])
    assert home_not_updated(fine, NATIONAL).standing is OK
    few = columns_read(*[seen(date(2022, 6, 10))] * 2, days=DAYS[2:])
    assert home_not_updated(few, NATIONAL).standing is OK
    updated = with_home(near, None, LATE, truth=Truth.OK, places=())
    assert home_not_updated(updated, NATIONAL).standing is OK


# --- V4 ---


def fault(
    number: int,
    kind: ColumnKind = ColumnKind.NEWS,
    days: int | None = 30,
    family: Family = Family.STALE,
    level: int = 1,
    confirmed: bool = True,
) -> Fault:
    column = replace(COLUMNS[number], kind=kind, level=level)
    return Fault(column, family, days, confirmed, DAYS[:3])


def with_faults(*faults: Fault) -> SiteMonth:
    return replace(columns_read(seen(OLD)), faults=faults)


def many(count: int, **changes: object) -> tuple[Fault, ...]:
    return tuple(fault(number, **changes) for number in range(count))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (many(5), FAILED),
        (many(4), WARN),
        (many(2), WARN),
        (many(1), OK),
        (many(5, days=14), OK),
        (many(5, kind=ColumnKind.NOTICE, days=185), FAILED),
        (many(5, kind=ColumnKind.POLICY, days=185), FAILED),
        (many(5, kind=ColumnKind.POLICY, days=184), OK),
        (many(5, kind=ColumnKind.POLICY, days=185, level=2), OK),
        ((*many(3), fault(3, ColumnKind.NOTICE, 185), fault(4, ColumnKind.POLICY, 190)), FAILED),
        (many(5, kind=ColumnKind.STATS, days=100), OK),
        (many(9, kind=ColumnKind.STATS, days=185), WARN),
        (many(10, kind=ColumnKind.STATS, days=185), FAILED),
        (many(6, kind=ColumnKind.STATS, days=185), WARN),
        (many(5, kind=ColumnKind.STATS, days=185), OK),
        (many(5, family=Family.BLANK, days=None), FAILED),
        (many(4, family=Family.BLANK, days=None), WARN),
        (many(5, family=Family.UNDATED, days=None), FAILED),
        (many(5, family=Family.UNDATED, days=None, kind=ColumnKind.STATS), OK),
        (many(9, family=Family.UNREACHABLE, days=None), OK),
        (many(11, confirmed=False), WARN),
    ],
)
def test_columns_are_counted_by_the_lines_of_the_indicator(
    faults: tuple[Fault, ...], expected: VetoStanding
) -> None:
    assert columns_not_updated(with_faults(*faults), NATIONAL).standing is expected


def test_columns_are_counted_and_not_their_lines() -> None:
    both = [*many(4), fault(0, family=Family.UNDATED, days=None)]
    found = columns_not_updated(with_faults(*both), NATIONAL)
    assert (found.standing, found.numbers["current"]) == (WARN, 4)
    undecided = [replace(one, confirmed=False) for one in both[4:]]
    found = columns_not_updated(with_faults(*many(4), *undecided), NATIONAL)
    assert (found.numbers["current"], found.numbers["current_waiting"]) == (4, 0)


def test_one_page_that_stands_in_the_register_twice_is_one_column() -> None:
    fifth = fault(4)
    again = replace(fifth, column=replace(fifth.column, url=COLUMNS[0].url))
    assert columns_not_updated(with_faults(*many(4), again), NATIONAL).standing is WARN
    hinted = replace(again.column, hint=Hint(items="#tab2 li"))
    tab = replace(again, column=hinted)
    assert columns_not_updated(with_faults(*many(4), tab), NATIONAL).standing is FAILED


def test_only_confirmed_columns_fail_a_site() -> None:
    waiting = [replace(one, confirmed=False) for one in many(3)]
    found = columns_not_updated(with_faults(*many(9)[3:7], *waiting), NATIONAL)
    assert found.standing is WARN
    assert (found.numbers["current"], found.numbers["current_waiting"]) == (4, 3)


def test_what_counts_as_long_is_the_profile_s() -> None:
    month = with_faults(*many(10, kind=ColumnKind.STATS, days=100))
    strict = replace(NATIONAL, long_days=92)
    assert columns_not_updated(month, strict).standing is FAILED


def test_a_failed_site_names_its_columns_and_all_their_check_days() -> None:
    found = columns_not_updated(with_faults(*many(5)), NATIONAL)
    assert found.evidence == tuple(column.id for column in COLUMNS[:5])
    assert found.days == DAYS[:3]


def test_columns_that_failed_in_turn_never_failed_together() -> None:
    first, second = DAYS[0], DAYS[1]
    turns = [replace(one, rounds=(first,)) for one in many(3)]
    turns += [replace(one, rounds=(second,)) for one in many(6)[3:]]
    found = columns_not_updated(with_faults(*turns), NATIONAL)
    assert (found.standing, found.numbers["current"]) == (WARN, 3)
    joined = [*turns, *(replace(one, rounds=(first, second)) for one in many(8)[6:])]
    found = columns_not_updated(with_faults(*joined), NATIONAL)
    assert (found.standing, found.days) == (FAILED, (first, second))


def test_a_site_of_which_no_column_was_judged_is_not_called_fine() -> None:
    assert columns_not_updated(SiteMonth(SITE, DAYS), NATIONAL).standing is UNCHECKED


# --- V1, V5, V6 ---


def surveyed(*rows: SiteCheck) -> SiteMonth:
    return replace(STALE, survey={row.code: Surveyed(row, LATE) for row in rows})


def by_rule(month: SiteMonth) -> dict[str, VetoFinding]:
    return {one.rule: one for one in vetoes(month, NATIONAL)}


def test_only_a_person_says_that_a_site_had_an_accident() -> None:
    seen_links = surveyed(SiteCheck("hidden_link", Truth.VIOLATION, 3))
    assert by_rule(seen_links)["V1"].standing is UNCHECKED
    for points, expected in ((1, FAILED), (0, OK)):
        entry = Entry("2022-06", "甲网", "V1", Decimal(points), "网页被篡改", "张三")
        found = by_rule(replace(seen_links, entries={"V1": entry}))["V1"]
        assert (found.standing, found.numbers["person"]) == (expected, "张三")


LACKING = Place("http://jia.example.test/zn/1", "", "办理地点、办理时间、联系电话、办理流程")


@pytest.mark.parametrize(
    ("rows", "rule", "expected"),
    [
        ((SiteCheck("letters", Truth.VIOLATION, 2),), "V5", PROPOSED),
        ((SiteCheck("consult", Truth.VIOLATION, 1),), "V5", PROPOSED),
        ((SiteCheck("letters", Truth.OK),), "V5", UNCHECKED),
        ((SiteCheck("letters", Truth.OK), SiteCheck("consult", Truth.OK)), "V5", OK),
        ((SiteCheck("letters", Truth.OK), SiteCheck("consult", Truth.UNKNOWN)), "V5", UNCHECKED),
        ((), "V5", UNCHECKED),
        ((SiteCheck("guide", Truth.VIOLATION, 5, (LACKING,) * 5),), "V6", PROPOSED),
        ((SiteCheck("guide", Truth.OK),), "V6", OK),
        ((), "V6", UNCHECKED),
    ],
)
def test_letters_and_services_are_proposed_and_never_concluded(
    rows: tuple[SiteCheck, ...], rule: str, expected: VetoStanding
) -> None:
    month = surveyed(*rows)
    assert by_rule(month)[rule].standing is expected
    if rule == "V6" and expected is PROPOSED:
        assert set(by_rule(month)[rule].evidence) == {LACKING.url}
    found = [(month, by_rule(month)[rule])]
    assert failed_records("2022-06", found) == ()
    assert [one.rule for one in proposed_records("2022-06", found)] == (
        [rule] if expected is PROPOSED else []
    )


def test_a_unit_without_services_owes_none() -> None:
    month = surveyed(SiteCheck("guide", Truth.VIOLATION, 5, (LACKING,) * 5))
    alone = replace(month, site=replace(SITE, services=False))
    assert by_rule(alone)["V6"].standing is VetoStanding.EXEMPT


# --- what becomes of them ---


def test_a_failed_veto_is_a_line_of_the_site_under_the_indicator_s_name() -> None:
    month = with_home(STALE, OLD, LATE)
    found = [(month, veto) for veto in vetoes(month, NATIONAL)]
    (record,) = failed_records("2022-06", found)
    assert (record.list, record.rule, record.problem) == ("site_failed", "V3", "首页不更新")
    assert (record.site, record.unit, record.column) == ("甲网", "甲局", None)
    assert (record.newest, record.days, record.limit) == (OLD, 50, 14)
    assert (record.first_failed, record.last_failed) == (DAYS[0], DAYS[2])


def test_a_site_keeps_its_identity_in_the_month_of_its_renaming() -> None:
    assert site_target(replace(SITE, name="乙网", was="甲网")) == site_target(SITE)


def test_every_veto_has_a_family_of_its_own() -> None:
    assert len(set(VETOES.values())) == len(VETOES) == 6
    assert set(VETOES) >= PROPOSED_VETOES


def test_what_a_person_tells_of_an_account_is_a_line_of_the_failed_ones() -> None:
    accounts = [Account(name, "甲局", Platform.WECHAT, f"gh_{name}") for name in ("甲", "乙", "丙")]
    told = {
        one.target: {code: Entry("2022-06", one.target, code, Decimal(points), "见截图", "张三")}
        for one, code, points in zip(accounts, ("M1", "M3a", "M3b"), (1, 1, 0), strict=True)
    }
    found = account_records("2022-06", accounts, told, DAYS[2])
    assert [(one.account, one.rule, one.list, one.problem) for one in found] == [
        ("甲", "M1", "account_failed", "安全、泄密事故等严重问题"),
        ("乙", "M3a", "account_failed", "互动回应差"),
    ]
    assert {one.rounds for one in found} == {(DAYS[2],)}
    assert account_records("2022-06", accounts, {}, DAYS[2]) == ()
