"""The parts that the notice's Word template is made of: runs, paragraphs, tables that loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from rules.words import say

TITLE, BODY, HEAVY, LIGHT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
FALLBACKS = {TITLE: "宋体", BODY: "仿宋", HEAVY: "SimHei", LIGHT: "楷体"}
LATIN = "Times New Roman"
RED = RGBColor(0xE6, 0x00, 0x12)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
CHARACTER = Pt(16)  # 三号: one character of the text


def add_run(
    paragraph: Any, text: str, font: str = BODY, size: float = 16, color: Any = None
) -> Any:
    """Text in one font, Chinese and Latin apart. `size` counts points."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color
    return run


def add_paragraph(
    place: Any, text: str = "", font: str = BODY, size: float = 16, **look: Any
) -> Any:
    """A paragraph of one font. `look` goes to its format; `align` and `color` apart."""
    paragraph = place.add_paragraph()
    paragraph.alignment = look.pop("align", None)
    color = look.pop("color", None)
    for name, value in look.items():
        setattr(paragraph.paragraph_format, name, value)
    if text:
        add_run(paragraph, text, font, size, color)
    return paragraph


def add_tag(place: Any, text: str) -> None:
    """A paragraph that only steers, and leaves none behind."""
    place.add_paragraph(f"{{%p {text} %}}")


def add_table(document: Any, widths: Sequence[int]) -> Any:
    """A table without rows, its columns as wide as said (mm)."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    sides = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Any, *, heading: bool = False) -> Any:
    """A row that no page break splits; a heading row stands on every page again."""
    row = table.add_row()
    for name in ("w:cantSplit", "w:tblHeader") if heading else ("w:cantSplit",):
        row._tr.get_or_add_trPr().append(OxmlElement(name))
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def fill_cell(cell: Any, text: str, font: str = BODY) -> None:
    """Text in the middle of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTER
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(20)
    add_run(paragraph, text, font, 12)


def add_headings(table: Any, names: Sequence[str], *, is_double: bool) -> None:
    """The headings of an annex; those of annex 6 in two rows."""
    first = add_row(table, heading=True)
    if not is_double:
        for cell, name in zip(first.cells, names, strict=True):
            fill_cell(cell, name, HEAVY)
        return
    second = add_row(table, heading=True)
    for start, end, key in ((2, 4, "heads_6_format"), (5, 6, "heads_6_function")):
        for place in range(start, end + 1):
            fill_cell(second.cells[place], names[place], HEAVY)
        fill_cell(first.cells[start].merge(first.cells[end]), say(f"notice_text.{key}"), HEAVY)
    for place in (0, 1, 7, 8):
        fill_cell(first.cells[place].merge(second.cells[place]), names[place], HEAVY)


def add_rows(table: Any, name: str, merged: int) -> None:
    """Loops over an annex's groups and their rows; a row of its own says that there are none."""
    add_steer(table, f"for group in {name}.groups")
    add_steer(table, "for row in group")
    row = add_row(table)
    for place, cell in enumerate(row.cells):
        fill_cell(cell, ("{% vm %}" if place < merged else "") + f"{{{{ row[{place}] }}}}")
    add_steer(table, "endfor")
    add_steer(table, "endfor")
    add_steer(table, f"if not {name}.groups")
    cells = add_row(table).cells
    fill_cell(cells[0].merge(cells[-1]), f"{{{{ {name}.empty }}}}")
    add_steer(table, "endif")


def add_steer(table: Any, text: str) -> None:
    """A row that only steers, and leaves none behind."""
    table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {text} %}}")
