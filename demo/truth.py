"""The truth about a city, for tests alone: which faults are planted, and what cannot be verified.

No program of the product reads this. Days are Asia/Shanghai; a column is stale on a check day when
more days have passed than its limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from urllib.parse import urljoin

from demo.data import TwistRule, check_days, twist_rules
from demo.founding import city_of
from demo.listing import newest_day
from demo.plan import City, Column, Fault, Site
from demo.register import column_address

# Limits of kinds in force in the city, in days (standard, 4.1); FIRST_LEVEL_ONLY of level 1 alone.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "news": 14,
        "service_stats": 31,
        "messages": 62,
        "policy": 184,
        "notice": 184,
        "interpretation": 184,
        "mail_stats": 184,
        "budget": 366,
        "personnel": 366,
        "plan": 366,
    }
)
FIRST_LEVEL_ONLY = frozenset({"policy", "notice", "interpretation"})
# What is printed: the highest step that the age has passed.
LADDER = (
    (184, "超过6个月未更新"),
    (92, "超过3个月未更新"),
    (62, "超过2个月未更新"),
    (31, "超过1个月未更新"),
    (14, "超过2周未更新"),
)
LONG, DEAD, INCOMPATIBLE = "长期未更新", "栏目打不开", "网页不兼容"
UNSEEN = frozenset(
    {"needs_browser", "one_client", "undated", "low_confidence", "unreadable", "disagreement"}
)


@dataclass(frozen=True, slots=True)
class ExpectedFault:
    """One row of annex 1. `by`: machine, or person where a machine only proposes.

    `rounds` are the failing check days; newest and days are those of the last of them (None for
    faults that are not of age). Without a browser only rows of age can be proved.
    """

    site: str
    unit: str
    column: str
    kind: str
    url: str
    problem: str
    by: str
    rounds: tuple[date, ...]
    newest: date | None = None
    days: int | None = None
    limit: int | None = None

    @property
    def needs_browser(self) -> bool:
        """Whether plain HTTP cannot prove it."""
        return self.newest is None


@dataclass(frozen=True, slots=True)
class ExpectedUnknown:
    """A column that a careful checker cannot verify, or may fail to.

    `http`: the reasons it may give without a browser; `browser`: with one (empty: it must be ok).
    `must`, `browser_must`: False means that ok is as good. `rounds`: the check days it holds on.
    `why`: what is odd about it.
    """

    site: str
    column: str
    url: str
    why: str
    http: frozenset[str]
    browser: frozenset[str]
    must: bool
    browser_must: bool
    rounds: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """All that is planted in a city. Every column not named here is ok in every round."""

    faults: tuple[ExpectedFault, ...]
    unknowns: tuple[ExpectedUnknown, ...]


@cache
def expected(seed: int) -> Expected:
    """The truth about the city of `seed`; faults in the order of the published annex."""
    city = city_of(seed)
    faulty = [(site, column) for site in city.sites for column in site.columns if column.fault]
    faulty.sort(key=lambda pair: _fault(pair[1]).rank)
    faults = tuple(_expected_fault(site, column) for site, column in faulty)
    return Expected(faults, tuple(_unknowns(city)))


def limit_of(column: Column) -> int | None:
    """The days a column may be silent; None: for ever."""
    if column.limit is not None:
        return column.limit
    kind, level = column.concept.kind, column.concept.level
    return None if kind in FIRST_LEVEL_ONLY and level > 1 else LIMITS.get(kind)


def is_stale(column: Column, day: date) -> bool:
    """Whether a column is stale on a check day: what a person with the true dates would say."""
    limit, newest = limit_of(column), newest_day(column, day)
    if limit is None or newest is None or _is_exempt(column, day):
        return False
    return (day - newest).days > limit


def wording(days: int, column: Column) -> str:
    """The printed wording for a stale column."""
    if column.limit is not None and column.limit not in dict(LADDER):
        return LONG
    return next(words for step, words in LADDER if days > step)


def _is_exempt(column: Column, day: date) -> bool:
    until = column.exempt.until if column.exempt else None
    return column.exempt is not None and (until is None or day <= until)


def _fault(column: Column) -> Fault:
    if column.fault is None:
        raise ValueError(f"{column.identity} has no fault")
    return column.fault


def _url(site: Site, column: Column) -> str:
    return urljoin(f"http://{site.host}/", column_address(site, column))


def _failing_days(column: Column) -> tuple[date, ...]:
    fault = _fault(column)
    if fault.problem == "stale":
        return tuple(day for day in check_days() if is_stale(column, day))
    return tuple(day for day in check_days() if fault.since is None or day >= fault.since)


def _expected_fault(site: Site, column: Column) -> ExpectedFault:
    fault, rounds = _fault(column), _failing_days(column)
    newest = newest_day(column, rounds[-1]) if fault.problem == "stale" else None
    days = (rounds[-1] - newest).days if newest else None
    words = {"dead": DEAD, "incompatible": INCOMPATIBLE}
    return ExpectedFault(
        site=site.name,
        unit=site.body.unit,
        column=column.name,
        kind=column.concept.kind,
        url=_url(site, column),
        problem=wording(days, column) if days else words[fault.problem],
        by="person" if fault.problem == "incompatible" else "machine",
        rounds=rounds,
        newest=newest,
        days=days,
        limit=limit_of(column) if days else None,
    )


def _unknowns(city: City) -> Iterator[ExpectedUnknown]:
    rules = {rule.twist: rule for rule in twist_rules()}
    for site in city.sites:
        for column in site.columns:
            rule = rules.get(column.twist or "")
            if rule and (rule.http or rule.may):
                yield _odd(site, column, rule)
            elif column.fault and column.fault.problem != "stale":
                yield _unproved(site, column)


def _odd(site: Site, column: Column, rule: TwistRule) -> ExpectedUnknown:
    http = frozenset(rule.http or rule.may)
    browser = http if rule.browser is None else frozenset(rule.browser)
    return ExpectedUnknown(
        site=site.name,
        column=column.name,
        url=_url(site, column),
        why=rule.twist,
        http=http,
        browser=browser,
        must=bool(rule.http),
        browser_must=bool(rule.http and browser) and not rule.browser_may_pass,
        rounds=rule.rounds or check_days(),
    )


def _unproved(site: Site, column: Column) -> ExpectedUnknown:
    """A fault that plain HTTP cannot prove stands among the unknowns until there is a browser."""
    fault = _fault(column)
    return ExpectedUnknown(
        site=site.name,
        column=column.name,
        url=_url(site, column),
        why=fault.problem,
        http=frozenset({"one_client"}) if fault.problem == "dead" else UNSEEN,
        browser=frozenset() if fault.problem == "dead" else frozenset({"incompatible"}),
        must=True,
        browser_must=fault.problem != "dead",
        rounds=_failing_days(column),
    )
