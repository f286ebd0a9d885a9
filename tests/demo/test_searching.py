"""The city's searches know what the lists show, some days later; one knows nothing."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote_plus

from demo.answering import answer
from demo.data import check_days
from demo.exchange import CHARSETS, Request
from demo.founding import city_of
from demo.listing import published, row_of
from demo.plan import Site
from demo.searching import LAGS

CITY, DAY = city_of(0), check_days()[0]


def ask(site: Site, words: str) -> str:
    encoding = CHARSETS[site.charset][0]
    address = f"/search/?q={quote_plus(words, encoding=encoding)}"
    return answer(CITY, DAY, Request("GET", site.host, address)).body.decode(encoding)


def title(site: Site, *, back: int) -> str:
    column = next(one for one in site.columns if one.concept.key == "unit_news")
    row = row_of(CITY.names, site, column, published(column, DAY) - back)
    assert (DAY - row.day >= LAGS) or back == 1
    return row.title


def test_every_site_finds_what_its_lists_show() -> None:
    for site in CITY.sites[:12]:
        words = title(site, back=6)
        found = ask(site, words)
        assert ("为您找到 0 条结果" in found) is (site.planted == "lost_search")


def test_one_search_finds_nothing() -> None:
    (site,) = [one for one in CITY.sites if one.planted == "lost_search"]
    assert "没有找到相关结果" in ask(site, title(site, back=6))


def test_what_nobody_wrote_and_what_is_new_is_not_found() -> None:
    site = next(one for one in CITY.sites if one.planted is None)
    assert "没有找到相关结果" in ask(site, "这样的标题从来没有发布过")
    assert timedelta(0) < LAGS
