"""The truth about a city's accounts, for tests alone: which rows annexes 2 and 3 must have, and
which accounts a careful checker may have to leave unverified.

No program of the product reads this. Updates are counted in the seven full days before a check
day; June's check days are Mondays, so that the natural week before them is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from demo.account_plan import DOUBTFUL, UNREADABLE, Planned, plan_of
from demo.accounts import Account
from demo.data import check_days
from demo.founding import city_of
from demo.posting import posts_of

LONGEST = 14  # days without an update that an account may have
WEEK = 7
TWO_WEEKS = "超过两周未更新"
SHORT = {1: "一周未更新一次", 2: "一周未更新两次"}


@dataclass(frozen=True, slots=True)
class ExpectedAccount:
    """One row of annex 2 (`stale`) or of annex 3, and the check days on which it is proved."""

    name: str
    unit: str
    platform: str
    ident: str
    stale: bool
    problem: str
    rounds: tuple[date, ...]


def updates(account: Account, day: date, days: int = WEEK) -> int:
    """How often an account updated in the full days before a day."""
    first = day - timedelta(days=days)
    return sum(first <= post.at.date() < day for post in posts_of(account, day))


def is_short(account: Account, day: date) -> bool:
    """Whether an account missed its weekly quota on a check day."""
    return updates(account, day) < (account.weekly_min or 0)


def is_silent(account: Account, day: date) -> bool:
    """Whether an account has been silent for more than two weeks on a check day."""
    return not updates(account, day, LONGEST)


@cache
def expected_accounts(seed: int) -> tuple[ExpectedAccount, ...]:
    """The rows of annexes 2 and 3, in the order of the register."""
    return tuple(row for one in plan_of(city_of(seed)) for row in _rows(one.account))


def _rows(account: Account) -> Iterator[ExpectedAccount]:
    short = tuple(day for day in check_days() if is_short(account, day))
    silent = tuple(day for day in check_days() if is_silent(account, day))
    if silent:
        yield _row(account, TWO_WEEKS, silent)
    if short:
        yield _row(account, SHORT[account.weekly_min or 2], short)


def _row(account: Account, problem: str, rounds: tuple[date, ...]) -> ExpectedAccount:
    stale = problem == TWO_WEEKS
    who = (account.name, account.unit, account.platform, account.ident)
    return ExpectedAccount(*who, stale, problem, rounds)


def may_be_unknown(seed: int, *, browser: bool) -> frozenset[tuple[str, str]]:
    """The accounts, by platform and id, that may stand among the unverified of some round."""
    odd = UNREADABLE | DOUBTFUL
    return frozenset(
        (one.account.platform, one.account.ident)
        for one in plan_of(city_of(seed))
        if one.twist in odd or (not browser and _is_opened(one))
    )


def must_be_unknown(seed: int) -> frozenset[tuple[str, str]]:
    """Those of them that stand there until their units' own records tell of two weeks: in the
    first two rounds."""
    return frozenset(
        (one.account.platform, one.account.ident)
        for one in plan_of(city_of(seed))
        if one.twist in UNREADABLE
    )


def _is_opened(one: Planned) -> bool:
    return one.names[0] in ("toutiao_page", "douyin_page")
