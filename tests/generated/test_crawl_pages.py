"""The pages of the crawl benchmark are what it says of them."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.crawl.pages import COLUMNS, ENTRIES, addresses, page, register
from crawler.reading import read_page
from rules.facts import PageState

DAY = date(2022, 6, 20)


@pytest.mark.parametrize("wanted", [1, COLUMNS, COLUMNS + 1, 1000])
def test_there_are_so_many_columns_as_wanted_each_at_an_address_of_its_own(wanted: int) -> None:
    assert len(set(addresses(wanted))) == wanted
    assert sum(len(site.columns) for site in register(wanted).sites) == wanted


def test_every_page_is_a_list_that_is_read_without_doubt() -> None:
    for place in range(COLUMNS):
        path = f"/col/{place}/index.html"
        body = page(3, path, DAY)
        found = read_page(
            body, url=f"http://s3.bench.test{path}", today=DAY, content_type="text/html"
        )
        assert (found.state, found.newest, len(found.items)) == (PageState.LIST, DAY, ENTRIES)
        assert found.confidence > 0.8
        assert 20_000 < len(body) < 30_000
