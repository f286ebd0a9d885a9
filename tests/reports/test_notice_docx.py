"""The Word document: what is in it, that it obeys no title, and templates of the office's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.notice import Notice
from reports.notice_docx import to_docx
from reports.notice_template import TEMPLATE, build
from rules.errors import XunjianError
from tests.reports.notices import CHARTS, FIGURES, LINES, NONE_SENT, hostile, june, line, worded


def made(notice: Notice, template: Path | None = None) -> Any:
    content = to_docx(notice, worded(notice), CHARTS, template)
    return Document(BytesIO(content))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def xml_parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name.endswith(".xml")}


def test_the_committed_template_is_what_the_program_makes() -> None:
    out = BytesIO()
    build().save(out)
    ours, theirs = xml_parts(out.getvalue()), xml_parts(TEMPLATE.read_bytes())
    assert [name for name in theirs if ours.get(name) != theirs[name]] == []
    assert set(ours) == set(theirs)


def test_sentences_annexes_and_charts_stand_in_it() -> None:
    document = made(june())
    told = texts(document)
    assert "示例市人民政府办公室发电" in told
    assert any("合格率为99.6%" in one for one in told)
    assert [one for one in told if one.startswith("附件") and len(one) == 3] == [
        f"附件{number}" for number in range(1, 7)
    ]
    assert not any("{{" in one or "{%" in one for one in told)
    assert len(document.tables) == 7
    assert rows(document.tables[1])[1] == [
        *("1", "甲发布", "甲区政府", "新浪微博", "超过两周未更新")
    ]
    assert rows(document.tables[6])[0] == ["超过2周未更新", "█" * 19, "3"]


def test_a_sites_rows_share_their_first_three_cells() -> None:
    table = made(june()).tables[0]
    merges = [
        [cell.tcPr.find(qn("w:vMerge")) is not None for cell in row._tr.tc_lst]
        for row in table.rows
    ]
    assert merges[1] == merges[2] == [True, True, True, False, False]
    assert [row.cells[3].text for row in table.rows] == [
        "问题栏目",
        "基层动态",
        "办事统计",
        "公告、动态",
    ]
    assert table.rows[1].cells[1]._tc is table.rows[2].cells[1]._tc


def test_headings_stand_on_every_page_and_no_row_is_split() -> None:
    for table in made(june()).tables[:6]:
        headings = 2 if len(table.columns) == 9 else 1
        for place, row in enumerate(table.rows):
            said = row._tr.trPr
            assert said.find(qn("w:cantSplit")) is not None
            assert (said.find(qn("w:tblHeader")) is not None) == (place < headings)


def test_annex_6_has_two_rows_of_headings_and_says_that_nothing_was_checked() -> None:
    first, second, empty = rows(made(june()).tables[5])
    assert first[2:7] == ["是否符合标准格式"] * 3 + ["功能"] * 2
    assert second[2:7] == ["未建设", "已建设不符合", "已建设符合", "检索", "查阅"]
    assert first[0] == second[0] == "填报单位"
    assert set(empty) == {"未检查"}


def test_each_annex_begins_a_page_and_is_not_parted_from_its_table() -> None:
    for paragraph in made(june()).paragraphs:
        if paragraph.text.startswith("附件") and len(paragraph.text) == 3:
            assert paragraph.paragraph_format.page_break_before
            assert paragraph.paragraph_format.keep_with_next


def test_the_signature_is_not_parted_from_the_list_of_annexes() -> None:
    paragraphs = made(june()).paragraphs
    signed = next(n for n, one in enumerate(paragraphs) if one.text.startswith("2022年　月"))
    last = next(n for n, one in enumerate(paragraphs) if one.text.startswith("（二）"))
    between = paragraphs[last:signed]
    assert all(one.paragraph_format.keep_with_next for one in between)


def test_every_run_names_its_chinese_font() -> None:
    document = made(june())
    style = document.styles["Normal"].element.rPr.rFonts
    assert style.get(qn("w:eastAsia")) == "仿宋_GB2312"
    for run in _runs(document):
        if run.text.strip():
            assert run._r.rPr.rFonts.get(qn("w:eastAsia")), run.text


def _runs(document: Any) -> Iterator[Any]:
    for paragraph in document.paragraphs:
        yield from paragraph.runs
    for table in document.tables:
        for cell in table._cells:
            for paragraph in cell.paragraphs:
                yield from paragraph.runs


def test_its_signs_are_those_of_the_mainland_whatever_font_shows_them() -> None:
    content = to_docx(june(), worded(june()), CHARTS)
    parts = xml_parts(content)
    for name in ("word/styles.xml", "word/settings.xml"):
        assert b'w:eastAsia="zh-CN"' in parts[name]


def test_what_word_wants_of_a_cell_stands_in_its_order() -> None:
    order = ["tcW", "gridSpan", "vMerge", "vAlign"]
    for cell in made(june()).element.body.iter(qn("w:tc")):
        names = [one.tag.split("}")[1] for one in cell.tcPr]
        assert names == sorted(names, key=order.index)


def test_pages_have_numbers_between_dashes() -> None:
    section = made(june()).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "— 1 —"
        assert "PAGE" in footer.paragraphs[0]._p.xml


def test_an_empty_annex_says_so() -> None:
    none = replace(FIGURES, accounts_ok=311, submitted=None, adopted=None)
    document = made(june([], figures=none, submissions=NONE_SENT))
    assert [set(rows(table)[-1]) for table in document.tables[:5]] == [{"无"}] * 5


def test_a_draft_says_so_on_every_page_and_a_notice_does_not() -> None:
    for draft in (True, False):
        section = made(june(draft=draft)).sections[0]
        for header in (section.header, section.even_page_header):
            assert ("草稿" in header.paragraphs[0].text) is draft


def test_failed_sites_have_their_table_before_annex_1() -> None:
    failed = line(9, on_list="site_failed", problem="站点无法访问", column=None)
    document = made(june([failed, *LINES], figures=replace(FIGURES, sites_ok=44)))
    assert rows(document.tables[0])[1][1:] == ["甲区政府网", "甲区政府", "", "站点无法访问"]
    assert len(document.tables) == 8


def test_a_hostile_title_is_text_and_nothing_else() -> None:
    document = made(hostile())
    cell = document.tables[0].rows[1].cells[3].text
    assert cell.startswith("=cmd|'/C calc'!A0 [31m{{ 7*7 }}{% raw %}<w:p>&\"")
    assert "49" not in cell
    assert len(cell) <= 80
    assert "\u202e" not in document.element.xml
    assert "\x1b" not in document.element.xml


def own(folder: Path, *paragraphs: str) -> Path:
    """A template of the office's own with some more paragraphs."""
    document = Document(str(TEMPLATE))
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "notice.docx"
    document.save(str(path))
    return path


def test_an_own_template_words_what_it_likes_around_the_figures(tmp_path: Path) -> None:
    path = own(tmp_path, "本月合格率{{ figures.accounts_rate }}，请各单位重视。")
    assert "本月合格率99.6%，请各单位重视。" in texts(made(june(), path))


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("本月合格率98%。", "98%"),
        ("{{ nonsense }}", "nonsense"),
        ("{{ figures.nonsense }}", "nonsense"),
        ("{{ issuer", "notice.docx"),
        ("{{ issuer.__class__.__mro__ }}", "notice.docx"),
    ],
)
def test_a_template_that_cannot_be_right_is_refused_in_one_line(
    tmp_path: Path, words: str, match: str
) -> None:
    with pytest.raises(XunjianError, match=match) as caught:
        made(june(), own(tmp_path, words))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(content)
    with pytest.raises(XunjianError, match=r"notice\.docx"):
        made(june(), path)
