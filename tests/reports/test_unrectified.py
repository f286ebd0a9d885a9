"""The appendix of what earlier notices listed: three-valued, by positive proof, in every form."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from docx import Document
from sqlalchemy import Engine

from reports.unrectified import Repairing, unrectified
from rules.facts import Outcome
from storage.engine import reading, transaction
from storage.models import Violation
from storage.rectifying import record
from tests.months import at
from tests.reports.months_by_hand import JIA, YI, Office2022, book
from tests.reports.test_commands import Captured, run
from tests.rules.sights import saw

MAY, JUNE = date(2022, 5, 6), date(2022, 6, 6)
BLOCKED = (saw(Outcome.CHALLENGE),)


@pytest.fixture
def office(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office2022:
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("XUNJIAN_DATABASE_URL", url)
    found = Office2022(engine, tmp_path, book(tmp_path))
    found.inspect(MAY, jia=True, yi=True)
    found.confirm()
    return found


def told(office: Office2022) -> list[tuple[str, Repairing]]:
    with reading(office.engine) as session:
        rows = unrectified(session, office.notice("2022-06"))
    return [(row.name, row.state) for row in rows]


def test_what_is_confirmed_again_is_unmended_and_what_is_proved_mended_is_gone(
    office: Office2022,
) -> None:
    office.inspect(JUNE, jia=True)
    assert told(office) == []  # nobody has confirmed it again
    office.confirm()
    assert told(office) == [("甲网", Repairing.UNRECTIFIED)]


def test_what_no_round_could_read_is_unverified_and_never_unmended(office: Office2022) -> None:
    office.usual = {JIA: BLOCKED, YI: BLOCKED}
    office.inspect(JUNE)
    assert told(office) == [("甲网", Repairing.UNVERIFIED), ("乙网", Repairing.UNVERIFIED)]


def test_what_a_person_recorded_as_mended_or_exempted_since_is_not_listed(
    office: Office2022,
) -> None:
    with transaction(office.engine) as session:
        row = session.get_one(Violation, 2)
        record(session, row, person="李四", note="看过", day=MAY, at=at(JUNE))
    office.register = book(office.folder, column=", exempt: {reason: 汛期外, by: 张三}")
    office.usual = {JIA: BLOCKED, YI: BLOCKED}
    office.inspect(JUNE)
    assert told(office) == []


def test_it_stands_in_every_form_when_it_is_asked_for_and_else_in_none(
    office: Office2022, capsysbinary: Captured
) -> None:
    office.usual = {YI: BLOCKED}
    office.inspect(JUNE, jia=True)
    office.confirm()
    asked = ("notice", "--month", "2022-06", "--unrectified", "--format")
    out, _ = run(office.folder, capsysbinary, *asked, "json")
    rows = json.loads(out)["unrectified"]
    assert [(row["name"], row["months"], row["state"]) for row in rows] == [
        ("甲网", ["2022-05"], "unrectified"),
        ("乙网", ["2022-05"], "unverified"),
    ]
    out, _ = run(office.folder, capsysbinary, *asked, "txt")
    assert "1\t甲网\t甲局\t工作动态\t超过1个月未更新\t2022-05\t未整改" in out.decode("utf-8-sig")
    assert "不作已整改或未整改的结论" in out.decode("utf-8-sig")
    path = office.folder / "n.docx"
    run(office.folder, capsysbinary, *asked, "docx", "--out", str(path))
    tables = Document(str(path)).tables
    assert [cell.text for cell in tables[6].rows[0].cells][-2:] == ["列入月份", "整改情况"]
    path = office.folder / "n.xlsx"
    run(office.folder, capsysbinary, *asked, "xlsx", "--out", str(path))
    names = openpyxl.load_workbook(BytesIO(path.read_bytes())).sheetnames
    assert "此前通报所列问题尚未整改名单" in names
    out, _ = run(office.folder, capsysbinary, "notice", "--month", "2022-06", "--format", "txt")
    assert "尚未整改" not in out.decode("utf-8-sig")
