"""`import-checks`: good rows in, bad rows told, and every verdict that changed."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from cli import pictures
from cli.workspace import Workspace
from rules.facts import Outcome
from rules.register import load_register
from rules.sheets import names_of
from storage.engine import open_database
from tests.cli.conftest import Run
from tests.rounds_by_hand import write_round
from tests.rules.sights import CHECK_DAY, days_ago, read, saw

PNG = b"\x89PNG\r\n\x1a\n and the rest"
JPEG = b"\xff\xd8\xff\xe0 and the rest"
BLOCKED = (saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120))
HEAD = ("网站", "栏目", "核查日期", "所见", "核查人", "截图", "备注")
STALE = ("甲网", "工作动态", "2022-06-20", "2022-05-11", "张三", "截图/1.png", "可打开")
FRESH = ("甲网", "通知公告", "2022-06-20", "2022-06-17", "张三", "", "")


@pytest.fixture
def judged(workspace: Path) -> Path:
    """A workspace with a round in which two of three columns were blocked."""
    place = Workspace(workspace)
    engine = open_database(place.database_url)
    register = load_register(place.rules_path)
    seen = {"甲网/工作动态": BLOCKED, "甲网/通知公告": BLOCKED, "甲网/领导信息": (read(),)}
    write_round(engine, place.evidence_folder, CHECK_DAY, register, seen)
    engine.dispose()
    (workspace / "截图").mkdir()
    (workspace / "截图" / "1.png").write_bytes(PNG)
    return workspace


def table(folder: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Path:
    path = folder / "checks.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def bring(run: Run, folder: Path, file: Path, *more: str) -> tuple[int, list[dict[str, str]], str]:
    ran = run(
        "--workspace", folder, "import-checks", file, "--as-of", "2022-06-23", "--format", "json",
        *more,
    )  # fmt: skip
    return ran.code, json.loads(ran.out or "[]"), ran.err


def test_a_signed_check_accuses_and_another_clears_and_both_are_told(
    run: Run, judged: Path
) -> None:
    code, changes, err = bring(run, judged, table(judged, STALE, FRESH))
    assert code == 0, err
    assert [(row["column"], row["before"], row["after"]) for row in changes] == [
        ("工作动态", "unknown", "violation"),
        ("通知公告", "unknown", "ok"),
    ]
    assert changes[0]["problem"] == "超过1个月未更新"
    assert "2022-06-20" in err
    [found] = json.loads(run("--workspace", judged, "violations", "--format", "json").out)
    assert len(found["evidence"]) == 2
    assert run("--workspace", judged, "evidence", "verify").code == 0


def test_the_same_file_again_changes_nothing(run: Run, judged: Path) -> None:
    file = table(judged, STALE)
    bring(run, judged, file)
    code, changes, err = bring(run, judged, file)
    assert (code, changes) == (0, [])
    assert "已有 1" in err


def test_a_correction_is_told_with_what_stood_before(run: Run, judged: Path) -> None:
    bring(run, judged, table(judged, STALE))
    mended = (*STALE[:3], "2022-06-19", *STALE[4:])
    _, changes, err = bring(run, judged, table(judged, mended))
    assert [row["after"] for row in changes] == ["ok"]
    assert "2022-05-11" in err


def test_a_bad_row_is_told_and_exits_2_and_the_good_ones_are_kept(run: Run, judged: Path) -> None:
    bad = ("甲网", "工作动太", "2022-06-20", "2022-05-11", "张三")
    code, changes, err = bring(run, judged, table(judged, bad, FRESH))
    assert (code, len(changes)) == (2, 1)
    assert "checks.csv:2:2: 「栏目」" in err


def test_wrong_headings_are_one_line(run: Run, judged: Path) -> None:
    ran = run("--workspace", judged, "import-checks", table(judged, STALE, head=("a", "b")))
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "核查日期" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("no.png", None, "没有图片文件"),
        ("../outside.png", PNG, "文件夹"),
        ("/etc/hostname", None, "文件夹"),
        ("截图", None, "没有图片文件"),
        ("page.png", b"<html>", "PNG 或 JPEG"),
        ("large.png", PNG + b"x" * 200, "MiB"),
        ("a\x00b.png", None, "没有图片文件"),
        (f"{'x' * 300}.png", None, "无法读取"),
    ],
)
def test_a_screenshot_that_cannot_be_had_spoils_its_row(
    run: Run,
    judged: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 100)
    if content is not None:
        (judged / name).write_bytes(content)
    row = (*STALE[:5], name, "")
    code, changes, err = bring(run, judged, table(judged, row))
    assert (code, changes) == (2, [])
    assert "checks.csv:2:6: 「截图」" in err
    assert words in err


def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    run: Run, judged: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (judged / "link.png").symlink_to(tmp_path / "secret.png")
    assert bring(run, judged, table(judged, (*STALE[:5], "link.png", "")))[0] == 2


def test_a_screenshot_is_kept_by_its_hash_with_a_path_as_windows_writes_it(
    run: Run, judged: Path
) -> None:
    (judged / "截图" / "2.jpg").write_bytes(JPEG)
    code, _, err = bring(run, judged, table(judged, (*STALE[:5], "截图\\2.jpg", "")))
    assert code == 0, err
    [path] = (judged / "data" / "evidence" / "cases" / "checks").rglob("*.jpg")
    assert path.read_bytes() == JPEG


def test_without_a_file_or_a_template_it_is_wrong_use(run: Run, workspace: Path) -> None:
    assert run("--workspace", workspace, "import-checks").code == 2


def test_the_template_lists_what_a_person_can_see_and_is_read_back(run: Run, judged: Path) -> None:
    form = judged / "form.xlsx"
    ran = run("--workspace", judged, "import-checks", "--template", form)
    assert ran.code == 0, ran.err
    book = openpyxl.load_workbook(BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    head, example, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:3] for row in rows] == [
        ["甲网", "工作动态", "甲网/工作动态"],
        ["甲网", "通知公告", "甲网/通知公告"],
    ]
    assert example[0] != "甲网"
    places = [head.index(names_of(key)[0]) for key in ("checked_on", "seen", "person", "picture")]
    for place, value in zip(places, (CHECK_DAY, days_ago(40), "张三", "截图/1.png"), strict=True):
        sheet.cell(3, place + 1).value = value
    book.save(form)
    code, changes, err = bring(run, judged, form)
    assert (code, len(changes)) == (0, 1), err
    assert run("--workspace", judged, "import-checks", "--template", form).code == 2


def test_a_template_can_be_had_before_any_round(run: Run, workspace: Path) -> None:
    form = workspace / "form.xlsx"
    assert run("--workspace", workspace, "import-checks", "--template", form).code == 0
    assert len(list(openpyxl.load_workbook(form).worksheets[0].iter_rows())) == 2
