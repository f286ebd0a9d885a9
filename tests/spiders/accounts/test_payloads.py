"""Reading JSON strictly: what is hostile is unreadable, and quickly so."""

from __future__ import annotations

import pytest

from spiders.accounts.answers import MAX_POSTS
from spiders.accounts.payloads import (
    MAX_DEPTH,
    MAX_TEXT,
    Unreadable,
    count,
    each,
    entries,
    goes_on,
    ident,
    is_set,
    parse_json,
    plain,
    whole,
    words,
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"blocked",
        b"<html></html>",
        b'{"a":1',
        b'{"a":1}{"a":1}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":1,"a":2}',
        b'{"a":{"b":[{"c":1,"c":1}]}}',
        b"\xff\xfe{}",
        b'{"a":"\xd6\xd0"}',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b'{"a":' * 100_000,
        b"[" * 2_000_000,
        b'["' + b'\\"' * 2_000_000,
        b'"' * 3_000_001,
    ],
)
@pytest.mark.timeout(20)
def test_a_hostile_payload_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_json(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b'{"a":"[[[[{{{{\\"]"}', {"a": '[[[[{{{{"]'}),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        ('{"a":"示例"}', {"a": "示例"}),
    ],
)
def test_an_honest_payload_is_read(body: bytes | str, value: object) -> None:
    assert parse_json(body) == value or value is None


def test_a_list_is_bounded_and_a_list() -> None:
    assert entries([1, 2], "x") == [1, 2]
    wrongs: list[object] = [None, {}, "[]", 3, [0] * (MAX_POSTS + 1)]
    for wrong in wrongs:
        with pytest.raises(Unreadable):
            entries(wrong, "x")


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), ("3", 3), ("03", 3), (True, None), ("3.0", None), (3.0, None), ("", None), (-3, -3)],
)
def test_a_whole_number_is_no_boolean_and_no_fraction(value: object, number: int | None) -> None:
    assert whole(value) == number
    assert count(value) == (None if number is None or number < 0 else number)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("gh_1", "gh_1"),
        (7708955625696159921, "7708955625696159921"),
        ("", None),
        ("a b", None),
        ("a\n", None),
        ("\ud800", None),
        ("x" * 201, None),
        (True, None),
        (None, None),
        (["a"], None),
    ],
)
def test_an_id_is_one_word_of_bounded_length(value: object, kept: str | None) -> None:
    assert ident(value) == kept


def test_words_are_fit_to_be_kept() -> None:
    assert words("  示例\x00\n市 \ud800") == "示例 市 ?"
    assert len(words("长" * 10_000)) == MAX_TEXT
    assert words(3) == ""
    assert plain("校园<a href='x'>安全</a><br/>提示") == "校园 安全 提示"


@pytest.mark.parametrize("value", [None, False, 0, "", "0", "false"])
def test_a_mark_that_is_not_set(value: object) -> None:
    assert not is_set(value)


@pytest.mark.parametrize("value", [True, 1, "1", "yes", 2, {}, []])
def test_a_mark_that_is_neither_yes_nor_no_counts_as_set(value: object) -> None:
    assert is_set(value)


ANSWERS: list[tuple[object, bool | None]] = [
    (True, True),
    (1, True),
    ("1", True),
    (False, False),
    (0, False),
    ("0", False),
    (None, None),
    ("no", None),
    ([], None),
    (2, None),
]


@pytest.mark.parametrize(("value", "more"), ANSWERS)
def test_a_list_goes_on_or_not_or_does_not_say(value: object, more: bool | None) -> None:
    assert goes_on(value) is more


def test_an_entry_that_cannot_be_read_is_told() -> None:
    assert each([{"a": 1}, 3], lambda raw: raw["a"]) == ((1,), False)
    assert each([{"a": 1}], lambda raw: raw["a"]) == ((1,), True)
