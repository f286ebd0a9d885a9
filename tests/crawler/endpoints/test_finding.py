"""A value is found again wherever pages keep it, and never where they do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.endpoints.clocks import clock_form, clock_value, is_rolling
from crawler.endpoints.finding import Page, cookies_of, find, locate, locate_after
from crawler.endpoints.recipe import Part, Source
from crawler.endpoints.sources import is_opaque

OLD, NEW = "8f3e1a77c2d94b06", "0b1c2d3e4f5a6b7c"
NOW = datetime(2022, 6, 17, 2, 30, 5, 123000, tzinfo=UTC)

PLACES = {
    "a hidden input": '<input name="x" value="1"><input type="hidden" name="k" value="{}">',
    "an input told by its id": '<input value="{}" id="tk"/>',
    "a meta tag": '<meta property="og" content="x"><meta name="csrf" content="{}" />',
    "a data attribute": '<div class="a"></div><body data-key="{}">',
    "a variable": '<script>var n=1,key = "{}";</script>',
    "a property": "<script>conf({{id:1, 'key' : '{}'}})</script>",
    "a second mention": '<script>key: 0; window.key="{}"</script>',
    "a call": "<script>set('key', '{}')</script>",
    "JSON in a script": '<script>var s="{{\\"key\\":\\"{}\\"}}"</script>',
    "an escaped script": "<script>var key='\\x2f{}'.slice(1), k2='{}'</script>",
    "a query in a link": '<a href="/l?id=3&amp;key={}&amp;p=1">x</a>',
}


@pytest.mark.parametrize("name", PLACES)
def test_a_value_is_found_again(name: str) -> None:
    page = PLACES[name]
    part = locate(OLD, Page("http://a.test/", page.replace("{}", OLD)))
    assert part is not None
    text = page.replace("{}", NEW)
    assert find(part, Page("http://a.test/", text)) == NEW


def test_what_stands_in_plain_text_is_found_by_what_stands_before_it() -> None:
    text = "<p>您的编号为 <b>{}</b>。</p>"
    part = locate_after(OLD, Page("http://a.test/", text.replace("{}", OLD)))
    assert part is not None
    assert find(part, Page("http://a.test/", text.replace("{}", NEW))) == NEW


def test_nothing_is_found_where_it_is_gone_or_odd() -> None:
    page = '<input type="hidden" name="k" value="{}">'
    part = locate(OLD, Page("http://a.test/", page.replace("{}", OLD)))
    assert part is not None
    for value in ("", "a\r\nb: c", "x" * 5000):
        assert find(part, Page("http://a.test/", page.replace("{}", value))) is None
    assert find(Part(Source.TAG, ("a,b[", "", "", "x")), Page("", "<a x=1>")) is None


def test_cookies_are_told_apart_however_they_were_joined() -> None:
    told = "a=1; path=/; expires=Fri, 01-Jan-2099 00:00:00 GMT, b-2=x%3D; HttpOnly"
    assert cookies_of(told) == {"a": "1", "b-2": "x%3D"}
    assert cookies_of('a="1"; path=/\nb=2') == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("value", "name", "form"),
    [
        ("1655433005123", "x", "ms"),
        ("1655433000", "x", "s"),
        ("27590550", "x", "min"),
        ("2022-06-17", "x", "%Y-%m-%d"),
        ("20220617103005", "x", "%Y%m%d%H%M%S"),
        ("2022-06-17T02:30:05.123Z", "x", "iso"),
        ("202206", "x", "%Y%m"),
        ("2022", "year", "%Y"),
        ("2022", "columnid", None),
        ("1555433005123", "x", None),
        ("2022-06-01", "x", None),
        ("15", "x", None),
    ],
)
def test_values_that_are_the_present_instant(value: str, name: str, form: str | None) -> None:
    assert clock_form(value, name, NOW) == form
    if form is not None:
        again = clock_value(form, NOW)
        assert again is not None
        assert clock_form(again, name, NOW) == form


def test_dates_near_today_are_reckoned_from_it() -> None:
    assert is_rolling("2022-06-30", NOW)
    assert is_rolling("20220601", NOW)
    assert not is_rolling("2019-01-01 00:00:00", NOW)
    assert not is_rolling("20229901", NOW)


@pytest.mark.parametrize(
    ("value", "opaque"),
    [
        ("8f3e1a77c2d94b06", True),
        ("kJhGfDsAqWeRtYuIoP", True),
        ("482913", True),
        ("12345", False),
        ("publishTimeDescending", False),
        ("application/json", False),
        ("通知公告2022年第3号", False),
        ("desc", False),
    ],
)
def test_what_may_be_a_token(value: str, opaque: bool) -> None:
    assert is_opaque(value) is opaque
