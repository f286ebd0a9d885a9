"""The quick way of making an item's address absolute says what the library says."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.reading.linking import joiner

BASES = [
    "http://www.example.test/xwzx/index.html?page=2",
    "HTTPS://User@Example.test:8080",
    "http://[::1]/a/b",
    "not an address",
    "",
]
PIECES = ["/", ".", "..", "a", "t2022_1", "%20", "?", "#", ":", "//", "中", "=", ";", " ", "\t"]


@given(st.sampled_from(BASES), st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
@example(BASES[0], "/a/../b.html")
@example(BASES[0], "/a.html")
@example(BASES[0], "//other.test/a")
def test_joining_quickly_is_joining(base: str, href: str) -> None:
    assert joiner(base)(href) == urljoin(base, href)


def test_a_base_that_is_no_address_fails_as_the_library_does() -> None:
    with pytest.raises(ValueError, match="Invalid IPv6"):
        joiner("http://[::1/")("/a")
