"""What a page links to and shows: addresses on the wire, each once; and what files begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.file_kinds import FileState, attachment_state, picture_state
from crawler.reading.page_links import LinkKind, file_ending, page_links, shape_of

URL = "http://a.test/xw/index.html"


def links(markup: str) -> list[tuple[str, str]]:
    found = page_links(f"<html><body>{markup}</body></html>".encode(), url=URL)
    return [(one.url, one.kind.value) for one in found]


def test_links_pictures_and_attachments_are_told_apart() -> None:
    markup = (
        "<a href='a.html'>一</a><img src='/i/b.png'><a href='/f/c.PDF?v=2'>附件</a>"
        "<map><area href='http://b.test/'></map>"
    )
    assert links(markup) == [
        ("http://a.test/xw/a.html", "link"),
        ("http://a.test/i/b.png", "picture"),
        ("http://a.test/f/c.PDF?v=2", "attachment"),
        ("http://b.test/", "link"),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='javascript:void(0)'>关闭</a>",
        "<a href='mailto:a@b.cn'>写信</a>",
        "<a href='tel:12345'>电话</a>",
        "<a href='#top'>返回顶部</a>",
        "<a href='index.html#top'>返回顶部</a>",
        "<a href=''>空</a>",
        "<a name=here>锚</a>",
        "<a href='/x/{{item.url}}'>模板</a>",
        "<a href='${base}/a'>模板</a>",
        "<a href='http://[x'>坏</a>",
        "<a href='http://a.test:99999999/'>坏</a>",
        "<img src='data:image/gif;base64,R0lGODlh'>",
        "<img src='blank.gif' data-src='/real.png'>",
        "<img src='/lost.png' onerror=\"this.src='/other.png'\">",
        "<!-- <a href='/old.html'>旧</a> -->",
        "<script>var a = \"<a href='/made.html'>\"</script>",
        "<noscript><a href='/none.html'>无</a></noscript>",
    ],
)
def test_what_is_no_address_on_the_wire_is_left_out(markup: str) -> None:
    assert links(markup) == []


def test_one_address_counts_once_and_keeps_its_words() -> None:
    body = "<a href='/a?x=1&amp;y=2'> 办事 指南 </a><a href='/a?x=1&y=2#c'>又</a>".encode()
    [one] = page_links(body, url=URL)
    assert (one.url, one.words) == ("http://a.test/a?x=1&y=2", "办事 指南")


def test_addresses_follow_the_base_of_the_page() -> None:
    body = b"<head><base href='/deep/'></head><a href='b.html'>b</a>"
    assert [one.url for one in page_links(body, url=URL)] == ["http://a.test/deep/b.html"]


def test_a_page_of_too_many_links_ends_somewhere() -> None:
    body = "".join(f"<a href='/{n}'>x</a>" for n in range(5_000)).encode()
    assert len(page_links(body, url=URL)) == 3_000


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    assert all(isinstance(one.kind, LinkKind) for one in page_links(body, url=URL))


def test_endings_and_shapes() -> None:
    assert [file_ending(url) for url in ("http://a/b.Docx?x", "http://a/b", "http://[")] == [
        "docx",
        "",
        "",
    ]
    assert shape_of("http://a/2022/i12.png") == shape_of("http://a/2023/i7.png")


PAGE = b"\r\n<!DOCTYPE html><html><body>404</body></html>"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"GIF89a..", FileState.GOOD),
        (b"\x89PNG\r\n\x1a\n", FileState.GOOD),
        (b"\xff\xd8\xff\xe0", FileState.GOOD),
        (b"RIFF\x00\x00\x00\x00WEBP", FileState.GOOD),
        (b"<?xml version='1.0'?><svg xmlns=''></svg>", FileState.GOOD),
        (b"\x00\x00\x00 ftypavif", FileState.GOOD),
        (b"", FileState.EMPTY),
        (b" \n", FileState.EMPTY),
        (PAGE, FileState.PAGE),
        (b"something else", FileState.UNCLEAR),
    ],
)
def test_a_picture_is_told_by_its_first_bytes(body: bytes, state: FileState) -> None:
    assert picture_state(body) is state


@pytest.mark.parametrize(
    ("body", "ending", "state"),
    [
        (b"%PDF-1.4", "pdf", FileState.GOOD),
        (b"\xef\xbb\xbf%PDF-1.7", "pdf", FileState.GOOD),
        (PAGE, "pdf", FileState.PAGE),
        (b"PK\x03\x04", "docx", FileState.GOOD),
        (b"\xd0\xcf\x11\xe0", "docx", FileState.GOOD),
        (PAGE, "docx", FileState.PAGE),
        (PAGE, "xls", FileState.UNCLEAR),  # office programs write pages under this ending
        (b"{\\rtf1", "doc", FileState.UNCLEAR),
        (b"Rar!\x1a\x07", "rar", FileState.GOOD),
        (b"", "zip", FileState.EMPTY),
        (b"junk", "pdf", FileState.UNCLEAR),
    ],
)
def test_an_attachment_is_told_by_its_first_bytes(
    body: bytes, ending: str, state: FileState
) -> None:
    assert attachment_state(body, ending) is state
