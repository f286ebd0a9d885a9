"""What earlier notices listed and nobody has mended: an appendix of the next, if it is asked for.

未整改 is said of what people have confirmed again in the span of the notice, and of nothing else.
Of what no complete round of the span could read it says 未能核实; what was read as in order, though
it proves no repair, is not told of at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.notice import Notice, register_of
from reports.notice_ended import ended
from reports.notice_lines import PRINTED
from rules.problems import FAMILY_OF_RULE
from rules.rectifying import PROVABLE
from rules.reviewing import Reference, Subject
from rules.spans import Span, span_of
from rules.words import catalogue
from storage.models import Violation, ViolationStatus
from storage.span_verdicts import last_settled

LOOKED_BACK = timedelta(days=366)  # before the first month of the notice
Key = tuple[str, str]  # target and family


class Repairing(StrEnum):
    """How an earlier problem stands."""

    UNRECTIFIED = "unrectified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Unrectified:
    """A problem that earlier notices list, as the last of them does. `months` are those in which
    it stood (YYYY-MM)."""

    id: str
    name: str
    unit: str
    column: str | None
    platform: str | None
    problem: str
    months: tuple[str, ...]
    state: Repairing

    def to_json(self) -> Mapping[str, Any]:
        return asdict(self) | {"months": list(self.months), "state": self.state.value}


def unrectified(session: Session, notice: Notice) -> tuple[Unrectified, ...]:
    """What stood in the notices of the year before a notice and is not known to be mended."""
    span = span_of(notice.month)
    over = ended(register_of(session, notice.rounds[-1]), notice.rounds[-1])
    again: set[Key] = {(line.target, FAMILY_OF_RULE[line.rule]) for line in _printed(notice)}
    found = [
        rows
        for (target, _), rows in _earlier(session, span).items()
        if target not in over and rows[-1].status == ViolationStatus.CONFIRMED
    ]
    settled = last_settled(session, span, [rows[-1].target for rows in found])
    return tuple(_told(found, again, settled))


def _printed(notice: Notice) -> Iterator[Any]:
    return (line for line in notice.lines if line.status in PRINTED)


def _earlier(session: Session, span: Span) -> Mapping[Key, list[Violation]]:
    """What stands confirmed in the months before, by target and family, oldest first."""
    since = f"{span.first - LOOKED_BACK:%Y-%m}"
    query = (
        select(Violation)
        .where(Violation.month >= since, Violation.month < span.months[0])
        .where(Violation.status.in_(PRINTED), Violation.upheld)
        .order_by(Violation.month, Violation.id)
    )
    found: dict[Key, list[Violation]] = {}
    for row in session.scalars(query):
        found.setdefault((row.target, row.family), []).append(row)
    return found


def _told(
    found: Sequence[Sequence[Violation]], again: set[Key], settled: Mapping[str, str]
) -> Iterator[Unrectified]:
    for rows in found:
        last = rows[-1]
        is_again = (last.target, last.family) in again
        is_open = last.family in PROVABLE and last.target not in settled
        if is_again or is_open:
            yield _of(rows, Repairing.UNRECTIFIED if is_again else Repairing.UNVERIFIED)


def _of(rows: Sequence[Violation], state: Repairing) -> Unrectified:
    last = rows[-1]
    platform = catalogue().get(f"platform.{last.platform}", last.platform or "")
    return Unrectified(
        id=str(Reference(Subject.VIOLATION, last.id)),
        name=last.site or last.account or "",
        unit=last.unit,
        column=last.column,
        platform=platform or None,
        problem=last.problem,
        months=tuple(row.month for row in rows),
        state=state,
    )
