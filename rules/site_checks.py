"""What the monthly survey finds on a site: one result a check, three-valued, with its places. Pure.

A check's negative stands only if two passes, apart in time, both found it; `confirmed` puts the two
together. These results feed the score sheet and never the table of violations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from rules.facts import Truth

MOST_PLACES = 50
LONGEST_ADDRESS, LONGEST_WORDS = 500, 200


class CheckBy(StrEnum):
    """Who decides a check (standard: M and P)."""

    MACHINE = "machine"
    PROPOSES = "proposes"


class Doubt(StrEnum):
    """Why a check stands as unknown."""

    UNREAD = "unread"  # a page that it needs was not read: blocked, log-in, our fault
    ONE_SIGHT = "one_sight"  # found once, not twice
    NO_BROWSER = "no_browser"  # what scripts write was not seen
    LINE_DOWN = "line_down"  # our own line, or no control answered
    BEHIND_PROXY = "behind_proxy"  # what is asked of a line cannot be asked through a proxy
    NOT_APPLICABLE = "not_applicable"  # there is nothing on the site that it could be asked of
    UNCLEAR = "unclear"  # seen, and neither ok nor a problem by its rule
    OUR_FAULT = "our_fault"  # the checker itself broke on it


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of the table of checks: who decides it, and its P-code (standard 5.4)."""

    by: CheckBy
    problem: str


def _machine(problem: str) -> CheckRow:
    return CheckRow(CheckBy.MACHINE, problem)


def _proposed(problem: str) -> CheckRow:
    return CheckRow(CheckBy.PROPOSES, problem)


# Every check of a site, in the order in which they are printed.
CHECKS: Mapping[str, CheckRow] = MappingProxyType(
    {
        "domain": _machine("P22"),
        "site_name": _machine("P22"),
        "header_name": _machine("P21"),
        "mark_conac": _machine("P21"),
        "mark_code": _machine("P21"),
        "mark_icp": _machine("P21"),
        "mark_police": _machine("P21"),
        "mark_sponsor": _machine("P21"),
        "mark_contact": _machine("P21"),
        "code_differs": _machine("P21"),
        "jiucuo_entry": _machine("P18"),
        "jiucuo_code": _machine("P18"),
        "page_tags": _machine("P21"),
        "dead_link": _machine("P09"),
        "external_link": _machine("P09"),
        "wrong_link": _proposed("P09"),
        "picture": _machine("P12"),
        "attachment": _machine("P12"),
        "hidden_link": _proposed("P10"),
        "lapsed_domain": _proposed("P10"),
        "search": _machine("P23"),
        "ipv6": _machine("P30"),
        "certificate": _proposed("P30"),
        "guide": _proposed("P20"),
        "consult": _proposed("P17"),
        "letters": _proposed("P17"),
        "letter_parts": _proposed("P17"),
        "site_report": _machine("R1"),
        "interpretation_share": _proposed("P19"),
        "interpretation_link": _proposed("P19"),
        "interpretation_back": _proposed("P19"),
        "private_number": _proposed("P26"),
        "advert": _proposed("P27"),
        "home_news": _machine("P01"),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: the address it is about, the page that it was found on, and what it
    is in a few words. `home` says that this page is the home page; `cause` is what places of one
    cause share (one bad picture in a template), empty where each stands for itself."""

    url: str
    parent: str
    what: str = ""
    home: bool = False
    cause: str = ""

    @property
    def bounded(self) -> Place:
        """The place, with nothing in it longer than is kept."""
        return Place(
            self.url[:LONGEST_ADDRESS],
            self.parent[:LONGEST_ADDRESS],
            self.what[:LONGEST_WORDS],
            self.home,
            self.cause[:LONGEST_ADDRESS],
        )


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """The result of one check on one site: `count` problems at `places` (bounded, the first ones).

    `reason` is a `Doubt` for an unknown, else free words or None; `evidence` are lines that show
    it: address, status, instant. Who decides it stands in `CHECKS`.
    """

    code: str
    truth: Truth
    count: int = 0
    places: tuple[Place, ...] = ()
    reason: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def by(self) -> CheckBy:
        """Who decides it."""
        return CHECKS[self.code].by

    def to_plain(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> SiteCheck:
        """The check that `to_plain` wrote."""
        fields = dict(plain)
        fields["truth"] = Truth(fields["truth"])
        fields["places"] = tuple(Place(**place) for place in fields["places"])
        fields["evidence"] = tuple(fields["evidence"])
        return cls(**fields)


def fine(code: str, *, reason: str | None = None) -> SiteCheck:
    """A check that found nothing to object to."""
    return SiteCheck(code, Truth.OK, reason=reason)


def doubtful(code: str, reason: Doubt) -> SiteCheck:
    """A check of which nothing can be said."""
    return SiteCheck(code, Truth.UNKNOWN, reason=reason.value)


def found_at(code: str, places: Iterable[Place], evidence: Iterable[str] = ()) -> SiteCheck:
    """A check that found problems at these places; without any it is fine."""
    every = tuple(dict.fromkeys(place.bounded for place in places))
    if not every:
        return fine(code)
    lines = tuple(line[:LONGEST_ADDRESS] for line in evidence)[:MOST_PLACES]
    return SiteCheck(code, Truth.VIOLATION, len(every), every[:MOST_PLACES], evidence=lines)


def confirmed(first: SiteCheck, second: SiteCheck) -> SiteCheck:
    """What stands of a problem that was looked at again: only what both passes saw.

    Places count as the same by their address and page. A second pass that saw nothing clears, one
    that could not see leaves the first alone, which accuses nobody.
    """
    if first.truth is not Truth.VIOLATION or second.truth is Truth.OK:
        return second if first.truth is Truth.VIOLATION else first
    if second.truth is Truth.UNKNOWN:
        return replace(second, places=(), count=0)
    after = {(place.url, place.parent) for place in second.places}
    both = tuple(place for place in first.places if (place.url, place.parent) in after)
    if not both:
        return doubtful(first.code, Doubt.ONE_SIGHT)
    evidence = (*first.evidence, *second.evidence)[:MOST_PLACES]
    count = max(len(both), min(first.count, second.count) if _whole(first, second) else 0)
    return replace(second, count=count, places=both, evidence=evidence)


def _whole(first: SiteCheck, second: SiteCheck) -> bool:
    """Whether both passes found more than is kept, all that is kept being the same."""
    return first.places == second.places and min(first.count, second.count) > MOST_PLACES
