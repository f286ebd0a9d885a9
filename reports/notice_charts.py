"""The charts page of a notice as data: problems by type, by unit, and month on month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reports.notice import Notice
from reports.notice_lines import DRAFTED, PRINTED
from reports.notice_text import problems_by
from rules.spans import span_of
from rules.words import say
from storage.models import Violation

MOST_BARS = 12
MONTHS = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """A title and its bars, in order: what each counts, and how many."""

    title: str
    bars: tuple[tuple[str, int], ...]


def charts(session: Session, notice: Notice) -> tuple[Chart, ...]:
    """The three charts of a notice; a chart without bars is left out."""
    made = (
        Chart(say("notice_text.by_type"), _most(problems_by(notice.lines, "problem"))),
        Chart(say("notice_text.by_unit"), _most(problems_by(notice.lines, "unit"))),
        Chart(say("notice_text.by_month"), _by_month(session, notice)),
    )
    return tuple(chart for chart in made if any(count for _, count in chart.bars))


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The longest bars first; what has no room is one last bar."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[MOST_BARS:])
    more = ((say("notice_text.others"), rest),) if rest else ()
    return (*ordered[:MOST_BARS], *more)


def _by_month(session: Session, notice: Notice) -> tuple[tuple[str, int], ...]:
    """The violations of this month and those before it, as far as the table reaches back."""
    months = _months_before(span_of(notice.month).months[-1])
    statuses = DRAFTED if notice.draft else PRINTED
    query = (
        select(Violation.month, func.count())
        .where(Violation.month.in_(months), Violation.status.in_(statuses), Violation.upheld)
        .group_by(Violation.month)
    )
    found = {month: count for month, count in session.execute(query)}  # noqa: C416  rows are typed
    first = min(found, default=months[-1])
    return tuple((month, found.get(month, 0)) for month in months if month >= first)


def _months_before(month: str) -> list[str]:
    """The last months up to one, ascending."""
    day, found = date.fromisoformat(f"{month}-01"), [month]
    for _ in range(MONTHS - 1):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(f"{day:%Y-%m}")
    return found[::-1]
