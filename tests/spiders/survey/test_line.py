"""IPv6 and the certificate of a host: beside the controls, and never from behind a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.certificates import Certificate, Shown
from crawler.ipv6 import Six
from rules.facts import Truth
from rules.register import Site
from rules.site_checks import Doubt, SiteCheck
from spiders.survey import check_line
from tests.spiders.survey.town import CONTROL, HOME, WALL, FakeAsker, Page, run

SECURE = HOME.replace("http:", "https:")
DIRECT = SimpleNamespace(behind_proxy=False, intranet=False, user_agent="xunjian/1")
PAGE = "<html><body><h1>首页</h1><p>为深入贯彻落实上级决策部署，切实做好工作。</p></body></html>"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each host says: `six` by address, `shown` for the site's certificate."""
    said: dict[str, Any] = {"six": {}, "shown": Certificate(Shown.NONE), "asked": []}

    def six(url: str, **_: object) -> Six:
        said["asked"].append(url)
        answers: Mapping[str, Six] = said["six"]
        return answers.get(url, Six.NO_ADDRESS)

    monkeypatch.setattr(check_line, "ask_over_ipv6", six)
    monkeypatch.setattr(check_line, "certificate_of", lambda *_, **__: said["shown"])
    return said


def ask(home: Page = PAGE, url: str = HOME, job: Any = DIRECT) -> dict[str, SiteCheck]:
    site = Site("示例市人民政府", "市政府办", url)
    return run(check_line.line, FakeAsker({url: home}, job=job), site=site)


def test_a_site_without_ipv6_is_short_beside_a_control_that_has_it(world: dict[str, Any]) -> None:
    world["six"] = {CONTROL: Six.ANSWERED}
    found = ask()["ipv6"]
    assert (found.truth, found.places[0].what) == (Truth.VIOLATION, "域名没有 IPv6 地址")


def test_without_ipv6_at_our_end_nothing_is_known(world: dict[str, Any]) -> None:
    found = ask()["ipv6"]
    assert (found.truth, found.reason) == (Truth.UNKNOWN, Doubt.LINE_DOWN)


def test_a_site_that_answers_needs_no_control(world: dict[str, Any]) -> None:
    world["six"] = {HOME: Six.ANSWERED}
    assert ask()["ipv6"].truth is Truth.OK
    assert world["asked"] == [HOME]


def test_behind_a_proxy_and_on_a_site_that_was_not_read_nothing_is_asked(
    world: dict[str, Any],
) -> None:
    world["six"] = {CONTROL: Six.ANSWERED}
    proxied = ask(job=SimpleNamespace(behind_proxy=True))
    walled = ask(home=WALL)
    assert {one.truth for one in (*proxied.values(), *walled.values())} == {Truth.UNKNOWN}
    assert world["asked"] == []


@pytest.mark.parametrize(
    ("url", "shown", "truth"),
    [
        (SECURE, Shown.EXPIRED, Truth.VIOLATION),
        (HOME, Shown.EXPIRED, Truth.OK),
        (HOME, Shown.NONE, Truth.OK),
        (SECURE, Shown.UNCLEAR, Truth.UNKNOWN),
        (HOME, Shown.UNTRUSTED, Truth.UNKNOWN),
    ],
)
def test_certificates_count_where_visitors_are_sent(
    world: dict[str, Any], url: str, shown: Shown, truth: Truth
) -> None:
    world["shown"] = Certificate(shown)
    assert ask(url=url)["certificate"].truth is truth


def test_that_there_is_no_https_is_told_as_a_notice(world: dict[str, Any]) -> None:
    assert "仅供参考" in str(ask()["certificate"].reason)
