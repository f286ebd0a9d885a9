"""Misbehaving answers never accuse: marks, links, pictures and attachments on made pages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from crawler.look import Answer, Look, look_at, look_failed, with_sign
from rules.facts import Outcome, Truth
from rules.register import Register, Site, Unit
from rules.site_checks import Doubt, SiteCheck, confirmed
from spiders.survey import check_marks
from spiders.survey.asking import Asker
from spiders.survey.check_links import check_links
from spiders.survey.checks import SiteSeen
from spiders.survey.linked import bare_host
from spiders.survey.pages import Page, PageKind, Pages
from tests.spiders.survey.town import AT, HOME, TODAY, errand_for

CODE = "4102000012"
FOOT = (
    "<p>主办单位：示例市人民政府办公室　联系电话：0371-1234567　网站标识码：4102000012</p>"
    "<p>豫ICP备05002410号 豫公网安备 41020202000123号</p><script>var a='_ideConac'</script>"
    f"<a href='http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}'>找错</a>"
)
SITE = Site("示例市人民政府", "市政府办", HOME, code=CODE)
ROWS = "".join(
    f"<li><a href='/a/{n}.html'>推进第{n}号工作</a><span>2022-06-{n:02}</span></li>"
    for n in range(10, 19)
)
Reply = tuple[int, bytes] | Exception


@dataclass
class Line:
    """Answers by address and method (`HEAD /x`, else `/x`); what a browser shows is in `seen`."""

    answers: Mapping[str, Reply]
    seen: Mapping[str, bytes] | None = None
    line: bool = True
    asked: list[str] = field(default_factory=list)
    referers: dict[str, str] = field(default_factory=dict)

    @property
    def has_browser(self) -> bool:
        return self.seen is not None

    async def get(self, url: str, *, referer: str = "") -> Look:
        return self._look("GET", url, referer)

    async def head(self, url: str, *, referer: str = "") -> Look:
        return self._look("HEAD", url, referer)

    async def sniff(self, url: str, *, referer: str = "") -> Look:
        return self._look("GET", url, referer)

    async def see(self, url: str) -> Look | None:
        if self.seen is None:
            return None
        body = self.seen.get(url.removeprefix(HOME))
        status = 200 if body is not None else 404
        answer = Answer(AT, 5, url, url, (), status, {"content-type": "text/html"}, body or b"404")
        return look_at(answer, today=TODAY, hint=None)

    def _look(self, method: str, url: str, referer: str) -> Look:
        path = url.removeprefix(HOME)
        self.asked.append(f"{method} {path}")
        self.referers[url] = referer
        reply = self.answers.get(f"{method} {path}", self.answers.get(path, (200, b"<html>ok")))
        blank = Answer(AT, 5, url, url)
        if isinstance(reply, Exception):
            look = look_failed(blank, reply)
            if self.line:
                return look
            return replace(
                look, outcome=Outcome.OUR_FAULT, reading=with_sign(look.reading, "controls_down")
            )
        body = b"" if method == "HEAD" else reply[1]
        answer = replace(blank, status=reply[0], headers={}, body=body)
        return look_at(answer, today=TODAY, hint=None)


def page_of(markup: str, kind: PageKind = PageKind.HOME, url: str = HOME) -> Page:
    body = f"<html><head><title>示例市人民政府</title></head><body>{markup}</body></html>".encode()
    answer = Answer(AT, 5, url, url, (), 200, {"content-type": "text/html; charset=utf-8"}, body)
    return Page(kind, url, look_at(answer, today=TODAY, hint=None))


def links_of(line: Line, markup: str, *, passes: int = 2) -> dict[str, SiteCheck]:
    """The checks of links and files of a home page, in as many passes."""
    pages = Pages(page_of(markup))

    async def one(before: Mapping[str, SiteCheck]) -> dict[str, SiteCheck]:
        seen = SiteSeen(SITE, errand_for(SITE), before)
        return {check.code: check for check in await check_links(seen, pages, cast(Asker, line))}

    first = asyncio.run(one({}))
    if passes == 1 or all(one.truth is not Truth.VIOLATION for one in first.values()):
        return first
    second = asyncio.run(one(first))
    return {code: confirmed(check, second[code]) for code, check in first.items()}


DNS = type("CannotResolveHostError", (Exception,), {})("no such host")
LINK = "<a href='/x'>办事指南</a>"


@pytest.mark.parametrize("reply", [(404, b"404"), (410, b""), (500, b"error"), TimeoutError(), DNS])
def test_a_link_is_dead_by_no_name_404_410_or_twice_5xx_or_no_answer(reply: Reply) -> None:
    found = links_of(Line({"x": reply}, seen={}), LINK)["dead_link"]
    assert (found.truth, found.count) == (Truth.VIOLATION, 1)
    assert found.places[0].what.endswith("办事指南")
    assert found.places[0].home


@pytest.mark.parametrize("status", [401, 403, 405, 407, 412, 418, 429, 451, 521])
def test_a_refusal_is_never_a_dead_link(status: int) -> None:
    found = links_of(Line({"x": (status, b"<html>no</html>")}, seen={}), LINK)["dead_link"]
    assert found.truth is not Truth.VIOLATION


@pytest.mark.parametrize(
    "error", [ConnectionError(), type("SSLError", (Exception,), {})(), ValueError("bug of ours")]
)
def test_what_may_be_our_own_line_is_never_a_dead_link(error: Exception) -> None:
    found = links_of(Line({"x": error}, seen={}), LINK)["dead_link"]
    assert found.truth is Truth.UNKNOWN


def test_while_no_control_answers_nothing_is_dead() -> None:
    found = links_of(Line({"x": TimeoutError()}, seen={}, line=False), LINK)["dead_link"]
    assert found.truth is Truth.UNKNOWN


def test_a_server_that_declines_head_is_asked_as_a_visitor_asks() -> None:
    line = Line({"HEAD x": (405, b""), "x": (200, b"<html>ok</html>")}, seen={})
    assert links_of(line, LINK)["dead_link"].truth is Truth.OK
    assert line.asked == ["HEAD x", "GET x"]


def test_what_answers_head_is_not_fetched() -> None:
    line = Line({})
    assert links_of(line, LINK)["dead_link"].truth is Truth.OK
    assert line.asked == ["HEAD x"]


def test_a_link_that_fails_once_is_fine() -> None:
    class Shaky(Line):
        def _look(self, method: str, url: str, referer: str) -> Look:
            look = super()._look(method, url, referer)
            self.answers = {} if method == "GET" else self.answers
            return look

    assert links_of(Shaky({"x": (500, b"e")}, seen={}), LINK)["dead_link"].truth is Truth.OK


def test_a_page_that_only_programs_do_not_get_is_not_dead() -> None:
    shown = "<html><body><h1>办事指南</h1><p>材料如下</p></body></html>".encode()
    assert links_of(Line({"x": (404, b"")}, seen={"x": shown}), LINK)["dead_link"].truth is Truth.OK
    blind = links_of(Line({"x": (404, b"")}), LINK)["dead_link"]
    assert (blind.truth, blind.reason) == (Truth.UNKNOWN, Doubt.NO_BROWSER)


def test_a_host_that_keeps_silent_is_not_asked_for_ever() -> None:
    names = [str(n) for n in range(100)]
    line = Line(dict.fromkeys(names, TimeoutError()), seen={})
    links_of(line, "".join(f"<a href='/{name}'>x</a>" for name in names), passes=1)
    assert len({asked.split()[1] for asked in line.asked}) < 20


def test_links_to_other_hosts_are_counted_apart() -> None:
    line = Line({"http://b.test/": (404, b"")}, seen={})
    found = links_of(line, "<a href='http://b.test/'>合作单位</a>")
    assert found["dead_link"].truth is Truth.OK
    assert found["external_link"].count == 1
    assert bare_host("http://www.town.gov.cn/x") == bare_host("https://town.gov.cn/")


@pytest.mark.parametrize(
    ("reply", "truth"),
    [
        ((200, b"GIF89a"), Truth.OK),
        ((200, b"???"), Truth.OK),
        ((200, b""), Truth.VIOLATION),
        ((200, b"<html><body>404</body></html>"), Truth.VIOLATION),
        ((404, b""), Truth.VIOLATION),
        ((403, b""), Truth.UNKNOWN),
    ],
)
def test_a_picture_is_asked_for_from_its_page_and_told_by_its_bytes(
    reply: Reply, truth: Truth
) -> None:
    line = Line({"i.png": reply})
    assert links_of(line, "<img src='/i.png'>")["picture"].truth is truth
    assert line.referers[f"{HOME}i.png"] == HOME


def test_a_firewall_in_place_of_a_file_is_no_fault() -> None:
    wall = b"<html><script>document.cookie='__jsl_clearance=1'</script></html>"
    line = Line({"a.pdf": (521, wall)})
    assert links_of(line, "<a href='/a.pdf'>附件</a>")["attachment"].truth is Truth.UNKNOWN


def test_a_file_that_is_a_page_is_broken_and_an_old_office_page_is_not() -> None:
    web = (200, b"<html><head></head><body><table></table></body></html>")
    markup = "<a href='/a.pdf'>一</a><a href='/b.xls'>二</a>"
    found = links_of(Line({"a.pdf": web, "b.xls": web}), markup)["attachment"]
    assert [place.url for place in found.places] == [f"{HOME}a.pdf"]


def test_what_one_bad_code_makes_has_one_cause() -> None:
    pictures = "".join(f"<img src='/i/{n}.png'>" for n in range(40))
    line = Line({f"i/{n}.png": (404, b"") for n in range(40)})
    found = links_of(line, pictures)["picture"]
    assert (found.truth, found.count) == (Truth.VIOLATION, 1)
    assert "x40" in found.places[0].what


def test_a_site_that_lets_nothing_be_asked_is_not_called_fine() -> None:
    names = [str(n) for n in range(10)]
    line = Line(dict.fromkeys(names, (403, b"")), seen={})
    found = links_of(line, "".join(f"<a href='/{name}'>x</a>" for name in names))["dead_link"]
    assert (found.truth, found.reason) == (Truth.UNKNOWN, Doubt.UNREAD)


def marks_of(markup: str, line: Line | None = None) -> dict[str, SiteCheck]:
    """The checks of marks of a site with two pages of this markup."""
    pages = Pages(page_of(markup), (page_of(markup, PageKind.COLUMN, f"{HOME}xw/"),))
    seen = SiteSeen(SITE, errand_for(SITE))
    checks = check_marks.check_marks(seen, pages, cast(Asker, line or Line({})))
    return {check.code: check for check in asyncio.run(checks)}


def test_a_whole_foot_is_fine() -> None:
    assert {check.truth for check in marks_of(FOOT).values()} == {Truth.OK}


def test_a_missing_mark_is_missing_on_each_page() -> None:
    found = marks_of(FOOT.replace("豫ICP备05002410号", ""))
    assert {code for code, one in found.items() if one.truth is Truth.VIOLATION} == {"mark_icp"}
    assert [place.home for place in found["mark_icp"].places] == [True, False]


def test_a_foot_of_which_nothing_is_read_may_be_a_picture() -> None:
    found = marks_of("<img src='/foot.jpg' usemap='#m'>", Line({}, seen={"": b"<html>x"}))
    assert {one.truth for one in found.values()} == {Truth.UNKNOWN}


def test_what_scripts_may_still_write_is_not_missing_without_a_browser() -> None:
    scripted = FOOT.replace("豫ICP备05002410号", "") + "<script src='/foot.js'></script>"
    found = marks_of(scripted)["mark_icp"]
    assert (found.truth, found.reason) == (Truth.UNKNOWN, Doubt.NO_BROWSER)
    whole = f"<html><body>{FOOT}</body></html>".encode()
    assert (
        marks_of(scripted, Line({}, seen={"": whole, "xw/": whole}))["mark_icp"].truth is Truth.OK
    )


def test_a_foot_in_a_frame_is_looked_into() -> None:
    line = Line({"foot.html": (200, f"<html><body>{FOOT}</body></html>".encode())})
    found = marks_of(f"{ROWS}<iframe src='/foot.html'></iframe>", line)
    assert {check.truth for check in found.values()} == {Truth.OK}


def test_another_code_than_the_registers_is_told_and_so_is_another_of_the_entry() -> None:
    other = marks_of(FOOT.replace("标识码：4102000012", "标识码：4102000099"))
    assert other["code_differs"].truth is Truth.VIOLATION
    assert other["jiucuo_code"].truth is Truth.OK  # it is the register's, if not the page's
    entry = marks_of(FOOT.replace(f"site_code={CODE}", "site_code=4102000099"))
    assert entry["jiucuo_code"].truth is Truth.VIOLATION


def test_an_entry_by_the_old_address_is_told() -> None:
    found = marks_of(FOOT.replace("zfwzgl.www.gov.cn", "121.43.68.40"))
    assert found["jiucuo_code"].truth is Truth.VIOLATION
    assert found["jiucuo_entry"].truth is Truth.OK


def test_no_page_no_word() -> None:
    answer = Answer(AT, 5, HOME, HOME, (), 521, {}, b"<html>")
    pages = Pages(Page(PageKind.HOME, HOME, look_at(answer, today=TODAY, hint=None)))
    for check in (check_marks.check_marks, check_marks.check_names, check_links):
        found = asyncio.run(check(SiteSeen(SITE, errand_for(SITE)), pages, cast(Asker, Line({}))))
        assert {(one.truth, one.reason) for one in found} == {(Truth.UNKNOWN, Doubt.UNREAD)}


def tags_of(head: str) -> SiteCheck:
    page = page_of(ROWS, PageKind.COLUMN, f"{HOME}xw/")
    body = page.look.answer.body.replace(b"</head>", head.encode() + b"</head>")
    look = look_at(replace(page.look.answer, body=body), today=TODAY, hint=None)
    pages = Pages(page_of(FOOT), (replace(page, look=look),))
    seen = SiteSeen(SITE, errand_for(SITE))
    [check] = asyncio.run(check_marks.check_tags(seen, pages, cast(Asker, Line({}))))
    return check


def test_a_column_without_any_tag_of_its_own_is_told() -> None:
    assert tags_of('<meta name="SiteName" content="示例市">').count == 1
    assert tags_of('<meta name="ColumnType" content="动态">').truth is Truth.OK


def test_a_site_is_known_by_any_name_of_its_unit_and_pictures_may_show_it() -> None:
    site = replace(SITE, name="示例局", unit="市教体局")
    unit = Unit("市教体局", "市教育体育局", aliases=("市教育局",))
    register = Register(city="示例市", units=(unit,), sites=(site,))
    seen = SiteSeen(site, replace(errand_for(site), register=register))

    def named(markup: str) -> dict[str, SiteCheck]:
        pages = Pages(page_of(markup))
        found = asyncio.run(check_marks.check_names(seen, pages, cast(Asker, Line({}))))
        return {one.code: one for one in found}

    assert named("<h1>示例市教育体育局</h1>")["header_name"].truth is Truth.OK
    assert named("<img src=banner.png>")["header_name"].truth is Truth.UNKNOWN
    assert named("<h1>欢迎访问</h1>")["header_name"].truth is Truth.VIOLATION
    assert named("<h1>欢迎访问</h1>")["site_name"].truth is Truth.UNKNOWN
    assert named("")["domain"].truth is Truth.OK
