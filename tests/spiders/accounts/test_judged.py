"""From the platforms' answers to the judge: only whole reads accuse, and no refusal ever does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.account_judging import judge_account
from rules.duties import AccountDuty
from rules.facts import Truth, Verdict
from rules.platforms import Platform
from rules.posts import FetchResult
from rules.windows import windows_of
from spiders.accounts.answers import Answer
from spiders.accounts.readers import result_of
from tests.rules.sights import KAIFENG
from tests.spiders.accounts.said import (
    CHECK_DAY,
    IDS,
    ctime,
    feed,
    mid,
    push,
    records,
    said,
    sought,
)
from tests.spiders.accounts.test_hostile import NOTHING, TABLES, platform_of, refuses
from tests.spiders.accounts.test_others import LIST

REACH = windows_of(CHECK_DAY.date(), 14).reach
SIX_HOURS = timedelta(hours=6)


def judged(source: str, platform: Platform, *answers: Answer, quota: int | None = 2) -> Verdict:
    """The verdict on two reads of the same answers, six hours apart, with living controls."""
    duty = AccountDuty(
        target=f"{platform.value}:{IDS[platform]}",
        unit="示例县",
        url="",
        account="示例发布",
        platform=platform,
        platform_id=IDS[platform],
        days=14,
        quota=quota,
    )
    found = [_controlled(source, platform, answers, back) for back in (timedelta(), SIX_HOURS)]
    return judge_account(duty, found, CHECK_DAY.date(), KAIFENG)


def _controlled(
    source: str, platform: Platform, answers: Sequence[Answer], after: timedelta
) -> FetchResult:
    owner = sought(platform, window=REACH, layout=LIST)
    later = [replace(answer, fetched_at=answer.fetched_at + after) for answer in answers]
    return replace(result_of(source, owner, later), control_ok=True)


def timeline(*times: str) -> list[Answer]:
    user = {"idstr": IDS[Platform.WEIBO]}
    blogs = [{"mid": mid(t), "created_at": ctime(t), "user": user} for t in times]
    return [said({"ok": 1, "data": {"list": blogs, "total": 321}}, logged_in=True)]


@pytest.mark.parametrize(
    ("times", "truth"),
    [
        (("11-18 10:00", "11-13 10:00", "11-11 10:00", "11-10 10:00", "10-20 10:00"), Truth.OK),
        (("10-20 10:00", "10-12 10:00"), Truth.VIOLATION),
        (("11-18 10:00",), Truth.UNKNOWN),
        (("11-05 23:59", "10-20 10:00"), Truth.VIOLATION),
    ],
)
def test_a_logged_in_timeline_is_judged(times: tuple[str, ...], truth: Truth) -> None:
    assert judged("weibo_timeline", Platform.WEIBO, *timeline(*times)).truth is truth


def test_the_same_timeline_without_a_login_accuses_nobody() -> None:
    answers = [replace(one, logged_in=False) for one in timeline("10-20 10:00", "10-12 10:00")]
    assert judged("weibo_timeline", Platform.WEIBO, *answers).truth is Truth.UNKNOWN


def test_old_pinned_posts_alone_accuse_nobody() -> None:
    pinned = {"isTop": 1, "mid": mid("03-02 09:00"), "created_at": ctime("03-02 09:00")}
    body = {"ok": 1, "data": {"list": [pinned | {"user": {"idstr": IDS[Platform.WEIBO]}}]}}
    answer = said(body, logged_in=True)
    assert judged("weibo_timeline", Platform.WEIBO, answer).truth is Truth.UNKNOWN


def test_a_units_own_records_are_judged() -> None:
    stale = said(records(push(10, "10-20 08:00"), total=300), logged_in=True)
    assert judged("wechat_records", Platform.WECHAT, stale).truth is Truth.VIOLATION
    nothing = said(records(total=0), logged_in=True)
    assert judged("wechat_records", Platform.WECHAT, nothing).truth is Truth.VIOLATION
    withheld = said(records(total=300), logged_in=True)
    assert judged("wechat_records", Platform.WECHAT, withheld).truth is Truth.UNKNOWN


def test_a_stale_bridge_accuses_nobody() -> None:
    body = feed(("https://weibo.com/1000000001/yCtxn8IXR", "2026-10-20 10:00:00"))
    answer = said(body, headers={"Content-Type": "application/xml"}, logged_in=True)
    assert judged("rsshub", Platform.WEIBO, answer).truth is Truth.UNKNOWN


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("source", TABLES)
def test_no_mixture_with_a_refusal_is_a_violation(source: str, data: st.DataObject) -> None:
    platform = platform_of(source)
    refusing = [row[1] for row in TABLES[source] if refuses(source, row[1])]
    answers = data.draw(st.lists(st.sampled_from(refusing), min_size=1, max_size=3))
    answers += data.draw(st.lists(st.sampled_from(NOTHING.get(source) or refusing), max_size=3))
    answers = [replace(answer, logged_in=True) for answer in data.draw(st.permutations(answers))]
    quota = data.draw(st.sampled_from([None, 1, 2]))
    assert judged(source, platform, *answers, quota=quota).truth is not Truth.VIOLATION
