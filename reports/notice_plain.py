"""A notice as plain text, for the office's own system: the draft to paste, tables with tabs."""

from __future__ import annotations

from collections.abc import Iterator

from reports.notice_annexes import Annex
from reports.notice_text import NoticeText
from rules.words import say

INDENT = "　　"


def to_plain(text: NoticeText) -> bytes:
    """The whole notice in UTF-8, with the mark that Windows wants."""
    return ("\n".join(_lines(text)) + "\n").encode("utf-8-sig")


def _lines(text: NoticeText) -> Iterator[str]:
    if text.draft:
        yield from (say("notice_text.draft"), "")
    yield from (text.title, "", text.addressees, "", INDENT + text.opening)
    for section in text.sections:
        yield from ("", INDENT + section.heading)
        yield from (INDENT + lead + paragraph for lead, paragraph in section.paragraphs)
    yield ""
    yield INDENT + say("notice_text.annexes")
    for annex in text.annexes:
        yield INDENT + (f"{annex.number}. {annex.title}" if annex.number else annex.title)
    yield from ("", text.issuer, text.signed)
    for annex in text.annexes:
        yield from _table(annex)


def _table(annex: Annex) -> Iterator[str]:
    number = say("notice_text.annex", number=annex.number) if annex.number else ""
    yield from (line for line in ("", number, annex.title, annex.basis) if line or not number)
    yield "\t".join(annex.headings)
    yield from ("\t".join(row) for row in annex.rows)
    if not annex.rows:
        yield annex.empty
    if annex.note:
        yield annex.note
