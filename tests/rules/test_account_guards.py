"""The guard against mass anomalies among the accounts of one platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from rules.account_guards import brake_accounts
from rules.brake import accused
from rules.facts import Truth, UnknownReason, Verdict
from rules.marks import MANUAL_CHECK, SCREENSHOT
from rules.platforms import Platform
from tests.rules.reads import owes

QUOTA = Verdict(Truth.VIOLATION, rule="P15", wording="一周未更新两次")
STALE = Verdict(Truth.VIOLATION, rule="P14", wording="超过两周未更新")
FINE = Verdict(Truth.OK)


def braked(
    size: int,
    failing: Iterable[int],
    earlier: Iterable[Iterable[int]] = (),
    failed: Verdict = QUOTA,
) -> bool:
    bad = set(failing)
    verdicts = {f"weibo:{n}": failed if n in bad else FINE for n in range(size)}
    owed = {target: owes(2, target=target, platform=Platform.WEIBO) for target in verdicts}
    past = [frozenset(f"weibo:{n}" for n in one) for one in earlier]
    found = brake_accounts(verdicts, owed, past)
    reasons = {one.reason for one in found.values()}
    assert bool(accused(found)) is not (UnknownReason.MASS_ANOMALY in reasons)
    return not accused(found)


@pytest.mark.parametrize(
    ("size", "failing", "earlier", "expected"),
    [
        (9, 9, [], False),
        (10, 2, [], False),
        (10, 3, [], True),
        (10, 3, [range(3)], False),
        (100, 20, [], False),
        (100, 21, [], True),
        (100, 5, [[], [], []], False),
        (100, 4, [[], [], [], []], False),
        (100, 5, [[], [], [], []], True),
        (100, 5, [[90], [91, 92], [93, 94], [95]], True),
        (100, 6, [[90, 91], [92, 93], [94, 95], [96, 97]], False),
    ],
)
@pytest.mark.parametrize("failed", [QUOTA, STALE])
def test_the_lines_of_the_guard(
    size: int, failing: int, earlier: list[Iterable[int]], expected: bool, failed: Verdict
) -> None:
    assert braked(size, range(failing), earlier, failed) is expected


def test_a_missed_week_that_becomes_two_is_not_new() -> None:
    assert not braked(10, range(5), [range(5)], STALE)


def test_one_platform_does_not_brake_another() -> None:
    verdicts = {f"weibo:{n}": QUOTA for n in range(10)} | {"douyin:1": STALE}
    owed = {
        target: owes(1, target=target, platform=Platform(target.split(":")[0]))
        for target in verdicts
    }
    found = brake_accounts(verdicts, owed)
    assert accused(found) == {"douyin:1"}


def test_what_is_no_account_is_left_as_it_is() -> None:
    verdicts = {f"site/{n}": QUOTA for n in range(20)}
    assert brake_accounts(verdicts, {}) == verdicts


def test_what_people_signed_is_neither_counted_nor_braked() -> None:
    signed = replace(STALE, signs=(MANUAL_CHECK, SCREENSHOT))
    verdicts = {f"weibo:{n}": signed if n < 9 else FINE for n in range(10)}
    verdicts["weibo:9"] = STALE
    owed = {target: owes(2, target=target, platform=Platform.WEIBO) for target in verdicts}
    assert brake_accounts(verdicts, owed) == verdicts
