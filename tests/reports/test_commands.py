"""The data commands give the same rows in every form as plain SQL does; stdout holds them alone."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import Engine, text

from cli.main import main
from reports.findings import VIOLATION_FIELDS
from reports.safety import guarded

Captured = pytest.CaptureFixture[bytes]


def run(
    workspace: Path, capsysbinary: Captured, *arguments: str, code: int = 0
) -> tuple[bytes, str]:
    assert main(["--workspace", str(workspace), *arguments]) == code
    captured = capsysbinary.readouterr()
    return captured.out, captured.err.decode()


def rows_of_sql(engine: Engine) -> list[dict[str, str]]:
    """As a database shell prints them."""
    fields = ", ".join(f'"{field}"' for field in VIOLATION_FIELDS)
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT {fields} FROM violation ORDER BY id")).mappings()
        return [{field: printed(value) for field, value in row.items()} for row in rows]


def printed(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


def safe(row: dict[str, str]) -> dict[str, str]:
    return {field: guarded(value) for field, value in row.items()}


def rows_of_xlsx(content: bytes) -> list[dict[str, str]]:
    head, *rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, map(printed, row), strict=True)) for row in rows]


def test_json_and_plain_sql_give_the_same_rows(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    out, _ = run(workspace, capsysbinary, "violations", "--format", "json")
    found = json.loads(out)
    assert len(found) == 2
    assert [tuple(row) for row in found] == [VIOLATION_FIELDS] * 2
    assert [
        {field: printed(value) for field, value in row.items()} for row in found
    ] == rows_of_sql(june)


def test_csv_and_plain_sql_give_the_same_rows(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    out, _ = run(workspace, capsysbinary, "violations", "--format", "csv")
    found = list(csv.DictReader(StringIO(out.decode("utf-8-sig"), newline="")))
    assert found == [safe(row) for row in rows_of_sql(june)]
    assert [row["site"] for row in found] == ["甲区政府网", "乙局网"]


def test_a_workbook_and_plain_sql_give_the_same_rows(
    workspace: Path, june: Engine, capsysbinary: Captured, tmp_path: Path
) -> None:
    out, _ = run(workspace, capsysbinary, "violations", "--format", "xlsx")
    assert rows_of_xlsx(out) == [safe(row) for row in rows_of_sql(june)]
    path = tmp_path / "out" / "june.xlsx"
    silent, err = run(workspace, capsysbinary, "violations", "--format", "xlsx", "--out", str(path))
    assert silent == b""
    assert str(path) in err
    assert rows_of_xlsx(path.read_bytes()) == rows_of_xlsx(out)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["violations"], 2),
        (["violations", "--month", "2022-06", "--site", "乙局网"], 1),
        (["violations", "--round", "2022-06-06"], 1),
        (["violations", "--month", "2022-05"], 0),
        (["unknowns"], 2),
        (["unknowns", "--round", "2022-06-13"], 1),
        (["warnings"], 1),
        (["warnings", "--site", "乙局网"], 0),
        (["rounds"], 3),
        (["rounds", "--month", "2022-06"], 3),
        (["rounds", "--round", "2022-06-06"], 1),
    ],
)
def test_options_narrow_the_rows(
    workspace: Path, capsysbinary: Captured, arguments: list[str], count: int
) -> None:
    out, _ = run(workspace, capsysbinary, *arguments, "--format", "json")
    assert len(json.loads(out)) == count


def test_unknowns_have_the_published_fields(workspace: Path, capsysbinary: Captured) -> None:
    out, _ = run(workspace, capsysbinary, "unknowns", "--site", "丙局网", "--format", "json")
    assert json.loads(out) == [
        {
            "site": "丙局网",
            "account": None,
            "unit": "丙局",
            "column": "公告",
            "kind": "notice",
            "platform": None,
            "reason": "blocked",
            "url": "http://bing.example.test/gg/",
            "rounds": ["2022-06-06", "2022-06-13"],
            "sources": [],
            "advice": None,
        }
    ]


def test_rounds_tell_how_each_stands(workspace: Path, capsysbinary: Captured) -> None:
    out, _ = run(workspace, capsysbinary, "rounds", "--format", "json")
    first, second, last = json.loads(out)
    assert first == {
        "round": "2022-06-06",
        "status": "complete",
        "simulated": False,
        "due": 4,
        "done": 4,
        "ok": 1,
        "violations": 1,
        "unknowns": 2,
        "reasons": {"blocked": 2},
        "over_budget": False,
        "controls_probed": 3,
        "controls_answered": 2,
        "looks": 8,
        "opened_at": "2022-06-06T08:00:00+08:00",
        "closed_at": "2022-06-06T10:00:00+08:00",
        "seconds": 7200,
    }
    assert second["over_budget"] is True
    assert (last["status"], last["done"], last["seconds"]) == ("incomplete", 1, None)


@pytest.mark.parametrize("command", ["violations", "unknowns", "warnings", "rounds"])
def test_every_command_prints_every_form(
    workspace: Path, capsysbinary: Captured, command: str
) -> None:
    table, _ = run(workspace, capsysbinary, command)
    assert "2022-06" in table.decode()
    assert "\x1b" not in table.decode()
    json_rows = json.loads(run(workspace, capsysbinary, command, "--format", "json")[0])
    csv_rows = run(workspace, capsysbinary, command, "--format", "csv")[0].decode("utf-8-sig")
    xlsx_rows = rows_of_xlsx(run(workspace, capsysbinary, command, "--format", "xlsx")[0])
    assert len(json_rows) == len(xlsx_rows) == len(list(csv.reader(StringIO(csv_rows)))) - 1
    assert list(json_rows[0]) == list(xlsx_rows[0])


def test_words_in_the_table_are_the_catalogues(workspace: Path, capsysbinary: Captured) -> None:
    table = run(workspace, capsysbinary, "unknowns")[0].decode()
    assert "防火墙" in table
    assert "blocked" not in table


def test_an_empty_answer_says_why_on_stderr(workspace: Path, capsysbinary: Captured) -> None:
    out, err = run(workspace, capsysbinary, "violations", "--site", "甲区政府", "--format", "json")
    assert json.loads(out) == []
    assert "甲区政府网" in err
    out, err = run(
        workspace, capsysbinary, "violations", "--round", "2022-06-27", "--format", "json"
    )
    assert json.loads(out) == []
    assert "2022-06-27" in err


def test_a_round_that_is_not_complete_is_said_on_stderr(
    workspace: Path, capsysbinary: Captured
) -> None:
    _, err = run(workspace, capsysbinary, "violations", "--format", "json")
    assert "2022-06-20" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["violations", "--month", "2022-13"],
        ["violations", "--month", "六月"],
        ["violations", "--round", "2022-06-31"],
        ["violations", "--format", "yaml"],
        ["notice"],
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    workspace: Path, capsysbinary: Captured, arguments: list[str]
) -> None:
    out, err = run(workspace, capsysbinary, *arguments, code=2)
    assert out == b""
    assert err.strip()


def test_a_folder_that_is_no_workspace_gets_no_database(
    tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XUNJIAN_DATABASE_URL", raising=False)
    out, err = run(tmp_path, capsysbinary, "violations", code=2)
    assert (out, list(tmp_path.iterdir())) == (b"", [])
    assert str(tmp_path) in err


def test_a_file_that_cannot_be_written_is_trouble_of_the_environment(
    workspace: Path, capsysbinary: Captured
) -> None:
    place = workspace / "rules.yaml" / "out.csv"
    _, err = run(workspace, capsysbinary, "rounds", "--format", "csv", "--out", str(place), code=5)
    assert str(place) in err


def test_the_notice_is_data_on_stdout_and_its_notes_on_stderr(
    workspace: Path, capsysbinary: Captured
) -> None:
    out, err = run(workspace, capsysbinary, "notice", "--month", "2022-06", "--draft")
    found = json.loads(out)
    assert found["month"] == "2022-06"
    assert found["rounds"] == ["2022-06-06", "2022-06-13"]
    assert [row["site"] for row in found["annex1"]] == ["甲区政府网", "乙局网"]
    assert all(note in err for note in found["notes"])
    assert any("2022-06-27" in note for note in found["notes"])


def test_the_notice_prints_what_was_confirmed_and_nothing_else(
    workspace: Path, capsysbinary: Captured
) -> None:
    run(workspace, capsysbinary, "review", "confirm", "V1", "--by", "张三")
    out, err = run(workspace, capsysbinary, "notice", "--month", "2022-06")
    assert [row["site"] for row in json.loads(out)["annex1"]] == ["甲区政府网"]
    assert "V2" in err


def test_a_notice_comes_as_document_workbook_and_text(
    workspace: Path, capsysbinary: Captured
) -> None:
    for form, start in (("docx", b"PK"), ("xlsx", b"PK"), ("txt", b"\xef\xbb\xbf")):
        path = workspace / "out" / f"notice-2022-06.{form}"
        made = ("notice", "--month", "2022-06", "--format", form, "--date", "2022-07-11")
        run(workspace, capsysbinary, *made, "--out", str(path))
        assert path.read_bytes().startswith(start)
    assert "2022年7月11日" in path.read_text("utf-8-sig")


def test_the_offices_own_template_is_taken_and_told_where_to_lie(
    workspace: Path, capsysbinary: Captured
) -> None:
    place = workspace / "templates" / "notice.docx"
    _, err = run(workspace, capsysbinary, "notice", "--template", str(place))
    assert str(place) in err
    place.write_bytes(b"no document")
    out = str(workspace / "n.docx")
    made = ("notice", "--month", "2022-06", "--format", "docx", "--out", out)
    _, err = run(workspace, capsysbinary, *made, code=2)
    assert str(place) in err
    assert not Path(out).exists()


def test_a_notice_needs_its_month(workspace: Path, capsysbinary: Captured) -> None:
    _, err = run(workspace, capsysbinary, "notice", code=2)
    assert "--month" in err


def test_a_notice_of_a_month_without_rounds_is_refused(
    workspace: Path, capsysbinary: Captured
) -> None:
    out, err = run(workspace, capsysbinary, "notice", "--month", "2022-07", code=3)
    assert out == b""
    assert "2022-07" in err
