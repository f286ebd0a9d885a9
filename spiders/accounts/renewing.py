"""Renewing the tokens of official interfaces, as each platform documents it. Asks, waits nowhere.

微信: an application of the unit's own asks `stable_token`; the office's 第三方平台 asks by its
ticket and the unit's refresh token. 抖音 and 快手 take the refresh token; 抖音's is renewed itself
when it nears its end. 微博 renews nothing: its owner authorises again; 哔哩哔哩's proves no absence
and is brought in anew. What a platform answers raises nothing: no new token is None, and the read
that follows says what is wrong with the old one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import urlencode

from rules.platforms import Platform
from spiders.accounts.addressing import JSON
from spiders.accounts.answers import Answer
from spiders.accounts.payloads import Unreadable, at, parse_json, whole
from spiders.accounts.questions import Question, Speaking, Way

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
EARLY = timedelta(minutes=10)  # before its end a token is renewed
NEARS_ITS_END = timedelta(days=10)  # of 抖音's refresh token, which lives thirty
LONGEST = timedelta(days=400)  # more no token lives, whatever is said
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")

Values: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grant:
    """What is held: the office's own application (`app`), the account's authorisation (`mine`)."""

    hosts: Mapping[str, str]
    app: Values = field(repr=False)
    mine: Values = field(repr=False)

    def __getitem__(self, name: str) -> str:
        """A word of the account's, else of the application's; empty where there is none."""
        return self.mine.get(name) or self.app.get(name) or ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """The new words of an account's token, and when it ends."""

    values: Values = field(repr=False)
    expires_at: datetime


Renewing: TypeAlias = Speaking[Fresh | None]


def is_due(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a token should be renewed before it is used."""
    return expires_at is not None and expires_at <= now + EARLY


def renewal(platform: Platform, grant: Grant) -> Renewing | None:
    """The conversation that renews a token; None where what is held is not enough for one, or the
    platform has none."""
    ways = (way for needed, way in WAYS.get(platform, ()) if _has(grant, needed))
    way = next(ways, None)
    return way(grant) if way is not None else None


def _has(grant: Grant, needed: tuple[str, ...]) -> bool:
    held = {"app": grant.app, "mine": grant.mine}
    places = (one.split(".") for one in needed)
    return all(held[place].get(word) if place in held else grant[word] for place, word in places)


def _wechat_own(grant: Grant) -> Renewing:
    """`stable_token`: a call does not end the token that others of the unit use."""
    url = f"{grant.hosts['wechat_api']}/cgi-bin/stable_token"
    asked = {"grant_type": "client_credential", "appid": grant.mine["app_id"]}
    answers = yield _posted(url, {**asked, "secret": grant.mine["app_secret"]})
    return _fresh(answers, (), {"access_token": "access_token"})


def _wechat_component(grant: Grant) -> Renewing:
    """The ticket opens the 第三方平台, which opens the account."""
    base, ours = f"{grant.hosts['wechat_api']}/cgi-bin/component", grant.app["app_id"]
    asked = {"component_appid": ours, "component_appsecret": grant.app["app_secret"]}
    ticket = {"component_verify_ticket": grant.app["ticket"]}
    answers = yield _posted(f"{base}/api_component_token", {**asked, **ticket})
    opened = _fresh(answers, (), {"component_access_token": "component_access_token"})
    if opened is None:
        return None
    url = f"{base}/api_authorizer_token?{urlencode(opened.values)}"
    named = {"component_appid": ours, "authorizer_appid": grant.mine["app_id"]}
    more = {"authorizer_refresh_token": grant.mine["refresh_token"]}
    words = {"authorizer_access_token": "access_token", "authorizer_refresh_token": "refresh_token"}
    return _fresh((yield _posted(url, {**named, **more})), (), words)


def _douyin(grant: Grant) -> Renewing:
    base = f"{grant.hosts['douyin_open']}/oauth"
    asked = {"client_key": grant["app_id"], "refresh_token": grant.mine["refresh_token"]}
    words = {"access_token": "access_token", "refresh_token": "refresh_token"}
    url, kind = f"{base}/refresh_token/", {"grant_type": "refresh_token"}
    answers = yield _form(url, {**asked, **kind})
    fresh = _fresh(answers, ("data",), words)
    left = whole(at(_said(answers), "data", "refresh_expires_in"))
    if fresh is None or left is None or left > NEARS_ITS_END.total_seconds():
        return fresh
    asked["refresh_token"] = fresh.values.get("refresh_token", asked["refresh_token"])
    answers = yield _form(f"{base}/renew_refresh_token/", asked)
    longer = _fresh(answers, ("data",), {"refresh_token": "refresh_token"})
    return Fresh({**fresh.values, **(longer.values if longer else {})}, fresh.expires_at)


def _kuaishou(grant: Grant) -> Renewing:
    asked = {"grant_type": "refresh_token", "refresh_token": grant.mine["refresh_token"]}
    app = {"app_id": grant["app_id"], "app_secret": grant["app_secret"]}
    url = f"{grant.hosts['kuaishou_open']}/oauth2/refresh_token?{urlencode({**app, **asked})}"
    words = {"access_token": "access_token", "refresh_token": "refresh_token"}
    return _fresh((yield Question(Way.ASK, url, headers=JSON)), (), words)


_COMPONENT = ("app.app_id", "app.app_secret", "app.ticket", "mine.app_id", "mine.refresh_token")
_OWN = ("mine.app_id", "mine.app_secret")
_BOTH = ("any.app_id", "any.app_secret", "mine.refresh_token")
# What must be held for a way, and the way; the first that can be gone.
WAYS: Mapping[Platform, tuple[tuple[tuple[str, ...], Callable[[Grant], Renewing]], ...]] = (
    MappingProxyType(
        {
            Platform.WECHAT: ((_COMPONENT, _wechat_component), (_OWN, _wechat_own)),
            Platform.DOUYIN: ((("any.app_id", "mine.refresh_token"), _douyin),),
            Platform.KUAISHOU: ((_BOTH, _kuaishou),),
        }
    )
)


def _posted(url: str, body: Mapping[str, str]) -> Question:
    return Question(Way.ASK, url, method="POST", body=json.dumps(body).encode(), headers=JSON)


def _form(url: str, body: Mapping[str, str]) -> Question:
    return Question(Way.ASK, url, method="POST", body=urlencode(body).encode(), headers=FORM)


def _said(answers: tuple[Answer, ...]) -> object:
    """The JSON of the one answer; None for anything else."""
    if len(answers) != 1 or answers[0].status != 200 or answers[0].too_large:
        return None
    try:
        return parse_json(answers[0].body)
    except Unreadable:
        return None


def _fresh(
    answers: tuple[Answer, ...], under: tuple[str, ...], words: Mapping[str, str]
) -> Fresh | None:
    """What the platform granted: `words` are its names for ours. The first of them must stand."""
    told = at(_said(answers), *under)
    found = {ours: at(told, theirs) for theirs, ours in words.items()}
    values = {
        name: value
        for name, value in found.items()
        if isinstance(value, str) and _TOKEN.fullmatch(value)
    }
    seconds = whole(at(told, "expires_in"))
    if next(iter(words.values())) not in values or seconds is None:
        return None
    if not 0 < seconds <= LONGEST.total_seconds():
        return None
    return Fresh(values, answers[0].fetched_at + timedelta(seconds=seconds))
