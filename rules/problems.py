"""The problems that a verdict may name: each with its P-code and its family (standard 5.4).

The printed wording is the profile's; one wording a code, whatever the notice once misprinted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rules.facts import UnknownReason
from rules.marks import INCOMPATIBLE_NARROW, REDATED


class Family(StrEnum):
    """What is merged into one violation a month: the same duty failing in the same way."""

    STALE = "stale"
    BLANK = "blank"
    UNREACHABLE = "unreachable"
    UNDATED = "undated"
    INCOMPATIBLE = "incompatible"
    BACKDATED = "backdated"
    ACCOUNT_STALE = "account_stale"
    ACCOUNT_QUOTA = "account_quota"
    # The six vetoes of a site (单项否决): one of each a site and month, of no single column.
    SITE_SAFETY = "site_safety"
    SITE_UNREACHABLE = "site_unreachable"
    SITE_HOME = "site_home"
    SITE_COLUMNS = "site_columns"
    SITE_LETTERS = "site_letters"
    SITE_SERVICES = "site_services"
    # Vetoes of an account that only a person tells of.
    ACCOUNT_SAFETY = "account_safety"
    ACCOUNT_ANSWERS = "account_answers"
    ACCOUNT_FRAUD = "account_fraud"


class Problem(StrEnum):
    """A problem, by the key of its wording in a profile."""

    TWO_WEEKS = "two_weeks"
    ONE_MONTH = "one_month"
    TWO_MONTHS = "two_months"
    THREE_MONTHS = "three_months"
    SIX_MONTHS = "six_months"
    LONG = "long"
    BLANK = "blank"
    UNREACHABLE = "unreachable"
    NO_DATE = "no_date"
    INCOMPATIBLE = "incompatible"
    BACKDATED = "backdated"
    ACCOUNT_TWO_WEEKS = "account_two_weeks"
    WEEK_TWICE = "week_twice"
    WEEK_ONCE = "week_once"
    WEEK_TIMES = "week_times"  # any other quota; {times} in its wording is the quota


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """The P-code of a problem and its family."""

    rule: str
    family: Family


PROBLEMS: Mapping[Problem, ProblemRow] = MappingProxyType(
    {
        Problem.TWO_WEEKS: ProblemRow("P01", Family.STALE),
        Problem.ONE_MONTH: ProblemRow("P02", Family.STALE),
        Problem.TWO_MONTHS: ProblemRow("P03", Family.STALE),
        Problem.THREE_MONTHS: ProblemRow("P03", Family.STALE),
        Problem.SIX_MONTHS: ProblemRow("P04", Family.STALE),
        Problem.LONG: ProblemRow("P05", Family.STALE),
        Problem.BLANK: ProblemRow("P06", Family.BLANK),
        Problem.UNREACHABLE: ProblemRow("P07", Family.UNREACHABLE),
        Problem.NO_DATE: ProblemRow("NO_DATE", Family.UNDATED),
        Problem.INCOMPATIBLE: ProblemRow("P11", Family.INCOMPATIBLE),
        Problem.BACKDATED: ProblemRow("P28", Family.BACKDATED),
        Problem.ACCOUNT_TWO_WEEKS: ProblemRow("P14", Family.ACCOUNT_STALE),
        Problem.WEEK_TWICE: ProblemRow("P15", Family.ACCOUNT_QUOTA),
        Problem.WEEK_ONCE: ProblemRow("P15", Family.ACCOUNT_QUOTA),
        Problem.WEEK_TIMES: ProblemRow("P15", Family.ACCOUNT_QUOTA),
    }
)

# The problem of an account short of its weekly quota, by the quota: the wording follows it.
QUOTA_PROBLEMS: Mapping[int, Problem] = MappingProxyType(
    {1: Problem.WEEK_ONCE, 2: Problem.WEEK_TWICE}
)

# What the machine only proposes (standard: P), by the reason it stands as 未能核实 meanwhile.
PROPOSED: Mapping[UnknownReason, Problem] = MappingProxyType(
    {
        UnknownReason.INCOMPATIBLE: Problem.INCOMPATIBLE,
        UnknownReason.BACKDATED: Problem.BACKDATED,
    }
)

# The same, by a sign that stands beside any verdict.
PROPOSED_BY_SIGN: Mapping[str, Problem] = MappingProxyType(
    {INCOMPATIBLE_NARROW: Problem.INCOMPATIBLE, REDATED: Problem.BACKDATED}
)

# What a month's rounds conclude by themselves.
ROUND_FAMILIES = frozenset(row.family for row in PROBLEMS.values())

# The vetoes of a site, by the number of the indicator (standard 2.1).
VETOES: Mapping[str, Family] = MappingProxyType(
    {
        "V1": Family.SITE_SAFETY,
        "V2": Family.SITE_UNREACHABLE,
        "V3": Family.SITE_HOME,
        "V4": Family.SITE_COLUMNS,
        "V5": Family.SITE_LETTERS,
        "V6": Family.SITE_SERVICES,
    }
)
VETO_FAMILIES = frozenset(VETOES.values())
# The vetoes of an account that are a person's alone (standard 2.2); M2a is judged in every round.
ACCOUNT_VETOES: Mapping[str, Family] = MappingProxyType(
    {
        "M1": Family.ACCOUNT_SAFETY,
        "M3a": Family.ACCOUNT_ANSWERS,
        "M3b": Family.ACCOUNT_FRAUD,
    }
)
# What rests on no look of its own, and what no setting confirms.
GRAVE_FAMILIES = VETO_FAMILIES | frozenset(ACCOUNT_VETOES.values())
# Of these the machine only proposes, whatever it has seen (standard: P, H).
PROPOSED_VETOES = frozenset({"V5", "V6"})

# The family of a verdict's rule: the five steps of the ladder are one problem that grows older.
FAMILY_OF_RULE: Mapping[str, Family] = MappingProxyType(
    {row.rule: row.family for row in PROBLEMS.values()} | dict(VETOES) | dict(ACCOUNT_VETOES)
)
