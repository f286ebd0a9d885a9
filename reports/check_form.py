"""The workbook that a clerk fills in where the machine could not get: one row a column to check.

Its first sheet is what `import-checks` takes back; the second says how to fill it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from reports.findings import named
from reports.safety import guarded
from rules.check_rows import KEYS, headings, seen_words_to_write
from rules.facts import UnknownReason
from rules.words import say
from storage import findings
from storage.verdicts import last_judged
from storage.violations import Narrow

# Why a person can see what the machine could not.
REASONS = frozenset(
    {
        UnknownReason.BLOCKED,
        UnknownReason.LOGIN_REQUIRED,
        UnknownReason.ROBOTS,
        UnknownReason.REFUSED,
    }
)
WIDTHS = {"site": 28, "column": 20, "target": 34, "seen": 18, "reason": 30, "url": 40, "note": 24}
WIDTH = 14
DAYS = ("checked_on", "seen")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Row = dict[str, str]


def check_form(session: Session) -> tuple[bytes, int]:
    """The workbook, and how many columns of the last judged round wait in it."""
    day = last_judged(session)
    waiting = list(_waiting(session, day)) if day is not None else []
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        grey = book.add_format({"italic": True, "font_color": "#808080"})
        sheet = book.add_worksheet(say("checks.sheet"))
        for place, (key, text) in enumerate(zip(KEYS, headings(), strict=True)):
            form = as_day if key in DAYS else None
            sheet.set_column(place, place, WIDTHS.get(key, WIDTH), form)
            sheet.write_string(0, place, text, heading)
        _write(sheet, 1, _example(day), grey)
        for number, row in enumerate(waiting, start=2):
            _write(sheet, number, row, None)
        sheet.freeze_panes(1, 2)
        told = book.add_worksheet(say("checks.how_sheet"))
        told.set_column(0, 0, 100)
        for number, line in enumerate(_how_to()):
            told.write_string(number, 0, line)
    return out.getvalue(), len(waiting)


def _write(sheet: Any, number: int, row: Row, form: Any) -> None:
    for place, key in enumerate(KEYS):
        if row.get(key):
            sheet.write_string(number, place, guarded(row[key]), form)


def _waiting(session: Session, day: date) -> Iterator[Row]:
    narrow = Narrow(round=day)
    for found, name in named(session, findings.unknowns(session, narrow)):
        if found.reason in REASONS and name["site"]:
            yield {
                "site": str(name["site"]),
                "column": str(name["column"]),
                "target": found.target,
                "unit": str(name["unit"]),
                "reason": say(f"reason.{found.reason}"),
                "url": found.url,
            }


def _example(day: date | None) -> Row:
    written = str(day or say("checks.example_day"))
    return {
        "site": say("checks.example_site"),
        "column": say("checks.example_column"),
        "checked_on": written,
        "seen": written,
        "person": say("checks.example_person"),
        "picture": say("checks.example_picture"),
        "note": say("checks.example_note"),
    }


def _how_to() -> Iterator[str]:
    yield from say("checks.how", words=seen_words_to_write()).splitlines()
