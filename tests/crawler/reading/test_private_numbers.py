"""Personal numbers: by checksum and birthday, by the words around them, and masked always."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.private_numbers import (
    CHECKS,
    WEIGHTS,
    is_id_number,
    masked_text,
    numbers_in,
    private_numbers,
)
from tests.crawler.reading.pages import page

BODY = "41020219800229001"
GOOD = BODY + CHECKS[sum(int(d) * w for d, w in zip(BODY, WEIGHTS, strict=True)) % 11]


def test_an_identity_number_is_found_and_masked() -> None:
    (one,) = private_numbers(page(f"<p>张某某，身份证号{GOOD}，低保户</p>")) or ()
    assert (one.kind, one.masked) == ("id", f"410*************{GOOD[-2:]}")
    assert GOOD[3:16] not in repr(one)


@pytest.mark.parametrize(
    "number",
    [
        GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2"),  # checksum
        GOOD.replace("19800229", "19810229"),  # no such day
        "99" + GOOD[2:],  # no such province
        GOOD + "1",
        "A" + GOOD,
    ],
)
def test_order_numbers_are_none(number: str) -> None:
    assert numbers_in(f"单号{number}。") == ()


def test_a_mobile_counts_beside_a_person_and_not_beside_an_office() -> None:
    assert [one.masked for one in numbers_in("申请人李某某 13812345678 城关镇")] == ["138******78"]
    assert numbers_in("联系人：王科长 13812345678") == ()
    assert numbers_in("申请人可拨打咨询电话13812345678") == ()
    assert numbers_in("订单 13812345678") == ()
    assert numbers_in("申请人账号6222138123456780001") == ()


def test_what_is_kept_is_masked_whatever_it_is() -> None:
    wrong = GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2")
    kept = masked_text(f"{GOOD} {wrong} 13912345678")
    assert all(part not in kept for part in (GOOD, wrong, "13912345678"))


def test_the_order_of_digits_is_a_checksum() -> None:
    assert is_id_number(GOOD)
    swapped = GOOD[:14] + GOOD[15] + GOOD[14] + GOOD[16:]
    assert swapped == GOOD or not is_id_number(swapped)


@given(st.text(max_size=200))
def test_nothing_that_is_found_can_be_read_in_full(text: str) -> None:
    assert all("*" * 6 in one.masked for one in numbers_in(text + GOOD))


def test_hostile_pages_are_done_with_quickly() -> None:
    start = time.process_time()
    assert private_numbers(b"<div>" * 9_000) is None
    assert len(numbers_in(f"{GOOD} 申请人 " * 50_000)) == 1
    numbers_in("1" * 1_000_000)
    assert time.process_time() - start < 3
