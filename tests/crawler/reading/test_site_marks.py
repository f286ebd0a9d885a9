"""Marks and page tags are found in all the ways in which sites write them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.site_marks import (
    MARKS,
    frames_of,
    header_names,
    marks_of,
    page_tags,
    writes_by_script,
)

CODE = "4102000012"
ENTRY = f"http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}"


@pytest.mark.parametrize(
    ("mark", "markup"),
    [
        ("mark_code", f"<p>网站标识码：{CODE}</p>"),
        ("mark_code", f"<p>网站<b>标识码</b>：<em> {CODE}</em></p>"),
        ("mark_code", "<p>政府网站标识码:bm55000001</p>"),
        ("mark_code", f"<p>网站标识码&#65306;&nbsp;{CODE}</p>"),
        ("mark_code", r"<script>foot = '\u7f51\u7ad9\u6807\u8bc6\u7801\uff1a4102000012'</script>"),
        (
            "mark_code",
            f"<script>document.write(unescape('{quote('网站标识码：' + CODE)}'))</script>",
        ),
        ("mark_icp", "<a href='http://beian.miit.gov.cn/'>豫ICP备05002410号-1</a>"),
        ("mark_icp", "<p>备案编号：豫ICP备 18012345号</p>"),
        ("mark_icp", "<p>京<span>ICP</span>备<span>05070218号</span></p>"),
        ("mark_police", "<p>豫公网安备 41020202000123号</p>"),
        ("mark_police", "<a href='//www.beian.gov.cn/portal/registerSystemInfo?recordcode=41020'>"),
        ("mark_police", "<img src='ga.png' alt='豫公网安备 41020202000123号'>"),
        ("mark_conac", "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E\"))</script>"),
        ("mark_conac", "<a href='http://bszs.conac.cn/sitename?method=show&id=08E1'></a>"),
        ("mark_conac", "<img src='/images/red.png' alt='党政机关'>"),
        ("mark_sponsor", "<p>主办单位：示例市人民政府办公室</p>"),
        ("mark_sponsor", "<p>主　办：<a>示例市人民政府</a></p>"),
        ("mark_contact", "<p>联系电话：0371-3800000</p>"),
        ("mark_contact", "<p>地　址：政府路1号</p>"),
        ("mark_contact", "<p>传真(fax)：0371-3800000</p>"),
        ("jiucuo_entry", f"<span id='_span_jiucuo'><a href='{ENTRY}'></a></span>"),
        ("jiucuo_entry", "<script src='http://zfwzgl.www.gov.cn/exposure/jiucuo.js'></script>"),
    ],
)
def test_a_mark_is_found_however_it_is_written(mark: str, markup: str) -> None:
    assert mark in marks_of(f"<html><body>{markup}</body></html>".encode()).found


@pytest.mark.parametrize(
    "markup",
    [
        "<p>本项目由市文化局主办，热线开通</p>",
        "<p>请输入统一社会信用代码 914102000012345678</p>",
        "<p>市公安局公布电话诈骗案例</p>",
        "<p>标识码管理办法印发</p>",
    ],
)
def test_what_only_sounds_like_a_mark_is_none(markup: str) -> None:
    assert marks_of(f"<html><body>{markup}</body></html>".encode()).found == frozenset()


def test_a_mark_in_another_form_is_a_hint_and_no_absence() -> None:
    marks = marks_of("<p>版权所有：示例市人民政府 <a href='mailto:a@b.cn'>写信</a></p>".encode())
    assert {"mark_sponsor", "mark_contact"} <= marks.hinted
    assert not {"mark_sponsor", "mark_contact"} & marks.found


def test_codes_are_read_of_the_mark_and_of_the_entry_and_an_old_entry_is_told_apart() -> None:
    marks = marks_of(f"<p>网站标识码：{CODE}</p><a href='{ENTRY}'>找错</a>".encode())
    assert (marks.codes, marks.entry_codes, marks.outdated_entry) == ((CODE,), (CODE,), False)
    old = f"<a href='http://121.43.68.40/exposure/jiucuo.html?site_code={CODE}'>找错</a>"
    assert marks_of(old.encode()).entry_codes == ()
    assert marks_of(old.encode()).outdated_entry


@pytest.mark.parametrize(
    "markup",
    [
        f"<script id='_jiucuo_' sitecode='{CODE}' src='/exposure/jiucuo.js'></script>",
        f"<img onclick=\"Link('{CODE}')\" src='/exposure/images/jiucuo.png'>",
        f"<img onclick='Link(&#39;{CODE}&#39;)' src='jiucuo.png'>",
    ],
)
def test_the_code_of_an_entry_that_a_script_makes_stands_beside_the_script(markup: str) -> None:
    assert marks_of(markup.encode()).entry_codes == (CODE,)


def test_what_is_commented_out_speaks_against_nobody() -> None:
    old = f"<a href='http://121.43.68.40/exposure/jiucuo.html?site_code={CODE}'>找错</a>"
    marks = marks_of(
        f"<p>网站标识码：{CODE}</p><!-- {old} <p>网站标识码：1234567890</p> -->".encode()
    )
    assert (marks.codes, marks.entry_codes, marks.outdated_entry) == ((CODE,), (), False)


def test_pictures_without_words_in_a_foot_may_be_marks() -> None:
    foot = f"<p>网站标识码：{CODE} 豫ICP备05002410号</p>"
    wordless = marks_of(f"{foot}<a href='javascript:;'><img src='red.png'></a>".encode())
    assert {"mark_conac", "mark_police", "jiucuo_entry"} <= wordless.hinted
    worded = marks_of(f"{foot}<img src='wx.png' alt='微信公众号'>".encode())
    assert "mark_conac" not in worded.hinted
    far = marks_of(f"<img src='banner.png'>{'<p>文</p>' * 1000}{foot}".encode())
    assert "mark_conac" not in far.hinted


def test_eleven_digits_are_no_code() -> None:
    assert marks_of("<p>网站标识码：41020000123</p>".encode()).codes == ()


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="ColumnName" content="工作动态">',
        "<META content='工作动态' NAME='columnname' />",
        '<meta property="ColumnName" content=工作动态>',
    ],
)
def test_page_tags_are_read_in_any_order_and_case(tag: str) -> None:
    assert page_tags(f"<html><head>{tag}</head>".encode()) == {"columnname": "工作动态"}


def test_an_empty_tag_is_none() -> None:
    assert page_tags(b'<meta name="ColumnName" content=""><meta name="PubDate">') == {}


def test_frames_of_the_site_itself_are_told_and_no_others() -> None:
    body = b"<iframe src=/foot.html></iframe><iframe src='http://b.test/x'></iframe>"
    assert frames_of(body, "http://a.test/x/") == ("http://a.test/foot.html",)
    assert frames_of(b"<iframe src='http://[bad'></iframe>", "http://a.test/") == ()


def test_a_name_in_the_title_alone_does_not_stand_in_the_head() -> None:
    titled = "<html><head><title>示例市人民政府</title></head><body><h1>欢迎</h1></body></html>"
    assert not header_names(titled.encode(), ["示例市人民政府"])
    pictured = "<body><img src=logo.png alt='示例市 人民政府'></body>"
    assert header_names(pictured.encode(), ["示例市人民政府"])


def test_scripts_of_other_files_may_write_more() -> None:
    assert writes_by_script(b"<script type=text/javascript src=/js/foot.js></script>")
    assert not writes_by_script(b"<script>var a = 1;</script>")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_search(body: bytes) -> None:
    marks_of(body)
    page_tags(body)
    frames_of(body, "http://a.test/")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    ["<meta name=", "标识码", "ICP备", "<iframe ", "unescape('", "主 办 ", "jiucuo.html?a=", "<"],
)
def test_pages_made_to_be_slow_are_not(piece: str) -> None:
    body = (piece * (400_000 // len(piece.encode()))).encode()
    marks_of(body)
    page_tags(body)
    frames_of(body, "http://a.test/")


@pytest.mark.corpus
def test_real_pages_of_governments_show_most_marks(corpus: Path) -> None:
    """Counts over all saved pages of governments that are lists, articles or home pages."""
    rows = map(json.loads, (corpus / "labels.jsonl").read_text("utf-8").splitlines())
    shown = [
        marks_of((corpus / "pages" / f"{row['id']}.html").read_bytes())
        for row in rows
        if row["institution"] == "gov" and row["kind"] in ("list", "article", "home")
    ]
    counts = {mark: sum(mark in one.found for one in shown) for mark in MARKS}
    assert len(shown) >= 30
    assert counts["mark_code"] >= 0.7 * len(shown)
    assert counts["mark_icp"] >= 0.7 * len(shown)
    assert counts["mark_contact"] >= 0.7 * len(shown)
    entries = {(one.codes, one.entry_codes) for one in shown if one.codes and one.entry_codes}
    agreeing = [codes for codes, of_entry in entries if set(codes) & set(of_entry)]
    assert 2 * len(agreeing) > len(entries) > 0
    assert not any(one.outdated_entry for one in shown)  # they are all commented out
