"""The score sheet: what an item costs, what stays open, and what the total may come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rules.facts import Outcome, Truth, UnknownReason, Verdict
from rules.indicators import By, Form, On, Part, indicator, indicators, unmapped
from rules.kinds import ColumnKind
from rules.months import Judged
from rules.problems import Family
from rules.profiles import Scored
from rules.register import Column, Site, SiteRole
from rules.score_facts import Entry, LineStanding, ScoreSheet, SheetLine
from rules.scoring import score_sheet
from rules.site_checks import CHECKS, Doubt, Place, SiteCheck, doubtful, fine, found_at
from rules.veto_facts import Fault, SiteMonth, Surveyed, VetoStanding
from tests.rules.sights import NATIONAL

DAY, NONE = date(2022, 6, 20), Decimal(0)
KINDS = (
    ColumnKind.NEWS,
    ColumnKind.POLICY,
    ColumnKind.INTERPRETATION,
    ColumnKind.SERVICE_STATS,
    ColumnKind.MESSAGES,
    ColumnKind.STATS,
    ColumnKind.NOTICE,
)
COLUMNS = {
    kind: Column(f"甲/{kind}", f"栏目{kind}", f"http://jia.example.test/{kind}/", kind)
    for kind in KINDS
}
SITE = Site(
    "甲网",
    "甲政府",
    "http://jia.example.test/",
    role=SiteRole.PORTAL,
    columns=tuple(COLUMNS.values()),
)
FRESH = Judged(Verdict(Truth.OK, newest=DAY), Outcome.READ)
SEEN = {DAY: {column.id: FRESH for column in COLUMNS.values()}}
CLEAN = {code: Surveyed(fine(code), DAY) for code in CHECKS}
MONTH = SiteMonth(SITE, (DAY,), SEEN, survey=CLEAN)
PERSON = tuple(one for one in indicators() if one.form is Form.SCORE and one.part is Part.DEDUCTION)


def entry(code: str, points: str = "0") -> Entry:
    return Entry("2022-06", "甲网", code, Decimal(points), "抽查", "张三")


FILLED = {one.code: entry(one.code) for one in PERSON}


def sheet(
    month: SiteMonth = MONTH,
    entries: dict[str, Entry] | None = None,
    ruled: dict[str, str] | None = None,
    **profile: object,
) -> ScoreSheet:
    changed = replace(NATIONAL, **profile)  # type: ignore[arg-type]
    filled = FILLED if entries is None else entries
    return score_sheet(replace(month, entries=filled), changed, "2022-06", ruled or {})


def line(found: ScoreSheet, code: str) -> SheetLine:
    (one,) = [one for one in found.lines if one.indicator.code == code]
    return one


def stale(kind: ColumnKind, days: int | None, **changes: object) -> Fault:
    one = Fault(COLUMNS[kind], Family.STALE, days, confirmed=True, rounds=(DAY,))
    return replace(one, **changes)  # type: ignore[arg-type]


def with_faults(*faults: Fault) -> SiteMonth:
    return replace(MONTH, faults=faults)


def with_check(check: SiteCheck) -> SiteMonth:
    return replace(MONTH, survey=CLEAN | {check.code: Surveyed(check, DAY)})


def places(count: int, *, home: bool = False, what: str = "") -> list[Place]:
    return [Place(f"http://x.test/{n}", "http://x.test/", what, home=home) for n in range(count)]


# --- the table ---


def test_the_deductions_are_a_hundred_points_in_four_parts_and_the_bonuses_thirty() -> None:
    most: Counter[str] = Counter()
    for one in indicators():
        if one.points is not None:
            most[one.group or one.part.value] += int(one.points)
    assert most == {"发布解读": 31, "办事服务": 25, "互动交流": 23, "功能设计": 21, "bonus": 30}
    assert 31 + 25 + 23 + 21 == 100


def test_every_veto_of_the_table_is_there_and_every_code_stands_once() -> None:
    codes = [one.code for one in indicators()]
    assert len(set(codes)) == len(codes)
    vetoes = {one.code for one in indicators() if one.part is Part.VETO}
    assert vetoes == {
        *("V1", "V2", "V3", "V4a", "V4b", "V4c", "V5a", "V5b", "V6"),
        *("M1", "M2a", "M2b", "M3a", "M3b"),
    }


def test_scored_items_are_the_portals_and_no_account_has_any() -> None:
    for one in indicators():
        scored = one.part in (Part.DEDUCTION, Part.BONUS)
        assert (one.on is On.PORTAL) is scored, one.code
        assert (one.points is not None) is scored, one.code


def test_every_check_that_the_table_names_is_one_of_the_survey_or_the_rounds() -> None:
    of_rounds = {"columns", "samples", "posts"}
    named = {check for one in indicators() for check in one.checks}
    assert named <= {*CHECKS, *of_rounds}
    inner = {row.check for one in indicators() for row in one.inner if row.check}
    assert inner <= set(CHECKS)
    for one in indicators():
        assert {row.check for row in one.inner if row.check} <= set(one.checks), one.code


def test_every_problem_type_feeds_an_indicator_or_is_told_to_feed_none() -> None:
    fed = {problem for one in indicators() for problem in one.problems}
    assert not fed & set(unmapped())
    assert fed | set(unmapped()) == {f"P{number:02}" for number in range(1, 32)}


def test_what_a_person_decides_says_how_the_word_comes_in() -> None:
    assert [one.code for one in indicators() if one.by is By.PERSON and one.form is None] == []


# --- what items cost ---


def test_a_clean_portal_that_everybody_looked_at_has_all_its_points() -> None:
    found = sheet()
    assert (found.low, found.high) == (Decimal(100), Decimal(100))
    assert {one.standing for one in found.lines if one.indicator.part is Part.DEDUCTION} == {
        LineStanding.FULL
    }


@pytest.mark.parametrize(
    ("code", "kind", "days", "off"),
    [
        ("D4", ColumnKind.NEWS, 15, "5"),
        ("D4", ColumnKind.NEWS, 14, "0"),
        ("D5", ColumnKind.POLICY, 185, "5"),
        ("D5", ColumnKind.POLICY, 184, "0"),
        ("D6", ColumnKind.INTERPRETATION, 200, "5"),
        ("D18", ColumnKind.MESSAGES, 63, "3"),
        ("D9", ColumnKind.STATS, 100, "1"),
    ],
)
def test_a_confirmed_column_costs_what_its_item_says(
    code: str, kind: ColumnKind, days: int, off: str
) -> None:
    found = sheet(with_faults(stale(kind, days)))
    assert line(found, code).taken == Decimal(off)
    assert found.high == 100 - Decimal(off)


def test_a_column_that_waits_for_review_takes_nothing_and_leaves_its_points_open() -> None:
    found = sheet(with_faults(stale(ColumnKind.NEWS, 30, confirmed=False)))
    one = line(found, "D4")
    assert (one.taken, one.open, one.standing) == (NONE, Decimal(5), LineStanding.OPEN)
    assert (found.low, found.high) == (Decimal(95), Decimal(100))


def test_columns_of_the_second_level_cost_no_policy_points() -> None:
    second = replace(COLUMNS[ColumnKind.POLICY], level=2)
    found = sheet(with_faults(replace(stale(ColumnKind.POLICY, 300), column=second)))
    assert line(found, "D5").taken == 0


@pytest.mark.parametrize(("days", "off"), [(31, "0"), (32, "1"), (92, "1"), (93, "2")])
def test_the_office_s_figures_cost_one_point_after_a_month_and_two_after_three(
    days: int, off: str
) -> None:
    assert line(sheet(with_faults(stale(ColumnKind.SERVICE_STATS, days))), "D12").taken == Decimal(
        off
    )


def test_the_other_columns_cost_once_each_blank_or_stale() -> None:
    blank = stale(ColumnKind.STATS, None, family=Family.BLANK)
    found = line(sheet(with_faults(blank, stale(ColumnKind.STATS, 400))), "D9")
    assert found.taken == 2
    two = line(sheet(with_faults(blank, stale(ColumnKind.NOTICE, 200))), "D9")
    assert two.taken == 3
    named_elsewhere = line(sheet(with_faults(stale(ColumnKind.NEWS, 30))), "D9")
    assert named_elsewhere.taken == 0


def test_no_item_costs_more_than_its_maximum() -> None:
    columns = [
        replace(COLUMNS[ColumnKind.STATS], id=f"甲/{number}", name=f"{number}")
        for number in range(9)
    ]
    faults = [
        replace(stale(ColumnKind.STATS, None, family=Family.BLANK), column=one) for one in columns
    ]
    assert line(sheet(with_faults(*faults)), "D9").taken == 4


@pytest.mark.parametrize(
    ("check", "code", "off"),
    [
        (found_at("mark_code", places(1)), "D21", "0.5"),
        (found_at("mark_code", places(11)), "D21", "0.5"),
        (found_at("header_name", places(3)), "D20", "1"),
        (found_at("page_tags", places(4)), "D27", "0.4"),
        (found_at("search", places(2)), "D25", "2"),
        (found_at("ipv6", places(1)), "D29", "1"),
        (found_at("picture", places(2)), "D22", "0.2"),
        (found_at("dead_link", places(2, home=True)), "D22", "0.4"),
    ],
)
def test_a_survey_s_finding_costs_what_its_row_says(check: SiteCheck, code: str, off: str) -> None:
    one = line(sheet(with_check(check)), code)
    assert one.taken == Decimal(off)
    assert one.places


def test_ten_dead_inner_links_exhaust_the_one_point_of_the_item() -> None:
    assert line(sheet(with_check(found_at("dead_link", places(10)))), "D22").taken == 1
    assert line(sheet(with_check(found_at("dead_link", places(40)))), "D22").taken == 1


def test_links_beyond_those_that_are_kept_count_too() -> None:
    check = replace(found_at("dead_link", places(2)), count=7)
    assert line(sheet(with_check(check)), "D22").taken == Decimal("0.7")


@pytest.mark.parametrize(("home", "count", "off"), [(True, 1, "1"), (False, 2, "0.4")])
def test_the_entry_for_finding_mistakes_costs_all_on_the_home_page_and_a_fifth_elsewhere(
    home: bool, count: int, off: str
) -> None:
    check = found_at("jiucuo_entry", places(count, home=home))
    assert line(sheet(with_check(check)), "D23").taken == Decimal(off)


@pytest.mark.parametrize(
    ("check", "code", "left"),
    [
        (found_at("guide", places(2, what="办理地点、办理时间")), "D13", "2"),
        (found_at("interpretation_share", places(1)), "D7", "1"),
        (found_at("letter_parts", places(2, what="答复单位")), "D18", "2"),
    ],
)
def test_what_is_only_proposed_takes_no_points_and_leaves_them_open(
    check: SiteCheck, code: str, left: str
) -> None:
    unfilled = {key: one for key, one in FILLED.items() if key != code}
    rows = indicator(code).inner
    person = sum((row.points for row in rows if row.by is By.PERSON), Decimal(0))
    one = line(sheet(with_check(check), unfilled), code)
    most = indicator(code).points or Decimal(0)
    assert (one.taken, one.open) == (NONE, min(most, Decimal(left) + person))
    assert line(sheet(with_check(check)), code).open == 0


def test_pages_that_browsers_do_not_show_cost_one_point_once_confirmed() -> None:
    broken = stale(ColumnKind.NEWS, None, family=Family.INCOMPATIBLE)
    assert line(sheet(with_faults(broken)), "D28").taken == 1
    waiting = line(sheet(with_faults(replace(broken, confirmed=False))), "D28")
    assert (waiting.taken, waiting.open) == (NONE, Decimal(1))


# --- what stays open ---


def test_a_site_that_nobody_surveyed_has_a_range_and_no_points_off() -> None:
    found = sheet(replace(MONTH, survey={}))
    assert found.high == 100
    assert found.low is not None
    assert found.low < 90
    assert found.taken == 0


@pytest.mark.parametrize("code", ["page_tags", "dead_link", "mark_icp"])
def test_a_check_that_could_not_see_leaves_its_points_open(code: str) -> None:
    found = sheet(with_check(doubtful(code, Doubt.UNREAD)))
    assert (found.taken, found.open > 0) == (NONE, True)
    idle = sheet(with_check(doubtful(code, Doubt.NOT_APPLICABLE)))
    assert (idle.taken, idle.open) == (NONE, NONE)


def test_a_column_that_no_round_could_verify_leaves_its_points_open() -> None:
    blocked = Judged(Verdict(Truth.UNKNOWN, reason=UnknownReason.BLOCKED), Outcome.CHALLENGE)
    seen = {DAY: SEEN[DAY] | {COLUMNS[ColumnKind.NEWS].id: blocked}}
    one = line(sheet(replace(MONTH, seen=seen)), "D4")
    assert (one.taken, one.open) == (NONE, Decimal(5))


def test_a_kind_of_column_that_the_register_lacks_is_a_persons_matter() -> None:
    lacking = tuple(one for one in SITE.columns if one.kind is not ColumnKind.POLICY)
    month = replace(MONTH, site=replace(SITE, columns=lacking))
    unfilled = {key: one for key, one in FILLED.items() if key != "D5"}
    assert line(sheet(month, unfilled), "D5").open == 5
    assert line(sheet(month), "D5").open == 0


@pytest.mark.parametrize("code", [one.code for one in PERSON if one.by is By.PERSON])
def test_what_only_a_person_can_say_stays_open_until_it_is_filled_in(code: str) -> None:
    unfilled = {key: one for key, one in FILLED.items() if key != code}
    one, most = line(sheet(entries=unfilled), code), indicator(code).points
    assert (one.taken, one.open, one.standing) == (NONE, most, LineStanding.OPEN)
    filled = line(sheet(entries=FILLED | {code: entry(code, "1")}), code)
    assert (filled.taken, filled.open) == (Decimal(1), NONE)


def test_a_persons_points_add_to_the_machines_up_to_the_maximum() -> None:
    found = sheet(with_faults(stale(ColumnKind.NEWS, 30)), FILLED | {"D4": entry("D4", "5")})
    assert line(found, "D4").taken == 5


# --- the total ---


def test_less_than_sixty_points_are_too_few() -> None:
    lost = ("D16", "D19", "D14", "D11", "D5", "D6", "D4")
    heavy = FILLED | {code: entry(code, str(indicator(code).points)) for code in lost}
    assert sheet(entries=heavy).is_failed is False  # 61 are left
    heavier = heavy | {"D1": entry("D1", "2")}
    assert (sheet(entries=heavier).high, sheet(entries=heavier).is_failed) == (Decimal(59), True)
    assert sheet(entries=heavier, pass_mark=50).is_failed is False


def test_bonuses_count_above_eighty_alone() -> None:
    bonus = {code: entry(code, "2") for code in ("B1", "B2", "B3", "B4", "B5")}
    assert sheet(entries=FILLED | bonus).high == 110
    twenty = {code: entry(code, points) for code, points in (("D19", "7"), ("D16", "7"))}
    eighty = twenty | {"D14": entry("D14", "5"), "D1": entry("D1", "1")}
    assert sheet(entries=FILLED | bonus | eighty).high == 80
    assert sheet(entries=FILLED | bonus | twenty).high == 96
    assert sheet().high == 100


def test_a_unit_without_services_has_its_seventy_five_points_counted_for_a_hundred() -> None:
    month = replace(MONTH, site=replace(SITE, services=False))
    found = sheet(month)
    assert (found.low, found.high) == (Decimal(100), Decimal(100))
    assert line(found, "D13").standing is LineStanding.EXEMPT
    lost = sheet(month, FILLED | {"D1": entry("D1", "2"), "D14": entry("D14", "5")})
    assert lost.high == Decimal("97.33")


def test_the_yearly_report_stands_on_the_sheet_without_points() -> None:
    found = sheet(with_check(found_at("site_report", places(1))))
    assert line(found, "R1").standing is LineStanding.TAKEN
    assert found.high == 100
    idle = sheet(with_check(doubtful("site_report", Doubt.NOT_APPLICABLE)))
    assert line(idle, "R1").standing is LineStanding.EXEMPT
    assert line(sheet(replace(MONTH, survey={})), "R1").standing is LineStanding.OPEN


# --- vetoes on the sheet ---


OLD = date(2022, 1, 1)


def failing_home() -> SiteMonth:
    old = Judged(Verdict(Truth.OK, newest=OLD), Outcome.READ)
    seen = {DAY: {column.id: old for column in COLUMNS.values()}}
    stale_home = SiteCheck("home_news", Truth.VIOLATION, 1, (Place(SITE.url, "", str(OLD)),))
    survey = CLEAN | {"home_news": Surveyed(stale_home, DAY)}
    return replace(MONTH, seen=seen, survey=survey)


@pytest.mark.parametrize(
    ("status", "standing", "scored"),
    [
        ("confirmed", VetoStanding.FAILED, False),
        ("rectified", VetoStanding.FAILED, False),
        ("candidate", VetoStanding.PROPOSED, True),
        ("dismissed", VetoStanding.DISMISSED, True),
        ("", VetoStanding.PROPOSED, True),
    ],
)
def test_one_confirmed_veto_ends_the_scoring_and_no_other_does(
    status: str, standing: VetoStanding, scored: bool
) -> None:
    found = sheet(failing_home(), ruled={"V3": status})
    (one,) = [one for one in found.vetoes if one.finding.rule == "V3"]
    assert one.standing is standing
    assert (found.high is not None) is scored
    assert found.is_failed is not scored


def test_departments_are_not_scored_unless_the_profile_says_all() -> None:
    month = replace(MONTH, site=replace(SITE, role=SiteRole.DEPARTMENT))
    found = sheet(month)
    assert (found.low, found.high) == (None, None)
    assert [one.indicator.code for one in found.lines] == ["R1"]
    assert len(found.vetoes) == 6
    assert sheet(month, scored=Scored.ALL).high == 100
