"""What waits for a person's decision: as a table, and as the file in which it is decided in Excel.

Its first sheet is what `review --import` takes back; the second says how to fill it in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from reports.explanation import witness
from reports.safety import guarded
from reports.tables import Cell, Table, as_text
from rules import reviewing
from rules.reviewing import DECIDED, KEYS, PROPOSED_FAMILIES, TOLD, Reference, Subject
from rules.words import say
from storage.disclosure import accusing, platforms, seen_on
from storage.models import DisclosureRow, ProposalRow, Violation, ViolationStatus
from storage.proposals import proposals
from storage.violations import Narrow, violations

REVIEW_FIELDS = (
    "id",
    "month",
    "site",
    "account",
    "unit",
    "column",
    "kind",
    "platform",
    "problem",
    "rule",
    "signs",
    "newest",
    "days",
    "limit",
    "url",
    "rounds",
    "status",
    "evidence",
)
SHOWN = (
    "id",
    "site",
    "account",
    "unit",
    "column",
    "problem",
    "signs",
    "newest",
    "days",
    "limit",
    "rounds",
    "url",
)
WIDTHS = {"target": 30, "site": 24, "url": 36, "evidence": 36, "dismissal": 26, "decision_note": 30}
WIDTH = 13
LISTS = {"decision": "decided", "dismissal": "dismissal"}  # columns with a list to choose from
LONGEST = 2000  # characters of a cell that are read back
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def review_table(session: Session, narrow: Narrow) -> Table:
    """Every candidate and every proposal that nobody has decided on."""
    rows = tuple(dict(row) for row in open_findings(session, narrow))
    filled = tuple(one for one in SHOWN if any(row[one] not in (None, "", []) for row in rows))
    return Table("review", REVIEW_FIELDS, rows, filled or SHOWN, words={"status": _STATUS})


_STATUS = "violation_status"


def open_findings(session: Session, narrow: Narrow) -> Iterator[Mapping[str, Cell]]:
    """The findings that wait, as `REVIEW_FIELDS` name them, with their `target`: candidates first.

    What is both a proposal and, reopened, a candidate is told once, as the proposal.
    """
    for row in violations(session, narrow):
        if row.status == ViolationStatus.CANDIDATE and row.family not in PROPOSED_FAMILIES:
            yield _told(row, Subject.VIOLATION)
    for one in proposals(session, narrow):
        if one.status == ViolationStatus.CANDIDATE:
            yield _told(one, Subject.PROPOSAL)
    if narrow.round is None:
        for platform in accusing(platforms(session, narrow.month)):
            is_asked_for = narrow.site in (None, platform.site)
            if platform.status == ViolationStatus.CANDIDATE and is_asked_for:
                yield _told_of_platform(platform)


def _told(row: Violation | ProposalRow, subject: Subject) -> Mapping[str, Cell]:
    told = {name: getattr(row, name, None) for name in (*REVIEW_FIELDS, "target")}
    words = filter(None, map(witness, row.signs if isinstance(row, ProposalRow) else ()))
    return told | {"id": str(Reference(subject, row.id)), "signs": "；".join(words)}


def _told_of_platform(row: DisclosureRow) -> Mapping[str, Cell]:
    """A row of annex 6 among the findings: its problem is its remark."""
    told = dict.fromkeys((*REVIEW_FIELDS, "target")) | {
        name: getattr(row, name)
        for name in ("month", "site", "unit", "target", "url", "status", "evidence")
    }
    return told | {
        "id": str(Reference(Subject.DISCLOSURE, row.id)),
        "problem": row.remark,
        "rule": "P24",
        "rounds": [seen_on(row).isoformat()],
        "signs": "",
    }


def review_form(session: Session, narrow: Narrow, *, as_csv: bool) -> tuple[bytes, int]:
    """The file to decide in, as a workbook or as CSV, and how many findings wait in it."""
    rows = [_written(row) for row in open_findings(session, narrow)]
    return (_csv(rows) if as_csv else _workbook(rows)), len(rows)


def _written(row: Mapping[str, Cell]) -> list[str]:
    """A row under the headings; what is scraped is guarded, what is decided is empty."""
    cells = dict(row) | {"check_days": _joined(row["rounds"]), "evidence": _joined(row["evidence"])}
    cells["platform"] = say(f"platform.{row['platform']}") if row["platform"] else None
    told = [guarded(as_text(cells[key]))[:LONGEST] for key in TOLD]
    return [*told, *("" for _ in DECIDED)]


def _joined(value: Cell) -> str:
    return " ".join(value) if isinstance(value, list) else ""


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([reviewing.headings(), *rows])
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        asked = book.add_format({"bold": True, "bg_color": "#FFF2CC", "border": 1})
        sheet = book.add_worksheet(say("review.sheet"))
        for place, (key, text) in enumerate(zip(KEYS, reviewing.headings(), strict=True)):
            sheet.set_column(place, place, WIDTHS.get(key, WIDTH))
            sheet.write_string(0, place, text, asked if key in DECIDED else heading)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text)
        _offer_lists(sheet, len(rows))
        sheet.freeze_panes(1, 1)
        told = book.add_worksheet(say("review.how_sheet"))
        told.set_column(0, 0, 100)
        for number, line in enumerate(_how_to()):
            told.write_string(number, 0, line)
    return out.getvalue()


def _offer_lists(sheet: Any, rows: int) -> None:
    for key, table in LISTS.items():
        place = KEYS.index(key)
        words = list(reviewing.words_to_write(table))
        sheet.data_validation(1, place, max(rows, 1), place, {"validate": "list", "source": words})


def _how_to() -> Iterator[str]:
    words = {table: "、".join(reviewing.words_to_write(table)) for table in LISTS.values()}
    told = say("review.how", decisions=words["decided"], dismissals=words["dismissal"])
    yield from told.strip().splitlines()
