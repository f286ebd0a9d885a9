"""Renewing tokens: what is asked, as documented, and that no answer breaks it or shows a secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from rules.platforms import Platform
from spiders.accounts.answers import Answer
from spiders.accounts.asking import hosts_of
from spiders.accounts.questions import Question
from spiders.accounts.renewing import Fresh, Grant, is_due, renewal
from tests.spiders.accounts.said import READ_AT

APP = {"app_id": "app-1", "app_secret": "SECRET-APP", "ticket": "SECRET-TICKET"}
MINE = {"app_id": "wx-unit", "refresh_token": "SECRET-REFRESH", "access_token": "SECRET-OLD"}
OWN = {"app_id": "wx-unit", "app_secret": "SECRET-UNIT"}
DOUYIN = {"refresh_token": "SECRET-REFRESH", "open_id": "open-1"}


def answer(said: object) -> Answer:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Answer(READ_AT, body)


def held(
    platform: Platform, app: Mapping[str, str], mine: Mapping[str, str], *replies: object
) -> tuple[Fresh | None, list[Question]]:
    speaking = renewal(platform, Grant(hosts_of({}), app, mine))
    assert speaking is not None
    asked, left = [next(speaking)], list(replies)
    try:
        while True:
            asked.append(speaking.send((answer(left.pop(0)),)))
    except StopIteration as end:
        return end.value, asked


def test_a_unit_s_own_application_asks_for_a_stable_token() -> None:
    fresh, (asked,) = held(
        Platform.WECHAT, {}, OWN, {"access_token": "NEW" * 100, "expires_in": 7200}
    )
    assert fresh == Fresh({"access_token": "NEW" * 100}, READ_AT + timedelta(hours=2))
    assert asked.url == "https://api.weixin.qq.com/cgi-bin/stable_token"
    assert json.loads(asked.body) == {
        "grant_type": "client_credential",
        "appid": "wx-unit",
        "secret": "SECRET-UNIT",
    }


def test_the_office_s_component_asks_by_ticket_and_refresh_token() -> None:
    fresh, (first, second) = held(
        Platform.WECHAT,
        APP,
        MINE,
        {"component_access_token": "COMPONENT", "expires_in": 7200},
        {
            "authorizer_access_token": "NEW",
            "expires_in": 7200,
            "authorizer_refresh_token": "NEXT",
        },
    )
    assert fresh is not None
    assert fresh.values == {"access_token": "NEW", "refresh_token": "NEXT"}
    assert json.loads(first.body)["component_verify_ticket"] == "SECRET-TICKET"
    assert parse_qs(urlsplit(second.url).query) == {"component_access_token": ["COMPONENT"]}
    assert json.loads(second.body) == {
        "component_appid": "app-1",
        "authorizer_appid": "wx-unit",
        "authorizer_refresh_token": "SECRET-REFRESH",
    }


def test_a_component_that_is_refused_asks_no_further() -> None:
    refused = {"errcode": 61004, "errmsg": "access clientip is not registered"}
    assert held(Platform.WECHAT, APP, MINE, refused)[0] is None


def granted(left: int) -> dict[str, object]:
    data = {"access_token": "NEW", "refresh_token": "KEPT", "expires_in": 1296000}
    return {"data": {**data, "refresh_expires_in": left, "error_code": 0}}


def test_a_refresh_token_with_time_left_is_not_renewed() -> None:
    fresh, asked = held(Platform.DOUYIN, APP, DOUYIN, granted(25 * 86400))
    assert fresh is not None
    assert fresh.expires_at == READ_AT + timedelta(days=15)
    assert [urlsplit(one.url).path for one in asked] == ["/oauth/refresh_token/"]
    assert parse_qs(asked[0].body.decode())["client_key"] == ["app-1"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"data": {"refresh_token": "LONGER", "expires_in": 2592000, "error_code": 0}}, "LONGER"),
        ({"data": {"error_code": 10020, "description": "too often"}}, "KEPT"),
    ],
)
def test_a_refresh_token_near_its_end_is_renewed_where_it_can_be(said: object, kept: str) -> None:
    fresh, asked = held(Platform.DOUYIN, APP, DOUYIN, granted(5 * 86400), said)
    assert fresh is not None
    assert fresh.values == {"access_token": "NEW", "refresh_token": kept}
    assert urlsplit(asked[-1].url).path == "/oauth/renew_refresh_token/"


def test_kuaishou_takes_the_refresh_token() -> None:
    said = {"result": 1, "access_token": "NEW", "refresh_token": "NEXT", "expires_in": 172800}
    fresh, (asked,) = held(Platform.KUAISHOU, APP, DOUYIN, said)
    assert fresh is not None
    assert fresh.expires_at == READ_AT + timedelta(days=2)
    assert parse_qs(urlsplit(asked.url).query)["refresh_token"] == ["SECRET-REFRESH"]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<html>",
        b"[" * 100_000,
        [],
        {"errcode": 40013, "errmsg": "invalid appid"},
        {"access_token": "NEW"},
        {"access_token": "NEW", "expires_in": -1},
        {"access_token": "NEW", "expires_in": 10**12},
        {"access_token": "NEW", "expires_in": "soon"},
        {"access_token": "a b\r\nX: 1", "expires_in": 7200},
        {"access_token": "x" * 5000, "expires_in": 7200},
        {"access_token": ["NEW"], "expires_in": 7200},
    ],
)
def test_whatever_else_is_answered_is_no_token(said: object) -> None:
    assert held(Platform.WECHAT, {}, OWN, said)[0] is None


@pytest.mark.parametrize(
    ("platform", "app", "mine"),
    [
        (Platform.WEIBO, APP, MINE),
        (Platform.WECHAT, {}, {"access_token": "x"}),
        (Platform.WECHAT, APP, {"app_id": "wx-unit"}),
        (Platform.DOUYIN, {}, DOUYIN),
        (Platform.DOUYIN, APP, {}),
        (Platform.KUAISHOU, {"app_id": "app-1"}, DOUYIN),
    ],
)
def test_without_what_it_needs_nothing_is_asked(
    platform: Platform, app: Mapping[str, str], mine: Mapping[str, str]
) -> None:
    assert renewal(platform, Grant(hosts_of({}), app, mine)) is None


def test_a_token_is_renewed_shortly_before_its_end() -> None:
    assert is_due(READ_AT + timedelta(minutes=5), READ_AT)
    assert not is_due(READ_AT + timedelta(hours=1), READ_AT)
    assert not is_due(None, READ_AT)


def test_nothing_of_a_grant_or_of_a_question_s_address_is_shown() -> None:
    grant = Grant(hosts_of({}), APP, MINE)
    fresh, asked = held(
        Platform.KUAISHOU, APP, DOUYIN, {"access_token": "SECRET-NEW", "expires_in": 9}
    )
    assert "SECRET" not in f"{grant!r}{fresh!r}{asked[0]!r}"
