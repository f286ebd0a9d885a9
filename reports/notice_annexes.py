"""The annexes of a notice as tables of text: what is merged, how rows are marked, notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.notice import Notice
from reports.notice_disclosure import Disclosures, Printed, cells_of
from reports.notice_lines import PROPOSED, Line, on, together
from reports.notice_period import Period
from reports.safety import harmless
from rules.submissions import Submission, Total
from rules.words import say
from storage.models import ViolationStatus as Status

MOST_APART = 2  # numbers in a row that are written one by one
LONGEST_NAME = 80  # characters of a name that a document prints
MARKS = {
    Status.CANDIDATE: "candidate",
    Status.APPEALED: "appealed",
    PROPOSED: "proposed",
}


@dataclass(frozen=True, slots=True)
class Annex:
    """One table. Rows of one group share their first `merged` cells. `number` is empty for the
    list that has no place among the six."""

    key: str
    number: str
    title: str
    basis: str
    headings: tuple[str, ...]
    groups: tuple[tuple[tuple[str, ...], ...], ...]
    merged: int = 0
    note: str = ""
    empty: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(row for group in self.groups for row in group)


def annexes(notice: Notice, span: Period) -> Iterator[Annex]:
    whole, basis = span.whole, _basis(notice)
    failed = on(notice.lines, "site_failed")
    if failed:
        yield _site_annex("failed", "", failed, whole, basis)
    yield _site_annex("1", "1", on(notice.lines, "site"), whole, basis)
    for number, name in (("2", "account_failed"), ("3", "account_problem")):
        yield _account_annex(number, on(notice.lines, name), whole, basis)
    note = "；".join(adjusted(notice.submissions.adjustments))
    counties, others = notice.submissions.counties, notice.submissions.others
    yield _unit_annex("4", counties, whole)
    yield _unit_annex("5", others, whole, say("notice_text.note", note=note) if note else "")
    yield _platform_annex(notice.platforms)


def _basis(notice: Notice) -> str:
    """The check days, with the month where it begins."""
    before = (None, *notice.rounds)
    days = [
        say("notice_text.further_day", day=day.day)
        if last is not None and (last.year, last.month) == (day.year, day.month)
        else say("notice_text.check_day", month=day.month, day=day.day)
        for last, day in zip(before, notice.rounds, strict=False)
    ]
    return say("notice_text.by_rounds", days="、".join(days))


def _site_annex(key: str, number: str, lines: Sequence[Line], whole: str, basis: str) -> Annex:
    groups, repaired = [], []
    for place, (_, of_site) in enumerate(groupby(lines, key=lambda line: line.site), start=1):
        found = list(together(list(of_site)))
        groups.append(tuple(_site_cells(place, group) for group in found))
        repaired += [_repaired_columns(place, group) for group in found if _is_repaired(group[0])]
    return Annex(
        key=key,
        number=number,
        title=say(f"notice_text.annex_{key}", whole=whole),
        basis=basis,
        headings=tuple(say("notice_text.heads_1").split("、")),
        groups=tuple(groups),
        merged=3,
        note=_repairs(repaired),
        empty=say("notice_text.none"),
    )


def _is_repaired(line: Line) -> bool:
    return line.status == Status.RECTIFIED


def _repaired_columns(place: int, group: Sequence[Line]) -> str:
    columns = "、".join(name_of(line.column) for line in group if line.column)
    return say("notice_text.repaired_columns", place=place, columns=columns).strip()


def _repairs(repaired: Sequence[str]) -> str:
    """What stands below a table: which of its rows later rounds showed to be repaired."""
    return say("notice_text.repaired", rows="、".join(repaired)) if repaired else ""


def _spans(places: Sequence[int]) -> Iterator[str]:
    """Numbers as people write them: 1、2、5至9."""
    runs = groupby(enumerate(places), key=lambda one: one[1] - one[0])
    for run in ([place for _, place in members] for _, members in runs):
        if len(run) > MOST_APART:
            yield say("notice_text.span", first=run[0], last=run[-1])
        else:
            yield from map(str, run)


def _site_cells(place: int, group: Sequence[Line]) -> tuple[str, ...]:
    first = group[0]
    columns = "、".join(name_of(line.column) for line in group)
    names = (name_of(first.site), name_of(first.unit), columns)
    return (str(place), *names, _problem(first, len(group)))


def _problem(line: Line, columns: int = 1) -> str:
    """The wording as published, for several columns of one cause with their number, and marked."""
    problem = name_of(line.problem)
    if columns > 1:
        numerals = say("notice_text.numerals").split("、")
        count = numerals[columns - 1] if columns <= len(numerals) else str(columns)
        problem = say("notice_text.several", count=count, problem=problem)
    mark = MARKS.get(line.status)
    return problem + (say(f"notice_text.mark_{mark}") if mark else "")


def _account_annex(number: str, lines: Sequence[Line], whole: str, basis: str) -> Annex:
    names = [(name_of(line.account), name_of(line.unit), name_of(line.platform)) for line in lines]
    rows = (
        (str(place), *named, _problem(line))
        for place, (named, line) in enumerate(zip(names, lines, strict=True), start=1)
    )
    repaired = [place for place, line in enumerate(lines, start=1) if _is_repaired(line)]
    return Annex(
        key=number,
        number=number,
        title=say(f"notice_text.annex_{number}", whole=whole),
        basis=basis,
        headings=tuple(say("notice_text.heads_2").split("、")),
        groups=tuple((row,) for row in rows),
        note=_repairs(list(_spans(repaired))),
        empty=say("notice_text.none"),
    )


def _unit_annex(number: str, totals: Sequence[Total], whole: str, note: str = "") -> Annex:
    rows = (
        (str(place), name_of(one.unit), str(one.submitted), str(one.adopted))
        for place, one in enumerate(totals, start=1)
    )
    return Annex(
        key=number,
        number=number,
        title=say(f"notice_text.annex_{number}", whole=whole),
        basis="",
        headings=tuple(say("notice_text.heads_4").split("、")),
        groups=tuple((row,) for row in rows),
        note=note,
        empty=say("notice_text.none"),
    )


def _platform_annex(found: Disclosures) -> Annex:
    """Annex 6. What nobody could verify is said so, below the table as well."""
    rows = [(name_of(one.row.unit), *cells_of(one.row), _remark(one)) for one in found.rows]
    unknown = say("disclosure.built_unknown")
    is_open = any(unknown in row for row in rows)
    return Annex(
        key="6",
        number="6",
        title=say("notice_text.annex_6"),
        basis="",
        headings=tuple(say("notice_text.heads_6").split("、")),
        groups=tuple((row,) for row in rows),
        note=say("notice_text.note_6", unknown=unknown) if is_open else "",
        empty=say("notice_text.unchecked"),
    )


def _remark(one: Printed) -> str:
    mark = say(f"notice_text.mark_{MARKS[Status.CANDIDATE]}") if one.waits else ""
    return name_of(one.row.remark) + mark


def adjusted(found: Sequence[Submission]) -> Iterator[str]:
    """Adjustments of one reason, amount and kind in one clause."""

    def kind(one: Submission) -> tuple[str, int, str]:
        return (one.reason, one.amount, str(one.counts_for))

    for (reason, amount, counts_for), group in groupby(sorted(found, key=kind), key=kind):
        yield say(
            f"notice_text.adjusted_{counts_for}",
            units="、".join(name_of(one.unit) for one in group),
            reason=name_of(reason),
            sign=say("notice_text.minus" if amount < 0 else "notice_text.plus"),
            amount=abs(amount),
        )


def name_of(text: object) -> str:
    """A name as a document prints it: one line, no marks, of a bounded length."""
    clean = harmless(str(text or ""))
    return clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1]}…"
