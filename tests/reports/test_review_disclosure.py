"""Rows of annex 6 in `xunjian review`: listed as D1, decided singly, and by file or by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from rules.disclosure import Built, Row, with_remark
from rules.facts import Truth
from rules.reviewing import headings
from storage.disclosure import FoundPlatform, keep_platform, platforms
from storage.engine import reading, transaction
from tests.reports.test_commands import Captured, run

AT = datetime(2022, 6, 27, 4, tzinfo=UTC)
OK = Truth.OK
REMARK = "首页无直接入口；缺少政策栏目"
ROW = with_remark(
    replace(Row("甲区政府", Truth.VIOLATION, Built.NONCONFORMING, OK, OK, OK), missing=("政策",))
)


@pytest.fixture
def surveyed(workspace: Path, june: Engine) -> Path:
    found = FoundPlatform("platform:甲区政府", "甲区政府网", "http://jia.test/", ROW, {}, (), AT)
    with transaction(june) as session:
        keep_platform(session, "2022-06", found)
    return workspace


def status(engine: Engine) -> str:
    with reading(engine) as session:
        return platforms(session)[0].status


def test_a_row_waits_among_the_findings_with_its_remark(
    surveyed: Path, capsysbinary: Captured
) -> None:
    rows = json.loads(run(surveyed, capsysbinary, "review", "--format", "json")[0])
    waiting = next(row for row in rows if row["id"] == "D1")
    assert (waiting["problem"], waiting["rule"], waiting["rounds"]) == (
        REMARK,
        "P24",
        ["2022-06-27"],
    )


def test_it_is_confirmed_by_its_id(surveyed: Path, june: Engine, capsysbinary: Captured) -> None:
    run(surveyed, capsysbinary, "review", "confirm", "d1", "--by", "王五")
    assert status(june) == "confirmed"


def test_a_row_written_by_hand_names_month_platform_and_remark(
    surveyed: Path, june: Engine, capsysbinary: Captured
) -> None:
    told = {
        "月份": "2022-06",
        "检查对象": "platform:甲区政府",
        "问题": REMARK,
        "决定": "误报",
        "理由": "程序误读",
        "复核人": "王五",
    }
    file = surveyed / "hand.csv"
    line = ",".join(told.get(name, "") for name in headings())
    file.write_text(f"{','.join(headings())}\n{line}\n", encoding="utf-8-sig")
    run(surveyed, capsysbinary, "review", "--import", str(file))
    assert status(june) == "dismissed"


def test_the_exported_file_takes_it_back(
    surveyed: Path, june: Engine, capsysbinary: Captured
) -> None:
    file = surveyed / "review.csv"
    run(surveyed, capsysbinary, "review", "--export", str(file))
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith("D1,"))
    lines[row] = f"{lines[row].removesuffix(',,,')}确认,,,王五"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    run(surveyed, capsysbinary, "review", "--import", str(file))
    assert status(june) == "confirmed"
