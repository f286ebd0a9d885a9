"""`xunjian score`: the sheet of a site, all sites, and the file that people fill in."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import Engine

from cli.main import main
from reports.explanation import explain, to_text
from reports.notice import notice
from rules.facts import Truth
from rules.reviewing import Decision, Ruling
from rules.score_rows import KEYS, fillable, headings
from rules.site_checks import Doubt, Place, SiteCheck, doubtful, found_at
from storage.engine import transaction
from storage.models import ProfileText
from storage.reviews import decide, standing
from storage.site_checks import keep_checks
from tests.months import DAYS, at

Captured = pytest.CaptureFixture[bytes]
WRONG = 2
PORTAL, OTHER = "甲区政府网", "乙局网"


@pytest.fixture(autouse=True)
def scored_everywhere(june: Engine) -> None:
    """The sites of the month are departments; the profile of the tests scores all."""
    with transaction(june) as session:
        row = session.get_one(ProfileText, "profile")
        row.text = row.text.replace('"scored":"portal"', '"scored":"all"')


def run(workspace: Path, captured: Captured, *words: str, code: int = 0) -> tuple[str, str]:
    captured.readouterr()
    assert main(["--workspace", str(workspace), "score", *words]) == code
    out, err = captured.readouterr()
    return out.decode("utf-8-sig"), err.decode()


def rows(workspace: Path, captured: Captured, *words: str) -> list[dict[str, Any]]:
    out, _ = run(workspace, captured, *words, "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def row(found: Sequence[dict[str, Any]], code: str) -> dict[str, Any]:
    (one,) = [one for one in found if one["indicator"] == code]
    return one


def surveyed(engine: Engine, *checks: SiteCheck) -> None:
    with transaction(engine) as session:
        keep_checks(session, "2022-06", PORTAL, checks, at(DAYS[1]))


def test_a_sheet_has_vetoes_items_bonuses_and_a_total_with_its_range(
    workspace: Path, capsysbinary: Captured
) -> None:
    found = rows(workspace, capsysbinary, PORTAL)
    parts = [one["part"] for one in found]
    assert [parts.count(one) for one in ("veto", "deduction", "bonus", "report")] == [6, 29, 5, 1]
    total = found[-1]
    assert total["item"] == "合计"
    assert "–100 分，其中" in total["standing"]
    assert total["taken"] == "0"


def test_a_confirmed_column_takes_its_points(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    waiting = row(rows(workspace, capsysbinary, PORTAL), "D4")
    assert (waiting["taken"], waiting["open"], waiting["standing"]) == ("0", "5", "open")
    with transaction(june) as session:
        (first,) = [one for one, found in standing(session).items() if "动态" in found.target]
        decide(session, [Ruling(first, Decision.CONFIRMED, None, "", "张三")], at(DAYS[2]))
    found = row(rows(workspace, capsysbinary, PORTAL), "D4")
    assert (found["taken"], found["open"]) == ("5", "0")
    assert "基层动态" in found["why"]
    assert found["places"] == ["http://jia.example.test/dt/"]


def test_a_survey_takes_points_and_says_where(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    dead = found_at("dead_link", [Place("http://x.test/a", "http://jia.example.test/", home=True)])
    surveyed(june, dead, doubtful("picture", Doubt.UNREAD), SiteCheck("ipv6", Truth.OK))
    found = rows(workspace, capsysbinary, PORTAL)
    assert (row(found, "D22")["taken"], row(found, "D22")["open"]) == ("0.2", "0.8")
    assert row(found, "D22")["places"] == ["http://x.test/a"]
    assert row(found, "D29")["standing"] == "full"


def test_people_read_a_table_and_the_total_beside_it(
    workspace: Path, capsysbinary: Captured
) -> None:
    out, err = run(workspace, capsysbinary, PORTAL, "--month", "2022-06")
    assert "站点无法访问" in out
    assert "没有采样" in out
    assert "需人工填写" in out
    assert "甲区政府网，2022-06：" in err


def test_all_sites_stand_in_one_table(workspace: Path, capsysbinary: Captured) -> None:
    found = rows(workspace, capsysbinary, "--all")
    assert [one["site"] for one in found] == [PORTAL, OTHER, "丙局网"]
    assert all(one["failed"] == "" for one in found)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("没有的网",), "没有的网"),
        (("甲区政府",), "甲区政府网"),
        ((PORTAL, "--month", "2021-01"), "2021-01"),
        ((), "--all"),
        ((PORTAL, "--all"), "--all"),
        (("--import", "x.csv", "--all"), "--import"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(
    workspace: Path, capsysbinary: Captured, words: tuple[str, ...], told: str
) -> None:
    _, err = run(workspace, capsysbinary, *words, code=WRONG)
    assert told in err


# --- what people fill in ---


def written(folder: Path, *lines: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out).writerows([["网站", "指标编号", "分值", "说明", "填报人"], *lines])
    path = folder / "filled.csv"
    path.write_text(out.getvalue(), "utf-8")
    return str(path)


def test_what_is_filled_in_is_on_the_sheet_and_may_be_corrected(
    workspace: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    first = written(
        tmp_path, [PORTAL, "D16", "4", "不能注册", "张三"], [PORTAL, "d17", "0", "", "张三"]
    )
    _, err = run(workspace, capsysbinary, "--import", first)
    assert "新增 2" in err
    found = rows(workspace, capsysbinary, PORTAL)
    assert (row(found, "D16")["taken"], row(found, "D16")["open"]) == ("4", "0")
    assert "张三 填报：不能注册" in row(found, "D16")["why"]
    again = written(
        tmp_path, [PORTAL, "D16", "2.5分", "能注册", "李四"], [PORTAL, "D17", "0", "", "张三"]
    )
    _, err = run(workspace, capsysbinary, "--import", again)
    assert "更正 1，已有 1" in err
    assert row(rows(workspace, capsysbinary, PORTAL), "D16")["taken"] == "2.5"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["没有的网", "D16", "1", "x", "张三"], "没有的网"),
        ([PORTAL, "V2", "有", "x", "张三"], "V2"),
        ([PORTAL, "D16", "8", "x", "张三"], "7"),
        ([PORTAL, "D16", "-1", "x", "张三"], "-1"),
        ([PORTAL, "D16", "1", "", "张三"], "说明"),
        ([PORTAL, "D16", "1", "x", ""], "填报人"),
        ([PORTAL, "V1", "1", "x", "张三"], "有"),
        ([PORTAL, "D16", "1", "x" * 201, "张三"], "200"),
    ],
)
def test_a_bad_row_is_told_and_the_good_ones_are_kept(
    workspace: Path, tmp_path: Path, capsysbinary: Captured, line: Sequence[str], told: str
) -> None:
    file = written(tmp_path, line, [PORTAL, "D17", "3", "不统一", "张三"])
    _, err = run(workspace, capsysbinary, "--import", file, code=WRONG)
    assert told in err
    assert "新增 1" in err
    assert row(rows(workspace, capsysbinary, PORTAL), "D17")["taken"] == "3"


def test_the_same_item_twice_in_a_file_is_refused(
    workspace: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    line = [PORTAL, "D16", "1", "x", "张三"]
    _, err = run(workspace, capsysbinary, "--import", written(tmp_path, line, line), code=2)
    assert "第 2 行重复" in err


def test_an_accident_that_a_person_tells_of_waits_for_review_and_then_ends_the_scoring(
    workspace: Path, june: Engine, tmp_path: Path, capsysbinary: Captured
) -> None:
    run(
        workspace,
        capsysbinary,
        "--import",
        written(tmp_path, [PORTAL, "V1", "有", "被篡改", "张三"]),
    )
    found = rows(workspace, capsysbinary, PORTAL)
    assert row(found, "V1")["standing"] == "veto_proposed"
    assert "分" in found[-1]["standing"]
    with transaction(june) as session:
        (one,) = [
            one for one, known in standing(session).items() if known.target == f"site:{PORTAL}"
        ]
        decide(session, [Ruling(one, Decision.CONFIRMED, None, "", "李四")], at(DAYS[2]))
    sheet = rows(workspace, capsysbinary, PORTAL)
    assert row(sheet, "V1")["standing"] == "veto_failed"
    assert sheet[-1]["standing"] == "不合格（单项否决）"
    (first, *_) = rows(workspace, capsysbinary, "--all")
    assert first["failed"] == "安全、泄密事故等严重问题"


def test_the_file_to_fill_in_comes_back_as_it_went_out(
    workspace: Path, tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "form.xlsx"
    _, err = run(workspace, capsysbinary, PORTAL, "--export", str(path))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == headings()
    place = KEYS.index("indicator") + 1
    codes = [sheet.cell(number, place).value for number in range(2, sheet.max_row + 1)]
    assert set(codes) <= {one.code for one in fillable()}
    assert codes[0] == "V1"
    assert f"{len(codes)} 行待填" in err
    for number in range(2, len(codes) + 2):
        sheet.cell(number, KEYS.index("score_points") + 1, "没有" if number == 2 else 0)
        sheet.cell(number, KEYS.index("filler") + 1, "张三")
    out = BytesIO()
    book.save(out)
    back = tmp_path / "back.xlsx"
    back.write_bytes(out.getvalue())
    _, err = run(workspace, capsysbinary, "--import", str(back))
    assert f"新增 {len(codes)}" in err
    assert row(rows(workspace, capsysbinary, PORTAL), "V1")["standing"] == "veto_ok"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_remark_that_looks_like_a_formula_goes_out_guarded_and_comes_back_the_same(
    workspace: Path, tmp_path: Path, capsysbinary: Captured, ending: str
) -> None:
    run(
        workspace,
        capsysbinary,
        "--import",
        written(tmp_path, [PORTAL, "D16", "4", "=1+1 项不能注册", "张三"]),
    )
    form = tmp_path / f"form.{ending}"
    run(workspace, capsysbinary, PORTAL, "--export", str(form))
    if ending == "csv":
        assert "'=1+1 项不能注册" in form.read_text("utf-8-sig")
    _, err = run(workspace, capsysbinary, "--import", str(form))
    assert "新增 0，更正 0，已有 1" in err


ACCOUNT = "weibo:1234567890"


def test_what_is_told_of_an_account_waits_for_review_and_then_stands_in_annex_2(
    workspace: Path, june: Engine, tmp_path: Path, capsysbinary: Captured
) -> None:
    path = tmp_path / "accounts.csv"
    lines = [
        ["检查对象", "指标编号", "分值", "备注", "填报人"],
        [ACCOUNT, "M3b", "有", "购买粉丝，见截图", "张三"],
        ["weibo:1", "M1", "有", "x", "张三"],
    ]
    out = StringIO()
    csv.writer(out).writerows(lines)
    path.write_text(out.getvalue(), "utf-8")
    _, err = run(workspace, capsysbinary, "--import", str(path), code=WRONG)
    assert "新增 1" in err
    assert "weibo:1" in err
    with transaction(june) as session:
        (one,) = [one for one, found in standing(session).items() if found.target == ACCOUNT]
        assert notice(session, "2022-06").annex2 == ()
        assert "张三 填报：购买粉丝，见截图" in to_text(explain(session, one.number))
        decide(session, [Ruling(one, Decision.CONFIRMED, None, "", "李四")], at(DAYS[2]))
        found = notice(session, "2022-06")
    assert [row["problem"] for row in found.annex2] == ["互动回应差"]
    assert (found.figures.accounts_ok, found.figures.accounts_unknown) == (0, 0)
