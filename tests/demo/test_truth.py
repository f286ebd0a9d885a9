"""What is planted: the published rows, as many under other names in other cities, and no more."""

from collections import Counter
from datetime import date

import pytest

from demo.data import check_days, default_seed, twist_rules
from demo.founding import city_of
from demo.listing import newest_day
from demo.pages.calls import MANNERS
from demo.truth import ExpectedFault, expected, is_stale, limit_of

SEEDS = (default_seed(), 1, 2, 7, 2022)
PUBLISHED = [
    ("鼓楼区人民政府", "基层动态", "超过2周未更新"),
    ("鼓楼区人民政府", "办事统计", "超过1个月未更新"),
    ("鼓楼区人民政府", "信件受理统计", "超过6个月未更新"),
    ("市卫生健康委", "政务公开", "网页不兼容"),
    ("市卫生健康委", "最新发布", "网页不兼容"),
    ("市卫生健康委", "部门预决算公开", "网页不兼容"),
    ("市交通运输局", "政策文件", "超过6个月未更新"),
    ("市文化广电旅游局", "办事统计", "超过6个月未更新"),
    ("市发展改革委", "反馈统计", "长期未更新"),
    ("市发展改革委", "经济运行亮点", "栏目打不开"),
    ("禹王台区人民政府", "防汛抗旱专题", "长期未更新"),
]


def rows(seed: int) -> list[tuple[str, str, str]]:
    return [(fault.site, fault.column, fault.problem) for fault in expected(seed).faults]


def family(problem: str) -> str:
    return "未更新" if problem.endswith("未更新") else problem


def test_no_two_cities_have_the_same_faults() -> None:
    assert len({tuple(rows(seed)) for seed in SEEDS}) == len(SEEDS)
    wordings = {problem for seed in range(1, 12) for _, _, problem in rows(seed)}
    assert {"超过2个月未更新", "超过3个月未更新", "超过1个月未更新"} <= wordings


def test_the_default_city_has_the_published_rows_in_their_order() -> None:
    assert rows(default_seed()) == PUBLISHED


@pytest.mark.parametrize("seed", SEEDS[1:])
def test_another_city_has_as_many_faults_of_the_same_families_under_other_names(
    seed: int,
) -> None:
    families = Counter(family(problem) for _, _, problem in rows(seed))
    assert families == Counter(family(problem) for _, _, problem in PUBLISHED)
    assert {site for site, _, _ in rows(seed)}.isdisjoint({site for site, _, _ in PUBLISHED})


@pytest.mark.parametrize("seed", SEEDS)
def test_seven_rows_are_of_age_and_fail_on_some_check_day_with_the_printed_wording(
    seed: int,
) -> None:
    aged = [fault for fault in expected(seed).faults if not fault.needs_browser]
    assert len(aged) == 7
    for fault in aged:
        assert fault.rounds
        assert fault.days is not None
        assert fault.limit is not None
        assert fault.days > fault.limit
        assert set(fault.rounds) <= set(check_days())


def test_some_faults_begin_and_some_are_repaired_within_the_month() -> None:
    rounds = {fault.column: fault.rounds for fault in expected(default_seed()).faults}
    assert rounds["基层动态"] == check_days()[2:]
    assert rounds["政策文件"] == check_days()[1:]
    repaired: list[ExpectedFault] = [
        fault for fault in expected(default_seed()).faults if check_days()[-1] not in fault.rounds
    ]
    assert [fault.site for fault in repaired] == ["市文化广电旅游局"]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_column_is_stale_on_any_check_day(seed: int) -> None:
    stale = [
        (column.identity, day)
        for column in city_of(seed).columns
        for day in check_days()
        if is_stale(column, day) and column.fault is None
    ]
    assert stale == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_cannot_be_verified_stays_far_below_the_budget(seed: int) -> None:
    unknowns = expected(seed).unknowns
    budget = int(0.05 * len(city_of(seed).columns))
    for day in check_days():
        on_the_day = [unknown for unknown in unknowns if day in unknown.rounds]
        assert sum(unknown.must for unknown in on_the_day) <= budget - 10
        assert sum(unknown.browser_must for unknown in on_the_day) <= 15
    assert all(unknown.http for unknown in unknowns)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_on_anothers_address_rests_on_one_in_good_order(seed: int) -> None:
    for site in city_of(seed).sites:
        for column in site.columns:
            if column.twist == "shared_address":
                owner = site.by_key[column.key]
                assert owner.concept.kind == column.concept.kind
                assert owner.fault is None
                assert owner.twist == "reserved"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_look_alike_is_there_as_often_as_the_data_file_says(seed: int) -> None:
    found = Counter(column.twist for column in city_of(seed).columns if column.fault is None)
    for rule in twist_rules():
        assert found[rule.twist] == rule.count, rule.twist


def test_what_looks_odd_on_some_days_only_holds_on_no_other() -> None:
    days = {row.why: row.rounds for row in expected(default_seed()).unknowns}
    assert days["undated_files"] == check_days()[:1]
    assert days["late_entries"] == days["emptied"] == check_days()[1:]
    assert days["parked_a_day"] == (date(2022, 6, 20),)
    assert days["renovating"] == check_days()


@pytest.mark.parametrize("seed", SEEDS)
def test_enough_lists_are_drawn_from_data_calls_to_measure_what_was_learned(seed: int) -> None:
    called = [
        column
        for column in city_of(seed).columns
        if column.twist in MANNERS or (column.twist or "").startswith("xhr_")
    ]
    assert 16 <= len(called) <= 20


@pytest.mark.parametrize(
    ("twist", "day", "age", "limit"),
    [
        ("at_limit_14a", date(2022, 6, 13), 14, 14),
        ("at_limit_14b", date(2022, 6, 27), 14, 14),
        ("at_limit_31", date(2022, 6, 6), 31, 31),
        ("at_limit_62", date(2022, 6, 27), 62, 62),
        ("at_limit_184", date(2022, 6, 20), 184, 184),
        ("warn_14", date(2022, 6, 20), 11, 14),
        ("warn_184", date(2022, 6, 27), 173, 184),
    ],
)
def test_columns_stand_exactly_at_their_limits_and_warning_lines(
    twist: str, day: date, age: int, limit: int
) -> None:
    columns = [column for column in city_of(default_seed()).columns if column.twist == twist]
    assert columns
    for column in columns:
        newest = newest_day(column, day)
        assert newest is not None
        assert (day - newest).days == age
        assert limit_of(column) == limit


@pytest.mark.parametrize("seed", SEEDS)
def test_where_many_sites_share_a_platform_few_of_them_are_faulty(seed: int) -> None:
    sites = city_of(seed).sites
    for platform, members in Counter(site.platform for site in sites).items():
        if platform is None or members < 10:
            continue
        faulty = [
            site
            for site in sites
            if site.platform == platform and any(column.fault for column in site.columns)
        ]
        assert len(faulty) * 5 <= members
