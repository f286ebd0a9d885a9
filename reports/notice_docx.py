"""A notice as a Word document: the template's words and look, filled with the notice's own.

What was scraped stays text: it is escaped, never taken for a placeholder, on one line, of bounded
length. A template of the office's own is theirs to word, but not to put a rate into.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from reports.notice import Notice
from reports.notice_annexes import Annex
from reports.notice_charts import Chart
from reports.notice_template import TEMPLATE
from reports.notice_text import NoticeText, figures_of
from rules.errors import XunjianError
from rules.words import say

OPTIONAL = ("failed", "unrectified")  # annexes that a notice may lack
BLOCK, MOST_BLOCKS = "█", 19
_RATE = re.compile(r"\d+(?:\.\d+)?\s*[%％]")
# The order in which Word wants what it says of a cell.
_OF_CELL = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign")


def to_docx(
    notice: Notice, text: NoticeText, charts: Sequence[Chart], template: Path | None = None
) -> bytes:
    """The document. `template` is the office's own; None takes the built-in one.

    Raises XunjianError for a template that is none, asks for what there is not, or holds a rate.
    """
    path = template or TEMPLATE
    context = _context(notice, text, charts)
    try:
        document = DocxTemplate(str(path))
        document.render(context, SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except (TemplateError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise XunjianError(say("notice.bad_template", path=path, what=what)) from error
    _refuse_typed_rates(document, text, context["figures"], path)
    _settle_cells(document)
    _hold_signature(document, text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _context(notice: Notice, text: NoticeText, charts: Sequence[Chart]) -> dict[str, Any]:
    """What a template may ask for (docs/notice.md)."""
    plain = asdict(text)
    numbered = [annex for annex in text.annexes if annex.number]
    return {
        **{key: plain[key] for key in ("issuer", "title", "subject", "addressees", "opening")},
        **{key: plain[key] for key in ("signed", "year", "month", "kind")},
        "draft": say("notice_text.draft") if text.draft else "",
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [{"lead": lead, "text": words} for lead, words in section.paragraphs],
            }
            for section in text.sections
        ],
        "listed": [
            {"lead": _lead(place), "number": annex.number, "title": annex.title}
            for place, annex in enumerate(numbered)
        ],
        "annexes": dict.fromkeys(OPTIONAL) | {annex.key: _annex(annex) for annex in text.annexes},
        "figures": figures_of(notice.figures),
        "charts": [_chart(chart) for chart in charts],
    }


def _lead(place: int) -> str:
    head = say("notice_text.annexes")
    return "　" * len(head) if place else head


def _annex(annex: Annex) -> Mapping[str, Any]:
    label = say("notice_text.annex", number=annex.number) if annex.number else ""
    return {
        "label": label,
        "title": annex.title,
        "basis": annex.basis,
        "groups": [[list(row) for row in group] for group in annex.groups],
        "note": annex.note,
        "empty": annex.empty,
    }


def _chart(chart: Chart) -> Mapping[str, Any]:
    most = max(count for _, count in chart.bars)
    return {
        "title": chart.title,
        "bars": [
            {"label": label, "blocks": _blocks(count, most), "count": str(count)}
            for label, count in chart.bars
        ],
    }


def _blocks(count: int, most: int) -> str:
    return BLOCK * max(round(MOST_BLOCKS * count / most), 1 if count else 0)


def _refuse_typed_rates(
    document: Any, text: NoticeText, figures: Mapping[str, str], path: Path
) -> None:
    """No rate but this month's: one typed into the template would be last month's for good."""
    told = [words for section in text.sections for _, words in section.paragraphs]
    known = {*figures.values(), *(rate for words in told for rate in _RATE.findall(words))}
    for paragraph in document.paragraphs:
        for rate in _RATE.findall(paragraph.text):
            if rate not in known:
                raise XunjianError(say("notice.typed_rate", path=path, found=rate))


def _hold_signature(document: Any, text: NoticeText) -> None:
    """The last lines of the text go with the list of annexes and the signature below it."""
    lead, words = text.sections[-1].paragraphs[-1]
    for paragraph in document.paragraphs:
        if paragraph.text == lead + words:
            paragraph.paragraph_format.keep_with_next = True


def _settle_cells(document: Any) -> None:
    """Every cell's text in its middle, and what is said of a cell in the order that Word wants."""
    for cell in document.element.body.iter(qn("w:tc")):
        said = cell.get_or_add_tcPr()
        said.vAlign_val = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        places = {qn(f"w:{name}"): place for place, name in enumerate(_OF_CELL)}
        said[:] = sorted(said, key=lambda one: places.get(one.tag, len(places)))
