"""What `xunjian survey` says of a run, its exit code, and the table that it prints."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.main import main
from cli.survey import exit_of, words_of
from crawler.survey.running import SurveyReport
from rules.errors import Exit
from rules.site_checks import Doubt, Place, doubtful, found_at
from storage.engine import database_url, open_database, transaction
from storage.site_checks import keep_checks, owe

AT = datetime(2022, 6, 28, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        (SurveyReport("2022-06", 9, 9, 0, blind=False), Exit.DONE, "已查 9"),
        (SurveyReport("2022-06", 9, 7, 0, blind=False), Exit.INCOMPLETE, "还有 2 个"),
        (SurveyReport("2022-06", 9, 8, 1, blind=False), Exit.INCOMPLETE, "1 个检查时进程两次中止"),
        (SurveyReport("2022-06", 9, 7, 0, blind=True), Exit.BLIND, "对照点"),
        (
            SurveyReport("2022-06", 9, 9, 0, blind=False, broken=3),
            Exit.INCOMPLETE,
            "3 项检查因程序",
        ),
    ],
)
def test_how_a_run_ended_is_said_and_is_its_exit_code(
    report: SurveyReport, code: Exit, said: str
) -> None:
    assert exit_of(report) is code
    assert any(said in line for line in words_of(report))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text("city: 示例市\n", "utf-8")
    engine = open_database(database_url(tmp_path))
    home = "http://a.test/"
    lost = Place(f"{home}x", home, "404 =办事指南", home=True)
    with transaction(engine) as session:
        owe(session, "2022-06", [("sites", "甲网")], simulated=True)
        keep_checks(session, "2022-06", "甲网", [found_at("dead_link", [lost])], AT)
        keep_checks(session, "2022-06", "乙网", [doubtful("mark_icp", Doubt.NO_BROWSER)], AT)
    engine.dispose()
    return tmp_path


def shown(workspace: Path, capfdbinary: pytest.CaptureFixture[bytes], *more: str) -> bytes:
    assert main(["--workspace", str(workspace), "survey", "--show", *more]) == 0
    return capfdbinary.readouterr().out


def test_what_stands_is_shown_without_asking_anybody(
    workspace: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    rows = json.loads(shown(workspace, capfdbinary, "--format", "json"))
    assert [(row["site"], row["check"], row["check_truth"], row["decides"]) for row in rows] == [
        ("乙网", "mark_icp", "unknown", "machine"),
        ("甲网", "dead_link", "violation", "machine"),
    ]
    assert rows[1]["places"] == ["404 =办事指南 http://a.test/x ← http://a.test/"]
    assert rows[1]["rule"] == "P09"


def test_the_table_speaks_chinese_and_can_be_narrowed(
    workspace: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told = shown(workspace, capfdbinary, "--site", "甲网").decode()
    assert "链接打不开" in told
    assert "问题" in told
    assert "乙网" not in told
    assert shown(workspace, capfdbinary, "--month", "2022-05").decode().startswith("专项检查：0 行")
