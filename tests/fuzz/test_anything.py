"""Whatever the bytes: a reading comes back, the same each time, and never an exception."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.reading import corpus, mutate
from benchmarks.reading.making.handmade import SHAPES
from tests.fuzz.pages import KINDS, URLS, markup, read_anything

SOON = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
CODECS = st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-16-be", "utf-8-sig"))


def _seeds() -> list[bytes]:
    return [*(page.body for page in mutate.pretend(9, 30)), *(s.made().body for s in SHAPES)]


def _damaged(body: bytes, rng: Random) -> bytes:
    """The page cut, doubled, swapped, or with bytes changed at a few places."""
    data = bytearray(body)
    for _ in range(rng.randrange(1, 12)):
        if not data:
            break
        at, length = rng.randrange(len(data)), rng.randrange(1, 400)
        match rng.randrange(5):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at:at] = rng.randbytes(rng.randrange(1, 6))
            case _:
                del data[at:]
    return bytes(data)


@SOON
@given(st.binary(max_size=3000), st.sampled_from(KINDS))
def test_random_bytes_are_read(body: bytes, kind: str | None) -> None:
    read_anything(body, kind=kind)


@SOON
@given(st.text(max_size=2000), CODECS)
def test_random_text_is_read(text: str, codec: str) -> None:
    read_anything(text.encode(codec, "replace"))


@SOON
@given(markup, st.sampled_from(URLS), st.sampled_from(KINDS))
def test_random_markup_is_read(text: str, url: str, kind: str | None) -> None:
    body = text.encode("utf-8", "replace")
    assert read_anything(body, url, kind) == read_anything(body, url, kind)


def test_damaged_pages_are_read() -> None:
    rng = Random(11)
    for body in _seeds():
        read_anything(_damaged(body, rng))


@pytest.mark.long
@LONG
@given(markup, st.sampled_from(URLS), st.sampled_from(KINDS), CODECS)
def test_much_random_markup_is_read(text: str, url: str, kind: str | None, codec: str) -> None:
    read_anything(text.encode(codec, "replace"), url, kind)


@pytest.mark.long
@pytest.mark.corpus
def test_damaged_saved_pages_are_read() -> None:
    place = corpus.folder()
    if place is None:
        pytest.skip("corpus missing: set XUNJIAN_CORPUS")
    rng = Random(12)
    for page in corpus.load(place):
        for _ in range(8):
            read_anything(_damaged(page.body, rng), page.url)
