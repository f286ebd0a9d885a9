"""How the city's accounts are read and what is odd about some of them: sources, options, twists.

A twist is an innocent's: a platform that refuses, hides, or answers for somebody else. Signs that
close a source for everybody come last in their platform's order, or where nothing is to be proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from demo.accounts import Account, accounts_of
from demo.chance import chance
from demo.founding import city_of
from demo.plan import City

# Which innocents of a platform are odd, counted in its own order: the ordinary ones from the
# first, the last ones from the end.
TWISTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "weibo": MappingProxyType(
            {
                0: "pinned",
                1: "advertises",
                2: "renamed",
                3: "gone",
                4: "wrong_account",
                5: "time_mismatch",
                6: "stale_bridge",
            }
        ),
        "wechat": MappingProxyType(
            {
                0: "no_session",
                1: "session_dead",
                2: "often_refused",
                3: "hidden",
                4: "no_session",
            }
        ),
        "douyin": MappingProxyType({0: "pinned", 1: "anonymous", 2: "api_offline"}),
        "kuaishou": MappingProxyType({0: "count_mismatch", 1: "pinned"}),
        "toutiao": MappingProxyType({-1: "captcha"}),
        "bilibili": MappingProxyType({}),
        "pengpai": MappingProxyType({0: "has_more"}),
    }
)
MOBILE_FIRST = 12  # so many 微博 accounts are asked for at the mobile page before the timeline
TURNED_AWAY_FROM = 10  # from the so-manieth of them on the mobile page turns programs away
OPENED = 4  # 头条 accounts that are opened in a browser; the others hand in their posts
PILOTED = "2022-01-01"
APP_ID = "demo-app"


@dataclass(frozen=True, slots=True)
class Planned:
    """An account with how it is read. `place`: its number among its platform's."""

    account: Account
    place: int
    twist: str | None
    sources: tuple[Any, ...]


def plan_of(city: City) -> tuple[Planned, ...]:
    """All accounts of a city in the register's order, with how they are read."""
    return _plan(city.seed)


def by_ident(city: City) -> Mapping[tuple[str, str], Planned]:
    """The accounts by platform and id, the controls among them."""
    return _by_ident(city.seed)


@cache
def _plan(seed: int) -> tuple[Planned, ...]:
    everybody = accounts_of(city_of(seed))
    found: dict[Account, Planned] = {}
    for platform in dict.fromkeys(one.platform for one in everybody):
        accounts = [one for one in everybody if one.platform == platform]
        twists = dict(_twisted(platform, [one for one in accounts if not one.problem]))
        for place, account in enumerate(accounts):
            twist = twists.get(account)
            found[account] = Planned(account, place, twist, sources_of(account, place, twist))
    return tuple(found[account] for account in everybody)


@cache
def _by_ident(seed: int) -> Mapping[tuple[str, str], Planned]:
    controls = [
        Planned(one, 0, None, sources_of(one, 0, None)) for one in controls_of(city_of(seed))
    ]
    return MappingProxyType(
        {(one.account.platform, one.account.ident): one for one in (*_plan(seed), *controls)}
    )


def _twisted(platform: str, innocents: Sequence[Account]) -> list[tuple[Account, str]]:
    twists = TWISTS.get(platform, {})
    return [(innocents[place], twist) for place, twist in twists.items() if innocents]


def sources_of(account: Account, place: int, twist: str | None) -> tuple[Any, ...]:
    """The `sources:` of an account's entry."""
    if twist == "stale_bridge":
        return ("rsshub", "weibo_timeline")
    if account.platform == "weibo":
        timeline = "weibo_search" if place % 7 == 6 else "weibo_timeline"
        return ("weibo_mobile", timeline) if place < MOBILE_FIRST else (timeline,)
    if account.platform == "douyin":
        open_platform = {"douyin_open": {"piloted": PILOTED}}
        return ("douyin_page",) if twist == "anonymous" else (open_platform,)
    if account.platform == "toutiao":
        return ("toutiao_page",) if place < OPENED or twist == "captcha" else ("import",)
    if account.platform == "app":
        return ({"app_list": _app_layout(account)},)
    return {
        "wechat": ("article_links", "wechat_records"),
        "kuaishou": ("kuaishou_open",),
        "bilibili": ("bilibili_open",),
        "pengpai": ("pengpai_user",),
        "channels": ("import",),
    }[account.platform]


def _app_layout(account: Account) -> dict[str, str]:
    return {
        "url": f"http://app.platforms.test/{account.ident}/news?page=1",
        "items": "data.list",
        "id": "id",
        "time": "time",
        "title": "title",
        "total": "data.total",
        "form": "seconds",
    }


def controls_of(city: City) -> tuple[Account, ...]:
    """Two busy accounts of somebody else a platform where something may be proved."""
    found = []
    for platform, quota in (("weibo", 3), ("wechat", 3), ("douyin", 3), ("kuaishou", 3)):
        for number in (1, 2):
            draw = chance("control", city.seed, platform, number)
            ident = {
                "weibo": str(draw.randint(1_000_000_000, 1_600_000_000)),
                "wechat": f"gh_c{draw.randrange(16**11):011x}",
                "douyin": f"MS4wLjABAAAAcontrol{draw.randrange(10**8):08d}",
                "kuaishou": f"3xcontrol{draw.randrange(10**6):06d}",
            }[platform]
            found.append(Account(f"对照账号{number}", "", platform, ident, None, quota))
    return tuple(found)


def hands_in(one: Planned) -> bool:
    """Whether an account's unit hands in its posts instead of letting them be read."""
    return one.sources == ("import",)
