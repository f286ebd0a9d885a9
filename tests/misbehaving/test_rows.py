"""The server misbehaves in all the ways it must, and both clients are held to every row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import test_misbehaving_server as by_browser
from tests.misbehaving import BEHAVIOURS, PUBLIC, SECURE
from tests.spiders import test_misbehaving_server as over_http

# What must never be missing, in the words of whoever asked for it.
WANTED = {
    "no answer": "silent",
    "slow first byte": "slow",
    "one byte a second": "drips",
    "reset mid-body": "reset_below_the_pinned",
    "wrong length": "promises_too_much",
    "endless body": "endless",
    "gzip bomb": "gzip_bomb",
    "redirect loop": "redirect_loop",
    "redirect to a private address": "redirects_to_private",
    "200 soft 404": "soft_missing",
    "soft 404 without a word": "soft_for_any_path",
    "404 to robots only": "hides_from_programs",
    "500 once": "broken_once",
    "503 with Retry-After": "busy",
    "521": "jsl_521",
    "412": "ruishu_412",
    "login wall": "log_in_first",
    "expired certificate": "expired",
    "self-signed certificate": "self_signed",
    "GBK without charset": "gbk_unsaid",
    "cookie-required page": "wants_a_cookie",
    "meta refresh": "refreshed",
    "frameset": "in_frameset",
    "list after 3 s of script": "scripted_late",
    "list behind a click": "behind_a_click",
    "list in shadow DOM": "in_shadow",
    "script error": "breaks_before",
    "alert box": "alerts",
    "download instead of page": "downloads",
    "fresh list in a frame": "fresh_in_a_frame",
    "popup": "pops_up",
    "wrong host answering": "default_host",
    "parked domain": "for_sale_everywhere",
    "a script's shell for all paths": "one_page_application",
}


@pytest.mark.parametrize("words", WANTED)
def test_no_behaviour_that_was_asked_for_is_missing(words: str) -> None:
    assert WANTED[words] in BEHAVIOURS.keys() | PUBLIC.keys() | SECURE.keys()


def test_there_are_at_least_forty() -> None:
    assert len(BEHAVIOURS) >= 40


@pytest.mark.parametrize(
    ("test", "table"),
    [
        (over_http.test_a_look_at_a_behaviour_has_its_outcome, BEHAVIOURS),
        (by_browser.test_a_look_at_a_behaviour_has_its_outcome, BEHAVIOURS),
        (over_http.test_a_public_site_leads_nobody_inside, PUBLIC),
        (by_browser.test_a_public_site_leads_nobody_inside, PUBLIC),
    ],
)
def test_each_client_is_held_to_each_row(test: Callable[..., None], table: object) -> None:
    [mark] = [one for one in test.pytestmark if one.name == "parametrize"]  # type: ignore[attr-defined]
    assert mark.args[1] is table
