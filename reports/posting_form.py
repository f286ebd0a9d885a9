"""The workbook in which people hand in posts of accounts, or sign that there were none.

Its first sheet is what `import-posts` takes back, with the accounts that nobody could verify in the
last judged round; the second says how to fill it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from reports.safety import guarded
from rules.posting_rows import KEYS, headings, words_to_write
from rules.postings import PostingKind
from rules.register import Register
from rules.words import say
from storage import findings
from storage.verdicts import last_judged
from storage.violations import Narrow

WIDTHS = {"post_account_id": 30, "post_title": 36, "post_link": 44, "post_kind": 24, "reason": 30}
WIDTH = 17
INSTANTS = ("posted_at", "post_checked_at")
TEXTS = ("post_account_id",)  # in which a spreadsheet would take a number's last digits away
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Row = dict[str, str]


def posting_form(session: Session, register: Register) -> tuple[bytes, int]:
    """The workbook, and how many accounts of the last judged round wait in it."""
    waiting = list(_waiting(session, register))
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet(say("postings.sheet"))
        _head(book, sheet)
        grey = book.add_format({"italic": True, "font_color": "#808080"})
        for number, row in enumerate(_examples(), start=1):
            _write(sheet, number, row, grey)
        for number, row in enumerate(waiting, start=3):
            _write(sheet, number, row, None)
        sheet.freeze_panes(1, 3)
        told = book.add_worksheet(say("postings.how_sheet"))
        told.set_column(0, 0, 110)
        how = say("postings.how", platforms=words_to_write("platform_word"))
        for number, line in enumerate(how.splitlines()):
            told.write_string(number, 0, line)
    return out.getvalue(), len(waiting)


def _head(book: Any, sheet: Any) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    as_instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    as_text = book.add_format({"num_format": "@"})
    for place, (key, text) in enumerate(zip(KEYS, headings(), strict=True)):
        form = as_instant if key in INSTANTS else as_text if key in TEXTS else None
        sheet.set_column(place, place, WIDTHS.get(key, WIDTH), form)
        sheet.write_string(0, place, text, heading)


def _write(sheet: Any, number: int, row: Row, form: Any) -> None:
    for place, key in enumerate(KEYS):
        if row.get(key):
            sheet.write_string(number, place, guarded(row[key]), form)


def _waiting(session: Session, register: Register) -> Iterator[Row]:
    """The accounts of the register that stayed unknown in the last judged round."""
    day = last_judged(session)
    if day is None:
        return
    accounts = {one.target: one for one in register.accounts}
    for found in findings.unknowns(session, Narrow(round=day)):
        one = accounts.get(found.target)
        if one is not None:
            yield {
                "post_platform": one.platform.label,
                "post_account": one.name,
                "post_account_id": one.id,
                "unit": one.unit,
                "reason": say(f"reason.{found.reason}"),
            }


def _examples() -> Iterator[Row]:
    """A post and a statement; the import leaves both out."""
    account = {
        "post_platform": say("platform.wechat"),
        "post_account": say("postings.example_account"),
        "post_account_id": say("postings.example_id"),
        "post_person": say("postings.example_person"),
    }
    yield account | {
        "posted_at": say("postings.example_at"),
        "post_title": say("postings.example_title"),
        "post_link": say("postings.example_link"),
        "post_kind": _word(PostingKind.PUBLISHED),
    }
    yield account | {
        "post_picture": say("postings.example_picture"),
        "post_checked_at": say("postings.example_checked"),
        "post_kind": _word(PostingKind.NONE),
    }


def _word(kind: PostingKind) -> str:
    return say(f"posting_kind.{kind}").split("、")[0]
