# ruff: noqa: E501 - tables, one row a line
"""Shapes of lists: hand-made after documented systems and the shapes of public feed routes."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from crawler.reading import PageReading, PageState, read_page
from rules.facts import CONFIDENCE_FLOOR, SHANGHAI
from tests.crawler.reading.pages import SIDE, TODAY, URL, days, page, rows, titles, ul

NEWEST = date(2022, 6, 2)
LI = '<li><a href="{u}">{t}</a><span>{d}</span></li>'


def read(main: str, *, side: bool = False, url: str = URL, title: str = "通知公告") -> PageReading:
    return read_page(page(main, side=side, title=title), url=url, today=TODAY)


DATE_FORMS = [
    "%Y-%m-%d", "[%Y-%m-%d]", "(%Y-%m-%d)", "【%Y-%m-%d】", "（%Y年%m月%d日）", "%Y/%m/%d", "%Y/{m}/{d}", "%Y.%m.%d",
    "%Y.{m}.{d}", "%Y年{m}月{d}日", "%Y%m%d", "%y-%m-%d", "%Y-%m-%d 10:30", "%Y-%m-%d 10:30:22.0", "%Y-%m-%dT10:30:22",
    "发布时间：%Y-%m-%d", "发布日期：%Y年%m月%d日 来源：市政府办", "时间:%Y-%m-%d", "%d %b %Y", "%Y - %m - %d",
    "%Y年%m月%d日 星期三", "日期：%Y/{m}/{d} 9:05:00", "更新时间：%Y-%m-%d 浏览次数：123",
]  # fmt: skip


@pytest.mark.parametrize("form", DATE_FORMS)
def test_every_full_date_form_is_read_in_a_plain_list(form: str) -> None:
    reading = read(ul(rows(LI, form=form)))
    assert (reading.state, reading.newest) == (PageState.LIST, NEWEST)
    assert reading.confidence >= CONFIDENCE_FLOOR
    assert len(reading.items) == 8


TEMPLATES = {
    "date before title": '<li><span>{d}</span><a href="{u}">{t}</a></li>',
    "date inside link": '<li><a href="{u}"><span>{d}</span>{t}</a></li>',
    "date behind title in link": '<li><a href="{u}">{t}({d})</a></li>',
    "date bare behind link": '<li><a href="{u}">{t}</a> {d}</li>',
    "date in brackets behind link": '<li>·<a href="{u}">{t}</a>[{d}]</li>',
    "category before": '<li><a href="/c/">[市发改委]</a><a href="{u}" title="{t}">{t}</a><i>{d}</i></li>',
    "with number": '<li><b>{i}</b><a href="{u}">{t}</a><em>{d}</em></li>',
    "with summary": '<li><h3><a href="{u}">{t}</a></h3><p>为贯彻落实2021年12月31日全市会议精神，现将有关事项通知如下，请遵照执行。</p><span>{d}</span></li>',
    "with more link": '<li><a href="{u}">{t}</a><p>为贯彻落实会议精神，现将有关事项通知如下。<a href="{u}">[详细]</a></p><span>{d}</span></li>',
    "span broken in three": '<li><a href="{u}">{t}</a><span>{D:%Y}</span>-<span>{D:%m}</span>-<span>{D:%d}</span></li>',
    "day over year and month": '<li><div class="d"><b>{D:%d}</b><span>{D:%Y-%m}</span></div><a href="{u}">{t}</a></li>',
    "day over year and month cn": '<li><div><p>{D:%d}</p><p>{D:%Y}年{D:%m}月</p></div><h4><a href="{u}">{t}</a></h4></li>',
    "year over month-day": '<li><div><p>{D:%Y}</p><p>{D:%m-%d}</p></div><a href="{u}">{t}</a></li>',
    "month-day over year": '<li><a href="{u}"><div><strong>{D:%m/%d}</strong><i>{D:%Y}</i></div><h3>{t}</h3></a></li>',
    "year.month then day": '<li><span>{D:%Y.%m}</span><em>{D:%d}</em><a href="{u}">{t}</a></li>',
    "onclick": '<li onclick="view({i})"><a href="javascript:void(0)">{t}</a><span>{d}</span></li>',
    "title attribute": '<li><a href="{u}" title="{t}">{t:.8}...</a><span>{d}</span></li>',
    "with views": '<li><a href="{u}">{t}</a><span>{d}</span><span>浏览：20220101次</span></li>',
    "with document number": '<li><a href="{u}">{t}</a><span>汴政〔2022〕{i}号</span><span>{d}</span></li>',
}  # fmt: skip


@pytest.mark.parametrize("side", [False, True], ids=["alone", "beside a hot list"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_place_of_the_date_is_read(name: str, side: bool) -> None:
    reading = read(ul(rows(TEMPLATES[name])), side=side)
    assert reading.newest == NEWEST, reading
    assert reading.confidence >= CONFIDENCE_FLOOR
    assert [item.title[:8] for item in reading.items] == [t[:8] for t in titles(8)]


WRAPPERS = {
    "divs": '<div class="box">{}</div>'.format(rows('<div class="item"><a href="{u}">{t}</a><span>{d}</span></div>')),
    "paragraphs": rows('<p><a href="{u}">{t}</a> <span>{d}</span></p>'),
    "table": "<table>" + rows('<tr><td>{i}</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>') + "</table>",
    "table with heading": "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>" + rows('<tr><td>{i}</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>') + "</table>",
    "table in table": "<table><tr><td><table>" + rows('<tr><td><table><tr><td><a href="{u}">{t}</a></td><td>{d}</td></tr></table></td></tr>') + "</table></td></tr></table>",
    "definition list": "<dl>" + rows('<dt><a href="{u}">{t}</a></dt><dd>{d}</dd>') + "</dl>",
    "definition list, date first": "<dl>" + rows('<dt>{d}</dt><dd><a href="{u}">{t}</a></dd>') + "</dl>",
    "many definition lists": rows('<dl><dt><a href="{u}">{t}</a></dt><dd>{d}</dd></dl>'),
    "breaks": "<div>" + rows('<a href="{u}">{t}</a> {d}<br/>') + "</div>",
    "breaks, date first": "<div>" + rows('{d} <a href="{u}">{t}</a><br/>') + "</div>",
    "breaks with spans": "<td>" + rows('<a href="{u}">{t}</a><span>{d}</span><br>') + "</td>",
    "rows in pairs": "<table>" + rows('<tr><td><a href="{u}">{t}</a></td></tr><tr><td>发布时间：{d}</td></tr>') + "</table>",
    "articles": rows('<article><h2><a href="{u}">{t}</a></h2><time datetime="{d}">{d}</time></article>'),
    "links as rows": '<div class="box">' + rows('<a href="{u}"><p>{t}</p><span>{d}</span></a>') + "</div>",
    "uls of one": rows('<ul><li class="t"><a href="{u}">{t}</a></li><li class="s">{d}</li></ul>'),
    "uls of four": ul(rows(LI, days(count=4))) + ul(rows(LI, days("2022-05-10", 4))),
    "grid": "<table><tr>" + rows('<td><a href="{u}"><img src="x.jpg"/></a><p><a href="{u}">{t}</a></p><p>{d}</p></td>', days(count=4)) + "</tr><tr>" + rows('<td><a href="{u}"><img src="x.jpg"/></a><p><a href="{u}">{t}</a></p><p>{d}</p></td>', days("2022-05-10", 4)) + "</tr></table>",
    "custom tags": "<app-list>" + rows('<app-row><a href="{u}">{t}</a><time>{d}</time></app-row>') + "</app-list>",
    "ordered list": "<ol>" + rows(LI) + "</ol>",
    "separators between": ul(rows(LI, days(count=4)) + '<li class="line"></li>' + rows(LI, days("2022-05-10", 4))),
    "unclosed items": "<ul>" + rows('<li><a href="{u}">{t}</a><span>{d}</span>') + "</ul>",
    "early html close": "</body></html>" + ul(rows(LI)),
    "font soup": rows('<font><b><a href="{u}"><font color="red">{t}</font></a></b></font><font>[{d}]</font><br>'),
}  # fmt: skip


@pytest.mark.parametrize("side", [False, True], ids=["alone", "beside a hot list"])
@pytest.mark.parametrize("name", WRAPPERS)
def test_every_markup_of_a_list_is_read(name: str, side: bool) -> None:
    reading = read(WRAPPERS[name], side=side)
    assert reading.newest == NEWEST, reading
    assert reading.confidence >= CONFIDENCE_FLOOR
    assert len(reading.items) == 8


@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_lists_are_read(count: int) -> None:
    reading = read(ul(rows(LI, days(count=count))))
    assert (reading.state, reading.newest, len(reading.items)) == (PageState.LIST, NEWEST, count)


def test_a_one_item_table_is_a_list() -> None:
    table = (
        "<table><tr><th>标题</th><th>发布日期</th></tr>"
        + rows('<tr><td><a href="{u}">{t}</a></td><td>{d}</td></tr>', days(count=1))
        + "</table>"
    )
    assert read(table).newest == NEWEST


def test_pinned_old_items_do_not_hide_the_newest() -> None:
    pinned = rows(
        '<li><i>置顶</i><a href="{u}">{t}</a><span>{d}</span></li>', days("2019-03-01", 2)
    )
    reading = read(ul(pinned + rows(LI)))
    assert reading.newest == NEWEST
    assert [item.pinned for item in reading.items[:3]] == [True, True, False]
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_a_list_from_old_to_new_is_read_to_its_end() -> None:
    reading = read(ul(rows(LI, days()[::-1])))
    assert reading.newest == NEWEST
    assert "ascending" in reading.signs


@pytest.mark.parametrize(("newest", "expected"), [("2022-06-06", 6), ("2022-06-07", 7)])
def test_today_and_tomorrow_count(newest: str, expected: int) -> None:
    assert read(ul(rows(LI, days(newest)))).newest == date(2022, 6, expected)


def test_dates_after_tomorrow_are_left_out_and_flagged() -> None:
    reading = read(ul(rows(LI, [date(2022, 9, 1), *days()])))
    assert reading.newest == NEWEST
    assert "future_date" in reading.signs


def test_dates_in_titles_are_no_publish_dates() -> None:
    items = rows('<li><a href="{u}">2022年6月4日起施行的{t}</a><span>{d}</span></li>')
    assert read(ul(items)).newest == NEWEST


def test_a_list_whose_only_dates_stand_in_titles_is_undated() -> None:
    items = rows('<li><a href="{u}">关于6月4日至6月8日停水的{t}</a></li>')
    reading = read(ul(items))
    assert (reading.state, reading.newest) == (PageState.LIST, None)
    assert reading.confidence < CONFIDENCE_FLOOR
    assert "undated" in reading.signs


def test_an_undated_list_beside_a_dated_hot_list_is_undated() -> None:
    reading = read(ul(rows('<li><a href="{u}">{t}</a></li>', days(count=12))), side=True)
    assert reading.newest is None or reading.confidence < CONFIDENCE_FLOOR


def test_an_undated_item_on_top_takes_the_confidence() -> None:
    top = '<li><a href="/zwgk/tzgg/999.html">关于做好端午节假期安全工作的通知</a></li>'
    reading = read(ul(top + rows(LI)))
    assert "undated_on_top" in reading.signs
    assert reading.confidence < read(ul(rows(LI))).confidence


def test_a_table_is_read_by_its_headings() -> None:
    head = (
        "<tr><th>文件名称</th><th>文号</th><th>成文日期</th><th>发布日期</th><th>有效期至</th></tr>"
    )
    body = rows(
        '<tr><td><a href="{u}">{t}</a></td><td>汴政〔2022〕{i}号</td><td>2021-03-05</td><td>{d}</td><td>2022-06-04</td></tr>'
    )
    reading = read(f"<table>{head}{body}</table>")
    assert reading.newest == NEWEST
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_document_dates_alone_are_flagged() -> None:
    head = "<tr><th>索引号</th><th>文件名称</th><th>成文日期</th></tr>"
    body = rows('<tr><td>00526{i}</td><td><a href="{u}">{t}</a></td><td>{d}</td></tr>')
    reading = read(f"<table>{head}{body}</table>")
    assert "document_dates" in reading.signs


def test_letters_count_by_their_answers() -> None:
    head = "<tr><th>编号</th><th>来信标题</th><th>来信时间</th><th>答复时间</th><th>状态</th></tr>"
    body = rows(
        '<tr><td>2022{i}</td><td><a href="{u}">{t}</a></td><td>2022-01-0{i}</td><td>{d}</td><td>已答复</td></tr>',
        days(count=8),
    )
    reading = read(f"<table>{head}{body}</table>".replace("2022-01-00", "2022-01-09"))
    assert reading.newest == NEWEST


def test_rows_without_links_are_read() -> None:
    body = rows('<tr onclick="show({i})"><td>{i}</td><td>{t}</td><td>{d}</td></tr>')
    reading = read(f"<table><tr><td>序号</td><td>事项</td><td>受理时间</td></tr>{body}</table>")
    assert reading.newest == NEWEST
    assert len(reading.items) == 8


def test_landing_pages_are_as_new_as_their_newest_sub_list() -> None:
    blocks = "".join(
        f'<div class="block"><h2>{name}<a href="/{i}/">更多</a></h2>{ul(rows(LI, days(newest, 5)))}</div>'
        for i, (name, newest) in enumerate(
            [("政府文件", "2021-12-01"), ("部门文件", "2022-06-02"), ("政策解读", "2022-03-03")]
        )
    )
    assert read(blocks).newest == NEWEST


def test_month_headings_complete_their_day_items() -> None:
    html = (
        "<h3>2022年6月</h3>" + ul('<li><a href="/1">市领导调研老旧小区改造工作</a><span>02日</span></li><li><a href="/2">我市召开推进会部署工作</a><span>01日</span></li>')
        + "<h3>2022年5月</h3>" + ul('<li><a href="/3">关于调整公交线路的公告</a><span>30日</span></li><li><a href="/4">关于征集民生实事的公告</a><span>28日</span></li>')
    )  # fmt: skip
    assert read(html).newest == NEWEST


def test_year_headings_complete_month_and_day() -> None:
    html = (
        "<h3>2021年</h3>" + ul(rows(LI, days("2021-11-30", 5), "%m-%d")) + "<h3>2020年</h3>" + ul(rows(LI, days("2020-12-20", 5), "%m-%d"))
    )  # fmt: skip
    assert read(html).newest == date(2021, 11, 30)


def test_an_inferred_year_is_returned_with_doubt() -> None:
    reading = read(ul(rows(LI, form="%m-%d")))
    assert reading.newest == NEWEST
    assert "year_inferred" in reading.signs
    assert reading.confidence < read(ul(rows(LI))).confidence


def test_addresses_confirm_a_missing_year() -> None:
    items = rows(LI, days("2021-11-02"), "%m-%d", href="./{d:%Y%m}/t{d:%Y%m%d}_{i}.html")
    reading = read(ul(items))
    assert reading.newest == date(2021, 11, 2)
    assert "year_confirmed" in reading.signs


def test_relative_dates_are_read() -> None:
    words = ["2小时前", "昨天", "3天前", "5天前", "1周前"]
    html = ul(
        "".join(
            f'<li><a href="/{i}">{t}</a><span>{w}</span></li>'
            for i, (t, w) in enumerate(zip(titles(5), words, strict=True))
        )
    )
    assert read(html).newest == TODAY


def test_archive_tabs_and_selects_are_no_dates() -> None:
    tabs = (
        "<div>"
        + "".join(f'<a href="/{y}/">{y}年</a>' for y in range(2022, 2015, -1))
        + "</div><select><option>2022-06-05</option></select>"
    )
    assert read(tabs + ul(rows(LI))).newest == NEWEST


def test_hanweb_islands_are_read() -> None:
    records = rows(
        '<record><![CDATA[<li><a href="/art/{D:%Y/%m/%d}/art_12_{i}.html">{t}</a><span>{d}</span></li>]]></record>'
    )
    island = f'<div id="12"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup><recordset>{records}</recordset></datastore></script></div>'
    reading = read(island)
    assert (reading.state, reading.newest, len(reading.items)) == (PageState.LIST, NEWEST, 8)
    assert "xml_island" in reading.signs
    assert reading.items[0].url.startswith("http://www.example.test/art/2022/06/02/")


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 9, 30, tzinfo=SHANGHAI).timestamp())


JSON_BODIES = {
    "gkmlpt": {"classify": {"id": 1}, "total": 8, "articles": [{"id": i, "title": t, "created_at": "2022-06-05 10:00:00", "display_publish_time": _seconds(d), "date": _seconds(d), "url": f"http://www.example.test/gkmlpt/content/{i}.html", "post_url": ""} for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))]},
    "unknown rows": {"code": 0, "data": {"total": 8, "rows": [{"bt": t, "fbsj": f"{d} 08:00:00", "lj": f"/x/{i}.html", "jzsj": "2022-06-05"} for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))]}},
    "milliseconds": [{"articleTitle": t, "publishDate": _seconds(d) * 1000, "urls": f"/x/{i}"} for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))],
    "nested": {"result": {"list": {"items": [{"info": "x", "docTitle": t, "docRelTime": f"{d:%Y/%m/%d}", "docPubUrl": f"http://a.test/{i}"} for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))]}}},
}  # fmt: skip


@pytest.mark.parametrize("name", JSON_BODIES)
@pytest.mark.parametrize("wrap", ["{}", "callback({});", "\ufeff{}"])
def test_json_answers_are_read_by_shape(name: str, wrap: str) -> None:
    body = wrap.replace("{}", json.dumps(JSON_BODIES[name], ensure_ascii=False)).encode()
    reading = read_page(body, url="http://www.example.test/api/list", today=TODAY)
    assert (reading.state, reading.newest, len(reading.items)) == (PageState.LIST, NEWEST, 8)
    assert reading.confidence >= CONFIDENCE_FLOOR


def test_data_of_inline_scripts_is_read() -> None:
    data = json.dumps(
        [
            {"title": t, "url": f"/x/{i}.html", "date": str(d)}
            for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))
        ],
        ensure_ascii=False,
    )
    reading = read(
        f'<div id="list"></div><script>var pageData = {data}; render(pageData);</script>'
    )
    assert (reading.state, reading.newest) == (PageState.LIST, NEWEST)


def test_loose_script_objects_are_read() -> None:
    data = ",".join(
        f"{{title:'{t}',url:'/x/{i}.html',time:'{d}'}}"
        for i, (t, d) in enumerate(zip(titles(8), days(), strict=True))
    )
    reading = read(f'<div id="list"></div><script>var list = [{data}];</script>')
    assert (reading.state, reading.newest) == (PageState.LIST, NEWEST)


def test_feeds_are_read() -> None:
    items = "".join(
        f"<item><title><![CDATA[{t}]]></title><link>http://www.example.test/{i}.html</link><pubDate>{d:%a, %d %b %Y} 17:00:00 GMT</pubDate></item>"
        for i, (t, d) in enumerate(zip(titles(5), days("2022-06-01", 5), strict=True))
    )
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>通知</title>{items}</channel></rss>'.encode()
    reading = read_page(body, url=URL, today=TODAY)
    assert (reading.state, reading.newest) == (
        PageState.LIST,
        NEWEST,
    )  # 17:00 GMT is the next day here


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", ""])
def test_gbk_pages_are_read_whatever_they_declare(declared: str) -> None:
    text = page(ul(rows(LI))).decode().replace('charset="utf-8"', f'charset="{declared}"')
    reading = read_page(text.encode("gb18030"), url=URL, today=TODAY)
    assert reading.newest == NEWEST
    assert reading.items[0].title == titles(1)[0]


def test_a_hot_list_of_like_build_does_not_win() -> None:
    hot = SIDE.replace('class="right"', 'class="box"')
    reading = read_page(page(hot + ul(rows(LI))), url=URL, today=TODAY)
    assert reading.newest == NEWEST or reading.confidence < CONFIDENCE_FLOOR
