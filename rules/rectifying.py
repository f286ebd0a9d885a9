"""When a listed problem is 已整改: what later rounds must show of the same target. Pure.

Positive evidence alone repairs: a round that could not read proves nothing, and neither does an
`ok` that rests on another limit or an exemption. What no round concludes by itself (网页不兼容,
旧稿新发, the vetoes of a site) is said to be repaired by a person alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from rules.account_marks import NOT_DUE, QUOTA
from rules.facts import Outcome, Truth
from rules.months import Judged
from rules.problems import Family

LONGEST_NOTE = 500  # characters
LONGEST_PERSON = 40


class RepairStep(StrEnum):
    """One step in the history of a repair."""

    RECTIFIED = "rectified"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Failure:
    """A listed problem as its month left it. `newest` and `last_failed` are those of its last
    failing round."""

    family: Family
    newest: date | None
    last_failed: date


@dataclass(frozen=True, slots=True)
class Repair:
    """What later rounds prove: repaired since the round of a check day, and borne out on another;
    both are None where nothing proves it. `failed_on` is the last day that it failed since."""

    since: date | None = None
    seen_on: date | None = None
    failed_on: date | None = None


# One check day after the failure, and what its complete round says of the target.
Later = Iterable[tuple[date, Judged]]


def repair_of(failure: Failure, later: Later) -> Repair:
    """What the rounds after a failure (in any order) prove of it.

    The first round that proves the repair dates it, as long as no later one fails again.
    """
    found = Repair()
    for day, judged in sorted(later, key=lambda one: one[0]):
        if day <= failure.last_failed:
            continue
        if judged.verdict.truth is Truth.VIOLATION:
            found = Repair(failed_on=day)
        elif _proves(failure, judged):
            found = Repair(found.since or day, day, found.failed_on)
    return found


def _proves(failure: Failure, judged: Judged) -> bool:
    """Whether one verdict shows that the failure is over."""
    test = _PROOFS.get(failure.family)
    return test is not None and judged.verdict.truth is Truth.OK and test(failure, judged)


def _is_newer(failure: Failure, judged: Judged) -> bool:
    """A newer date than the failing round's was read: the limit alone may have changed."""
    newest = judged.verdict.newest
    return newest is not None and (failure.newest is None or newest > failure.newest)


def _is_read(_: Failure, judged: Judged) -> bool:
    return judged.outcome is Outcome.READ


def _is_dated(failure: Failure, judged: Judged) -> bool:
    return _is_read(failure, judged) and judged.verdict.newest is not None


def _is_posted(failure: Failure, judged: Judged) -> bool:
    """A newer post was seen, by an account that still owes something."""
    return _is_newer(failure, judged) and NOT_DUE not in judged.verdict.signs


def _meets_quota(failure: Failure, judged: Judged) -> bool:
    """The same, and a weekly quota was counted that day."""
    owed = any(sign.startswith(f"{QUOTA}:") for sign in judged.verdict.signs)
    return owed and _is_posted(failure, judged)


_PROOFS: Mapping[Family, Callable[[Failure, Judged], bool]] = MappingProxyType(
    {
        Family.STALE: _is_newer,
        Family.BLANK: _is_read,
        Family.UNREACHABLE: _is_read,
        Family.UNDATED: _is_dated,
        Family.ACCOUNT_STALE: _is_posted,
        Family.ACCOUNT_QUOTA: _meets_quota,
    }
)
PROVABLE = frozenset(_PROOFS)  # what rounds can show to be repaired
