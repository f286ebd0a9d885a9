"""How the city's accounts are read and what is odd about some of them: sources, options, twists.

A twist is an innocent's: a platform that refuses, hides, or answers for somebody else. Signs that
close a source for everybody come last in their platform's order, or where nothing is to be proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from demo.accounts import Account, accounts_of
from demo.chance import chance
from demo.data import check_days
from demo.founding import city_of
from demo.plan import City
from demo.posting import DAILY

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
                7: "suspended",
            }
        ),
        "wechat": MappingProxyType(
            {
                0: "no_session",
                1: "session_dead",
                2: "often_refused",
                3: "deletes",
                4: "delayed",
                5: "quota_spent",
                6: "hidden",
            }
        ),
        "douyin": MappingProxyType({0: "pinned", 1: "anonymous", 2: "api_offline"}),
        "kuaishou": MappingProxyType({0: "count_mismatch", 1: "empty_body"}),
        "toutiao": MappingProxyType({-1: "captcha"}),
        "bilibili": MappingProxyType({}),
        "pengpai": MappingProxyType({0: "has_more"}),
    }
)
# What nobody can read, or perhaps not. Asked by the office, those units hand in their own record of
# the two weeks before the last round.
UNREADABLE = frozenset({"no_session", "session_dead", "gone", "suspended", "wrong_account"})
DOUBTFUL = frozenset(
    {
        "hidden",
        "count_mismatch",
        "empty_body",
        "anonymous",
        "captcha",
        "time_mismatch",
        "api_offline",
        "renamed",
    }
)
# 微博 accounts that are asked for at the mobile page before the timeline, by their places; from one
# of the innocents on the mobile page turns programs away.
MOBILE_FIRST = (*range(6), *range(14, 26))
TURNED_AWAY_FROM = 22
OPENED = 4  # 头条 accounts that are opened in a browser; the others hand in their posts
PILOTED = "2022-01-01"
# By which sources the control accounts of a platform are read: those that prove.
CONTROLLED: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "weibo": ("weibo_timeline", "weibo_search"),
        "wechat": ({"wechat_daily": {"piloted": PILOTED}}, "wechat_records"),
        "douyin": ({"douyin_open": {"piloted": PILOTED}},),
        "kuaishou": ("kuaishou_open",),
    }
)
APP_ID = "demo-app"


@dataclass(frozen=True, slots=True)
class Planned:
    """An account with how it is read. `place`: its number among its platform's."""

    account: Account
    place: int
    twist: str | None
    sources: tuple[Any, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sources, without their options."""
        return tuple(one if isinstance(one, str) else next(iter(one)) for one in self.sources)


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
        Planned(one, 0, None, CONTROLLED[one.platform]) for one in controls_of(city_of(seed))
    ]
    return MappingProxyType(
        {(one.account.platform, one.account.ident): one for one in (*_plan(seed), *controls)}
    )


def _twisted(platform: str, innocents: Sequence[Account]) -> list[tuple[Account, str]]:
    twists = TWISTS.get(platform, {})
    return [(innocents[place], twist) for place, twist in twists.items() if place < len(innocents)]


def sources_of(account: Account, place: int, twist: str | None) -> tuple[Any, ...]:
    """The `sources:` of an account's entry."""
    further = ("import",) if twist in UNREADABLE | DOUBTFUL else ()
    return (*_own_sources(account, place, twist), *further)


def _own_sources(account: Account, place: int, twist: str | None) -> tuple[Any, ...]:
    if twist == "stale_bridge":
        return ("rsshub", "weibo_timeline")
    if account.platform == "weibo":
        timeline = "weibo_search" if place % 7 == 6 else "weibo_timeline"
        return ("weibo_mobile", timeline) if place in MOBILE_FIRST else (timeline,)
    if account.platform == "douyin":
        open_platform = {"douyin_open": {"piloted": PILOTED}}
        return ("douyin_page",) if twist == "anonymous" else (open_platform,)
    if account.platform == "toutiao":
        return ("toutiao_page",) if place < OPENED or twist == "captcha" else ("import",)
    if account.platform == "app":
        return ({"app_list": _app_layout(account)},)
    if account.platform == "wechat":
        return _wechat_sources(account, place, twist)
    return {
        "kuaishou": ("kuaishou_open",),
        "bilibili": ("bilibili_open",),
        "pengpai": ("pengpai_user",),
        "channels": ("import",),
    }[account.platform]


def _wechat_sources(account: Account, place: int, twist: str | None) -> tuple[Any, ...]:
    """Some units authorised the office, the others sign in at their own back office: what is given
    out by the day cannot prove two weeks of silence."""
    official: tuple[Any, ...] = ("wechat_freepublish", {"wechat_daily": {"piloted": PILOTED}})
    if twist == "often_refused":
        return ("wechat_records", *official)
    if twist in ("delayed", "quota_spent"):
        return (*official, "wechat_records")
    if place % 3 == 0 and account.problem != "stale" and twist is None:
        return official
    return ("article_links", "wechat_records")


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
    for platform in CONTROLLED:
        for number in (1, 2):
            draw = chance("control", city.seed, platform, number)
            ident = {
                "weibo": str(draw.randint(1_000_000_000, 1_600_000_000)),
                "wechat": f"gh_c{draw.randrange(16**11):011x}",
                "douyin": f"MS4wLjABAAAAcontrol{draw.randrange(10**8):08d}",
                "kuaishou": f"3xcontrol{draw.randrange(10**6):06d}",
            }[platform]
            found.append(Account(f"对照账号{number}", "", platform, ident, None, DAILY))
    return tuple(found)


def hands_in(one: Planned, day: date) -> bool:
    """Whether an account's unit hands in its posts by a check day: those that let nobody read them
    always, those that could not be read before the last one."""
    return one.sources == ("import",) or ("import" in one.names and day == check_days()[-1])
