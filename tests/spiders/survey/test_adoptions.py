"""The pieces of a portal's month: walked to its first day, read for their sources, whole or not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from crawler.look import Answer, Look, look_at, look_failed
from rules.adoptions import Found, Piece
from rules.kinds import ColumnKind
from rules.profiles import Profile
from rules.register import Column, Register, Site
from spiders.survey import adoptions
from spiders.survey.adoptions import Counted
from spiders.survey.asking import Asker
from spiders.survey.errand import Errand

HOME = "http://www.city.test/"
TODAY, AT = date(2022, 7, 1), datetime(2022, 7, 1, 4, tzinfo=UTC)
DAYS = [date(2022, 7, 1), *(date(2022, 6, day) for day in (28, 21, 14, 7, 1)), date(2022, 5, 30)]
COLUMN = Column("p/县区", "县区", f"{HOME}xq/", ColumnKind.NEWS)
OTHER = Column("p/要闻", "要闻", f"{HOME}yw/", ColumnKind.NEWS)
SITE = Site("门户", "办公室", HOME, adopts=("县区",), columns=(COLUMN, OTHER))


@dataclass
class FakeAsker:
    """Answers from a table of pages; None: no answer comes."""

    pages: Mapping[str, str | None]
    asked: list[str] = field(default_factory=list)
    gone: tuple[str, ...] = ()

    async def get(self, url: str) -> Look:
        self.asked.append(url)
        page = self.pages.get(url)
        answer = Answer(AT, 5, url, url, status=200, headers={"content-type": "text/html"})
        if url in self.gone:
            return look_at(replace(answer, status=404, body=b"404"), today=TODAY, hint=None)
        if page is None:
            return look_failed(answer, TimeoutError())
        body = page.encode()
        answer = Answer(AT, 5, url, url, (), 200, {"content-type": "text/html;charset=utf-8"}, body)
        return look_at(answer, today=TODAY, hint=None)


def entry(number: int, day: date) -> str:
    title = f"甲区扎实推进第{number}项重点工作"
    return f'<li><a href="/a/{number}.html">{title}</a><span>{day}</span></li>'


def listed(first: int, days: list[date], following: str = "") -> str:
    rows = "".join(entry(first + number, day) for number, day in enumerate(days))
    link = f'<div class="pager"><a href="{following}">下一页</a></div>' if following else ""
    return f"<html><body><h2>县区</h2><ul class='list'>{rows}</ul>{link}</body></html>"


def article(number: int, source: str) -> str:
    text = "为进一步做好有关工作，会议听取了汇报，研究部署了下一阶段重点任务，要求抓好落实。" * 3
    return (
        f"<html><body><h1>甲区扎实推进第{number}项重点工作</h1>"
        f"<div>发布时间：2022-06-07　来源：{source}</div><p>{text}</p></body></html>"
    )


def portal(**changed: str | None) -> dict[str, str | None]:
    """Two pages of a list; entries 1 to 5 are of June."""
    pages: dict[str, str | None] = {
        f"{HOME}xq/": listed(0, DAYS[:4], "/xq/2.html"),
        f"{HOME}xq/2.html": listed(4, DAYS[4:], "/xq/3.html"),
        **{f"{HOME}a/{number}.html": article(number, "甲区") for number in range(1, 6)},
    }
    return pages | {HOME + key: page for key, page in changed.items()}


def errand(passes: int = 0) -> Errand:
    register = Register(city="示例市", sites=(SITE,))
    return Errand(
        "adoptions", "门户", "2022-06", passes, TODAY, AT, register, cast(Profile, None), SITE
    )


def count(asker: FakeAsker, before: Counted | None = None) -> Counted:
    return asyncio.run(adoptions.survey(errand(), cast(Asker, asker), before))


def test_all_pieces_of_the_month_are_found_and_no_page_further_is_asked_for() -> None:
    asker = FakeAsker(portal())
    found = count(asker)
    assert sorted(piece.url[-6] for piece in found.pieces) == list("12345")
    assert {piece.source for piece in found.pieces} == {"甲区"}
    assert not adoptions.again(found)
    assert f"{HOME}yw/" not in asker.asked
    assert f"{HOME}a/0.html" not in asker.asked


def test_a_list_that_breaks_off_leaves_the_month_uncounted_until_it_was_walked() -> None:
    broken = portal(**{"xq/2.html": None})
    first = count(FakeAsker(broken))
    assert first.broken == ("县区",)
    kept: list[Any] = []
    adoptions.keep(cast(Any, kept), errand(), first)  # a session would be used; none is
    assert kept == []
    second = count(FakeAsker(portal()), first)
    assert not adoptions.again(second)
    assert len(second.pieces) == 5


def test_a_page_that_did_not_come_is_asked_for_again_and_no_other() -> None:
    first = count(FakeAsker(portal(**{"a/3.html": None})))
    assert first.unread == (f"{HOME}a/3.html",)
    asker = FakeAsker(portal(**{"a/3.html": article(3, "乙局")}))
    second = count(asker, first)
    assert asker.asked == [f"{HOME}a/3.html"]
    assert sorted(piece.source or "" for piece in second.pieces) == ["乙局", *["甲区"] * 4]


def kept(found: Counted, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pieces that are written down."""
    written: list[str] = []

    def keep(
        _session: object, _month: str, _site: str, pieces: Iterable[Piece], _at: object
    ) -> None:
        written.extend(piece.url for piece in pieces)

    monkeypatch.setattr(adoptions, "keep_adoptions", keep)
    adoptions.keep(cast(Any, None), errand(), found)
    return written


def test_a_piece_whose_page_is_never_had_leaves_the_month_uncounted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walled = FakeAsker(portal(**{"a/3.html": None}))
    second = count(walled, count(walled))
    assert second.unread == (f"{HOME}a/3.html",)
    assert kept(second, monkeypatch) == []
    elsewhere = replace(second, unread=("http://partner.test/3.html",))
    assert len(kept(elsewhere, monkeypatch)) == 5


def test_a_piece_that_is_gone_at_the_second_look_has_no_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = FakeAsker(portal(), gone=(f"{HOME}a/3.html",))
    first = count(gone)
    assert first.unread == (f"{HOME}a/3.html",)
    second = count(gone, first)
    assert second.unread == ()
    assert [one.source for one in second.pieces if one.url.endswith("3.html")] == [None]
    assert len(kept(second, monkeypatch)) == 5


def test_pages_that_lead_back_to_each_other_end_the_walk_and_are_no_whole_list() -> None:
    june = [day for day in DAYS if day.month == 6]
    asker = FakeAsker(
        portal(**{"xq/": listed(1, june, "/xq/2.html"), "xq/2.html": listed(6, june, "/xq/")})
    )
    assert count(asker).broken == ("县区",)
    assert [url for url in asker.asked if "/xq/" in url] == [f"{HOME}xq/", f"{HOME}xq/2.html"]


def test_an_endless_list_is_walked_so_far_and_is_no_whole_list() -> None:
    june = [date(2022, 6, 28 - day) for day in range(6)]

    class Endless(FakeAsker):
        async def get(self, url: str) -> Look:
            number = int("0" + "".join(filter(str.isdigit, url)))
            self.pages = {url: listed(1, june, f"/xq/{number + 1}.html")}
            return await super().get(url)

    asker = Endless({})
    found = count(asker)
    assert found.broken == ("县区",)
    assert sum("/xq/" in url for url in asker.asked) == adoptions.MOST_PAGES


@pytest.mark.parametrize(
    "pager", ["<a href='javascript:go(2)'>下一页</a>", "<button>加载更多</button>"]
)
def test_a_list_that_scripts_page_is_not_whole_before_it_comes_to_days_before_the_month(
    pager: str,
) -> None:
    june = [day for day in DAYS if day.month == 6]
    page = listed(1, june).replace("</body>", f"{pager}</body>")
    assert count(FakeAsker(portal(**{"xq/": page}))).broken == ("县区",)
    past = listed(0, DAYS).replace("</body>", f"{pager}</body>")
    assert count(FakeAsker(portal(**{"xq/": past}))).broken == ()
    assert count(FakeAsker(portal(**{"xq/": listed(1, june)}))).broken == ()


def test_an_old_entry_on_top_or_at_the_foot_of_a_page_does_not_end_the_month() -> None:
    june = [date(2022, 6, day) for day in (28, 21, 27, 14)]
    stray = listed(1, [*june, date(2022, 3, 1)], "/xq/2.html")
    rest = listed(6, [date(2022, 6, 7), date(2022, 6, 1), date(2022, 5, 30)])
    pages = {"xq/": stray, "xq/2.html": rest}
    pages |= {f"a/{number}.html": article(number, "甲区") for number in range(1, 9)}
    found = count(FakeAsker(portal(**pages)))
    assert (len(found.pieces), found.broken) == (6, ())
    top = listed(0, [date(2019, 3, 1), *june], "/xq/2.html")
    assert count(FakeAsker(portal(**pages | {"xq/": top}))).broken == ("县区",)


def test_a_list_without_dates_cannot_be_placed_in_a_month() -> None:
    undated = "".join(
        f'<li><a href="/a/{n}.html">第{n}项重点工作有序推进</a></li>' for n in range(9)
    )
    page = f"<html><body><ul>{undated}</ul></body></html>"
    assert count(FakeAsker(portal(**{"xq/": page}))).broken == ("县区",)


def test_a_list_with_its_newest_last_is_not_walked() -> None:
    page = listed(0, sorted(DAYS), "/xq/2.html")
    assert count(FakeAsker(portal(**{"xq/": page}))).broken == ("县区",)


def test_a_pass_survives_being_written_down() -> None:
    piece = Found(f"{HOME}a/1.html", "题", date(2022, 6, 7), None)
    found = Counted((piece,), (piece.url,), ("县区",))
    assert adoptions.read(adoptions.write(found)) == found
