"""The built-in Word template of the notice, made by program: `python -m reports.notice_template`.

It writes reports/notice.docx anew, which the office may take (`xunjian notice --template`) and edit
in Word. The look is that of GB/T 9704: margins, 22 lines of 28 characters, 方正小标宋 for titles,
仿宋 for the text, 黑体 and 楷体 for its headings, page numbers between dashes, each with a font to
fall back on. Placeholders are those of docxtpl; what fills them says `reports.notice_docx`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from rules.words import say

TEMPLATE = Path(__file__).with_name("notice.docx")
TITLE, BODY, HEAVY, LIGHT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
FALLBACKS = {TITLE: "宋体", BODY: "仿宋", HEAVY: "SimHei", LIGHT: "楷体"}
LATIN = "Times New Roman"
RED = RGBColor(0xE6, 0x00, 0x12)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
CHARACTER = Pt(16)  # 三号: one character of the text
WIDTH = 156  # mm between the margins

# Widths of the annexes' columns in mm, by their headings' key in the catalogue.
WIDTHS = {
    "heads_1": (12, 37, 37, 29, 41),
    "heads_2": (12, 38, 46, 26, 34),
    "heads_4": (20, 72, 32, 32),
    "heads_6": (38, 14, 14, 14, 14, 12, 12, 14, 24),
}


def build() -> Any:
    """The template as a document."""
    document = Document()
    _page(document)
    _styles(document)
    _fonts(document)
    document.core_properties.title = "{{ title }}"
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _head(document)
    _sections(document)
    _signature(document)
    _annexes(document)
    _charts(document)
    return document


def _page(document: Any) -> None:
    """A4 as GB/T 9704 has it, page numbers outside: right on odd pages, left on even ones."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        _run(header.paragraphs[0], "{{ draft }}", HEAVY, 14, RED)
        header.paragraphs[0].alignment = CENTER
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, None)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        indent = paragraph.paragraph_format
        indent.left_indent = indent.right_indent = CHARACTER
        _run(paragraph, "— ", "宋体", 14)
        _page_number(paragraph)
        _run(paragraph, " —", "宋体", 14)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = _run(paragraph, "1" if text == "1" else "", "宋体", 14)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def _styles(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(16)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), BODY)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.9)
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = True


def _fonts(document: Any) -> None:
    """What stands in for a font that a machine lacks."""
    part = next(one for one in document.part.package.iter_parts() if "fontTable" in one.partname)
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _run(paragraph: Any, text: str, font: str = BODY, size: float = 16, color: Any = None) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color
    return run


def _paragraph(place: Any, text: str = "", font: str = BODY, size: float = 16, **look: Any) -> Any:
    """A paragraph of one font. `look` goes to its format; `align` and `color` apart."""
    paragraph = place.add_paragraph()
    paragraph.alignment = look.pop("align", None)
    color = look.pop("color", None)
    for name, value in look.items():
        setattr(paragraph.paragraph_format, name, value)
    if text:
        _run(paragraph, text, font, size, color)
    return paragraph


def _tag(place: Any, text: str) -> None:
    """A paragraph that only steers, and leaves none behind."""
    place.add_paragraph(f"{{%p {text} %}}")


def _head(document: Any) -> None:
    _paragraph(
        document, say("notice_template.telegram"), TITLE, 32, align=CENTER, color=RED,
        line_spacing=Pt(48), space_after=Pt(16),
    )  # fmt: skip
    line = _paragraph(document, say("notice_template.sender"))
    _paragraph(document, say("notice_template.grade"), space_after=Pt(6))
    line.paragraph_format.space_after = Pt(4)
    _rule(document)
    title = {"align": CENTER, "line_spacing": Pt(36), "keep_with_next": True}
    _paragraph(document, "{{ issuer }}", TITLE, 22, space_before=Pt(22), **title)
    for line in say("notice_template.subject").split("、"):
        last = _paragraph(document, line, TITLE, 22, **title)
    last.paragraph_format.space_after = Pt(22)
    _paragraph(document, "{{ addressees }}")
    _paragraph(document, "{{ opening }}", first_line_indent=CHARACTER * 2)


def _rule(document: Any) -> None:
    """The red line under the head."""
    paragraph = _paragraph(document, line_spacing=Pt(4))
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="1" '
        'w:color="E60012"/></w:pBdr>'
    )
    said = paragraph._p.get_or_add_pPr()
    said.find(qn("w:spacing")).addprevious(border)  # the order that Word wants


def _sections(document: Any) -> None:
    indent = {"first_line_indent": CHARACTER * 2}
    _tag(document, "for section in sections")
    _paragraph(document, "{{ section.heading }}", HEAVY, keep_with_next=True, **indent)
    _tag(document, "for paragraph in section.paragraphs")
    paragraph = _paragraph(document, "{{ paragraph.lead }}", LIGHT, **indent)
    _run(paragraph, "{{ paragraph.text }}")
    _tag(document, "endfor")
    _tag(document, "endfor")


def _signature(document: Any) -> None:
    _paragraph(document)
    _tag(document, "for annex in listed")
    _paragraph(
        document, "{{ annex.lead }}{{ annex.number }}. {{ annex.title }}",
        left_indent=CHARACTER * 6, first_line_indent=CHARACTER * -4,
    )  # fmt: skip
    _tag(document, "endfor")
    _paragraph(document)
    _paragraph(
        document, "{{ issuer }}", align=RIGHT, right_indent=CHARACTER * 2, keep_with_next=True
    )
    _paragraph(document, "{{ signed }}", align=RIGHT, right_indent=CHARACTER * 4)


def _annexes(document: Any) -> None:
    _tag(document, "if annexes.failed")
    _annex(document, "failed", "heads_1", merged=3)
    _tag(document, "endif")
    for number, heads in enumerate(("heads_1", "heads_2", "heads_2", "heads_4", "heads_4"), 1):
        _annex(document, str(number), heads, merged=3 if heads == "heads_1" else 0)
    _annex(document, "6", "heads_6")


def _annex(document: Any, key: str, heads: str, merged: int = 0) -> None:
    """A page with its label, title, basis and table; the note below where there is one."""
    name = f"annexes['{key}']"
    _paragraph(
        document, f"{{{{ {name}.label }}}}", HEAVY, page_break_before=True, keep_with_next=True
    )
    _paragraph(
        document, f"{{{{ {name}.title }}}}", TITLE, 20, align=CENTER, keep_with_next=True,
        line_spacing=Pt(32), space_before=Pt(10), space_after=Pt(8),
    )  # fmt: skip
    _tag(document, f"if {name}.basis")
    _paragraph(
        document, f"{{{{ {name}.basis }}}}", LIGHT, 14, align=CENTER, keep_with_next=True,
        space_after=Pt(4),
    )  # fmt: skip
    _tag(document, "endif")
    table = _table(document, WIDTHS[heads])
    _headings(table, say(f"notice_text.{heads}").split("、"), is_double=heads == "heads_6")
    _rows(table, name, merged)
    _tag(document, f"if {name}.note")
    _paragraph(document, f"{{{{ {name}.note }}}}", LIGHT, 14, space_before=Pt(6))
    _tag(document, "endif")


def _table(document: Any, widths: Sequence[int]) -> Any:
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    sides = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _row(table: Any, *, heading: bool = False) -> Any:
    """A row that no page break splits; a heading row stands on every page again."""
    row = table.add_row()
    for name in ("w:cantSplit", "w:tblHeader") if heading else ("w:cantSplit",):
        row._tr.get_or_add_trPr().append(OxmlElement(name))
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def _cell(cell: Any, text: str, font: str = BODY) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTER
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(20)
    _run(paragraph, text, font, 12)


def _headings(table: Any, names: Sequence[str], *, is_double: bool) -> None:
    first = _row(table, heading=True)
    if not is_double:
        for cell, name in zip(first.cells, names, strict=True):
            _cell(cell, name, HEAVY)
        return
    second = _row(table, heading=True)
    for start, end, key in ((2, 4, "heads_6_format"), (5, 6, "heads_6_function")):
        for place in range(start, end + 1):
            _cell(second.cells[place], names[place], HEAVY)
        _cell(first.cells[start].merge(first.cells[end]), say(f"notice_text.{key}"), HEAVY)
    for place in (0, 1, 7, 8):
        _cell(first.cells[place].merge(second.cells[place]), names[place], HEAVY)


def _rows(table: Any, name: str, merged: int) -> None:
    """Loops over an annex's groups and their rows; a row of its own says that there are none."""
    _steer(table, f"for group in {name}.groups")
    _steer(table, "for row in group")
    row = _row(table)
    for place, cell in enumerate(row.cells):
        _cell(cell, ("{% vm %}" if place < merged else "") + f"{{{{ row[{place}] }}}}")
    _steer(table, "endfor")
    _steer(table, "endfor")
    _steer(table, f"if not {name}.groups")
    cells = _row(table).cells
    _cell(cells[0].merge(cells[-1]), f"{{{{ {name}.empty }}}}")
    _steer(table, "endif")


def _steer(table: Any, text: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {text} %}}")


def _charts(document: Any) -> None:
    """Bars are drawn of blocks: they need no picture, no font of their own, and can be edited."""
    _tag(document, "if charts")
    _paragraph(
        document, say("notice_text.charts"), HEAVY, page_break_before=True, keep_with_next=True
    )
    _tag(document, "for chart in charts")
    _paragraph(document, "{{ chart.title }}", LIGHT, keep_with_next=True, space_before=Pt(8))
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, (52, 88, 16), strict=True):
        column.width = Mm(width)
    _steer(table, "for bar in chart.bars")
    cells = _row(table).cells
    for cell, text, color in (
        (cells[0], "{{ bar.label }}", None),
        (cells[1], "{{ bar.blocks }}", RGBColor(0x2F, 0x6D, 0xB5)),
        (cells[2], "{{ bar.count }}", None),
    ):
        _run(cell.paragraphs[0], text, BODY if color is None else "宋体", 11, color)
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(17)
    _steer(table, "endfor")
    _tag(document, "endfor")
    _tag(document, "endif")


if __name__ == "__main__":
    build().save(str(TEMPLATE))
