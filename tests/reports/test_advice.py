"""What an operator is told to do next about an account that stayed unknown."""

from __future__ import annotations

import pytest

from reports.advice import advice, sources_said
from rules.account_proving import _ACTIONABLE
from rules.facts import UnknownReason
from rules.posts import FetchReason
from rules.words import catalogue


@pytest.mark.parametrize(
    ("reason", "signs", "step"),
    [
        ("login_required", ("weibo_timeline:login_wall",), "登录："),
        ("login_required", ("wechat_daily:token_expired",), "授权：授权已过期"),
        ("login_required", ("wechat_daily:no_permission",), "授权：授权里缺"),
        ("source_failed", ("wechat_daily:api_offline",), "白名单："),
        ("platform_blocked", ("douyin_page:captcha",), "授权：请单位"),
        ("no_proof", (), "授权或人工核查："),
        ("not_configured", (), "配置来源："),
        ("one_sight", (), "再核实一次："),
        ("needs_person", ("account_abnormal", "weibo_timeline:cancelled"), "核对台账：平台显示"),
        ("needs_person", ("renamed",), "核对台账：账号名称"),
        ("needs_person", ("post_missing",), "人工判断："),
        ("incompatible", (), ""),
        (None, (), ""),
    ],
)
def test_the_next_step_is_named(reason: str | None, signs: tuple[str, ...], step: str) -> None:
    assert advice(reason, signs).startswith(step)


def test_every_reason_that_a_source_may_leave_has_its_step() -> None:
    assert [one for one in (*_ACTIONABLE, UnknownReason.ONE_SIGHT) if not advice(one, ())] == []


def test_what_each_source_said_is_told_once_in_words() -> None:
    signs = ("weibo_timeline:login_wall", "quota:2", "weibo_timeline:login_wall", "rsshub:blocked")
    told = sources_said(signs)
    assert told == [
        f"微博网页·时间线（登录）：{catalogue()['fetch_reason.login_wall']}",
        f"自建 RSSHub：{catalogue()['fetch_outcome.blocked']}",
    ]


def test_every_complaint_of_a_source_has_its_words() -> None:
    for reason in FetchReason:
        [told] = sources_said((f"feed:{reason}",))
        assert told == f"订阅源：{catalogue()[f'fetch_reason.{reason}']}"
