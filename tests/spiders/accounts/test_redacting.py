"""What is kept of an exchange opens no door, wherever in an address or a body the secret stood."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.accounts.questions import Access
from spiders.accounts.redacting import SHORTEST, redacted, secrets_of

VISIBLE = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
SECRET = st.text(VISIBLE, min_size=12, max_size=60)
AROUND = st.text("abc /?&=:;{}\"'", max_size=20)


def access(token: str | None = None, **cookies: str) -> Access:
    return Access(hosts={}, token=token, cookies=cookies)


@given(SECRET, SECRET, AROUND, AROUND)
def test_no_secret_of_an_access_survives_anywhere(
    token: str, cookie: str, before: str, after: str
) -> None:
    told = redacted(f"{before}{token}{after}{cookie}", secrets_of(access(token, SUB=cookie)))
    assert token not in told
    assert cookie not in told


@given(SECRET)
def test_a_secret_does_not_survive_in_an_address_that_encodes_it(token: str) -> None:
    told = redacted(f"https://a.test/x?{urlencode({'sid': token})}", secrets_of(access(token)))
    assert quote(token, safe="") not in told
    assert token not in told


@given(SECRET)
def test_a_secret_does_not_survive_in_json_that_escapes_it(token: str) -> None:
    body = json.dumps({"sid": token})
    assert json.dumps(token)[1:-1] not in redacted(body, secrets_of(access(token)))


@given(st.lists(SECRET, min_size=2, max_size=5))
def test_a_secret_within_another_leaves_no_rest_of_it(parts: list[str]) -> None:
    whole = "".join(parts)
    told = redacted(whole, secrets_of(access(whole, SUB=parts[0])))
    assert parts[-1] not in told


@pytest.mark.parametrize(
    "text",
    [
        "https://a.test/x?access_token=UNKNOWN123",
        "https://a.test/x?uid=1&component_access_token=UNKNOWN123&page=2",
        '{"refresh_token": "UNKNOWN123"}',
        '{"component_appsecret":"UNKNOWN123"}',
        '{"component_verify_ticket":"UNKNOWN123"}',
        '{"authorizer_refresh_token":"UNKNOWN123"}',
        "client_key=abcdef&refresh_token=UNKNOWN123",
        "app_secret=UNKNOWN123",
    ],
)
def test_what_is_called_a_token_is_hidden_whoever_put_it_there(text: str) -> None:
    told = redacted(text, ())
    assert "UNKNOWN123" not in told
    assert told.count("-hidden-") == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://weibo.com/ajax/statuses/mymblog?uid=1000000001&page=1&feature=0",
        "https://www.douyin.com/user/MS4wLjABAAAAEXAMPLE",
        "https://rsshub.test/weibo/user/1000000001?format=json",
    ],
)
def test_an_address_without_secrets_stays_as_it_is(url: str) -> None:
    assert redacted(url, secrets_of(access("SECRET-token", SUB="SECRET-cookie"))) == url


def test_what_is_too_short_to_be_a_secret_does_not_eat_the_text() -> None:
    short = "1" * (SHORTEST - 1)
    assert secrets_of(access(short, a=short)) == ()
