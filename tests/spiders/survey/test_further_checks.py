# ruff: noqa: E501 - markup reads better unbroken
"""The further checks of a survey: what each finds, what it leaves alone, and what nobody can say."""

from __future__ import annotations

from datetime import date
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Truth
from rules.kinds import ColumnKind
from rules.site_checks import Doubt, SiteCheck, confirmed
from spiders.survey.check_adverts import advertising
from spiders.survey.check_guides import guides
from spiders.survey.check_hidden import hidden
from spiders.survey.check_letters import letters
from spiders.survey.check_policies import policies
from spiders.survey.check_private import private
from spiders.survey.check_report import site_report
from spiders.survey.check_search import search
from spiders.survey.checks import Run
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

NOTICES = column("tzgg", ColumnKind.NOTICE)
GUIDES = column("bszn", ColumnKind.GUIDE)
LETTERS = column("lygk", ColumnKind.MESSAGES, "留言公开")
REPORTS = column("ndbb", ColumnKind.SITE_REPORT)
EVERY = (
    NOTICES,
    GUIDES,
    LETTERS,
    REPORTS,
    column("zcwj", ColumnKind.POLICY),
    column("zcjd", ColumnKind.INTERPRETATION),
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
SPAM = '<div style="display:none"><a href="http://www.bc88.test/">澳门新葡京官网</a></div>'
TITLES = [f"关于做好第{n}号重点工作有关事项的通知" for n in range(1, 6)]


def home(main: str = "") -> str:
    """A home page with its news."""
    rows = [
        (f"/n/{n}.html", f"我市召开第{n}次重点工作推进会", f"2022-06-{n:02d}") for n in range(1, 7)
    ]
    return listing(*rows, more=main)


def notices(**changed: Page) -> dict[str, Page]:
    """A home page, a list of five notices, and their pages."""
    rows = [(f"/a/{n}.html", title, f"2022-05-{n:02d}") for n, title in enumerate(TITLES, 1)]
    pages: dict[str, Page] = {
        HOME: home('<a href="/hdjl/">互动交流</a>'),
        f"{HOME}tzgg/": listing(*rows),
        **{f"{HOME}a/{n}.html": article(title, "") for n, title in enumerate(TITLES, 1)},
    }
    return pages | {HOME + path: markup for path, markup in changed.items()}


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


FULL = "".join(
    f"<p>{name}：{value}</p>"
    for name, value in {
        "事项名称": "登记", "设定依据": "有关法律", "申请条件": "符合条件的公民", "办理材料": "身份证", "办理地点": "市民之家",
        "办理机构": "市局", "收费标准": "不收费", "办理时间": "五个工作日", "联系电话": "0378-1", "办理流程": "申请、受理、办结",
    }.items()
)  # fmt: skip
SHORT = (
    "<p>办理材料：身份证</p><p>办理地点：市民之家</p><p>办理机构：市局</p><p>联系电话：0378-1</p>"
)


def guide_pages(*mains: str) -> dict[str, Page]:
    rows = [(f"/g/{n}.html", f"第{n}项登记备案办事指南", "2021-05-01") for n in range(len(mains))]
    found = {
        f"{HOME}g/{n}.html": article(rows[n][1], main, "2021-05-01") for n, main in enumerate(mains)
    }
    return notices() | {f"{HOME}bszn/": listing(*rows), **found}


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


ROW = '<tr><td><a href="/l/{n}.html">{t}</a></td><td>{a}</td><td>{b}</td><td>{s}</td></tr>'
DONE = (
    "<p>留言时间：2022-05-01</p><p>留言内容：{t}</p><p>办理状态：已办结</p><p>答复单位：市局</p>"
    "<p>答复时间：2022-05-09</p><p>答复内容：您好，您反映的问题已经处理，感谢关注。</p>"
)
WAITS = "<p>留言时间：{a}</p><p>留言内容：路灯不亮已经很久了</p><p>办理状态：办理中</p>"


def letter_pages(asked: str, own: str, *, second: bool = False) -> dict[str, Page]:
    """Three answered letters and one that waits, on the first page of the list or its second."""
    done = "".join(
        ROW.format(
            n=n, t=f"反映第{n}小区停车问题", a="2022-05-01", b=f"2022-05-{9 + n:02d}", s="已办结"
        )
        for n in range(1, 4)
    )
    waits = ROW.format(n=9, t="反映路灯不亮的问题", a=asked, b="", s="办理中")
    head = "<tr><th>标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr>"
    more = '<div class="page"><a href="/lygk/2.html">下一页</a></div>'
    first = page(f"<table>{head}{done}{'' if second else waits}</table>{more if second else ''}")
    pages: dict[str, Page] = {
        f"{HOME}lygk/": first,
        f"{HOME}lygk/2.html": page(f"<table>{head}{done.replace('/l/', '/m/')}{waits}</table>"),
        f"{HOME}l/9.html": article("反映路灯不亮的问题", own),
        **{
            f"{HOME}l/{n}.html": article(f"反映第{n}小区停车问题", DONE.format(t="停车难"))
            for n in range(1, 4)
        },
    }
    return notices() | pages


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


def report_pages(*years: int) -> dict[str, Page]:
    rows = [(f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y + 1}-01-20") for y in years]
    return notices() | {f"{HOME}ndbb/": listing(*rows)}


def test_last_year_s_report_is_missing_where_those_of_other_years_stand() -> None:
    found = run(site_report, FakeAsker(report_pages(2020, 2019, 2018)), [REPORTS])["site_report"]
    assert found.truth is Truth.VIOLATION
    assert found.places[0].what == "没有 2021 年的政府网站工作年度报表"


@pytest.mark.parametrize(
    ("pages", "today"),
    [
        (report_pages(2021, 2020, 2019), date(2022, 6, 20)),
        (report_pages(2020, 2019, 2018), date(2022, 1, 31)),
        (
            notices() | {HOME: page('<a href="/x">2021年政府网站工作年度报表</a>')},
            date(2022, 2, 1),
        ),
        (
            notices(**{"r/": listing(("/1", "政府网站工作年度报表（2021年度）", "2022-01-20"))})
            | {HOME: page('<a href="/r/">网站工作年度报表</a>')},
            date(2022, 2, 1),
        ),
    ],
)
def test_a_report_counts_wherever_it_stands_and_before_the_deadline_nothing_is_owed(
    pages: dict[str, Page], today: date
) -> None:
    found = run(site_report, FakeAsker(pages, today=today), [REPORTS])["site_report"]
    assert found.truth is Truth.OK


@pytest.mark.parametrize(
    ("years", "more", "truth"),
    [
        ((2018, 2019, 2020), '<div><a href="/ndbb/2.html">下一页</a></div>', Truth.UNKNOWN),
        ((2018, 2019, 2020), "", Truth.VIOLATION),
        ((2020, 2019, 2018), '<div><a href="/ndbb/2.html">下一页</a></div>', Truth.VIOLATION),
    ],
)
def test_a_list_that_goes_on_says_nothing_unless_it_begins_with_the_latest(
    years: tuple[int, ...], more: str, truth: Truth
) -> None:
    rows = [(f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y + 1}-01-20") for y in years]
    pages = notices() | {f"{HOME}ndbb/": listing(*rows, more=more)}
    assert run(site_report, FakeAsker(pages), [REPORTS])["site_report"].truth is truth


def test_a_list_that_cuts_its_titles_says_nothing() -> None:
    pages = report_pages(2020, 2019, 2018)
    cut = listing(
        ("/r/1.html", "示例市人民政府门户网…", "2022-01-20"),
        *((f"/r/{y}.html", f"{y}年政府网站工作年度报表", f"{y}-01-20") for y in (2019, 2018, 2017)),
    )
    found = run(site_report, FakeAsker(pages | {f"{HOME}ndbb/": cut}), [REPORTS])["site_report"]
    assert found.truth is Truth.UNKNOWN


def test_a_column_that_could_not_be_read_says_nothing_of_reports() -> None:
    for answer in (WALL, ERROR, None, page("<p>正在加载</p>")):
        pages = notices() | {f"{HOME}ndbb/": answer}
        found = run(site_report, FakeAsker(pages, seen={}), [REPORTS])["site_report"]
        assert found.truth is Truth.UNKNOWN


FORM = '<form action="/search"><input name="q"><input type="submit" value="搜索"></form>'


def results(*titles: str) -> str:
    rows = "".join(f'<li><a href="/s/{n}">{title}</a></li>' for n, title in enumerate(titles))
    return page(f"<h3>搜索结果</h3><ul>{rows}</ul>" if titles else "<p>没有找到相关结果</p>")


class Engine:
    """A search that knows these titles; without any, whatever it is asked for."""

    def __init__(self, pages: dict[str, Page], known: tuple[str, ...] | None = None) -> None:
        self.pages, self.known = pages, known

    def __call__(self, url: str) -> Page:
        if not url.startswith(f"{HOME}search?"):
            return self.pages.get(url, (404, "404"))
        asked = parse_qs(urlsplit(url).query)["q"][0]
        return results(*(self.known if self.known is not None else (asked,)))


def searched(*known: str) -> SiteCheck:
    pages = notices() | {HOME: page(FORM)}
    return run(search, FakeAsker(Engine(pages, known), seen={}), [NOTICES])["search"]


def test_a_search_that_knows_the_site_s_titles_is_fine() -> None:
    assert searched(*TITLES).truth is Truth.OK


def test_every_title_that_is_not_on_page_one_counts() -> None:
    other = (
        "另一条完全不同的标题内容甲",
        "另一条完全不同的标题内容乙",
        "另一条完全不同的标题内容丙",
    )
    assert searched(*other).count == 4
    assert searched().count == 4
    assert searched(*TITLES[:3], *other).count < 4


@pytest.mark.parametrize(
    "answer", [WALL, ERROR, None, (403, "403"), page("<p>请登录</p>"), page("")]
)
def test_a_search_behind_a_wall_says_nothing(answer: Page) -> None:
    pages = notices() | {HOME: page(FORM)}
    ask = FakeAsker(
        lambda url: answer if "search?" in url else pages.get(url, (404, "404")), seen={}
    )
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/s" method="post"><input name="q"><input type="submit" value="搜索"></form>',
        '<input type="text" placeholder="请输入搜索内容" onkeydown="so()">',
        "<p>政务公开</p>",
    ],
)
def test_forms_that_would_post_or_that_scripts_send_are_not_asked(form: str) -> None:
    pages = notices() | {HOME: page(form)}
    ask = FakeAsker(pages)
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN
    assert not any("/s" in url.removeprefix(HOME) for url in ask.asked)


def test_that_there_is_no_search_is_seen_in_a_browser_alone() -> None:
    pages = notices()
    assert run(search, FakeAsker(pages), [NOTICES])["search"].reason == Doubt.NO_BROWSER
    found = run(search, FakeAsker(pages, seen={}), [NOTICES])["search"]
    assert found.truth is Truth.VIOLATION


def test_a_page_of_results_that_a_script_fills_is_read_in_a_browser_alone() -> None:
    pages = notices() | {HOME: page(FORM)}
    empty = Engine(pages, ())
    assert run(search, FakeAsker(empty), [NOTICES])["search"].reason == Doubt.NO_BROWSER
    filled = {url: results(*TITLES) for url in asked_of(pages)}
    assert run(search, FakeAsker(empty, seen=filled), [NOTICES])["search"].truth is OK


def asked_of(pages: dict[str, Page]) -> list[str]:
    """The questions that a search is asked."""
    ask = FakeAsker(Engine(pages), seen={})
    run(search, ask, [NOTICES])
    return [url for url in ask.asked if "search?" in url and not url.startswith("see ")]


def test_titles_of_the_last_days_are_not_asked_for() -> None:
    pages = notices() | {HOME: page(FORM)}
    rows = [(f"/a/{n}.html", title, "2022-06-18") for n, title in enumerate(TITLES, 1)]
    pages[f"{HOME}tzgg/"] = listing(*rows)
    ask = FakeAsker(Engine(pages))
    assert run(search, ask, [NOTICES])["search"].truth is Truth.UNKNOWN
    assert not any("search?" in url for url in ask.asked)


def test_personal_numbers_are_proposed_and_kept_masked() -> None:
    number = "41020219800229001" + "7"
    numbers = [number[:-1] + last for last in "0123456789X"]
    shown = "".join(f"<p>村民张某 {one}</p>" for one in numbers)  # one of them has its checksum
    pages = notices() | {f"{HOME}a/{n}.html": article("名单", shown) for n in range(1, 6)}
    found = run(private, FakeAsker(pages), [NOTICES])["private_number"]
    assert found.truth is Truth.VIOLATION
    assert number[3:16] not in repr(found)


POLICIES = column("zcwj", ColumnKind.POLICY)
READINGS = column("zcjd", ColumnKind.INTERPRETATION)
RULED = "关于印发《示例市防汛应急工作方案》的通知"


def policy_pages(
    *, told: str = "《示例市防汛应急工作方案》政策解读", link: str = "", back: str = ""
) -> dict[str, Page]:
    """A policy and an interpretation, with what links the one to the other."""
    others = [
        (f"/z/{n}.html", f"关于召开第{n}次会议的通知", f"2022-04-{n:02d}") for n in range(2, 6)
    ]
    reads = [(f"/j/{n}.html", f"第{n}期在线访谈", f"2022-04-{n:02d}") for n in range(2, 6)]
    return notices() | {
        f"{HOME}zcwj/": listing(("/z/1.html", RULED, "2022-05-01"), *others),
        f"{HOME}zcjd/": listing(("/j/1.html", told, "2022-05-02"), *reads),
        f"{HOME}z/1.html": article(RULED, back),
        f"{HOME}j/1.html": article(told, link),
    }


def linked(**given: str) -> dict[str, Truth]:
    found = run(policies, FakeAsker(policy_pages(**given)), [POLICIES, READINGS])
    return {code: one.truth for code, one in found.items()}


THERE, BACK = f'<a href="/z/1.html">{RULED}</a>', '<a href="/j/1.html">政策解读</a>'
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


def faultless() -> dict[str, Page]:
    """A site at which nothing is to be found, whatever is asked."""
    pages = guide_pages(FULL, FULL, FULL)
    pages |= letter_pages("2022-05-01", WAITS.format(a="2022-05-01"))
    pages |= policy_pages(link=THERE, back=BACK)
    pages |= report_pages(2021, 2020, 2019)
    return pages | {HOME: home(FORM)}


BROKEN: tuple[Page, ...] = (WALL, ERROR, None, (403, "403"), (404, "404"), page(""), (200, ""))


@given(st.integers(0, 2**32), st.sampled_from(ALL), st.booleans())
@settings(max_examples=120, deadline=None)
def test_whatever_does_not_answer_never_makes_a_faultless_site_faulty(
    seed: int, check: Run, in_a_browser: bool
) -> None:
    pages, draw = faultless(), Random(seed)
    for url in draw.sample(sorted(pages), draw.randint(0, len(pages))):
        pages[url] = draw.choice(BROKEN)
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
