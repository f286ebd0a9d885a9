"""The check of the home page: fresh, shown stale to a browser, or nothing that can be said."""

from __future__ import annotations

import pytest

from rules.facts import Truth
from rules.site_checks import Doubt, confirmed
from spiders.survey.check_home import updated
from tests.spiders.survey.town import HOME, WALL, FakeAsker, Page, listing, run


def home(*days: str, more: str = "") -> str:
    """A home page with a menu, and entries of these days."""
    menu = "".join(f'<a href="/c{n}/">栏目{n}</a>' for n in range(12))
    rows = [(f"/a/{n}.html", f"第{n}次重点工作推进会在我市召开", day) for n, day in enumerate(days)]
    return listing(*rows, more=menu + more)


OLD = ("2022-05-01", "2022-04-20", "2022-04-11", "2022-03-30", "2022-03-12")
STALE = home(*OLD)


def check(plain: Page, seen: Page | None = None, *, browser: bool = True) -> tuple[Truth, str]:
    shown = {HOME: plain if seen is None else seen} if browser else None
    found = run(updated, FakeAsker({HOME: plain}, seen=shown), [])["home_news"]
    return found.truth, found.places[0].what if found.places else str(found.reason or "")


def test_one_fresh_entry_is_enough_and_needs_no_browser() -> None:
    fresh = home(*OLD, "2022-06-06")
    assert check(fresh, browser=False) == (Truth.OK, "")
    assert check(STALE, fresh) == (Truth.OK, "")


def test_a_home_page_shown_stale_tells_its_newest_date() -> None:
    assert check(STALE) == (Truth.VIOLATION, "2022-05-01")
    assert check(home(*OLD, "2022-06-05")) == (Truth.VIOLATION, "2022-06-05")
    also = home(*OLD, more="<span>05-30</span>")
    assert check(also) == (Truth.VIOLATION, "2022-05-30")


def test_it_stands_after_a_second_look_and_falls_if_something_new_is_there_by_then() -> None:
    first = run(updated, FakeAsker({HOME: STALE}, seen={HOME: STALE}), [])["home_news"]
    again = run(updated, FakeAsker({HOME: STALE}, seen={HOME: STALE}), [])["home_news"]
    assert confirmed(first, again).truth is Truth.VIOLATION
    fresh = FakeAsker({HOME: home("2022-06-19")}, seen={})
    assert confirmed(first, run(updated, fresh, [])["home_news"]).truth is Truth.OK


def test_a_page_without_any_date_only_leads_on() -> None:
    menu = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(12))
    assert check(f"<html><body><ul>{menu}</ul></body></html>") == (Truth.VIOLATION, "")


@pytest.mark.parametrize(
    "entry",
    [
        '<a href="/info/{0}.htm">第{0}次重点工作推进会在我市召开</a>',
        '<a href="/info/{0}.htm"><img src="/{0}.jpg" alt="第{0}次重点工作推进会在我市召开"></a>',
        '<a href="/info/{0}.htm" title="第{0}次重点工作推进会在我市召开">第{0}次重点…</a>',
    ],
)
def test_titles_whose_dates_no_page_shows_may_be_new(entry: str) -> None:
    menu = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(12))
    news = "".join(entry.format(n) for n in range(3))
    told = check(f"<html><body><ul>{menu}</ul>{news}</body></html>")
    assert told == (Truth.UNKNOWN, Doubt.UNCLEAR.value)


@pytest.mark.parametrize(
    ("plain", "seen", "browser", "reason"),
    [
        (STALE, None, False, Doubt.NO_BROWSER),
        (None, None, True, Doubt.UNREAD),
        (WALL, None, True, Doubt.UNREAD),
        (STALE, home(*OLD, more="<span>06-18</span>"), True, Doubt.UNCLEAR),
        (STALE, home(*OLD, more='<a href="/202206/t20220617_1.html">图</a>'), True, Doubt.UNCLEAR),
        (STALE, home(*OLD, more="<p>今天是2022年6月20日 星期一</p>"), True, Doubt.UNCLEAR),
        (home("05-30"), None, True, Doubt.UNCLEAR),
        (STALE, home(*OLD, more='<iframe src="/x/"></iframe>'), True, Doubt.UNCLEAR),
    ],
)
def test_what_is_not_proved_accuses_nobody(
    plain: Page, seen: Page, browser: bool, reason: Doubt
) -> None:
    assert check(plain, seen, browser=browser) == (Truth.UNKNOWN, reason.value)
