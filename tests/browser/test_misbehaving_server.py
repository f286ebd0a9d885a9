"""One look by the browser at each behaviour of the misbehaving server has its row's outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress

import pytest

from crawler.browser.engine import Engine
from crawler.browser.errand import Errand, Limits
from crawler.browser.finding import find_browser
from crawler.browser.guard import MOST_REQUESTS
from crawler.browser.relay import MOST_OPENED
from crawler.browser.rendering import PageBroke, render
from crawler.look import Look
from rules.facts import Outcome, Purpose
from tests.misbehaving import (
    BEHAVIOURS,
    OLD_TLS,
    PUBLIC,
    SECURE,
    TODAY,
    Misbehaving,
    misbehaving_server,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LIMITS = Limits(document=8, settle=6, proof=4, answer=10, whole=40)
AT_ONCE, GREEDY_AT_ONCE = 4, 2
# What takes all it gets of this machine is looked at when the others are done.
GREEDY = {*BEHAVIOURS} & {
    *(name for name, row in BEHAVIOURS.items() if row.browser is Outcome.OUR_FAULT),
    *("of_great_depth", "of_many_parts", "asks_for_a_thousand", "opens_many_sockets"),
    *("opens_windows_for_ever", "goes_on_for_ever", "never_rests", "frames_itself"),
}
# Looked at to be held against somebody: then a page is given time to change its mind.
PROVED = {"renewed_late"}

Looks = Mapping[str, Look | None]


async def look_at(
    urls: Mapping[str, str], proxy: str | None = None, *, intranet: bool = False
) -> dict[str, Look | None]:
    """A look at each address; None where the page broke."""
    found: dict[str, Look | None] = {}
    path = find_browser()
    assert path is not None
    engine = Engine(
        path, "xunjian/test", proxy, intranet=intranet, memory_mb=400, most_bytes=16 << 20
    )

    async def one(name: str, places: asyncio.Semaphore) -> None:
        purpose = Purpose.PROVE if name in PROVED else Purpose.READ
        errand = Errand(urls[name], lambda: TODAY, "xunjian/test", purpose=purpose, limits=LIMITS)
        found[name] = None
        async with places:
            with suppress(PageBroke):
                async with engine.context() as seat:
                    found[name] = await render(seat, errand)

    async with engine:
        shares = (AT_ONCE, urls.keys() - GREEDY), (GREEDY_AT_ONCE, urls.keys() & GREEDY)
        for most, names in shares:
            places = asyncio.Semaphore(most)
            await asyncio.gather(*(one(name, places) for name in sorted(names)))
        assert engine.starts == 1, "no page may take the browser of the others with it"
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Misbehaving]:
    if find_browser() is None:
        pytest.skip("no browser")
    with misbehaving_server(tmp_path_factory.mktemp("keys")) as running:
        yield running


@pytest.fixture(scope="module")
def looks(server: Misbehaving) -> Looks:
    return asyncio.run(look_at({name: server.url(name) for name in BEHAVIOURS}))


@pytest.fixture(scope="module")
def public(server: Misbehaving) -> Looks:
    urls = {name: server.public_url(name) for name in PUBLIC}
    return asyncio.run(look_at(urls, server.proxy))


@pytest.fixture(scope="module")
def secure(server: Misbehaving) -> Looks:
    return asyncio.run(look_at({kind: server.secure_url(kind) for kind in (*SECURE, "old_tls")}))


def outcome_of(look: Look | None) -> Outcome:
    return Outcome.OUR_FAULT if look is None else look.outcome


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_look_at_a_behaviour_has_its_outcome(name: str, looks: Looks) -> None:
    assert outcome_of(looks[name]) is BEHAVIOURS[name].browser, looks[name]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_site_leads_nobody_inside(name: str, public: Looks) -> None:
    assert outcome_of(public[name]) is PUBLIC[name].browser, public[name]


def test_nothing_inside_was_asked_for_and_nothing_of_it_was_kept(
    public: Looks, server: Misbehaving
) -> None:
    assert server.caught == 0
    kept = [one for look in public.values() if look is not None for one in look.exchanges]
    assert kept
    assert [one.url for one in kept if f":{server.trap}" in one.url] == []


@pytest.mark.parametrize("kind", [*SECURE, "old_tls"])
def test_a_certificate_that_a_person_is_warned_of_is_a_failure(kind: str, secure: Looks) -> None:
    assert outcome_of(secure[kind]) is SECURE.get(kind, OLD_TLS)[1], secure[kind]


@pytest.mark.parametrize(
    "name",
    [
        "cut_off",
        "cut_off_unsaid",
        "packed_half",
        "chunks_break_off",
        "promises_too_little",
        "promises_too_much",
        "drips_below_the_pinned",
        "reset_below_the_pinned",
    ],
)
def test_what_the_browser_mends_is_read_with_little_confidence(name: str, looks: Looks) -> None:
    look, whole = looks[name], looks["fresh"]
    assert look is not None
    assert whole is not None
    assert look.reading.confidence < 0.5 <= whole.reading.confidence


def test_a_site_is_not_asked_without_end(looks: Looks, server: Misbehaving) -> None:
    assert looks["asks_for_a_thousand"] is not None
    assert looks["opens_many_sockets"] is not None
    assert 0 < server.visits["piece_of_many"] <= MOST_REQUESTS
    assert 0 < server.visits["socket"] <= MOST_OPENED


def test_a_list_that_a_page_renews_is_read_as_it_is_in_the_end(looks: Looks) -> None:
    look, fresh = looks["renewed_late"], looks["fresh"]
    assert look is not None
    assert fresh is not None
    assert look.reading.newest == fresh.reading.newest


@pytest.mark.parametrize("intranet", [False, True])
def test_a_name_that_resolves_to_this_machine_is_refused_even_in_the_register(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, intranet: bool
) -> None:
    resolve_tests_to(monkeypatch, "127.0.0.1")
    url = f"http://www.site.test:{server.trap}/secret"
    found = asyncio.run(look_at({"it": url}, intranet=intranet))
    assert outcome_of(found["it"]) is Outcome.REFUSED
    assert server.caught == 0


def resolve_tests_to(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let every name of .test lie at an address."""
    import socket

    real = socket.getaddrinfo

    def resolve(host: str, *args: object, **more: object) -> object:
        return real(address if str(host).endswith(".test") else host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
