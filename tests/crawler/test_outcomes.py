"""Every sign has its one outcome, and every outcome its one treatment."""

from __future__ import annotations

import pytest
from OpenSSL.SSL import Error as SslError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionLost, DNSLookupError, TCPTimedOutError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.middlewares import RefusedAddress, RobotsDenied, TooManyHops
from crawler.outcomes import (
    BY_STATE,
    landed_elsewhere,
    outcome_of_answer,
    outcome_of_exception,
)
from rules.facts import OUTCOMES, Outcome, PageState, Treatment


def test_every_page_state_has_an_outcome() -> None:
    assert set(BY_STATE) == set(PageState)


def test_every_outcome_has_a_treatment_and_a_reason() -> None:
    assert set(OUTCOMES) == set(Outcome)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (DownloadTimeoutError("slow"), Outcome.TIMEOUT),
        (TCPTimedOutError(), Outcome.TIMEOUT),
        (CannotResolveHostError("x.test"), Outcome.DNS_FAILURE),
        (DNSLookupError(), Outcome.DNS_FAILURE),
        (DownloadConnectionRefusedError(), Outcome.CONNECT_FAILURE),
        (ConnectError(), Outcome.CONNECT_FAILURE),
        (ConnectionLost(), Outcome.BROKEN_ANSWER),
        (DownloadFailedError("cut"), Outcome.BROKEN_ANSWER),
        (ResponseDataLossError(), Outcome.BROKEN_ANSWER),
        (DownloadCancelledError("too large"), Outcome.REFUSED),
        (UnsupportedURLSchemeError("foo"), Outcome.REFUSED),
        (RefusedAddress("10.0.0.1"), Outcome.REFUSED),
        (RobotsDenied("no"), Outcome.ROBOTS_DENIED),
        (TooManyHops("round and round"), Outcome.REDIRECT_LOOP),
        (KeyError("a bug of ours"), Outcome.OUR_FAULT),
    ],
)
def test_an_exception_has_one_outcome(error: BaseException, outcome: Outcome) -> None:
    assert outcome_of_exception(error) is outcome


def test_a_tls_failure_is_found_inside_what_wraps_it() -> None:
    error = DownloadFailedError("handshake")
    error.__cause__ = ResponseFailed([Failure(SslError([("ssl", "", "bad certificate")]))])
    assert outcome_of_exception(error) is Outcome.TLS_FAILURE


@pytest.mark.parametrize(
    ("status", "retry_after", "state", "outcome"),
    [
        (200, None, PageState.LIST, Outcome.READ),
        (200, None, PageState.NOT_FOUND, Outcome.NOT_FOUND),
        (200, None, PageState.CHALLENGE, Outcome.CHALLENGE),
        (401, None, PageState.UNREADABLE, Outcome.LOGIN),
        (403, None, PageState.UNREADABLE, Outcome.CHALLENGE),
        (403, None, PageState.LIST, Outcome.CHALLENGE),
        (404, None, PageState.LIST, Outcome.NOT_FOUND),
        (404, None, PageState.CHALLENGE, Outcome.CHALLENGE),
        (404, None, PageState.SUSPENDED, Outcome.SUSPENDED),
        (410, None, PageState.UNREADABLE, Outcome.NOT_FOUND),
        (408, None, PageState.UNREADABLE, Outcome.SERVER_ERROR),
        (429, None, PageState.CHALLENGE, Outcome.RATE_LIMITED),
        (412, None, PageState.SCRIPT_SHELL, Outcome.CHALLENGE),
        (429, None, PageState.UNREADABLE, Outcome.RATE_LIMITED),
        (500, None, PageState.SERVER_ERROR, Outcome.SERVER_ERROR),
        (500, None, PageState.LIST, Outcome.SERVER_ERROR),
        (502, 30, PageState.UNREADABLE, Outcome.SERVER_ERROR),
        (503, None, PageState.UNREADABLE, Outcome.SERVER_ERROR),
        (503, 30, PageState.UNREADABLE, Outcome.RATE_LIMITED),
        (503, None, PageState.CHALLENGE, Outcome.CHALLENGE),
        (521, None, PageState.SCRIPT_SHELL, Outcome.CHALLENGE),
        (400, None, PageState.LIST, Outcome.UNREADABLE),
        (304, None, PageState.UNREADABLE, Outcome.UNREADABLE),
    ],
)
def test_an_answer_has_one_outcome(
    status: int, retry_after: int | None, state: PageState, outcome: Outcome
) -> None:
    assert outcome_of_answer(status, retry_after, state) is outcome


@pytest.mark.parametrize("status", [*range(200, 206), *range(300, 309), *range(400, 600)])
def test_no_error_status_is_ever_read(status: int) -> None:
    outcome = outcome_of_answer(status, None, PageState.LIST)
    assert (outcome is Outcome.READ) == (200 <= status < 300)
    assert OUTCOMES[outcome].treatment in Treatment


@pytest.mark.parametrize(
    ("asked", "landed", "outcome"),
    [
        ("http://a.test/xw/", "http://a.test/xw/", None),
        ("http://a.test/xw/", "https://www.a.test/xw/index.html", None),
        ("http://a.test/", "http://a.test/index.html", None),
        ("http://a.test/xw/", "http://a.test/", Outcome.NOT_FOUND),
        ("http://a.test/index.jsp", "http://a.test/", None),
        ("http://a.test/?id=3", "http://a.test/", Outcome.NOT_FOUND),
        ("http://a.test/xw/", "http://a.test/index.shtml", Outcome.NOT_FOUND),
        ("http://a.test/xw/", "http://a.test/Default.aspx", Outcome.NOT_FOUND),
        ("http://a.test/xw/", "http://a.test/index.jsp?id=3", None),
        ("http://a.test/xw/", "http://b.test/xw/", Outcome.MOVED),
        ("http://a.test/xw/", "http://b.test/", Outcome.MOVED),
    ],
)
def test_where_a_redirect_ends_says_what_it_was(
    asked: str, landed: str, outcome: Outcome | None
) -> None:
    assert landed_elsewhere(asked, landed) is outcome
