"""Profiles: what the built-in ones hold, how own ones extend them, how a wrong one is told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.errors import Mistake, WrongFile
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.problems import FAMILY_OF_RULE, PROBLEMS, Family, Problem
from rules.profiles import (
    Decides,
    Level,
    Limit,
    LimitWord,
    MonthRule,
    Profile,
    Suspension,
    built_in_profiles,
    load_profile,
)
from tests.rules.sights import KAIFENG, NATIONAL

NONE, EXEMPT, YEARLY = LimitWord.NONE, LimitWord.EXEMPT, LimitWord.YEARLY

# standard.md 4.1, in the order of its name patterns.
LIMITS: dict[str, Limit] = {
    "interpretation": 184,
    "site_report": YEARLY,
    "annual_report": YEARLY,
    "disclosure_doc": EXEMPT,
    "statutory": NONE,
    "budget": 366,
    "service_stats": 31,
    "mail_stats": NONE,
    "interview": NONE,
    "survey": EXEMPT,
    "consult": NONE,
    "messages": 62,
    "guide": EXEMPT,
    "org": EXEMPT,
    "leaders": EXEMPT,
    "profile": EXEMPT,
    "personnel": 366,
    "plan": 366,
    "topic": NONE,
    "stats": NONE,
    "policy": 184,
    "notice": 184,
    "news": 14,
    "linkout": EXEMPT,
    "other": NONE,
}


def test_the_national_limits_are_those_of_the_standard_in_its_order() -> None:
    assert {kind.value: limit for kind, limit in NATIONAL.limits.items()} == LIMITS
    assert list(NATIONAL.kinds) == [ColumnKind(kind) for kind in LIMITS]


def test_kaifeng_2022_differs_from_the_national_profile_only_where_the_notice_says_so() -> None:
    assert {kind.value: limit for kind, limit in KAIFENG.limits.items()} == {
        **LIMITS,
        "mail_stats": 184,
    }
    assert list(KAIFENG.kinds) == list(NATIONAL.kinds)
    assert dict(NATIONAL.weekly_min) == {}
    assert (dict(NATIONAL.kind_weekly_min), dict(KAIFENG.kind_weekly_min)) == ({}, {"服务号": 1})
    assert dict(KAIFENG.weekly_min) == {Platform.WEIBO: 2, Platform.WECHAT: 2, Platform.DOUYIN: 1}
    assert (NATIONAL.list_twice, KAIFENG.list_twice) == (False, True)
    assert KAIFENG.wording == NATIONAL.wording
    assert KAIFENG.ladder == NATIONAL.ladder


def test_limits_for_the_first_level_only() -> None:
    first = {kind.value for kind, row in NATIONAL.kinds.items() if row.level is Level.FIRST}
    assert first == {"interpretation", "policy", "notice"}


def test_what_a_person_decides() -> None:
    decides = {k.value for k, row in NATIONAL.kinds.items() if row.decides is Decides.PERSON}
    assert decides == {"personnel", "plan"}
    blank = {kind.value for kind, row in NATIONAL.kinds.items() if row.blank is Decides.PERSON}
    assert blank == {"survey", "consult", "guide", "org", "leaders", "profile", "linkout"}


@pytest.mark.parametrize("profile", [NATIONAL, KAIFENG], ids=lambda profile: profile.name)
def test_a_built_in_profile_is_whole(profile: Profile) -> None:
    assert set(profile.kinds) == set(ColumnKind)
    assert set(profile.wording) == set(Problem)
    assert all(row.source and row.firmness in "SABC" for row in profile.kinds.values())
    assert profile.independent_after == timedelta(minutes=20)
    assert profile.answer_within == timedelta(seconds=15)
    assert profile.account_second_after == timedelta(hours=6)
    assert dict(profile.suspensions) == {}
    assert profile.unknown_budget == 0.05
    assert (profile.host_delay, profile.host_concurrency) == (timedelta(seconds=1), 2)
    assert (profile.month_rule, profile.account_days) == (MonthRule.ANY, 14)
    assert profile.basis == "国办秘函〔2019〕19号"
    assert dict(profile.ladder) == {
        14: Problem.TWO_WEEKS,
        31: Problem.ONE_MONTH,
        62: Problem.TWO_MONTHS,
        92: Problem.THREE_MONTHS,
        184: Problem.SIX_MONTHS,
    }


def test_one_printed_wording_for_each_problem() -> None:
    assert {problem.value: words for problem, words in NATIONAL.wording.items()} == {
        "two_weeks": "超过2周未更新",
        "one_month": "超过1个月未更新",
        "two_months": "超过2个月未更新",
        "three_months": "超过3个月未更新",
        "six_months": "超过6个月未更新",
        "long": "长期未更新",
        "blank": "空白栏目",
        "unreachable": "栏目打不开",
        "no_date": "稿件发布页未注明发布时间",
        "incompatible": "网页不兼容",
        "backdated": "疑似旧稿新发",
        "account_two_weeks": "超过两周未更新",
        "week_twice": "一周未更新两次",
        "week_once": "一周未更新一次",
        "week_times": "一周未更新{times}次",
    }


@pytest.mark.parametrize(
    ("quota", "words"), [(1, "一周未更新一次"), (2, "一周未更新两次"), (3, "一周未更新3次")]
)
def test_the_wording_of_a_missed_week_follows_the_quota(quota: int, words: str) -> None:
    assert KAIFENG.quota_rule_and_wording(quota) == ("P15", words)


@pytest.mark.parametrize(
    ("profile", "platform", "kind", "quota"),
    [
        (KAIFENG, Platform.WEIBO, None, 2),
        (KAIFENG, Platform.WECHAT, "订阅号", 2),
        (KAIFENG, Platform.WECHAT, "服务号", 1),
        (KAIFENG, Platform.DOUYIN, None, 1),
        (KAIFENG, Platform.TOUTIAO, None, None),
        (NATIONAL, Platform.WEIBO, None, None),
        (NATIONAL, Platform.WECHAT, "服务号", None),
    ],
)
def test_the_weekly_quota_is_by_kind_then_by_platform(
    profile: Profile, platform: Platform, kind: str | None, quota: int | None
) -> None:
    assert profile.weekly_quota(platform, kind) == quota


def test_suspensions_are_read_and_add_to_those_of_the_extended_profile(tmp_path: Path) -> None:
    own(tmp_path, "suspensions: {春节: {since: 2022-01-31, until: 2022-02-06}}\n", "one")
    own(
        tmp_path,
        "extends: one\nsuspensions: {停更: {since: 2022-06-01, until: 2022-06-02, relief: true}}\n",
    )
    profile = load_profile("my-city", tmp_path)
    assert dict(profile.suspensions) == {
        "春节": Suspension(date(2022, 1, 31), date(2022, 2, 6)),
        "停更": Suspension(date(2022, 6, 1), date(2022, 6, 2), relief=True),
    }
    assert Profile.from_snapshot(profile.to_snapshot()) == profile


def test_a_snapshot_from_before_the_accounts_is_still_read() -> None:
    old = json.loads(KAIFENG.to_snapshot())
    for key in ("account_second_after", "account_pace", "kind_weekly_min", "suspensions"):
        del old[key]
    profile = Profile.from_snapshot(json.dumps(old))
    assert profile.account_second_after == timedelta(hours=6)
    assert profile.account_pace == 1.0
    assert (profile.kind_weekly_min, profile.suspensions) == ({}, {})


def test_every_step_of_the_ladder_is_of_one_family() -> None:
    steps = [problem for _, problem in NATIONAL.ladder] + [Problem.LONG]
    assert {PROBLEMS[problem].family for problem in steps} == {Family.STALE}
    assert all(FAMILY_OF_RULE[row.rule] is row.family for row in PROBLEMS.values())


@pytest.mark.parametrize("name", built_in_profiles())
def test_a_snapshot_gives_the_profile_back(name: str) -> None:
    profile = load_profile(name, None)
    text = profile.to_snapshot()
    again = Profile.from_snapshot(text)
    assert again == profile
    assert again.to_snapshot() == text
    assert list(again.kinds) == list(profile.kinds)


OWN = """
name: my-city
extends: kaifeng-2022
title: 本市
independent_after: 1s
unknown_budget: 0.1
host_delay: 2s
month_rule: twice
list_twice: false
weekly_min: {weibo: 1, toutiao: 1}
warn_at: {31: 20}
ladder: {10: two_weeks, 30: one_month}
limits: {news: 10, stats: 90, guide: none}
wording: {long: 应更未更}
kinds: {news: {pattern: 动态, label: 动态}, personnel: {decides: machine}}
deadlines: {annual_report: {portal: 04-30, department: 02-28}}
"""


def own(tmp_path: Path, text: str, name: str = "my-city") -> Path:
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_own_profile_overrides_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    profile = load_profile("my-city", own(tmp_path, OWN))
    assert profile.name == "my-city"
    assert profile.independent_after == timedelta(seconds=1)
    assert (profile.unknown_budget, profile.month_rule) == (0.1, MonthRule.TWICE)
    assert profile.list_twice is False
    assert profile.limits[ColumnKind.NEWS] == 10
    assert profile.limits[ColumnKind.STATS] == 90
    assert profile.limits[ColumnKind.GUIDE] is NONE
    assert profile.limits[ColumnKind.MAIL_STATS] == 184
    assert profile.kinds[ColumnKind.NEWS].source == NATIONAL.kinds[ColumnKind.NEWS].source
    assert profile.kinds[ColumnKind.NEWS].label == "动态"
    assert profile.kinds[ColumnKind.PERSONNEL].decides is Decides.MACHINE
    # Tables of rows add to those they extend; a ladder is whole or not at all.
    assert profile.weekly_min[Platform.WEIBO] == 1
    assert profile.weekly_min[Platform.DOUYIN] == 1
    assert dict(profile.warn_at) == {14: 10, 31: 20}
    assert profile.wording[Problem.LONG] == "应更未更"
    assert profile.wording[Problem.BLANK] == "空白栏目"
    assert [days for days, _ in profile.ladder] == [10, 30]
    assert profile.host_concurrency == 2


def test_an_own_profile_may_extend_another_and_extends_the_national_one_by_itself(
    tmp_path: Path,
) -> None:
    own(tmp_path, "title: 甲\nlimits: {news: 20}\n", "one")
    own(tmp_path, "extends: one\nhost_delay: 3s\n", "two")
    profile = load_profile("two", tmp_path)
    assert (profile.limits[ColumnKind.NEWS], profile.title) == (20, "甲")
    assert profile.limits[ColumnKind.MAIL_STATS] is NONE


def test_a_profile_that_was_kept_before_it_said_how_long_an_answer_may_take_can_be_read() -> None:
    kept = json.loads(NATIONAL.to_snapshot())
    del kept["answer_within"]
    assert Profile.from_snapshot(json.dumps(kept)) == NATIONAL


def mistakes(folder: Path, name: str = "my-city") -> tuple[Mistake, ...]:
    with pytest.raises(WrongFile) as caught:
        load_profile(name, folder)
    return caught.value.mistakes


ROWS = [
    ("unknown key", "host_dealy: 1s\n", 1, 1, "host_delay"),
    ("unknown kind", "limits: {newz: 1}\n", 1, 10, "news"),
    ("limit zero", "limits: {news: 0}\n", 1, 16, "exempt"),
    ("limit in words", "limits: {news: 两周}\n", 1, 16, "exempt"),
    ("duration without unit", "independent_after: 20\n", 1, 20, "20m"),
    ("an answer within no time", "answer_within: 0s\n", 1, 16, "20m"),
    ("share over one", "unknown_budget: 5\n", 1, 17, "0.05"),
    ("share in percent", "unknown_budget: 5%\n", 1, 17, "0.05"),
    ("unknown month rule", "month_rule: all\n", 1, 13, "any"),
    ("not a flag", "list_twice: yes\n", 1, 13, "true"),
    ("unknown platform", "weekly_min: {微博: 2}\n", 1, 14, "weibo"),
    ("bad pattern", "kinds: {news: {pattern: '(动态'}}\n", 1, 25, "正则"),
    ("unknown wording", "wording: {two_week: 超过2周}\n", 1, 11, "two_weeks"),
    ("ladder without days", "ladder: {两周: two_weeks}\n", 1, 10, "整数"),
    ("no such day", "deadlines: {annual_report: {portal: 02-30}}\n", 1, 37, "01-31"),
    ("no such parent", "extends: nationl\n", 1, 10, "national"),
    ("no end", "suspensions: {春节: {since: 2022-01-31}}\n", 1, 19, "until"),
    (
        "an end before its beginning",
        "suspensions: {春节: {since: 2022-02-06, until: 2022-01-31}}\n",
        *(1, 19),
        "末日",
    ),
    ("another's name", "name: other\n", 0, 0, "my-city"),
    ("a list", "limits: [1]\n", 1, 10, "键"),
    ("bad syntax", "limits: {news: 1\n", 2, 1, "语法"),
    ("not utf-8", "title: \udcb0\udca1\n", 1, 8, "GBK"),
]


@pytest.mark.parametrize(
    ("text", "line", "place", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_wrong_profile_is_told_with_its_place(
    tmp_path: Path, text: str, line: int, place: int, words: str
) -> None:
    file = tmp_path / "my-city.yaml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    (found,) = mistakes(tmp_path)
    assert (found.file, found.line, found.column) == (str(file), line, place), str(found)
    assert words in f"{found.what} {found.write}"


def test_a_cycle_is_refused_where_it_closes(tmp_path: Path) -> None:
    own(tmp_path, "extends: two\n", "one")
    own(tmp_path, "title: 乙\nextends: one\n", "two")
    (found,) = mistakes(tmp_path, "one")
    assert (Path(found.file).name, found.line) == ("two.yaml", 2)
    assert "one → two → one" in found.what


def test_a_profile_that_extends_itself_is_a_cycle(tmp_path: Path) -> None:
    own(tmp_path, "extends: my-city\n")
    assert "my-city → my-city" in mistakes(tmp_path)[0].what


def test_an_unknown_profile_names_those_there_are(tmp_path: Path) -> None:
    own(tmp_path, "title: 甲\n")
    (found,) = mistakes(tmp_path, "kaifeng-2023")
    assert "kaifeng-2022" in found.write
    assert "my-city" in mistakes(tmp_path, "xyz")[0].write


def test_the_name_of_a_built_in_profile_is_taken(tmp_path: Path) -> None:
    own(tmp_path, "limits: {news: 400}\n", "national")
    assert "内置" in mistakes(tmp_path, "national")[0].what


@pytest.mark.parametrize("name", ["../secret", "a/b", "", "a\x00b", "n" * 5000], ids=range(5))
def test_a_name_never_leaves_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    own(tmp_path, "title: 甲\n", "secret")
    assert mistakes(folder, name)
