"""The guard against mass anomalies, counted in sites."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from rules.brake import accused, brake
from rules.facts import Truth, UnknownReason, Verdict

FAILED = Verdict(Truth.VIOLATION, rule="P01", wording="超过2周未更新")


def _round(size: int, failing: Iterable[int], columns: int = 2) -> dict[str, Verdict]:
    """One group of `size` sites of some columns; the first column of the failing ones fails."""
    bad = set(failing)
    return {
        f"{site}/{column}": FAILED if site in bad and column == 0 else Verdict(Truth.OK)
        for site in range(size)
        for column in range(columns)
    }


def _braked(
    size: int, failing: Iterable[int], earlier: Iterable[Iterable[int]] = (), group: str = "g"
) -> bool:
    verdicts = _round(size, failing)
    site_of = {target: target.split("/")[0] for target in verdicts}
    groups = {str(site): group for site in range(size)}
    past = [frozenset(f"{site}/0" for site in sites) for sites in earlier]
    found = brake(verdicts, site_of, groups, past)
    reasons = {verdict.reason for verdict in found.values()}
    standing = bool(accused(found))
    assert standing is not (UnknownReason.MASS_ANOMALY in reasons)
    return not standing


@pytest.mark.parametrize(
    ("size", "failing", "expected"),
    [(10, 2, False), (10, 3, True), (50, 10, False), (50, 11, True), (9, 9, False)],
)
def test_more_than_a_fifth_of_a_group_of_ten_failing_newly(
    size: int, failing: int, expected: bool
) -> None:
    assert _braked(size, range(failing)) is expected
    assert _braked(size, range(failing), earlier=[[]]) is expected


def test_what_failed_before_is_not_new() -> None:
    assert not _braked(10, range(4), earlier=[range(4)])
    assert not _braked(10, range(4), earlier=[[], range(2)])
    assert _braked(10, range(5), earlier=[range(2)])


def test_what_was_braked_before_stays_braked() -> None:
    assert _braked(10, range(5), earlier=[[], []])


@pytest.mark.parametrize(
    ("failing", "earlier", "expected"),
    [
        (range(5), [[], [], [], []], True),
        (range(4), [[], [], [], []], False),
        (range(5), [[], [], []], False),
        # 1, 2, 2, 1 newly failing: the mean is 1.5, and 5 are more than three times that.
        (range(5), [[90], [91, 92], [93, 94], [95]], True),
        (range(6), [[90, 91], [92, 93], [94, 95], [96, 97]], False),
        (range(7), [[90, 91], [92, 93], [94, 95], [96, 97]], True),
        # Only the last four rounds count.
        (range(5), [range(50, 90), [], [], [], []], True),
    ],
)
def test_five_and_three_times_the_mean_of_four_rounds(
    failing: range, earlier: list[Iterable[int]], expected: bool
) -> None:
    assert _braked(100, failing, earlier) is expected


def test_columns_of_one_site_count_once() -> None:
    verdicts = {f"0/{column}": FAILED for column in range(20)} | {
        f"{site}/0": Verdict(Truth.OK) for site in range(1, 10)
    }
    site_of = {target: target.split("/")[0] for target in verdicts}
    found = brake(verdicts, site_of, {str(site): "g" for site in range(10)})
    assert len(accused(found)) == 20


def test_sites_without_a_group_are_never_braked() -> None:
    verdicts = _round(20, range(20))
    site_of = {target: target.split("/")[0] for target in verdicts}
    assert brake(verdicts, site_of, {}) == verdicts


def test_only_violations_of_the_group_are_touched() -> None:
    verdicts = _round(10, range(5)) | {"elsewhere/0": FAILED}
    site_of = {target: target.split("/")[0] for target in verdicts}
    found = brake(verdicts, site_of, {str(site): "g" for site in range(10)})
    assert accused(found) == {"elsewhere/0"}
    assert found["0/0"] == Verdict(Truth.UNKNOWN, UnknownReason.MASS_ANOMALY)
    assert found["9/0"] == Verdict(Truth.OK)
