"""Advertising: by the network that places it or the words that sell; public notices are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.reading.adverts import Advert, adverts
from tests.crawler.reading.pages import URL, page

SHOP = "http://shop.example/"


def found(main: str) -> tuple[Advert, ...]:
    pieces = adverts(page(main), url=URL)
    assert pieces is not None
    return pieces


@pytest.mark.parametrize(
    ("main", "how"),
    [
        ('<script src="//cpro.baidustatic.com/cpro/ui/c.js"></script>', "network"),
        ('<iframe src="https://ads.googlesyndication.com/x"></iframe>', "network"),
        (f'<a href="{SHOP}">限时抢购 全场五折</a>', "words"),
        (f'<a href="{SHOP}" title="招商加盟热线">图</a>', "words"),
    ],
)
def test_advertising_is_found(main: str, how: str) -> None:
    (one,) = found(main * 2)
    assert one.how == how


@pytest.mark.parametrize(
    "main",
    [
        f'<a href="{SHOP}">助农产品扫码购买</a>',
        f'<a href="{SHOP}">公益广告位招租公告</a>',
        '<a href="/a/1.html">广告位招租</a>',
        '<script src="https://hm.baidu.com/hm.js"></script>',
        '<script src="http://notcpro.baidu.com.example/"></script>',
        "<iframe src='http://[bad'></iframe>",
    ],
)
def test_look_alikes_are_left_alone(main: str) -> None:
    assert found(main) == ()


def test_pages_that_cannot_be_read_say_nothing() -> None:
    assert adverts(b"", url=URL) is None
    assert adverts(b"<div>" * 9_000, url=URL) is None


@pytest.mark.corpus
def test_no_real_page_is_suspected(corpus: Path) -> None:
    for path in sorted((corpus / "pages").rglob("*.html")):
        assert not adverts(path.read_bytes(), url="http://www.example.gov.cn/x/"), path.name
