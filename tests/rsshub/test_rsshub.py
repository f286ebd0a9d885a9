"""What a real RSSHub makes of its upstream's answers, and what we make of RSSHub's."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason, FetchResult
from spiders.accounts.answers import Answer, Sought
from spiders.accounts.readers import result_of
from tests.rsshub import said

F, R, P = FetchOutcome, FetchReason, Platform
READ_AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def ask(base: str, path: str, platform: Platform, account: str) -> FetchResult:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        heard = opener.open(base + path, timeout=60)
    except urllib.error.HTTPError as refused:
        heard = refused
    with heard:
        answer = Answer(READ_AT, heard.read(), heard.status, headers=dict(heard.headers))
    print(path, answer.status, answer.body[:3000].decode("utf-8", "replace"))
    return result_of("rsshub", Sought(platform, account), [answer])


def weibo(base: str, uid: str) -> FetchResult:
    return ask(base, f"/weibo/user/{uid}", P.WEIBO, uid)


@pytest.mark.parametrize("uid", [said.WHOLE, said.NO_TEXT, said.HTML])
def test_a_weibo_list_clears_with_its_own_times_and_proves_nothing(bridge: str, uid: str) -> None:
    result = weibo(bridge, uid)
    assert (result.outcome, result.can_prove_absence) == (F.OK, False)
    assert result.posts[0].time == datetime(2026, 11, 17, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize("uid", [said.NO_TEXT, said.HTML])
def test_a_bridge_without_zone_is_found_out(bridge_without_zone: str, uid: str) -> None:
    result = weibo(bridge_without_zone, uid)
    assert (result.outcome, result.reason) == (F.ERROR, R.NOT_CONFIGURED)


ROWS = [
    (P.WEIBO, "/weibo/user/{}", said.NO_DETAIL, F.ERROR),
    (P.WEIBO, "/weibo/user/{}", said.NO_CARDS, F.BLOCKED),
    (P.WEIBO, "/weibo/user/{}", said.GATE_432, F.LOGIN_REQUIRED),
    (P.WEIBO, "/weibo/user/{}", said.NO_LOGIN, F.LOGIN_REQUIRED),
    (P.TOUTIAO, "/toutiao/user/token/{}", "MS4wEMPTYLIST", F.BLOCKED),
    (P.TOUTIAO, "/toutiao/user/token/{}", "MS4wEMPTYBODY", F.BLOCKED),
    (P.PENGPAI, "/thepaper/gov/{}", "1", F.BLOCKED),
    (P.WEIBO, "/no/such/route/{}", "1", F.ERROR),
    (P.DOUYIN, "/douyin/user/{}", "MS4wLjABAAAAEXAMPLE", F.ERROR),
    (P.KUAISHOU, "/kuaishou/profile/{}", "3xexample01", F.ERROR),
    (P.XIAOHONGSHU, "/xiaohongshu/user/{}/notes", "5f00000000000000010000aa", F.ERROR),
    (P.BILIBILI, "/bilibili/user/video/{}", "1000000001", F.ERROR),
]


@pytest.mark.parametrize(("platform", "path", "account", "outcome"), ROWS)
def test_what_rsshub_could_not_read_is_never_empty(
    bridge: str, platform: Platform, path: str, account: str, outcome: FetchOutcome
) -> None:
    result = ask(bridge, path.format(account), platform, account)
    assert (result.outcome, result.can_prove_absence) == (outcome, False)
