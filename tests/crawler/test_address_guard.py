"""The HTTP client's guard: on whose behalf a request is made, and answers that came from inside."""

from __future__ import annotations

from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.middlewares import AddressGuard, RefusedAddress

SITE = "http://www.site.test/a/"


def guard(*, intranet: bool = False) -> AddressGuard:
    settings = SimpleNamespace(getbool=lambda _: intranet)
    return AddressGuard(cast(Crawler, SimpleNamespace(settings=settings)))


async def asked(request: Request, **settings: Any) -> None:
    await guard(**settings).process_request(request)


def run(work: Any) -> None:
    """A coroutine that has nothing to wait for, to its end."""
    with pytest.raises(StopIteration):
        work.send(None)


# What is asked for, what the request knows of why, and whether it may go on.
REQUESTS = [
    ("http://10.0.0.1/", {"asked_url": SITE}, False),
    ("http://10.0.0.1/", {"asked_url": "http://10.0.0.1/a"}, True),
    ("http://10.0.0.1/", {"asked_url": "http://10.0.0.1/a", "task": SITE}, False),
    ("http://10.0.0.1/", {"redirect_urls": [SITE]}, False),
    ("http://10.0.0.1/robots.txt", {}, True),  # a page there was let through before
    ("http://[::ffff:127.0.0.1]/robots.txt", {"redirect_urls": [f"{SITE}robots.txt"]}, False),
]


@pytest.mark.parametrize(("url", "meta", "goes_on"), REQUESTS)
def test_the_register_says_on_whose_behalf(url: str, meta: dict[str, Any], goes_on: bool) -> None:
    known = {name: value for name, value in meta.items() if name != "task"}
    if "task" in meta:
        known["task"] = SimpleNamespace(url=meta["task"])
    request = Request(url, meta=known)
    if goes_on:
        run(asked(request))
        return
    with pytest.raises(RefusedAddress):
        run(asked(request))


def test_the_setting_for_intranets_opens_the_network_and_not_this_machine() -> None:
    run(asked(Request("http://10.0.0.1/", meta={"asked_url": SITE}), intranet=True))
    with pytest.raises(RefusedAddress):
        run(asked(Request("http://127.0.0.1/", meta={"asked_url": SITE}), intranet=True))


@pytest.mark.parametrize(
    ("address", "proxied", "kept"),
    [("8.8.8.8", False, True), ("127.0.0.1", False, False), ("127.0.0.1", True, True)],
)
def test_an_answer_from_inside_is_thrown_away_unless_it_is_a_proxys(
    monkeypatch: pytest.MonkeyPatch, address: str, proxied: bool, kept: bool
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    if proxied:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    request = Request(SITE, meta={"asked_url": SITE})
    response = Response(SITE, ip_address=ip_address(address))
    if kept:
        assert guard().process_response(request, response) is response
        return
    with pytest.raises(RefusedAddress):
        guard().process_response(request, response)
