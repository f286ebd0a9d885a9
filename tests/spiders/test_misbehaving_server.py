"""One look over plain HTTP at each behaviour of the misbehaving server has its row's outcome."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from tests.misbehaving import (
    BEHAVIOURS,
    OLD_TLS,
    PUBLIC,
    SECURE,
    TODAY,
    Misbehaving,
    misbehaving_server,
)

pytestmark = pytest.mark.timeout(60)
# In a process of its own, as every crawl; names of .test lie where they are said to, one after the
# other each time that one is resolved.
LOOK = """
import json, socket, sys
from datetime import date
from crawler import settings
from crawler.single import look_once
real = socket.gethostbyname
urls, today, proxy, intranet, places = json.load(sys.stdin)
socket.gethostbyname = lambda name: places.pop(0) if name.endswith(".test") else real(name)
settings.TIMEOUT_SECONDS = 4
looks = look_once(urls, today=date.fromisoformat(today), user_agent="xunjian/test", proxy=proxy,
                  body_limit=8 << 20, intranet=intranet)
print(json.dumps({look.answer.asked_url: [look.outcome, look.reading.confidence, look.error]
                  for look in looks}))
"""


class Seen(NamedTuple):
    outcome: str
    confidence: float
    error: str | None


def look_at(
    urls: Sequence[str],
    proxy: str | None = None,
    *,
    intranet: bool = False,
    places: Sequence[str] = ("127.0.0.1",),
) -> dict[str, Seen]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        input=json.dumps([urls, TODAY.isoformat(), proxy, intranet, places]),
        capture_output=True,
        text=True,
        check=True,
    )
    return {url: Seen(*found) for url, found in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Misbehaving]:
    with misbehaving_server(tmp_path_factory.mktemp("keys")) as running:
        yield running


@pytest.fixture(scope="module")
def looks(server: Misbehaving) -> dict[str, Seen]:
    found = look_at([server.url(name) for name in BEHAVIOURS])
    return {name: found[server.url(name)] for name in BEHAVIOURS}


@pytest.fixture(scope="module")
def public(server: Misbehaving) -> dict[str, Seen]:
    found = look_at([server.public_url(name) for name in PUBLIC], server.proxy)
    return {name: found[server.public_url(name)] for name in PUBLIC}


@pytest.fixture(scope="module")
def secure(server: Misbehaving) -> dict[str, Seen]:
    found = look_at([server.secure_url(kind) for kind in (*SECURE, "old_tls")])
    return {kind: found[server.secure_url(kind)] for kind in (*SECURE, "old_tls")}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_look_at_a_behaviour_has_its_outcome(name: str, looks: dict[str, Seen]) -> None:
    assert looks[name].outcome == BEHAVIOURS[name].http, looks[name]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_site_leads_nobody_inside(name: str, public: dict[str, Seen]) -> None:
    assert public[name].outcome == PUBLIC[name].http, public[name]


def test_nothing_inside_was_asked_for(public: dict[str, Seen], server: Misbehaving) -> None:
    assert public
    assert server.caught == 0


@pytest.mark.parametrize("kind", [*SECURE, "old_tls"])
def test_certificates_are_no_matter_to_plain_http_but_tls_is(
    kind: str, secure: dict[str, Seen]
) -> None:
    wanted = SECURE.get(kind, OLD_TLS)
    assert secure[kind].outcome == wanted[0], secure[kind]


@pytest.mark.parametrize(
    "name",
    [
        "cut_off",
        "cut_off_unsaid",
        "packed_half",
        "chunks_break_off",
        "promises_too_little",
        "reset_below_the_pinned",
    ],
)
def test_a_page_that_was_cut_off_is_read_with_little_confidence(
    name: str, looks: dict[str, Seen]
) -> None:
    assert looks[name].confidence < 0.5 <= looks["fresh"].confidence


def test_a_name_that_resolves_to_this_machine_is_refused_even_in_the_register(
    server: Misbehaving,
) -> None:
    url = f"http://www.site.test:{server.trap}/secret"
    assert {look_at([url], intranet=setting)[url].outcome for setting in (False, True)} == {
        "refused"
    }
    assert server.caught == 0


def test_a_name_that_changes_its_mind_is_asked_once_and_leads_nobody_inside(
    server: Misbehaving,
) -> None:
    """The address that was looked at is the one that is connected to: DNS rebinding."""
    url = f"http://www.site.test:{server.trap}/secret"
    found = look_at([url], places=["8.8.8.8", *["127.0.0.1"] * 20])[url]
    assert found.outcome in ("timeout", "connect_failure"), found
    assert server.caught == 0
