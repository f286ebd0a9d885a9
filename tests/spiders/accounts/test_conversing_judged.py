"""From a living platform to the verdict: what it answers clears or accuses, what it hides neither.

The account's posts are known here, so the verdict that is right is known, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.account_judging import judge_account
from rules.duties import AccountDuty
from rules.facts import Truth
from rules.posts import FetchOutcome, FetchResult, Identity, Post
from rules.windows import windows_of
from spiders.accounts.answers import Answer
from spiders.accounts.conversing import Question
from spiders.accounts.sources import SOURCES
from tests.rules.sights import KAIFENG
from tests.spiders.accounts.conversed import OPTIONS, Held, access, hold
from tests.spiders.accounts.living import LIVING, Reply
from tests.spiders.accounts.said import CHECK_DAY, IDS, READ_AT, said

REACH = windows_of(CHECK_DAY.date(), 14).reach
SIX_HOURS = timedelta(hours=6)
FAULTS: tuple[object, ...] = (
    said(b"", status=503),
    said(b"", status=403),
    said(b"", status=None),
    b"",
    "<html><body><h2>访问过于频繁</h2></body></html>",
    {"ok": 1, "code": 200, "data": {"list": [], "total": 0, "hasNext": False}},
    {"list": [], "is_delay": True},
    {"status_code": 0, "has_more": 0, "aweme_list": []},
    (),
)
# What does not reach the window's start for every account: so many calls, so many scrolls.
SHORT = {"wechat_daily", "douyin_page", "kuaishou_page", "bilibili_page", "channels_assistant"}
# Minutes before the check day at which posts were made; below 0 on its morning.
ages = st.lists(st.integers(-500, 60 * 24 * 40), max_size=30, unique=True)


def times_of(minutes: Sequence[int]) -> list[datetime]:
    old = [CHECK_DAY - timedelta(days=60 + n) for n in range(5)]
    return [*(CHECK_DAY - timedelta(minutes=one) for one in sorted(minutes)), *old]


def duty_of(source: str, quota: int | None) -> AccountDuty:
    platform = SOURCES[source].platforms[0]
    return AccountDuty(
        target=f"{platform.value}:{IDS[platform]}",
        unit="示例县",
        url="",
        account="示例发布",
        platform=platform,
        platform_id=IDS[platform],
        days=14,
        quota=quota,
    )


def truth_of(source: str, quota: int | None, results: Sequence[FetchResult]) -> Truth:
    controlled = [replace(result, control_ok=True) for result in results]
    duty = duty_of(source, quota)
    return judge_account(duty, controlled, CHECK_DAY.date(), KAIFENG).truth


def right(source: str, quota: int | None, times: Sequence[datetime]) -> Truth:
    """The verdict on two reads that hide nothing but what their source never shows: 微信 counts a
    day when it is over.
    """
    if source == "wechat_daily":
        times = [time for time in times if time < CHECK_DAY]

    def read(at: datetime) -> FetchResult:
        posts = tuple(Post(str(time.timestamp()), time) for time in times)
        return FetchResult(
            source,
            FetchOutcome.OK,
            at,
            posts=posts,
            identity=Identity(duty_of(source, quota).platform_id),
            complete_from=REACH.since,
            fresh_as_of=at,
            can_prove_absence=True,
        )

    return truth_of(source, quota, [read(READ_AT), read(READ_AT + SIX_HOURS)])


def reads(source: str, quota: int | None, first: Reply, second: Reply) -> list[FetchResult]:
    """Two reads, each as long as the verdict on what is known so far is not good."""
    found: list[FetchResult] = []
    for reply, at in ((first, READ_AT), (second, READ_AT + SIX_HOURS)):

        def enough(posts: Sequence[Post], at: datetime = at) -> bool:
            shown = FetchResult(source, FetchOutcome.OK, at, posts=tuple(posts))
            return truth_of(source, quota, [*found, shown]) is Truth.OK

        found.append(_held(source, reply, at, enough).result)
    return found


def _held(
    source: str, reply: Reply, at: datetime, enough: Callable[[Sequence[Post]], bool]
) -> Held:
    def dated(question: Question) -> object:
        said_now = reply(question)
        many = said_now if isinstance(said_now, tuple) else (said_now,)
        made = (one if isinstance(one, Answer) else said(one, question.part) for one in many)
        return tuple(replace(one, fetched_at=at) for one in made)

    given = access(options=OPTIONS.get(source, {}))
    return hold(source, dated, given=given, enough=enough, now=at, piloted=True, window=REACH)


@settings(max_examples=25, deadline=None)
@given(minutes=ages, quota=st.sampled_from([None, 1, 2]))
@pytest.mark.parametrize("source", LIVING)
def test_what_a_platform_shows_is_judged_rightly(
    source: str, minutes: list[int], quota: int | None
) -> None:
    times = times_of(minutes)
    honest = LIVING[source]
    found = truth_of(source, quota, reads(source, quota, honest(times), honest(times)))
    wanted = right(source, quota, times)
    assert found in {wanted, *([Truth.UNKNOWN] if source in SHORT else [])}


@settings(max_examples=40, deadline=None)
@given(data=st.data(), minutes=ages, quota=st.sampled_from([None, 1, 2]))
@pytest.mark.parametrize("source", LIVING)
def test_what_a_platform_hides_accuses_nobody(
    source: str, data: st.DataObject, minutes: list[int], quota: int | None
) -> None:
    times = times_of(minutes)

    def faulty() -> Reply:
        honest = LIVING[source](times)
        broken = data.draw(st.dictionaries(st.integers(0, 15), st.sampled_from(FAULTS)))
        asked: list[Question] = []

        def reply(question: Question) -> object:
            asked.append(question)
            true = honest(question)
            return broken.get(len(asked) - 1, true)

        return reply

    found = truth_of(source, quota, reads(source, quota, faulty(), faulty()))
    if found is Truth.VIOLATION:
        assert right(source, quota, times) is Truth.VIOLATION
    if found is Truth.OK:
        assert right(source, quota, times) is Truth.OK
