"""From what each pass saw of a platform to the cells of its row: nothing is 0 on one look. Pure.

A pass makes claims about points: the entry on the home page, the platform itself, each label, the
search, the newest items, each duty of freshness. Positive evidence from any pass clears a point;
a fault needs two passes, spaced in time, with live controls, the second sight by a browser unless
the dates stood in the page's own bytes (standard, 5.0 and 6). All else is 未核实.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.disclosure import Built, Row, with_remark
from rules.disclosure_labels import LabelRow, Section
from rules.facts import Client, Truth

ENTRY, PLATFORM, SEARCH, BROWSE = "entry", "platform", "search", "browse"
LABEL, FRESH = "label:", "fresh:"


class Why(StrEnum):
    """What a claim rests on."""

    SEEN = "seen"  # it is there, and works
    GONE = "gone"  # no such address, no such name
    NO_ENTRY = "no_entry"  # neither words nor a link
    NO_LABEL = "no_label"
    NOTHING_IN_IT = "nothing_in_it"
    NOT_FOUND = "not_found"  # the search answers and does not know the titles
    NO_SEARCH = "no_search"
    NOT_OPEN = "not_open"  # items that do not open, or show nothing
    STALE = "stale"
    NO_REPORT = "no_report"  # last year's is not in the list
    OTHER_WORDS = "other_words"  # words that may mean the same: a person decides
    FAR = "far"  # entered, but not in one step
    UNSEEN = "unseen"  # not opened, not readable, refused: nothing can be said
    NO_BROWSER = "no_browser"
    ONE_SIGHT = "one_sight"
    CONTROLS = "controls"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one pass says of one point. `detail` is short and bounded: a label, a title, a day."""

    point: str
    truth: Truth
    why: Why
    detail: str = ""
    url: str = ""
    client: Client = Client.HTTP


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over a platform; `controls_ok`: a control answered in the same minutes."""

    at: datetime
    controls_ok: bool
    claims: tuple[Claim, ...]


def conclude(passes: Sequence[Pass], independent_after: timedelta) -> dict[str, Claim]:
    """The claim that stands for each point any pass spoke of."""
    found: dict[str, list[tuple[Pass, Claim]]] = {}
    for one in sorted(passes, key=lambda one: one.at):
        for claim in one.claims:
            found.setdefault(claim.point, []).append((one, claim))
    return {point: _standing(said, independent_after) for point, said in found.items()}


def _standing(said: Sequence[tuple[Pass, Claim]], independent_after: timedelta) -> Claim:
    clear = next((claim for _, claim in said if claim.truth is Truth.OK), None)
    if clear is not None:
        return clear
    last_pass, last = said[-1]
    doubt = next((claim for _, claim in reversed(said) if claim.truth is Truth.UNKNOWN), None)
    if doubt is not None:
        return doubt
    first_pass, _ = said[0]
    if not all(one.controls_ok for one, _ in said):
        return _doubted(last, Why.CONTROLS)
    if last_pass.at - first_pass.at < independent_after or last_pass is first_pass:
        return _doubted(last, Why.ONE_SIGHT)
    if not last.point.startswith(FRESH) and last.client is not Client.BROWSER:
        return _doubted(last, Why.NO_BROWSER)
    return last


def _doubted(claim: Claim, why: Why) -> Claim:
    return Claim(claim.point, Truth.UNKNOWN, why, claim.detail, claim.url, claim.client)


def row_of(unit: str, found: Mapping[str, Claim], labels: Mapping[Section, LabelRow]) -> Row:
    """The row that follows from the claims that stand; a point of which nobody spoke is unknown."""
    if _truth(found, PLATFORM) is Truth.VIOLATION:
        zero = Truth.VIOLATION
        return with_remark(Row(unit, zero, Built.ABSENT, zero, zero, zero))
    lacking = dict(_lacking(found, labels))
    known = all(_truth(found, f"{LABEL}{one}") is Truth.OK for one in labels)
    built = Built.NONCONFORMING if lacking else Built.CONFORMING if known else None
    return with_remark(
        Row(
            unit=unit,
            home_entry=_truth(found, ENTRY),
            built=built,
            search=_truth(found, SEARCH),
            browse=_truth(found, BROWSE),
            updated=_updated(found),
            missing=tuple(name for name, why in lacking.items() if why is not Why.NOTHING_IN_IT),
            empty=tuple(name for name, why in lacking.items() if why is Why.NOTHING_IN_IT),
        )
    )


def _truth(found: Mapping[str, Claim], point: str) -> Truth:
    claim = found.get(point)
    return Truth.UNKNOWN if claim is None else claim.truth


def _lacking(
    found: Mapping[str, Claim], labels: Mapping[Section, LabelRow]
) -> Iterator[tuple[str, Why]]:
    """The sections that are proved missing or empty, by their short names."""
    for section, row in labels.items():
        claim = found.get(f"{LABEL}{section}")
        if claim is not None and claim.truth is Truth.VIOLATION:
            yield row.short, claim.why


def _updated(found: Mapping[str, Claim]) -> Truth:
    """One duty that is proved broken breaks the cell; all must be met for it to be 1."""
    truths = [_truth(found, f"{FRESH}{one}") for one in (Section.STATUTORY, Section.ANNUAL_REPORT)]
    if Truth.VIOLATION in truths:
        return Truth.VIOLATION
    return Truth.OK if all(truth is Truth.OK for truth in truths) else Truth.UNKNOWN


def must_be_looked_at_again(claims: Sequence[Claim]) -> frozenset[str]:
    """The points of a first pass that a second one must see: whatever did not come out well."""
    return frozenset(claim.point for claim in claims if claim.truth is not Truth.OK)
