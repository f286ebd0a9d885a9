"""Two answers are one page only if a person would read the same and be led to the same places."""

from __future__ import annotations

import pytest

from crawler.reading.sameness import Print, is_same, is_shown_as, own_words, print_of

CHROME = "<div class=nav><a href='/'>首页</a><a href='/xw/'>新闻</a></div>"
FOOTER = "<footer>主办：示例市人民政府办公室</footer>"


def page(body: str, url: str = "http://a.test/xw/tzgg/", title: str = "示例市") -> Print:
    markup = f"<html><head><title>{title}</title></head><body>{CHROME}{body}{FOOTER}</body></html>"
    found = print_of(markup.encode(), url=url, content_type="text/html; charset=utf-8")
    assert found is not None
    return found


def test_clocks_counters_and_the_page_s_own_address_make_no_difference() -> None:
    one = page(
        "<p>/xw/tzgg/ 无法显示</p><i>2022年6月20日 第17次</i><a href='/in?from=/xw/tzgg/'>入</a>"
    )
    other = page(
        "<p>/x3f/ 无法显示</p><i>2022年6月21日 第9次</i><a href='/in?from=/x3f/'>入</a>",
        "http://a.test/x3f/",
    )
    assert is_same(one, other)


@pytest.mark.parametrize(
    "body",
    [
        "<p>无法显示</p><p>更多</p>",
        "<p>无法显示此页</p>",
        "<p>无法显示</p><img src='/a/list.png'>",
        "<p>无法显示</p><iframe src='/list'></iframe>",
        "<a href='/art/1.html'>无法显示</a>",
        "",
    ],
)
def test_a_word_a_picture_a_frame_or_a_link_makes_another_page(body: str) -> None:
    assert not is_same(page("<p>无法显示</p>"), page(body))
    assert not is_shown_as(page("<p>无法显示</p>"), page(body))


def test_another_title_is_another_page() -> None:
    assert not is_same(page("<p>无法显示</p>"), page("<p>无法显示</p>", title="通知公告"))


@pytest.mark.parametrize(
    ("added", "same"),
    [
        ("", True),
        ("<i>今天是2022年6月20日 星期一</i>", True),
        ("<a href='//bszs.conac.cn/x'><img src='https://dcs.conac.cn/red.png'></a>", True),
        ("<a href='/art/1.html'>关于召开会议的通知</a>", False),
        ("<img src='/list.png'>", False),
        ("<iframe src='https://b.test/list'></iframe>", False),
        ("<img src='//b.test/1.png'>" * 5, False),
        ("<p>暂无内容</p>", False),
        ("<p>2022年6月20日 关于召开会议的通知</p>", False),
        ("<p>2022年6月20日 欢迎您</p>" * 4, False),
    ],
)
def test_scripts_may_add_a_clock_and_marks_of_other_hosts_and_no_more(
    added: str, same: bool
) -> None:
    body = "<p>您要找的暂时无法显示</p>"
    assert is_shown_as(page(body), page(body + added)) is same


def test_what_a_browser_lost_of_a_page_makes_it_another() -> None:
    assert not is_shown_as(page("<p>一</p><p>二二</p>"), page("<p>一</p>"))


def test_what_all_pages_of_a_host_say_is_nothing_of_a_page_s_own() -> None:
    front = page("<ul><li><a href='/art/1.html'>关于召开会议的通知</a></ul>")
    assert own_words(page(""), front) == ""
    assert own_words(page("<p>无法显示</p>"), front) == "无法显示"


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><script src=/app.js></script>",
        "<iframe src='/list'></iframe>",
        "<canvas></canvas>",
        "<script type=module>import '/a.js'</script>",
        "<p>正在加载</p>",
        "<script>document.body.attachShadow({mode: 'closed'})</script>",
        "<ul id=list></ul><script>document.getElementById('list').innerHTML = x</script>",
    ],
)
def test_a_page_that_something_else_may_fill_is_known(body: str) -> None:
    assert not page(f"<p>无法显示</p>{body}").is_whole
    assert page("<p>无法显示</p><script>var a = 1</script>").is_whole


@pytest.mark.parametrize(
    "body", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"<b>" * 5000, b"<p>x</p>" * 400_000]
)
def test_what_is_no_page_or_too_large_has_no_print(body: bytes) -> None:
    assert print_of(body, url="http://a.test/x") is None


@pytest.mark.parametrize("url", ["", "http://[", "http://a.test", "http://a.test/%zz%"])
def test_no_address_is_too_odd(url: str) -> None:
    assert print_of("<p>无法显示</p>".encode(), url=url) is not None
