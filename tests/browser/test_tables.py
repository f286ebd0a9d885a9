"""The browser's tables: its errors as outcomes, what is incompatible and what is not."""

from __future__ import annotations

import pytest

from crawler.browser.compat import incompatible_signs
from crawler.browser.failures import outcome_of_error
from rules import marks
from rules.facts import Item, Outcome, PageReading, PageState

ERRORS = {
    "net::ERR_NAME_NOT_RESOLVED at http://a.test/": Outcome.DNS_FAILURE,
    "net::ERR_CONNECTION_REFUSED": Outcome.CONNECT_FAILURE,
    "net::ERR_CONNECTION_RESET": Outcome.BROKEN_ANSWER,
    "net::ERR_EMPTY_RESPONSE": Outcome.BROKEN_ANSWER,
    "net::ERR_TOO_MANY_REDIRECTS": Outcome.REDIRECT_LOOP,
    "net::ERR_CERT_DATE_INVALID": Outcome.TLS_FAILURE,
    "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH": Outcome.TLS_FAILURE,
    "net::ERR_PROXY_CONNECTION_FAILED": Outcome.OUR_FAULT,
    "net::ERR_INTERNET_DISCONNECTED": Outcome.OUR_FAULT,
    "net::ERR_ABORTED; maybe frame was detached?": Outcome.REFUSED,
    "net::ERR_NEVER_HEARD_OF": Outcome.OUR_FAULT,
    "Page.goto: Timeout 15000ms exceeded.": Outcome.TIMEOUT,
    "Page.goto: Download is starting": Outcome.REFUSED,
    "something else": Outcome.OUR_FAULT,
}


@pytest.mark.parametrize(("words", "outcome"), ERRORS.items())
def test_every_error_of_the_browser_is_a_typed_outcome(words: str, outcome: Outcome) -> None:
    assert outcome_of_error(words) is outcome


def test_an_error_that_nobody_knows_is_never_the_units_fault() -> None:
    assert outcome_of_error("") is Outcome.OUR_FAULT


NOTHING = PageReading(PageState.UNREADABLE)
TEXT = "首页 新闻中心 政务公开 办事服务 互动交流 " * 10
HTML = "<html><body><div></div></body></html>"


def signs(
    reading: PageReading = NOTHING,
    outcome: Outcome = Outcome.UNREADABLE,
    visible: str = TEXT,
    html: str = HTML,
    errors: tuple[str, ...] = (),
) -> tuple[str, ...]:
    return incompatible_signs(reading, outcome, visible, html, errors)


def test_an_ordinary_page_bears_no_sign() -> None:
    assert signs() == ()


@pytest.mark.parametrize(
    ("found", "sign"),
    [
        (signs(visible="首页"), marks.INCOMPATIBLE_BLANK),
        (signs(visible="ï¿½ÖÐ¹ú" * 9), marks.INCOMPATIBLE_GARBLED),
        (signs(visible=TEXT + "请使用IE8以上浏览器访问"), marks.INCOMPATIBLE_PLUGIN),
        (signs(errors=("ReferenceError",)), marks.INCOMPATIBLE_SCRIPT),
    ],
)
def test_what_a_person_would_call_incompatible_bears_its_sign(
    found: tuple[str, ...], sign: str
) -> None:
    assert sign in found


@pytest.mark.parametrize(
    "outcome",
    [Outcome.CHALLENGE, Outcome.LOGIN, Outcome.NOT_FOUND, Outcome.SUSPENDED, Outcome.SERVER_ERROR],
)
def test_a_page_that_says_what_it_is_is_not_incompatible(outcome: Outcome) -> None:
    assert (
        signs(outcome=outcome, visible="", errors=("x",), html="<object classid='clsid:1'>") == ()
    )


def test_a_list_that_was_read_is_compatible_whatever_the_page_says() -> None:
    from datetime import date

    reading = PageReading(
        PageState.LIST, date(2022, 6, 1), (Item("题", "http://a.test/"),), confidence=0.9
    )
    assert signs(reading, Outcome.READ, "请使用IE浏览器", "classid='clsid:1'", ("x",)) == ()
