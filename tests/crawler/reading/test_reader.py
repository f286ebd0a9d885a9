# ruff: noqa: E501 - tables, one row a line
"""The reader as a whole: articles, hints, signs, and the saved real pages."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.reading import Hint, PageReading, PageState, read_page
from crawler.reading.signs import SIGNS, names
from rules.facts import CONFIDENCE_FLOOR
from tests.crawler.reading.pages import TODAY, URL, days, page, rows, ul

PROSE = (
    "<p>为深入贯彻落实上级部署，切实做好2022年度安全生产工作，经研究决定，在全市范围内开展安全生产大检查，现将有关事项通知如下，请认真组织实施。</p>"
    * 4
)
ARTICLE_URL = "http://www.example.test/zwgk/tzgg/202206/t20220602_900.html"


def article(info: str, head: str = "") -> PageReading:
    main = f"<h1>关于开展安全生产大检查的通知</h1>{info}<div class='TRS_Editor'>{PROSE}<p>示例市人民政府</p><p>2022年5月28日</p></div><p>上一篇：关于公布名单的公告</p>"
    body = page(main).decode().replace("</head>", head + "</head>").encode()
    return read_page(body, url=ARTICLE_URL, today=TODAY)


@pytest.mark.parametrize(
    ("info", "head", "expected", "sign"),
    [
        ("<div>发布时间：2022-06-02 来源：市应急局</div>", "", date(2022, 6, 2), "labelled_date"),
        ("<div>【时间：2022年06月02日 17:05】【来源：市应急局】</div>", "", date(2022, 6, 2), "labelled_date"),
        ("<div><span>2022-06-02</span><span>浏览次数：3</span></div>", "", date(2022, 6, 2), "bare_date"),
        ("<div>发布时间：2022-06-02</div>", '<meta name="PubDate" content="2022-06-03 10:00">', date(2022, 6, 2), "meta_differs"),
        ("<div>来源：市应急局</div>", '<meta name="PubDate" content="2022-06-03 10:00">', date(2022, 6, 3), "meta_date"),
        ("<div>来源：市应急局</div>", "", None, "no_publish_date"),
        ("<div>更新时间：2022-06-05</div><div>发布时间：2022-06-02</div>", "", date(2022, 6, 2), "labelled_date"),
    ],
)  # fmt: skip
def test_an_article_is_dated_by_what_it_shows(
    info: str, head: str, expected: date | None, sign: str
) -> None:
    reading = article(info, head)
    assert (reading.state, reading.newest) == (PageState.ARTICLE, expected)
    assert sign in reading.signs


SENTENCE = "<p>　　为做好今年相关工作，经市政府同意，现就有关事项通知如下，请认真组织实施，加强领导，明确责任，确保取得实效。各单位要高度重视，形成齐抓共管的工作格局。</p>"
BEFORE = "<p>上一篇：<a href='/1.html'>关于表彰先进的决定</a> 2022-05-13</p><p>下一篇：<a href='/2.html'>关于放假的通知</a></p>"
RELATED = "<ul><li><a href='/1.html'>今年防汛抗旱工作部署</a><span>2022-05-20</span></li><li><a href='/2.html'>今年高温天气应对通知</a><span>2022-05-13</span></li></ul>"
INFO = "<p>发布日期:2022-06-02 15:49 信息来源:示例市政府办 浏览：18488076次 字体：[大 中 小]</p>"


@pytest.mark.parametrize("url", [ARTICLE_URL, URL])
@pytest.mark.parametrize("beside", [BEFORE, RELATED])
def test_links_below_an_articles_text_do_not_date_it(beside: str, url: str) -> None:
    main = f"<h1>关于征集意见的公告</h1>{INFO}<div class='zw'>{SENTENCE}{beside}</div>"
    reading = read_page(page(main), url=url, today=TODAY)
    assert (reading.state, reading.newest) == (PageState.ARTICLE, date(2022, 6, 2))


@pytest.mark.parametrize("beside", [BEFORE, RELATED])
def test_one_or_two_dated_links_below_undated_prose_are_in_doubt(beside: str) -> None:
    reading = read_page(page(f"<h2>概况</h2>{SENTENCE}{beside}"), url=URL, today=TODAY)
    assert reading.confidence < CONFIDENCE_FLOOR, reading


def test_yearless_dates_above_a_year_in_a_title_are_in_doubt() -> None:
    row = "<li><a href='/{n}.html'>{title}</a><span><b>{day}</b><i>{month}月</i></span></li>"
    entries = [
        ("市领导在高等学校考察的讲话", "07", 6), ("高峰论坛开幕式上的演讲摘要", "07", 6),
        ("纪念大会上的讲话(2016年11月11日)", "28", 11), ("庆祝大会上的讲话(2016年10月21日)", "24", 10),
        ("峰会闭幕辞全文(2016年9月5日)", "08", 9), ("座谈会上的讲话(2016年5月17日)", "19", 5),
    ]  # fmt: skip
    main = ul(
        "".join(row.format(n=n, title=t, day=d, month=m) for n, (t, d, m) in enumerate(entries))
    )
    reading = read_page(page(main), url=URL, today=date(2017, 7, 10))
    assert reading.newest == date(2017, 6, 7) or reading.confidence < CONFIDENCE_FLOOR, reading


def test_a_list_of_two_without_prose_is_relied_on() -> None:
    reading = read_page(page(RELATED), url=URL, today=TODAY)
    assert (reading.state, reading.newest) == (PageState.LIST, date(2022, 5, 20))
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_a_one_page_column_is_an_article() -> None:
    reading = read_page(
        page(f"<h2>机构职能</h2>{PROSE}"), url="http://www.example.test/jgzn/", today=TODAY
    )
    assert reading.state is PageState.ARTICLE


def test_a_hint_finds_what_the_reader_would_not() -> None:
    hot = ul(rows('<li class="h"><a href="{u}">{t}</a><b>{d}</b></li>', days("2022-06-05", 20)))
    odd = rows('<div class="odd"><a href="{u}">{t}</a><i>x {d} y</i></div>', days(count=3))
    reading = read_page(page(hot + odd), url=URL, today=TODAY, hint=Hint(items="div.odd", date="i"))
    assert (reading.newest, len(reading.items)) == (date(2022, 6, 2), 3)
    assert "hint_used" in reading.signs


@pytest.mark.parametrize("items", ["div.nothing", "][", "li:::"])
def test_a_wrong_hint_falls_back_and_says_so(items: str) -> None:
    body = page(ul(rows('<li><a href="{u}">{t}</a><span>{d}</span></li>')))
    reading = read_page(body, url=URL, today=TODAY, hint=Hint(items=items))
    assert reading.newest == date(2022, 6, 2)
    assert "hint_failed" in reading.signs


def test_every_sign_of_the_vocabulary_is_explained() -> None:
    assert set(names()) >= set(SIGNS)
    assert all(len(words) > 10 for words in SIGNS.values())


def _labels() -> list[dict[str, Any]]:
    folder = Path(os.environ.get("XUNJIAN_CORPUS", "../shared/corpus"))
    if not (folder / "labels.jsonl").exists():
        return []
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [row | {"folder": folder} for row in map(json.loads, lines) if not row.get("doubtful")]


def _reading(row: dict[str, Any]) -> PageReading:
    body = (row["folder"] / "pages" / f"{row['id']}.html").read_bytes()
    return read_page(body, url=row["url"], today=date.fromisoformat(row["today"]))


@pytest.fixture(scope="module")
def saved() -> list[tuple[dict[str, Any], PageReading]]:
    rows_ = _labels()
    if not rows_:
        pytest.skip("saved pages missing: set XUNJIAN_CORPUS to their folder")
    return [(row, _reading(row)) for row in rows_]


def _truth(row: dict[str, Any]) -> date | None:
    text = row.get("publish_date") if row["kind"] == "article" else row.get("newest_date")
    return date.fromisoformat(text) if text else None


@pytest.mark.corpus
@pytest.mark.parametrize(("kind", "unanswered"), [("list", 1), ("article", 1), ("home", 3)])
def test_saved_pages_are_read_right(
    saved: list[tuple[dict[str, Any], PageReading]], kind: str, unanswered: int
) -> None:
    chosen = [(row, reading) for row, reading in saved if row["kind"] == kind]
    sure = [(row, r) for row, r in chosen if r.confidence >= CONFIDENCE_FLOOR]
    assert [row["id"] for row, r in sure if r.newest != _truth(row)] == []
    assert len(chosen) - len(sure) <= unanswered


@pytest.mark.corpus
def test_saved_pages_have_the_state_a_careful_person_gives(
    saved: list[tuple[dict[str, Any], PageReading]],
) -> None:
    wrong = [row["id"] for row, reading in saved if reading.state not in row["states"]]
    assert len(wrong) <= 2, wrong


@pytest.mark.corpus
def test_readings_of_saved_pages_use_only_known_signs(
    saved: list[tuple[dict[str, Any], PageReading]],
) -> None:
    used = {sign for _, reading in saved for sign in reading.signs}
    assert used <= set(names())
