# ruff: noqa: E501 - tables, one row a line
"""Page states: every sign as a row with a page that shows it, and its innocent look-alikes."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading import PageState, read_page
from crawler.reading.errorpages import SIGN_ROWS
from tests.crawler.reading.pages import TODAY, URL, days, page, rows, ul

LI = '<li><a href="{u}">{t}</a><span>{d}</span></li>'


def _html(title: str = "", body: str = "", head: str = "") -> bytes:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


SHOWN: list[tuple[str, bytes]] = [
    ("jsl_521", b"<script>document.cookie=('_')+('_')+('j')+('sl')+'_clearance_s=1';location.href=location.pathname</script>"),
    ("ruishu_412", _html(body="<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.cd='qx';</script>")),
    ("ruishu_meta", _html(head="<meta id='x9' content='{qq' r='m'>")),
    ("coded_script", _html(body="<script>" + "_$ab[1]^=2;" * 20 + "</script>")),
    ("cloudflare", _html("Just a moment...", "Checking your browser before accessing example.test")),
    ("aliyun_block", _html("405", "<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>")),
    ("safeline", _html("安全检测", "<script src='/.safeline/challenge.js'></script>")),
    ("blocked_request", _html("网站防火墙", "<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>")),
    ("waf_incident", _html("Request Rejected", "The requested URL was rejected. Your support ID is: 123")),
    ("captcha", _html("验证", "<p>请拖动下方滑块完成验证</p>")),
    ("cookies_wanted", _html("", "<p>请开启JavaScript并刷新该页</p>")),
    ("not_found_title", _html("404 Not Found", "<h1>Not Found</h1>")),
    ("not_found_text", _html("示例市", "<p>抱歉，您访问的页面不存在或已删除</p>")),
    ("server_error_title", _html("502 Bad Gateway", "<hr>nginx")),
    ("server_error_text", _html("", "<pre>java.lang.NullPointerException at com.example.A</pre>")),
    ("bare_error", _html("错误提示", "<p>操作失败</p>")),
    ("unauthorized", _html("401 Authorization Required", "<h1>401</h1>")),
    ("directory", _html("Index of /tzgg/", '<a href="index_1.html">index_1.html</a> 12-Mar-2019 10:00')),
    ("server_welcome", _html("Welcome to nginx!", "<p>Thank you for using nginx.</p>")),
    ("forbidden_title", _html("403 Forbidden", "<hr>nginx")),
    ("forbidden_text", _html("提示", "<p>您没有权限访问</p>")),
    ("host_suspended", _html("公告", "<p>本网站已于2022年5月31日关停。</p>")),
    ("maintenance", _html("示例市", "<p>升级维护中，请稍后访问</p>")),
    ("maintenance_title", _html("网站维护", "<p>给您带来不便</p>")),
    ("coming_soon", _html("示例市", "<div>敬请期待</div>")),
    ("parked", _html("example.test", "<p>该域名正在出售，有意者请联系</p>")),
    ("moved_notice", _html("示例市", "<p>栏目已迁移至新平台</p>")),
    ("message_page", _html("DedeCMS提示信息", "<script>document.write('请稍后再试')</script>")),
    ("login_title", _html("统一身份认证", "<p>欢迎</p>")),
    ("login_text", _html("示例", "<p>请登录后查看</p>")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body"), SHOWN)
def test_every_sign_is_seen_on_its_page(name: str, body: bytes) -> None:
    state = next(row.state for row in SIGN_ROWS if row.name == name)
    reading = read_page(body, url=URL, today=TODAY)
    assert reading.state is state, reading


def test_every_sign_row_has_a_page_here() -> None:
    assert {row.name for row in SIGN_ROWS} == {name for name, _ in SHOWN}


@pytest.mark.parametrize("name", [name for name, _ in SHOWN])
def test_an_error_page_is_never_empty(name: str) -> None:
    body = dict(SHOWN)[name]
    assert read_page(body, url=URL, today=TODAY).state is not PageState.EMPTY


@pytest.mark.parametrize(
    ("body", "state", "forward"),
    [
        (_html(head='<meta http-equiv="refresh" content="0; url=./zzjs/">'), PageState.FORWARD, "http://www.example.test/zwgk/tzgg/zzjs/"),
        (_html(body='<script>window.location.href="/new/";</script>'), PageState.FORWARD, "http://www.example.test/new/"),
        (_html(body='<script>function go(){location.replace("/b/")} setTimeout("go()",100)</script>'), PageState.FORWARD, "http://www.example.test/b/"),
        (b'<html><frameset cols="20%,80%"><frame src="left.html" name="left"><frame src="main.html" name="main"></frameset></html>', PageState.FORWARD, "http://www.example.test/zwgk/tzgg/main.html"),
        (_html(body='<iframe src="/x/list.html" width="100%" height="900"></iframe>'), PageState.FORWARD, "http://www.example.test/x/list.html"),
        (_html("管理系统", '<div id="app"></div><script src="/js/app.1a2b.js"></script>'), PageState.SCRIPT_SHELL, None),
        (_html("列表", '<p>正在加载，请稍候...</p><script src="/a.js"></script>'), PageState.SCRIPT_SHELL, None),
        (_html("系统登录", '<form>用户名<input name="u"> 密码<input type="password"> 验证码</form>'), PageState.LOGIN, None),
    ],
)  # fmt: skip
def test_pages_that_only_send_elsewhere(body: bytes, state: PageState, forward: str | None) -> None:
    reading = read_page(body, url=URL, today=TODAY)
    assert (reading.state, reading.forward) == (state, forward)


@pytest.mark.parametrize(
    "words",
    [
        "暂无内容",
        "暂无数据！",
        "对不起，该栏目暂无信息",
        "没有找到相关信息",
        "内容正在更新中...",
        "共0条记录",
    ],
)
def test_a_column_that_says_so_is_empty(words: str) -> None:
    reading = read_page(page(f"<div>{words}</div>"), url=URL, today=TODAY)
    assert reading.state is PageState.EMPTY


@pytest.mark.parametrize(
    "main",
    [
        '<ul id="list"></ul><script>$.ajax({url:"/api/list",success:function(r){render(r)}})</script>',
        '<iframe src="/jact/list.do" width="100%" height="800"></iframe>',
        '<ul><li v-for="i in items">{{ i.title }}</li></ul>',
        "<ul id=news></ul><script>document.getElementById('news').innerHTML = rows</script>",
        '<p>暂无内容</p><div id=newsList></div><script>$("#newsList").html(rows)</script>',
    ],
)
def test_a_list_from_a_script_or_frame_is_never_empty(main: str) -> None:
    reading = read_page(page(main), url=URL, today=TODAY)
    assert reading.state in (PageState.SCRIPT_SHELL, PageState.FORWARD)


@pytest.mark.parametrize(
    "main",
    [
        "<object data='/list.swf' width=700 height=500></object>",
        "<p align='center'><img src='/W020220601_1.jpg' width='700'></p>",
        "<script src='/js/column_3.js'></script><script>writeList(3);</script>",
        "<div data-module='column-list' data-url='/zwdt/list.json'></div>",
    ],
)
def test_a_page_that_does_not_say_it_is_empty_is_not_called_so(main: str) -> None:
    assert read_page(page(main), url=URL, today=TODAY).state is not PageState.EMPTY


def test_a_list_with_error_words_in_its_titles_is_a_list() -> None:
    items = (
        '<li><a href="/1.html">关于网站升级维护期间暂停服务的公告</a><span>2022-06-02</span></li>'
        + rows(LI, days("2022-05-30", 5))
    )
    reading = read_page(page(ul(items)), url=URL, today=TODAY)
    assert (reading.state, reading.newest) == (PageState.LIST, date(2022, 6, 2))


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        (b"", "no_body"), (b"   \n", "no_body"), (b"%PDF-1.5 ...", "not_text"), (b"PK\x03\x04...", "not_text"),
        (b"<div>" * 100_000, "too_large"), (b"<a>" * 200_000, "too_large"), (bytes(range(128, 256)) * 50, "undecodable"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_unreadable(body: bytes, sign: str) -> None:
    reading = read_page(body, url=URL, today=TODAY)
    assert reading.state is PageState.UNREADABLE
    assert sign in reading.signs
