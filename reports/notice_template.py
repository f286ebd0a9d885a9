"""The built-in Word template of the notice, made by program: `python -m reports.notice_template`.

It writes reports/notice.docx anew, which the office may take (`xunjian notice --template`) and edit
in Word. The look is that of GB/T 9704: margins, 22 lines of 28 characters, 方正小标宋 for titles,
仿宋 for the text, 黑体 and 楷体 for its headings, page numbers between dashes, each with a font to
fall back on. Placeholders are those of docxtpl; what fills them says `reports.notice_docx`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reports.notice_template_parts import (
    BODY,
    CENTER,
    CHARACTER,
    FALLBACKS,
    HEAVY,
    LATIN,
    LIGHT,
    RED,
    RIGHT,
    TITLE,
    add_headings,
    add_paragraph,
    add_row,
    add_rows,
    add_run,
    add_steer,
    add_table,
    add_tag,
)
from rules.words import say

TEMPLATE = Path(__file__).with_name("notice.docx")
# Widths of the annexes' columns in mm, by their headings' key in the catalogue.
WIDTHS = {
    "heads_1": (12, 37, 37, 29, 41),
    "heads_2": (12, 38, 46, 26, 34),
    "heads_4": (20, 72, 32, 32),
    "heads_unrectified": (10, 32, 32, 20, 26, 19, 17),
    "heads_6": (42, 11, 12, 12, 12, 11, 11, 11, 36),
}


def build() -> Any:
    """The template as a document."""
    document = Document()
    _page(document)
    _styles(document)
    _language(document)
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


def _language(document: Any) -> None:
    """Chinese as written on the mainland: another language has other shapes of the same signs."""
    for tag in (*document.styles.element.iter(qn("w:lang")), *_theme_languages(document)):
        tag.set(qn("w:eastAsia"), "zh-CN")


def _theme_languages(document: Any) -> Any:
    return document.settings.element.iter(qn("w:themeFontLang"))


def _page(document: Any) -> None:
    """A4 as GB/T 9704 has it, page numbers outside: right on odd pages, left on even ones."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        add_run(header.paragraphs[0], "{{ draft }}", HEAVY, 14, RED)
        header.paragraphs[0].alignment = CENTER
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, None)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        indent = paragraph.paragraph_format
        indent.left_indent = indent.right_indent = CHARACTER
        add_run(paragraph, "— ", "宋体", 14)
        _page_number(paragraph)
        add_run(paragraph, " —", "宋体", 14)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = add_run(paragraph, "1" if text == "1" else "", "宋体", 14)
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


def _head(document: Any) -> None:
    add_paragraph(
        document, say("notice_template.telegram"), TITLE, 32, align=CENTER, color=RED,
        line_spacing=Pt(48), space_after=Pt(16),
    )  # fmt: skip
    line = add_paragraph(document, say("notice_template.sender"))
    add_paragraph(document, say("notice_template.grade"), space_after=Pt(6))
    line.paragraph_format.space_after = Pt(4)
    _rule(document)
    title = {"align": CENTER, "line_spacing": Pt(36), "keep_with_next": True}
    add_paragraph(document, "{{ issuer }}", TITLE, 22, space_before=Pt(22), **title)
    for line in say("notice_template.subject").split("、"):
        last = add_paragraph(document, line, TITLE, 22, **title)
    last.paragraph_format.space_after = Pt(22)
    add_paragraph(document, "{{ addressees }}")
    add_paragraph(document, "{{ opening }}", first_line_indent=CHARACTER * 2)


def _rule(document: Any) -> None:
    """The red line under the head."""
    paragraph = add_paragraph(document, line_spacing=Pt(4))
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="1" '
        'w:color="E60012"/></w:pBdr>'
    )
    said = paragraph._p.get_or_add_pPr()
    said.find(qn("w:spacing")).addprevious(border)  # the order that Word wants


def _sections(document: Any) -> None:
    indent = {"first_line_indent": CHARACTER * 2}
    add_tag(document, "for section in sections")
    add_paragraph(document, "{{ section.heading }}", HEAVY, keep_with_next=True, **indent)
    add_tag(document, "for paragraph in section.paragraphs")
    paragraph = add_paragraph(document, "{{ paragraph.lead }}", LIGHT, **indent)
    add_run(paragraph, "{{ paragraph.text }}")
    add_tag(document, "endfor")
    add_tag(document, "endfor")


def _signature(document: Any) -> None:
    """The list of annexes and the signature, on one page: a signature alone on a page is no act."""
    add_paragraph(document, keep_with_next=True)
    add_tag(document, "for annex in listed")
    add_paragraph(
        document, "{{ annex.lead }}{{ annex.number }}. {{ annex.title }}",
        left_indent=CHARACTER * 6, first_line_indent=CHARACTER * -4, keep_with_next=True,
    )  # fmt: skip
    add_tag(document, "endfor")
    add_paragraph(document, keep_with_next=True)
    add_paragraph(
        document, "{{ issuer }}", align=RIGHT, right_indent=CHARACTER * 2, keep_with_next=True
    )
    add_paragraph(document, "{{ signed }}", align=RIGHT, right_indent=CHARACTER * 4)


def _annexes(document: Any) -> None:
    add_tag(document, "if annexes.failed")
    _annex(document, "failed", "heads_1", merged=3)
    add_tag(document, "endif")
    for number, heads in enumerate(("heads_1", "heads_2", "heads_2", "heads_4", "heads_4"), 1):
        _annex(document, str(number), heads, merged=3 if heads == "heads_1" else 0)
    _annex(document, "6", "heads_6")
    add_tag(document, "if annexes.unrectified")
    _annex(document, "unrectified", "heads_unrectified")
    add_tag(document, "endif")


def _annex(document: Any, key: str, heads: str, merged: int = 0) -> None:
    """A page with its label, title, basis and table; the note below where there is one."""
    name = f"annexes['{key}']"
    add_paragraph(
        document, f"{{{{ {name}.label }}}}", HEAVY, page_break_before=True, keep_with_next=True
    )
    add_paragraph(
        document, f"{{{{ {name}.title }}}}", TITLE, 20, align=CENTER, keep_with_next=True,
        line_spacing=Pt(32), space_before=Pt(10), space_after=Pt(8),
    )  # fmt: skip
    add_tag(document, f"if {name}.basis")
    add_paragraph(
        document, f"{{{{ {name}.basis }}}}", LIGHT, 14, align=CENTER, keep_with_next=True,
        space_after=Pt(4),
    )  # fmt: skip
    add_tag(document, "endif")
    table = add_table(document, WIDTHS[heads])
    add_headings(table, say(f"notice_text.{heads}").split("、"), is_double=heads == "heads_6")
    add_rows(table, name, merged)
    add_tag(document, f"if {name}.note")
    add_paragraph(document, f"{{{{ {name}.note }}}}", LIGHT, 14, space_before=Pt(6))
    add_tag(document, "endif")


def _charts(document: Any) -> None:
    """Bars are drawn of blocks: they need no picture, no font of their own, and can be edited."""
    add_tag(document, "if charts")
    add_paragraph(
        document, say("notice_text.charts"), HEAVY, page_break_before=True, keep_with_next=True
    )
    add_tag(document, "for chart in charts")
    add_paragraph(document, "{{ chart.title }}", LIGHT, keep_with_next=True, space_before=Pt(8))
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, (52, 88, 16), strict=True):
        column.width = Mm(width)
    add_steer(table, "for bar in chart.bars")
    cells = add_row(table).cells
    for cell, text, color in (
        (cells[0], "{{ bar.label }}", None),
        (cells[1], "{{ bar.blocks }}", RGBColor(0x2F, 0x6D, 0xB5)),
        (cells[2], "{{ bar.count }}", None),
    ):
        add_run(cell.paragraphs[0], text, BODY if color is None else "宋体", 11, color)
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(17)
    add_steer(table, "endfor")
    add_tag(document, "endfor")
    add_tag(document, "endif")


if __name__ == "__main__":
    build().save(str(TEMPLATE))
