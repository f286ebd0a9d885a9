"""What each column owes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.duties import AccountDuty, Duty, account_duties, duties, duty_of
from rules.facts import TargetKind, Truth, UnknownReason
from rules.kinds import ColumnKind, suggest_kind
from rules.platforms import Platform, home_page
from rules.profiles import Decides, Limit, LimitWord, Profile
from rules.register import (
    Account,
    AccountRole,
    Column,
    Register,
    Site,
    Standing,
    Target,
    account_targets,
    targets,
)
from tests.rules.sights import KAIFENG, NATIONAL, days_ago, judged, twice

SITE = "示例区人民政府"


def owed(kind: ColumnKind, level: int = 1, limit: int | None = None) -> Duty:
    column = Column("c", "栏目", "http://www.example.test/", kind, level=level, limit=limit)
    site = Site(SITE, "示例区", "http://www.example.test/", columns=(column,))
    return duty_of(Register(sites=(site,)), KAIFENG, "c")


@pytest.mark.parametrize(
    ("kind", "level", "own", "limit"),
    [
        (ColumnKind.NEWS, 1, None, 14),
        (ColumnKind.NEWS, 2, None, 14),
        (ColumnKind.POLICY, 1, None, 184),
        (ColumnKind.POLICY, 2, None, LimitWord.NONE),
        (ColumnKind.NOTICE, 2, None, LimitWord.NONE),
        (ColumnKind.INTERPRETATION, 2, None, LimitWord.NONE),
        (ColumnKind.POLICY, 2, 184, 184),
        (ColumnKind.NEWS, 1, 30, 30),
        (ColumnKind.GUIDE, 1, None, LimitWord.EXEMPT),
        (ColumnKind.GUIDE, 1, 90, 90),
        (ColumnKind.MAIL_STATS, 2, None, 184),
        (ColumnKind.TOPIC, 1, None, LimitWord.NONE),
        (ColumnKind.ANNUAL_REPORT, 1, None, LimitWord.YEARLY),
    ],
)
def test_the_limit_is_the_columns_own_or_that_of_its_kind(
    kind: ColumnKind, level: int, own: int | None, limit: Limit
) -> None:
    found = owed(kind, level, own)
    assert found.limit == limit
    assert found.own_limit is (own is not None)
    assert found.days == (None if isinstance(limit, LimitWord) else limit)


def test_a_second_level_policy_column_is_never_stale() -> None:
    assert judged(owed(ColumnKind.POLICY, level=2), *twice(days_ago(900))).truth is Truth.OK


def test_who_writes_a_limit_for_a_kind_that_a_person_decides_has_decided() -> None:
    assert owed(ColumnKind.PERSONNEL).decides is Decides.PERSON
    assert owed(ColumnKind.PERSONNEL, limit=180).decides is Decides.MACHINE
    verdict = judged(owed(ColumnKind.PLAN), *twice(days_ago(400)))
    assert verdict.reason is UnknownReason.NEEDS_PERSON


def test_letters_have_a_limit_only_where_the_local_profile_says_so() -> None:
    register = Register(
        sites=(
            Site(
                SITE,
                "示例区",
                "http://www.example.test/",
                columns=(
                    Column("c", "反馈统计", "http://www.example.test/", ColumnKind.MAIL_STATS),
                ),
            ),
        )
    )
    assert duties(register, NATIONAL)["c"].days is None
    assert duties(register, KAIFENG)["c"].days == 184
    assert duties(register, KAIFENG, only={"d"}) == {}


def test_an_unknown_target_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        duty_of(Register(), KAIFENG, "c")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("政策解读", "interpretation"),
        ("政府网站工作年度报表", "site_report"),
        ("政府信息公开年报", "annual_report"),
        ("公开指南", "disclosure_doc"),
        ("法定主动公开内容", "statutory"),
        ("部门预决算公开", "budget"),
        ("办事统计", "service_stats"),
        ("信件受理统计", "mail_stats"),
        ("反馈统计", "mail_stats"),
        ("在线访谈", "interview"),
        ("意见征集", "survey"),
        ("咨询投诉", "consult"),
        ("区长信箱", "consult"),
        ("留言选登", "messages"),
        ("办事指南", "guide"),
        ("机构职能", "org"),
        ("领导之窗", "leaders"),
        ("走进示例", "profile"),
        ("人事任免", "personnel"),
        ("规划计划", "plan"),
        ("计划生育", None),
        ("防汛抗旱专题", "topic"),
        ("统计数据", "stats"),
        ("政策文件", "policy"),
        ("通 知 公 告", "notice"),
        ("基层动态", "news"),
        ("最新发布", "news"),
        ("友情链接", None),
        ("", None),
    ],
)
def test_the_first_pattern_that_matches_suggests_the_kind(name: str, kind: str | None) -> None:
    assert suggest_kind(name, KAIFENG) == kind


def test_yearly_deadlines_follow_the_role() -> None:
    role = owed(ColumnKind.ANNUAL_REPORT).role
    deadline = KAIFENG.last_deadline(ColumnKind.ANNUAL_REPORT, role, date(2022, 6, 20))
    assert deadline == date(2022, 1, 31)
    assert KAIFENG.last_deadline(ColumnKind.NEWS, role, date(2022, 6, 20)) is None


def account(**changes: Any) -> Account:
    values: dict[str, Any] = {
        "name": "开封交警",
        "unit": "市公安局",
        "platform": Platform.WECHAT,
        "id": "gh_0123456789ab",
    }
    return Account(**(values | changes))


def account_owes(profile: Profile = KAIFENG, **changes: Any) -> AccountDuty:
    (duty,) = account_duties(Register(accounts=(account(**changes),)), profile).values()
    return duty


def test_what_an_account_owes() -> None:
    assert account_owes(aliases=("开封公安交警",)) == AccountDuty(
        target="wechat:gh_0123456789ab",
        unit="市公安局",
        url="",
        account="开封交警",
        platform=Platform.WECHAT,
        platform_id="gh_0123456789ab",
        days=14,
        quota=2,
        names=("开封交警", "开封公安交警"),
    )


@pytest.mark.parametrize(
    ("changes", "quota"),
    [
        ({}, 2),
        ({"kind": "订阅号"}, 2),
        ({"kind": "服务号"}, 1),
        ({"kind": "服务号", "weekly_min": 2}, 2),
        ({"weekly_min": 1}, 1),
        ({"weekly_min": 0}, None),
        ({"platform": Platform.TOUTIAO}, None),
        ({"platform": Platform.TOUTIAO, "weekly_min": 3}, 3),
    ],
)
def test_the_quota_is_the_accounts_own_or_that_of_its_kind_or_platform(
    changes: dict[str, Any], quota: int | None
) -> None:
    assert account_owes(**changes).quota == quota
    own = changes.get("weekly_min") or None
    assert account_owes(NATIONAL, **changes).quota == own


def test_an_accounts_own_window_goes_before_the_profiles() -> None:
    assert account_owes(window_days=30).days == 30
    assert account_owes(replace(KAIFENG, account_days=10)).days == 10


def test_of_an_account_that_serves_a_person_decides() -> None:
    assert account_owes().decides is Decides.MACHINE
    assert account_owes(role=AccountRole.SERVICE).decides is Decides.PERSON


@pytest.mark.parametrize("status", Standing)
def test_only_what_runs_is_due(status: Standing) -> None:
    running = status is Standing.RUNNING
    register = Register(accounts=(account(status=status),))
    assert account_owes(status=status).is_due is running
    assert len(account_targets(register, date(2022, 6, 6))) == running


def test_accounts_come_in_the_registers_order_and_are_no_columns() -> None:
    register = Register(
        accounts=(account(), account(platform=Platform.WEIBO, id="1"), account(id="gh_b"))
    )
    ids = ["wechat:gh_0123456789ab", "weibo:1", "wechat:gh_b"]
    assert list(account_duties(register, KAIFENG)) == ids
    assert list(account_duties(register, KAIFENG, only={"weibo:1"})) == ["weibo:1"]
    due = account_targets(register, date(2022, 6, 6))
    assert [one.id for one in due] == ids
    assert account_targets(register, date(2022, 6, 6), only={"weibo:1"}) == (due[1],)
    assert due[1] == Target(
        "weibo:1",
        TargetKind.ACCOUNT,
        site=None,
        column=None,
        url="https://weibo.com/u/1",
        account="开封交警",
        platform=Platform.WEIBO,
    )
    assert targets(register, date(2022, 6, 6)) == ()
    assert duties(register, KAIFENG) == {}


@pytest.mark.parametrize(
    ("platform", "ident", "address"),
    [
        (Platform.DOUYIN, "MS4wLjABAAAAEXAMPLE", "https://www.douyin.com/user/MS4wLjABAAAAEXAMPLE"),
        (Platform.BILIBILI, "1000000001", "https://space.bilibili.com/1000000001"),
        (Platform.WEIBO, "../{0}?a=1", "https://weibo.com/u/..%2F%7B0%7D%3Fa%3D1"),
        (Platform.WECHAT, "gh_0123456789ab", ""),
        (Platform.APP, "cn.example.city", ""),
    ],
)
def test_where_people_see_an_account(platform: Platform, ident: str, address: str) -> None:
    assert home_page(platform, ident) == address
