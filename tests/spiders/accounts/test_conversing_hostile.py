"""Whatever platforms answer, a conversation ends within its bound and comes to a typed result."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.posts import FetchOutcome, FetchResult
from spiders.accounts.answers import Answer, Part
from spiders.accounts.conversing import SPEAKERS, Question, Way
from spiders.accounts.sources import SOURCES
from spiders.accounts.talking import MOST_QUESTIONS
from tests.spiders.accounts import said as payloads
from tests.spiders.accounts.conversed import OPTIONS, TOKEN, access, hold, never, some
from tests.spiders.accounts.said import said
from tests.spiders.accounts.test_hostile import HOSTILE, JUNK

HONEST: list[Any] = [
    payloads.WEIBO,
    payloads.WEIBO_PROFILE,
    payloads.WEIBO_MOBILE,
    payloads.DOUYIN,
    payloads.DOUYIN_OPEN,
    payloads.TOUTIAO,
    payloads.KUAISHOU,
    payloads.KUAISHOU_OPEN,
    payloads.BILIBILI,
    payloads.BILIBILI_OPEN,
    payloads.DYNAMICS,
    payloads.XIAOHONGSHU,
    payloads.CHANNELS,
    payloads.PENGPAI,
    payloads.PENGPAI_PROFILE,
    payloads.APP_STORE,
    payloads.WECHAT_DAY,
    payloads.FREEPUBLISH,
    json.loads(payloads.RECORDS),
]
LINKS = ("https://mp.weixin.qq.com/s/EXAMPLEtoken01", "http://127.0.0.1/", "x")


def answers(data: st.DataObject) -> Answer:
    body = data.draw(
        st.sampled_from(HONEST)
        | st.sampled_from(JUNK)
        | st.sampled_from(HOSTILE[:10])
        | st.text(max_size=40)
    )
    try:
        made = body if isinstance(body, bytes) else json.dumps(body).encode()
    except ValueError:
        made = b"{}"
    return said(
        made,
        data.draw(st.sampled_from(Part)),
        status=data.draw(st.sampled_from([200, 200, 200, 301, 403, 432, 503, None])),
        final_url=data.draw(st.sampled_from(["", "http://[", "https://x.test/?page=1&cursor=0"])),
        page=data.draw(st.integers(0, 3)),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("name", SPEAKERS)
def test_any_answers_come_to_a_result(name: str, data: st.DataObject) -> None:
    given = access(options=OPTIONS.get(name, {}), links=LINKS, logged_in=data.draw(st.booleans()))

    def reply(_question: Question) -> object:
        return tuple(answers(data) for _ in range(data.draw(st.integers(0, 2))))

    enough = data.draw(st.sampled_from([never, some]))
    held = hold(name, reply, given=given, enough=enough, most=MOST_QUESTIONS)
    assert isinstance(held.result, FetchResult)
    assert held.result.source == name
    assert TOKEN not in repr(held.result)
    assert len(held.questions) <= (SOURCES[name].calls_a_read or MOST_QUESTIONS)


def endless(question: Question) -> object:
    """A platform that always has one more post of today, and always says that there are more."""
    number = question.page
    blog = {"mid": f"53661826265{number:05d}", "created_at": "Tue Nov 17 10:05:00 +0800 2026"}
    body = {
        "ok": 1,
        "code": 200,
        "data": {
            "list": [blog, {"contId": number, "pubTimeLong": 1794881100000}],
            "since_id": str(number),
            "cursor": number,
            "has_more": True,
            "hasNext": True,
            "total": 99999,
        },
    }
    return (
        (said(body, Part.LIST), said(body, Part.DYNAMICS)) if question.way is not Way.ASK else body
    )


@pytest.mark.parametrize("name", SPEAKERS)
def test_a_platform_without_end_is_left(name: str) -> None:
    given = access(options=OPTIONS.get(name, {}), links=LINKS)
    held = hold(name, endless, given=given, most=MOST_QUESTIONS)
    assert held.result.outcome is not FetchOutcome.EMPTY
    assert held.result.complete_from is None
