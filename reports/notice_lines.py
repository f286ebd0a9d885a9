"""The lines that a month's notice prints: which findings, in which order, under which headings.

Only what a person confirmed and the last judging still finds; a draft shows the rest, too, marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from reports.notice_ended import ended
from rules.platforms import Platform
from rules.register import Register
from rules.reviewing import PROPOSED_FAMILIES, Reference, Subject
from rules.words import catalogue
from storage.models import ProposalRow, Violation
from storage.models import ViolationStatus as Status
from storage.proposals import list_of_proposal, proposals
from storage.violations import Narrow, violations

# A rectified one was true on its check day; one under appeal waits for its decision.
PRINTED = frozenset({Status.CONFIRMED, Status.RECTIFIED})
DRAFTED = PRINTED | {Status.CANDIDATE, Status.APPEALED}
PROPOSED = "proposed"  # the status of a line that is only proposed yet

# Problems that a site's columns share for one cause, and then share a row for (standard 5.0, 6).
SHARED_RULES = frozenset({"P11"})
# The order of annexes 2 and 3; other platforms follow in the order of `Platform`.
PLATFORMS = (Platform.WEIBO, Platform.WECHAT, Platform.DOUYIN)


@dataclass(frozen=True, slots=True)
class Line:
    """One finding that is printed, or drafted. `platform` is its printed name."""

    reference: Reference
    target: str
    on_list: str
    site: str | None
    account: str | None
    unit: str
    column: str | None
    platform: str | None
    problem: str
    rule: str
    url: str
    rounds: tuple[str, ...]
    status: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The month's lines, and what stays out of them and why (as references)."""

    lines: tuple[Line, ...]
    unreviewed: tuple[Reference, ...]
    appealed: tuple[Reference, ...]
    fallen: tuple[Reference, ...]
    ended: tuple[Reference, ...] = ()  # of what owes nothing any more (`reports.notice_ended`)


def held(session: Session, month: str, register: Register, day: date, *, draft: bool) -> Held:
    """The lines of a month (YYYY-MM), in the order of a register, as it stood on its last check
    day."""
    over = ended(register, day)
    found = violations(session, Narrow(month=month))
    rows = [row for row in found if row.target not in over]
    waiting = [row for row in proposals(session, Narrow(month=month)) if _waits(row)]
    waiting = [row for row in waiting if row.target not in over]
    listed = [row for row in rows if row.status in (DRAFTED if draft else PRINTED) and row.upheld]
    if draft:
        listed = [row for row in listed if not _is_told_as_proposal(row)]
    lines = [_line(row) for row in listed]
    lines += [_line(row) for row in waiting] if draft else []
    unreviewed = [
        _reference(row)
        for row in rows
        if row.status == Status.CANDIDATE and not _is_told_as_proposal(row)
    ]
    return Held(
        lines=tuple(in_order(lines, register)),
        unreviewed=(*unreviewed, *map(_reference, waiting)),
        appealed=tuple(_reference(row) for row in rows if row.status == Status.APPEALED),
        fallen=tuple(_reference(row) for row in rows if row.status in PRINTED and not row.upheld),
        ended=tuple(_reference(row) for row in found if row.target in over and _would_stand(row)),
    )


def _would_stand(row: Violation) -> bool:
    return row.status in DRAFTED and row.upheld


def _waits(row: ProposalRow) -> bool:
    return row.status == Status.CANDIDATE


def _is_told_as_proposal(row: Violation) -> bool:
    """A reopened proposal is a candidate twice; it is told as the proposal that it is."""
    return row.status == Status.CANDIDATE and row.family in PROPOSED_FAMILIES


def _reference(row: Violation | ProposalRow) -> Reference:
    is_violation = isinstance(row, Violation)
    return Reference(Subject.VIOLATION if is_violation else Subject.PROPOSAL, row.id)


def _line(row: Violation | ProposalRow) -> Line:
    on_list = row.on_list if isinstance(row, Violation) else list_of_proposal(row)
    return Line(
        reference=_reference(row),
        target=row.target,
        on_list=on_list,
        site=row.site,
        account=row.account,
        unit=row.unit,
        column=row.column,
        platform=catalogue().get(f"platform.{row.platform}", row.platform or "") or None,
        problem=row.problem,
        rule=row.rule,
        url=row.url,
        rounds=tuple(row.rounds),
        status=row.status if isinstance(row, Violation) else PROPOSED,
        evidence=tuple(row.evidence),
    )


def in_order(lines: Iterable[Line], register: Register) -> list[Line]:
    """Sites and their columns as the register has them, accounts by platform; the rest last."""
    targets = [
        *(column.id for site in register.sites for column in site.columns),
        *(account.target for account in register.accounts),
    ]
    places = {target: place for place, target in enumerate(targets)}
    others = (one for one in Platform if one not in PLATFORMS)
    platforms = {one.label: place for place, one in enumerate((*PLATFORMS, *others), 1)}
    last = len(places)

    def place_of(line: Line) -> tuple[Any, ...]:
        return (
            platforms.get(line.platform or "", 0),
            places.get(line.target, last),
            line.site or "",
            line.reference.subject == Subject.PROPOSAL,
            line.reference.number,
        )

    return sorted(lines, key=place_of)


def on(lines: Iterable[Line], name: str) -> tuple[Line, ...]:
    """Those of some lines that stand on a list."""
    return tuple(line for line in lines if line.on_list == name)


def together(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines of sites by row: one each, but one for all of a site's columns with one cause."""

    def cause(line: Line) -> tuple[object, ...]:
        own = line.reference
        return (line.site, line.problem, line.status, 0 if line.rule in SHARED_RULES else own)

    for _, group in groupby(lines, key=cause):
        yield list(group)


def site_rows(lines: Sequence[Line]) -> tuple[Mapping[str, Any], ...]:
    """Annex 1 as data (design, section 5): several columns of one cause are a list."""
    return tuple(_site_row(group) for group in together(lines))


def _site_row(group: Sequence[Line]) -> Mapping[str, Any]:
    first, columns = group[0], [line.column for line in group]
    return {
        "site": first.site,
        "unit": first.unit,
        "column": columns if len(columns) > 1 else columns[0],
        "problem": first.problem,
        **_marked(first),
    }


def account_rows(lines: Iterable[Line]) -> tuple[Mapping[str, Any], ...]:
    """Annexes 2 and 3 as data."""
    return tuple(
        {
            "account": line.account,
            "unit": line.unit,
            "platform": line.platform,
            "problem": line.problem,
            **_marked(line),
        }
        for line in lines
    )


def _marked(line: Line) -> Mapping[str, Any]:
    """What a row says of its review where it is not printed as it stands."""
    return {} if line.status in PRINTED else {"status": line.status}
