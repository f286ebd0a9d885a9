"""What can be clicked on a page, and where it leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.ways import Way, frames, text_size, ways

URL = "http://ybj.example.test/index.html"
PLATFORM = "http://ybj.example.test/zfxxgk/"


def found(main: str) -> list[Way]:
    page = f"<html><body>{main}</body></html>".encode()
    return [way for way in ways(page, url=URL) if way.words == "政府信息公开"]


@pytest.mark.parametrize(
    "main",
    [
        '<a href="/zfxxgk/">政府信息公开</a>',
        '<a href="zfxxgk/"><span>政府</span>信息 公开</a>',
        '<a href="/zfxxgk/"><img src="a.gif" alt="政府信息公开"></a>',
        '<a href="/zfxxgk/" title="政府信息公开"><img src="a.gif"></a>',
        '<map><area coords="0,0,9,9" href="/zfxxgk/" alt="政府信息公开"></map>',
        "<div onclick=\"window.open('/zfxxgk/')\">政府信息公开</div>",
        '<img alt="政府信息公开" onclick="location.href=\'http://ybj.example.test/zfxxgk/\'">',
        "<a href=\"javascript:go('/zfxxgk/')\">政府信息公开</a>",
        "<div onclick=\"go('/zfxxgk/')\"><h3>年度</h3><img alt='政府信息公开'></div>",
    ],
)
def test_an_entry_in_any_of_its_shapes_leads_to_the_platform(main: str) -> None:
    assert Way("政府信息公开", PLATFORM, is_click=True) in found(main)


def test_a_click_that_only_a_script_knows_has_no_address() -> None:
    assert found('<a href="javascript:void(0)">政府信息公开</a>') == [
        Way("政府信息公开", None, is_click=True)
    ]


def test_words_that_cannot_be_clicked_are_told_as_words() -> None:
    assert found("<h2>政府信息公开</h2>") == [Way("政府信息公开")]
    assert found('<img alt="政府信息公开">') == [Way("政府信息公开")]


def test_long_sentences_are_no_labels() -> None:
    assert ways(b"<p>" + "政府信息公开".encode() * 20 + b"</p>", url=URL) == ()


def test_addresses_that_lead_nowhere_are_none() -> None:
    assert found('<a href="mailto:a@b.cn">政府信息公开</a>')[0].url is None
    assert found('<a href="http://[::1">政府信息公开</a>')[0].url is None


def test_the_pages_within_a_page_are_found() -> None:
    body = b'<iframe src="/a.html"></iframe><iframe></iframe><iframe src="data:x"></iframe>'
    assert frames(body, url=URL) == ("http://ybj.example.test/a.html",)


def test_the_size_of_a_text_counts_no_links() -> None:
    body = "<p>公开指南</p><a href=/>首页</a><script>var a=1</script>".encode()
    assert text_size(body) == len("公开指南")


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_without_raising(body: bytes) -> None:
    ways(b"<a href=" + body, url=URL)
    frames(b"<iframe src=" + body, url=URL)
