# ruff: noqa: E501 - markup reads better unbroken
"""The further checks of a survey: what each finds, what it leaves alone, and what nobody can say."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.facts import Truth
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, confirmed
from spiders.survey.check_adverts import advertising
from spiders.survey.check_guides import guides
from spiders.survey.check_hidden import hidden
from spiders.survey.check_letters import letters
from spiders.survey.check_policies import policies
from spiders.survey.check_private import private
from spiders.survey.check_report import site_report
from spiders.survey.check_search import search
from spiders.survey.checks import Run
from tests.spiders.survey.faultless import (
    BACK,
    DONE,
    EVERY,
    FORM,
    FULL,
    GUIDES,
    LETTERS,
    NOTICES,
    POLICIES,
    READINGS,
    SHORT,
    SPAM,
    THERE,
    WAITS,
    Engine,
    faultless,
    guide_pages,
    home,
    letter_pages,
    notices,
    policy_pages,
)
from tests.spiders.survey.town import (
    ERROR,
    HOME,
    WALL,
    FakeAsker,
    Page,
    article,
    column,
    listing,
    page,
    run,
)

ALL: tuple[Run, ...] = (
    hidden,
    guides,
    letters,
    private,
    advertising,
    site_report,
    search,
    policies,
)


def test_hidden_links_are_found_on_the_pages_of_notices_and_stand_after_a_second_look() -> None:
    pages = notices() | {f"{HOME}a/{n}.html": article("通知", SPAM) for n in range(1, 6)}
    first = run(hidden, FakeAsker(pages), [NOTICES])["hidden_link"]
    assert first.truth is Truth.VIOLATION
    assert {place.url for place in first.places} == {"http://www.bc88.test/"}
    assert "澳门新葡京官网" in first.places[0].what
    assert f"2022-06-20 12:00:00 http 200 {first.places[0].parent}" in first.evidence
    ask = FakeAsker(pages)
    second = run(hidden, ask, [NOTICES], before={"hidden_link": first})["hidden_link"]
    assert confirmed(first, second).truth is Truth.VIOLATION
    assert set(ask.asked) == {HOME, *(one.parent for one in first.places)}


def test_hidden_links_that_were_taken_away_meanwhile_are_cleared() -> None:
    pages = notices() | {f"{HOME}a/{n}.html": article("通知", SPAM) for n in range(1, 6)}
    first = run(hidden, FakeAsker(pages), [NOTICES])["hidden_link"]
    second = run(hidden, FakeAsker(notices()), [NOTICES], before={"hidden_link": first})
    assert confirmed(first, second["hidden_link"]).truth is Truth.OK


def test_what_scripts_hide_on_the_home_page_is_seen_in_a_browser_twice() -> None:
    ask = FakeAsker(notices(), seen={HOME: home(SPAM)})
    first = run(hidden, ask, [NOTICES])
    second = run(hidden, ask, [NOTICES], before=first)
    stands = confirmed(first["hidden_link"], second["hidden_link"])
    assert [place.home for place in stands.places] == [True]


PARKED = "<html><title>域名出售</title><body>您访问的域名可以转让！domain may be for sale 域名停放</body></html>"


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        (PARKED, Truth.VIOLATION),
        (page("<p>首页</p>", "时时彩平台官网"), Truth.VIOLATION),
        (page("<p>行业协会欢迎您</p>", "行业协会"), Truth.OK),
        (None, Truth.UNKNOWN),
        (WALL, Truth.UNKNOWN),
    ],
)
def test_partners_are_lapsed_only_by_what_they_show(answer: Page, truth: Truth) -> None:
    home = page(
        '<a href="http://www.partner.test/x">合作单位</a><a href="http://www.gov.cn/">政府网</a>'
    )
    ask = FakeAsker(notices() | {HOME: home, "http://www.partner.test/x": answer})
    assert run(hidden, ask, [NOTICES])["lapsed_domain"].truth is truth
    assert "http://www.gov.cn/" not in ask.asked


def test_short_guides_are_named_with_what_they_lack() -> None:
    found = run(guides, FakeAsker(guide_pages(FULL, SHORT, FULL)), [GUIDES])["guide"]
    (place,) = found.places
    assert place.url.endswith("/g/1.html")
    assert place.what == "设定依据、申请条件、收费标准、办理时间、办理流程"


def test_whole_guides_are_fine_and_guides_in_files_unclear() -> None:
    assert (
        run(guides, FakeAsker(guide_pages(FULL, FULL, FULL)), [GUIDES])["guide"].truth is Truth.OK
    )
    held = '<p><a href="/f/1.pdf">办事指南全文</a></p>'
    unclear = run(guides, FakeAsker(guide_pages(held, held, held)), [GUIDES])["guide"]
    assert (unclear.truth, unclear.reason) == (Truth.UNKNOWN, Doubt.UNCLEAR)


def test_a_site_without_such_columns_is_not_asked_of() -> None:
    for check, code in ((guides, "guide"), (letters, "letters"), (letters, "letter_parts")):
        found = run(check, FakeAsker(notices()), [NOTICES])[code]
        assert (found.truth, found.reason) == (Truth.UNKNOWN, Doubt.NOT_APPLICABLE)


@pytest.mark.parametrize("second", [False, True])
def test_a_letter_that_waits_longer_than_three_months_is_proposed(second: bool) -> None:
    pages = letter_pages("2022-02-01", WAITS.format(a="2022-02-01"), second=second)
    found = run(letters, FakeAsker(pages), [LETTERS])
    (place,) = found["letters"].places
    assert place.url == f"{HOME}l/9.html"
    assert place.what == "2022-02-01 的留言，139 天未答复"
    assert found["letter_parts"].truth is Truth.OK
    assert found["consult"].truth is Truth.OK


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("2022-05-01", WAITS.format(a="2022-05-01")),  # not yet
        ("2021-01-01", WAITS.format(a="2021-01-01")),  # longer ago than the rule looks back
        ("2022-02-01", DONE.format(t="x").replace("2022-05-01", "2022-02-01")),  # answered by now
        ("2022-02-01", "<p>留言时间：2022-02-01</p><p>留言内容：路灯</p><p>状态：不予受理</p>"),
        ("2022-02-01", WAITS.format(a="2022-06-01")),  # the two disagree
        ("2022-02-01", ""),  # its page says nothing
    ],
)
def test_letters_that_only_look_so_are_left_alone(asked: str, own: str) -> None:
    found = run(letters, FakeAsker(letter_pages(asked, own)), [LETTERS])
    assert found["letters"].truth is Truth.OK


def test_parts_that_answered_letters_do_not_show_are_named() -> None:
    pages = letter_pages("2022-05-01", WAITS.format(a="2022-05-01"))
    pages[f"{HOME}l/2.html"] = article(
        "反映", DONE.format(t="x").replace("<p>答复单位：市局</p>", "")
    )
    found = run(letters, FakeAsker(pages), [LETTERS])["letter_parts"]
    assert [place.what for place in found.places] == ["答复单位"]
    again = run(letters, FakeAsker(pages), [LETTERS], before={"letter_parts": found})
    assert confirmed(found, again["letter_parts"]).truth is Truth.VIOLATION


def test_that_there_is_no_channel_is_seen_in_a_browser_alone() -> None:
    bare = {HOME: home()}
    assert run(letters, FakeAsker(bare))["consult"].reason == Doubt.NO_BROWSER
    assert run(letters, FakeAsker(bare, seen=bare))["consult"].truth is Truth.VIOLATION
    written = {HOME: home('<img alt="领导信箱">')}
    assert run(letters, FakeAsker(bare, seen=written))["consult"].truth is Truth.OK


def test_personal_numbers_are_proposed_and_kept_masked() -> None:
    number = "41020219800229001" + "7"
    numbers = [number[:-1] + last for last in "0123456789X"]
    shown = "".join(f"<p>村民张某 {one}</p>" for one in numbers)  # one of them has its checksum
    pages = notices() | {f"{HOME}a/{n}.html": article("名单", shown) for n in range(1, 6)}
    found = run(private, FakeAsker(pages), [NOTICES])["private_number"]
    assert found.truth is Truth.VIOLATION
    assert number[3:16] not in repr(found)


def linked(**given: str) -> dict[str, Truth]:
    found = run(policies, FakeAsker(policy_pages(**given)), [POLICIES, READINGS])
    return {code: one.truth for code, one in found.items()}


OK, BAD, DOUBT = Truth.OK, Truth.VIOLATION, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("given", "share", "link", "back"),
    [
        ({"link": THERE, "back": BACK}, OK, OK, OK),
        ({"link": THERE}, OK, OK, BAD),
        ({"back": BACK}, OK, BAD, DOUBT),
        ({"told": "一图读懂：防汛", "link": THERE, "back": BACK}, OK, OK, OK),
        ({"told": "一图读懂：抗旱", "link": THERE}, BAD, OK, BAD),
        ({"link": '<a href="/f/1.pdf">附件</a>'}, OK, OK, DOUBT),
        (
            {"told": "一图读懂：抗旱", "link": THERE, "back": '<a href="/f/1.docx">附件</a>'},
            OK,
            OK,
            OK,
        ),
    ],
)
def test_policies_and_interpretations_link_to_each_other_or_are_proposed(
    given: dict[str, str], share: Truth, link: Truth, back: Truth
) -> None:
    assert linked(**given) == {
        "interpretation_share": share,
        "interpretation_link": link,
        "interpretation_back": back,
    }


def test_advertising_on_the_pages_of_the_month_is_proposed() -> None:
    shop = '<a href="http://shop.test/">限时抢购</a>'
    found = run(advertising, FakeAsker(notices() | {HOME: home(shop)}))["advert"]
    assert (found.truth, found.places[0].url) == (Truth.VIOLATION, "http://shop.test/")
    assert run(advertising, FakeAsker(notices()))["advert"].truth is Truth.OK


@pytest.mark.parametrize("answer", [WALL, ERROR, None, (403, ""), page("")])
@pytest.mark.parametrize("check", ALL)
def test_a_site_that_declines_us_is_never_accused(check: Run, answer: Page) -> None:
    for ask in (FakeAsker(lambda _: answer), FakeAsker(lambda _: answer, seen={HOME: answer})):
        found = run(check, ask, EVERY)
        assert [one.code for one in found.values() if one.truth is Truth.VIOLATION] == []


BROKEN: tuple[Page, ...] = (WALL, ERROR, None, (403, "403"), (404, "404"), page(""), (200, ""))


def torn(whole: Page, draw: Random) -> Page:
    """The beginning of a page, where the line broke."""
    return whole[: draw.randint(1, len(whole) - 8)] if isinstance(whole, str) else whole


@given(st.integers(0, 2**32), st.sampled_from(ALL), st.booleans())
@example(7627, policies, False)  # a policy's page that came empty
@settings(max_examples=200, deadline=None)
def test_whatever_does_not_answer_never_makes_a_faultless_site_faulty(
    seed: int, check: Run, in_a_browser: bool
) -> None:
    pages, draw = faultless(), Random(seed)
    for url in draw.sample(sorted(pages), draw.randint(0, len(pages))):
        pages[url] = draw.choice((*BROKEN, torn(pages[url], draw)))
    ask = FakeAsker(Engine(pages), seen={} if in_a_browser else None)
    found = run(check, ask, EVERY)
    assert [one for one in found.values() if one.truth is Truth.VIOLATION] == []


@pytest.mark.parametrize("check", ALL)
def test_a_faultless_site_is_found_so(check: Run) -> None:
    found = run(check, FakeAsker(Engine(faultless()), seen={}), EVERY)
    assert {one.truth for one in found.values()} == {Truth.OK}


@pytest.mark.parametrize("check", ALL)
def test_every_check_is_bounded_in_what_it_asks(check: Run) -> None:
    def endless(url: str) -> Page:
        if url.count("/") > 4:
            return article("关于做好有关工作的通知", FORM + SPAM)
        rows = [
            (f"{url}x/{n}.html", f"关于第{n}项工作的通知办事指南", "2022-05-01") for n in range(300)
        ]
        more = "".join(f'<a href="http://h{n}.test/">网站工作年度报表</a>' for n in range(300))
        return listing(*rows, more=f'{FORM}{more}<a href="{url}n/">下一页</a>')

    ask = FakeAsker(endless)
    run(check, ask, [column(f"c{n}", kind) for n in range(9) for kind in ColumnKind])
    assert len(ask.asked) <= 40
