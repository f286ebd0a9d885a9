"""What hostile pages are made of, for hypothesis and for the fuzzer alike."""

# ruff: noqa: E501 - a hostile row stays on one line

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from crawler.reading import read_article, read_page
from rules.facts import PageReading, PageState

TODAY = date(2022, 6, 20)
OLDEST = date(1949, 10, 1)  # no office published anything before it
TAGS = (
    "a", "b", "body", "br", "dd", "div", "dl", "dt", "form", "frame", "frameset", "head", "html",
    "iframe", "li", "math", "meta", "noscript", "option", "p", "plaintext", "record", "script",
    "select", "span", "style", "svg", "table", "tbody", "td", "template", "textarea", "th",
    "title", "tr", "ul", "xmp", "![CDATA[", "!--", "?xml",
)  # fmt: skip
DATES = (
    "2022-06-15", "06-15", "6月15日", "二〇二二年六月十五日", "2022年6月31日", "今天", "3天前",
    "0000-00-00", "9999-12-31", "2022-", "1655251200", "16552512000000000000", "t20220615_1.html",
    "〔2022〕28号", "99999999999999999999年1月1日", "-1天前", "99999999999天前", "十十十月",
)  # fmt: skip
SIGNS = (
    "暂无内容", "$_ts=", "__jsl_clearance", "404 Not Found", "<input type=password>",
    "location.href='", '{"title":"x","date":', "[[[[[", "<datastore><record><![CDATA[",
    "<meta charset=gbk>", "<meta charset=utf-7>", "<meta http-equiv=refresh content='0;url=",
    "var list=[{title:'", "http://[::1", "http://a:99999999/", "&#xFFFFFFFF;", "&#0;", "\x00",
    "</html>", "置顶", "发布时间：", "今天是",
)  # fmt: skip
KINDS = (None, "text/html", "text/html; charset=gbk", "text/html; charset=x-none", "application/json",
         "text/xml", "image/png", "; ;;charset==\x00", "text/html; charset=utf-16")  # fmt: skip
URLS = (
    "http://www.example.test/a/", "", "http://[::1", "javascript:;", "http://a.test/?q=\udc80",
    "file:///etc/passwd", "http://例子.test/首页", "//", "http://a.test:99999/x",
)  # fmt: skip

attribute = st.sampled_from(
    ("href='/1.html'", 'href="javascript:"', "href='http://[::1'", "title='2022-06-15'",
     "style='display:none'", "class=list", "data-time=1655251200", "colspan=99999999", "onclick='x'",
     "datetime=2022-13-99", "id='a'id='a'", "href")
)  # fmt: skip
opened = st.builds(lambda tag, kind: f"<{tag} {kind}>", st.sampled_from(TAGS), attribute)
closed = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
piece = st.one_of(
    opened, closed, st.sampled_from(DATES), st.sampled_from(SIGNS), st.text(max_size=8)
)
markup = st.lists(piece, max_size=120).map("".join)


def read_anything(body: bytes, url: str = URLS[0], kind: str | None = None) -> PageReading:
    """Read, as an entry's page, too, and hold the readings to what the contract says of all."""
    reading = read_page(body, url=url, today=TODAY, content_type=kind)
    entry = read_article(body, url=url, today=TODAY, title="关于做好工作的通知", content_type=kind)
    for one in (reading, entry):
        _keeps_the_contract(one)
    return reading


def _keeps_the_contract(reading: PageReading) -> None:
    assert isinstance(reading.state, PageState)
    assert 0.0 <= reading.confidence <= 1.0
    assert (reading.forward is None) or isinstance(reading.forward, str)
    assert all(isinstance(sign, str) and len(sign) < 300 for sign in reading.signs)
    assert reading.newest is None or OLDEST <= reading.newest <= TODAY + timedelta(days=1), reading
