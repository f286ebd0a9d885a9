"""From the passes of a survey to a row: what clears, what proves, and what stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.disclosure import Built, breaches
from rules.disclosure_labels import Section
from rules.disclosure_proving import (
    BROWSE,
    ENTRY,
    FRESH,
    LABEL,
    PLATFORM,
    SEARCH,
    Claim,
    Pass,
    Why,
    conclude,
    must_be_looked_at_again,
    row_of,
)
from rules.facts import Client, Truth
from tests.rules.sights import NATIONAL

AT = datetime(2022, 6, 27, 2, tzinfo=UTC)
APART = timedelta(minutes=20)
LABELS = NATIONAL.disclosure_labels
POINTS = (
    ENTRY,
    PLATFORM,
    SEARCH,
    BROWSE,
    *(f"{LABEL}{one}" for one in Section),
    f"{FRESH}{Section.STATUTORY}",
    f"{FRESH}{Section.ANNUAL_REPORT}",
)
GOOD = tuple(Claim(point, Truth.OK, Why.SEEN) for point in POINTS)


def look(claims: Iterable[Claim], minutes: float = 0, controls_ok: bool = True) -> Pass:
    return Pass(AT + timedelta(minutes=minutes), controls_ok, tuple(claims))


def no(point: str, client: Client = Client.HTTP, why: Why = Why.NO_LABEL) -> Claim:
    return Claim(point, Truth.VIOLATION, why, client=client)


def standing(*passes: Pass) -> dict[str, Claim]:
    return conclude(passes, APART)


def test_a_platform_that_is_all_there_is_all_ones() -> None:
    row = row_of("某局", standing(look(GOOD)), LABELS)
    assert (row.built, row.remark, row.accuses) == (Built.CONFORMING, "", False)


POLICY = f"{LABEL}{Section.POLICY}"


def test_a_label_that_two_clients_miss_apart_in_time_is_missing() -> None:
    passes = [look([*GOOD[:4], no(POLICY), *GOOD[5:]]), look([no(POLICY, Client.BROWSER)], 20)]
    row = row_of("某局", standing(*passes), LABELS)
    assert (row.built, row.missing, row.remark) == (Built.NONCONFORMING, ("政策",), "缺少政策栏目")


@pytest.mark.parametrize(
    ("passes", "why"),
    [
        ([look([no(SEARCH)])], Why.ONE_SIGHT),
        ([look([no(SEARCH)]), look([no(SEARCH, Client.BROWSER)], 19)], Why.ONE_SIGHT),
        ([look([no(SEARCH)]), look([no(SEARCH)], 30)], Why.NO_BROWSER),
        ([look([no(SEARCH)], 0, False), look([no(SEARCH, Client.BROWSER)], 30)], Why.CONTROLS),
        ([look([no(SEARCH)]), look([no(SEARCH, Client.BROWSER)], 30, False)], Why.CONTROLS),
        (
            [look([no(SEARCH)]), look([Claim(SEARCH, Truth.UNKNOWN, Why.UNSEEN)], 30)],
            Why.UNSEEN,
        ),
    ],
)
def test_one_look_or_a_doubtful_second_one_proves_nothing(passes: list[Pass], why: Why) -> None:
    found = standing(*passes)[SEARCH]
    assert (found.truth, found.why) == (Truth.UNKNOWN, why)


def test_one_good_look_clears_whatever_the_other_saw() -> None:
    good = Claim(SEARCH, Truth.OK, Why.SEEN)
    assert standing(look([no(SEARCH)]), look([good], 30))[SEARCH] == good


def test_dates_in_the_pages_own_bytes_need_no_browser() -> None:
    point = f"{FRESH}{Section.ANNUAL_REPORT}"
    found = standing(look([no(point, why=Why.NO_REPORT)]), look([no(point, why=Why.NO_REPORT)], 30))
    assert found[point].truth is Truth.VIOLATION


def test_a_platform_that_is_gone_is_zero_throughout() -> None:
    gone = no(PLATFORM, Client.BROWSER, Why.GONE)
    row = row_of("某局", standing(look([gone]), look([gone], 30)), LABELS)
    assert (row.built, row.remark) == (Built.ABSENT, "未建设政府信息公开平台")
    assert breaches(row) == ()


def test_a_second_pass_sees_all_that_did_not_come_out_well() -> None:
    claims = (GOOD[0], no(SEARCH), Claim(BROWSE, Truth.UNKNOWN, Why.UNSEEN))
    assert must_be_looked_at_again(claims) == {SEARCH, BROWSE}


def claims_of(truths: st.SearchStrategy[Truth]) -> st.SearchStrategy[list[Claim]]:
    one = st.builds(
        Claim,
        st.sampled_from(POINTS),
        truths,
        st.sampled_from(Why),
        client=st.sampled_from([Client.HTTP, Client.BROWSER]),
    )
    return st.lists(one, max_size=12, unique_by=lambda claim: claim.point)


def passes_of(truths: st.SearchStrategy[Truth]) -> st.SearchStrategy[list[Pass]]:
    one = st.builds(look, claims_of(truths), st.integers(0, 90), st.booleans())
    return st.lists(one, max_size=3)


@given(passes_of(st.sampled_from(Truth)))
def test_whatever_was_seen_the_row_agrees_with_itself(passes: list[Pass]) -> None:
    assert breaches(row_of("某局", standing(*passes), LABELS)) == ()


@given(passes_of(st.sampled_from([Truth.OK, Truth.UNKNOWN])))
def test_refusals_and_silence_never_accuse(passes: list[Pass]) -> None:
    assert not row_of("某局", standing(*passes), LABELS).accuses


@given(passes_of(st.sampled_from(Truth)))
def test_without_live_controls_nobody_is_accused(passes: list[Pass]) -> None:
    dead = [replace(one, controls_ok=False) for one in passes]
    assert not row_of("某局", standing(*dead), LABELS).accuses
