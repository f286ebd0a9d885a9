"""`xunjian review`: what waits, decisions by id and by file, and nothing half taken."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import Engine, func, select

from rules.problems import Family
from rules.reviewing import PROPOSED_FAMILIES
from storage.engine import reading, transaction
from storage.models import ReviewRow, Violation
from storage.proposals import replace_proposals
from tests.months import HOSTILE
from tests.reports.test_commands import Captured, run
from tests.storage.test_proposals import RECORD


@pytest.fixture
def proposed(june: Engine) -> Engine:
    """The month with two candidates and one proposal."""
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [RECORD])
    return june


def status(workspace: Path, capsysbinary: Captured) -> list[str]:
    out, _ = run(workspace, capsysbinary, "violations", "--format", "json")
    return [row["status"] for row in json.loads(out)]


def waiting(workspace: Path, capsysbinary: Captured) -> list[str]:
    out, _ = run(workspace, capsysbinary, "review", "--format", "json")
    return [row["id"] for row in json.loads(out)]


def filled(path: Path, *decided: tuple[str, str, str, str]) -> Path:
    """The exported CSV with its last four columns filled in, row by row."""
    head, *rows = csv.reader(StringIO(path.read_text("utf-8-sig")))
    told = [
        [*row[:-4], *mark]
        for row, mark in zip(rows, decided + (("",) * 4,) * len(rows), strict=False)
    ]
    to = path.with_name("filled.csv")
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *told])
    return to


def test_what_waits_is_listed_by_the_ids_that_decisions_take(
    workspace: Path, proposed: Engine, capsysbinary: Captured
) -> None:
    assert waiting(workspace, capsysbinary) == ["V1", "V2", "P1"]
    run(workspace, capsysbinary, "review", "confirm", "V1", "p1", "--by", "张三")
    assert waiting(workspace, capsysbinary) == ["V2"]
    assert status(workspace, capsysbinary) == ["confirmed", "candidate", "confirmed"]


def test_a_proposal_says_in_words_what_was_seen_and_in_which_engines(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    signs = ("rival_list", "incompatible_plugin", "fails_in_chromium", "fails_in_firefox")
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [replace(RECORD, signs=signs)])
    out, _ = run(workspace, capsysbinary, "review", "--format", "json")
    assert [row["signs"] for row in json.loads(out)] == [
        "",
        "",
        "页面要求 ActiveX、Flash 或旧版 IE；Chromium 内核中不正常；Firefox 内核中不正常",
    ]


def test_a_dismissal_has_its_reason_note_and_reviewer(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    dismiss = ("review", "dismiss", "V1", "--reason", "其他", "--note", "季节性", "--by", "李四")
    run(workspace, capsysbinary, *dismiss)
    with reading(june) as session:
        row = session.scalars(select(ReviewRow)).one()
    assert (row.decision, row.reason, row.note) == ("dismissed", "other", "季节性")
    assert row.reviewer == "李四"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("confirm V1", "--by"),
        ("confirm --by 张三", "V12"),
        ("confirm V9 --by 张三", "V9"),
        ("confirm 1 --by 张三", "1"),
        ("confirm V1 --by 张三 --reason misread", "--reason"),
        ("dismiss V1 --by 张三", "misread"),
        ("dismiss V1 --by 张三 --reason nonsense", "misread"),
        ("dismiss V1 --by 张三 --reason other", "--note"),
        ("forget V1 --by 张三", "confirm"),
        ("confirm V1 --by 张三 --export x.csv", "--export"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_in_one_line(
    workspace: Path, june: Engine, capsysbinary: Captured, line: str, word: str
) -> None:
    out, err = run(workspace, capsysbinary, "review", *line.split(), code=2)
    assert (out, err.count("\n"), word in err) == (b"", 1, True)
    assert status(workspace, capsysbinary) == ["candidate", "candidate"]


def test_one_wrong_id_decides_none(workspace: Path, june: Engine, capsysbinary: Captured) -> None:
    run(workspace, capsysbinary, "review", "confirm", "V1", "V9", "--by", "张三", code=2)
    assert status(workspace, capsysbinary) == ["candidate", "candidate"]


def test_a_file_goes_out_is_filled_in_and_comes_back(
    workspace: Path, proposed: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.csv"
    run(workspace, capsysbinary, "review", "--month", "2022-06", "--export", str(file))
    dismissed = ("误报", "程序误读", "看过", "张三")
    back = filled(file, ("确认", "", "", "张三"), dismissed, ("属实", "", "", "李四"))
    _, err = run(workspace, capsysbinary, "review", "--import", str(back))
    assert "新作决定 3" in err
    assert status(workspace, capsysbinary) == ["confirmed", "dismissed", "confirmed"]
    _, err = run(workspace, capsysbinary, "review", "--import", str(back))
    assert "新作决定 0" in err
    with reading(proposed) as session:
        assert session.scalar(select(func.count()).select_from(ReviewRow)) == 3


def test_good_rows_are_kept_and_each_bad_one_is_told_with_its_number(
    workspace: Path, proposed: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.csv"
    run(workspace, capsysbinary, "review", "--export", str(file))
    back = filled(
        file, ("确认", "", "", "张三"), ("误报", "没这个理由", "", "张三"), ("也许", "", "", "")
    )
    _, err = run(workspace, capsysbinary, "review", "--import", str(back), code=2)
    assert status(workspace, capsysbinary) == ["confirmed", "candidate"]
    assert "filled.csv:3:" in err
    assert "没这个理由" in err
    assert err.count("filled.csv:4:") == 2


def test_a_row_about_facts_that_have_changed_since_is_refused(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.csv"
    run(workspace, capsysbinary, "review", "--export", str(file))
    text = file.read_text("utf-8-sig").replace("2022-06-06 2022-06-13", "2022-06-06")
    file.write_text(text, "utf-8-sig")
    back = filled(file, ("误报", "误读", "", "张三"), ("误报", "误读", "", "张三"))
    _, err = run(workspace, capsysbinary, "review", "--import", str(back), code=2)
    assert "2022-06-06 2022-06-13" in err
    assert status(workspace, capsysbinary) == ["candidate", "dismissed"]


def test_a_row_of_another_workspace_is_refused(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.csv"
    run(workspace, capsysbinary, "review", "--export", str(file))
    file.write_text(file.read_text("utf-8-sig").replace("甲区/动态", "丁区/动态"), "utf-8-sig")
    back = filled(file, ("确认", "", "", "张三"))
    run(workspace, capsysbinary, "review", "--import", str(back), code=2)
    assert status(workspace, capsysbinary) == ["candidate", "candidate"]


def test_the_workbook_offers_the_words_to_choose_and_obeys_no_title(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.xlsx"
    run(workspace, capsysbinary, "review", "--export", str(file))
    sheet = openpyxl.load_workbook(BytesIO(file.read_bytes())).worksheets[0]
    lists = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert lists[0] == '"确认,误报"'
    assert "程序误读" in lists[1]
    values = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert f"'{HOSTILE[:16]}" in "".join(map(str, values))
    assert not any(str(value).startswith("=") for value in values)
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_no_title_in_the_csv_is_a_formula_and_its_row_comes_back(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    with transaction(june) as session:
        row = session.get_one(Violation, 2)
        row.target = row.unit = f"{HOSTILE}{{{{ x }}}}{'长' * 500}"
    file = workspace / "review.csv"
    run(workspace, capsysbinary, "review", "--export", str(file))
    for cells in csv.reader(StringIO(file.read_text("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
        assert not any(mark in cell for cell in cells for mark in "\x1b\u202e")
    back = filled(file, ("确认", "", "", "张三"), ("确认", "", "", "张三"))
    run(workspace, capsysbinary, "review", "--import", str(back))
    assert status(workspace, capsysbinary) == ["confirmed", "confirmed"]


def test_a_workbook_comes_back_too(workspace: Path, june: Engine, capsysbinary: Captured) -> None:
    file = workspace / "review.xlsx"
    run(workspace, capsysbinary, "review", "--export", str(file))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in (2, 3):
        sheet.cell(row, places["决定"], "确认")
        sheet.cell(row, places["复核人"], "张三")
    book.save(workspace / "back.xlsx")
    run(workspace, capsysbinary, "review", "--import", str(workspace / "back.xlsx"))
    assert status(workspace, capsysbinary) == ["confirmed", "confirmed"]


def test_a_file_that_is_there_is_not_overwritten(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    file = workspace / "review.csv"
    file.write_text("mine", "utf-8")
    run(workspace, capsysbinary, "review", "--export", str(file), code=2)
    assert file.read_text("utf-8") == "mine"


def test_the_setting_confirms_a_family_and_leaves_the_rest(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    (workspace / "xunjian.toml").write_text('confirm = ["stale"]\n', "utf-8")
    assert waiting(workspace, capsysbinary) == ["V2"]
    assert status(workspace, capsysbinary) == ["confirmed", "candidate"]


@pytest.mark.parametrize("family", sorted(PROPOSED_FAMILIES))
def test_no_setting_confirms_what_the_machine_only_proposes(
    workspace: Path, june: Engine, capsysbinary: Captured, family: Family
) -> None:
    (workspace / "xunjian.toml").write_text(f'confirm = ["{family}"]\n', "utf-8")
    run(workspace, capsysbinary, "review", code=2)
