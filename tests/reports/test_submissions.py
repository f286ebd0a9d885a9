"""`import-submissions`: in from a file, out in the order of annexes 4 and 5, twice the same."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from reports.submissions import submissions
from rules.adoptions import Piece
from rules.register import Site, load_register
from rules.submissions import Form, Submission
from storage.adoptions import adopted, keep_adoptions, strangers
from storage.engine import reading, transaction
from storage.models import SubmissionRow
from storage.submissions import keep_submissions
from tests.reports.test_commands import Captured, run

HEAD = ("序号", "单位", "月份", "报送", "采用", "调整", "调整原因", "批准人")
ROWS = (
    ("1", "甲区政府", "2022-06", "54", "44"),
    ("2", "乙局", "2022-06", "19", "19"),
    ("3", "丙局", "2022-06", "20", "19", "30", "主要领导参加政务访谈", "陈某"),
)
REGISTER = """\
city: 示例市
units:
  - {name: 甲区政府, group: county}
  - {name: 乙局, group: department, aliases: [乙委]}
  - {name: 丙局}
sites:
  - {name: 甲区政府网, unit: 甲区政府, url: "http://jia.example.test/"}
"""


def table(workspace: Path, *rows: tuple[str, ...]) -> Path:
    (workspace / "rules.yaml").write_text(REGISTER, "utf-8")
    path = workspace / "submissions.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, *((*row, *[""] * 8)[:8] for row in rows)])
    return path


def bring(workspace: Path, capsysbinary: Captured, file: Path, code: int = 0) -> tuple[str, str]:
    command = ("import-submissions", str(file), "--format", "json")
    out, err = run(workspace, capsysbinary, *command, code=code)
    return out.decode(), err


def test_units_come_out_in_the_order_of_the_annexes(
    workspace: Path, capsysbinary: Captured
) -> None:
    out, _ = bring(workspace, capsysbinary, table(workspace, *ROWS))
    assert [(row["unit"], row["group"], row["rate"]) for row in json.loads(out)] == [
        ("甲区政府", "county", "81.4%"),
        ("丙局", "other", "95.0%"),
        ("乙局", "department", "100%"),
    ]
    assert json.loads(out)[1]["adjustments"] == ["+30 主要领导参加政务访谈"]
    assert json.loads(out)[1]["submitted"] == 20


def test_a_county_goes_by_its_short_name_in_the_annexes_and_under_any_of_its_names_in_the_file(
    workspace: Path, capsysbinary: Captured
) -> None:
    file = table(workspace, ("", "甲区", "2022-06", "5", "4"), *ROWS[1:])
    register = REGISTER.replace(
        "{name: 甲区政府, group", "{name: 甲区政府, short_name: 甲区, group"
    )
    (workspace / "rules.yaml").write_text(register, "utf-8")
    out, _ = bring(workspace, capsysbinary, file)
    first = json.loads(out)[0]
    assert (first["unit"], first["group"], first["adopted"]) == ("甲区", "county", 4)


def test_twice_changes_nothing_and_another_number_corrects(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    bring(workspace, capsysbinary, table(workspace, *ROWS))
    _, err = bring(workspace, capsysbinary, table(workspace, *ROWS))
    assert "新增 0，更正 0，已有 4" in err
    _, err = bring(workspace, capsysbinary, table(workspace, ("", "乙委", "2022-06", "21", "20")))
    assert "新增 0，更正 1" in err
    with reading(june) as session:
        rows = session.scalars(select(SubmissionRow).where(SubmissionRow.unit == "乙局"))
        assert [(row.submitted, row.adopted) for row in rows] == [(21, 20)]


def test_good_rows_are_kept_and_bad_ones_told(workspace: Path, capsysbinary: Captured) -> None:
    file = table(workspace, ROWS[0], ("", "乙局", "2022-06", "3", "4"), ("", "丁局", "", "1", "1"))
    out, err = bring(workspace, capsysbinary, file, code=2)
    assert [row["unit"] for row in json.loads(out)] == ["甲区政府"]
    assert "submissions.csv:3:5" in err
    assert "submissions.csv:4:2" in err


def test_what_was_adopted_may_be_left_to_the_portal_and_nobody_is_printed_before_it_was_counted(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    rows = (("", "甲区政府", "2022-06", "54", ""), ("", "乙局", "2022-06", "19", "17"))
    out, _ = bring(workspace, capsysbinary, table(workspace, *rows))
    assert [row["unit"] for row in json.loads(out)] == ["乙局"]
    register = load_register(workspace / "rules.yaml")
    with transaction(june) as session:
        assert submissions(session, "2022-06", register).uncounted == ("甲区政府",)
        pieces = [
            Piece(f"http://p.test/{n}", f"第{n}篇", date(2022, 6, 7), unit, unit)
            for n, unit in enumerate(["甲区政府", "甲区政府", "乙局", None])
        ]
        keep_adoptions(session, "2022-06", "门户", pieces, datetime(2022, 7, 1, tzinfo=UTC))
        found = submissions(session, "2022-06", register)
    assert [(one.unit, one.adopted) for one in found.counties] == [("甲区政府", 2)]
    assert found.uncounted == ()
    assert [(one.unit, one.told, one.found) for one in found.differing] == [("乙局", 17, 1)]


def test_of_two_portals_one_alone_counts_for_nobody(workspace: Path, june: Engine) -> None:
    register = load_register(workspace / "rules.yaml")
    portals = [Site(f"门户{n}", "办", f"http://p{n}.test/", adopts=("县区",)) for n in range(2)]
    register = replace(register, sites=tuple(portals))
    row = Submission("2022-06", "乙局", Form.COUNT, submitted=9, adopted=None)
    piece = Piece("http://p0.test/1", "一", date(2022, 6, 7), "乙局", "乙局")
    at = datetime(2022, 7, 1, tzinfo=UTC)
    with transaction(june) as session:
        keep_submissions(session, [row], at)
        keep_adoptions(session, "2022-06", "门户0", [piece], at)
        assert submissions(session, "2022-06", register).uncounted == ("乙局",)
        keep_adoptions(session, "2022-06", "门户1", [replace(piece, title="二")], at)
        found = submissions(session, "2022-06", register)
    assert [(one.unit, one.adopted) for one in found.others] == [("乙局", 2)]


def test_counting_a_portal_again_replaces_what_was_counted(june: Engine) -> None:
    piece = Piece("http://p.test/1", "一", date(2022, 6, 7), "乙委", "乙局")
    stranger = Piece("http://p.test/2", "二", date(2022, 6, 7), "新华社", None)
    at = datetime(2022, 7, 1, tzinfo=UTC)
    with transaction(june) as session:
        keep_adoptions(session, "2022-06", "门户", [piece], at)
        keep_adoptions(session, "2022-06", "门户", [piece, stranger], at)
        assert adopted(session, "2022-06") == {"乙局": 1, None: 1}
        assert strangers(session, "2022-06") == {"新华社": 1}
