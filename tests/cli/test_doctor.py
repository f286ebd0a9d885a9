"""`doctor`: every part has its row, and only what is required makes the exit code 5."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli import examining
from cli.examining import Finding, Standing, clock, pins
from crawler.lock import alone
from tests.cli.conftest import Run

NOON = datetime(2022, 6, 6, 12, 0, tzinfo=UTC)


def rows(run: Run, folder: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """Exit code and rows by part; without a register, so that no control is asked."""
    ran = run("--workspace", folder, "doctor", "--format", "json")
    return ran.code, {row["part"]: row for row in json.loads(ran.out)}


def test_a_machine_that_runs_the_tests_is_fit(run: Run, tmp_path: Path) -> None:
    code, found = rows(run, tmp_path)
    assert code == 0
    assert {row["standing"] for row in found.values()} <= {"fine", "poor"}
    assert {"Python", "时区", "磁盘", "数据库", "浏览器", "中文字体", "网络"} <= set(found)


def test_looking_makes_nothing(run: Run, tmp_path: Path) -> None:
    rows(run, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_browser_one_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "candidates", lambda: iter(()))
    code, found = rows(run, tmp_path)
    assert code == 0
    assert found["浏览器"]["standing"] == "poor"


def test_a_file_that_is_no_database_is_exit_code_5(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "xunjian.db").write_bytes(b"nothing of the kind" * 100)
    code, found = rows(run, tmp_path)
    assert code == 5
    assert found["数据库"]["standing"] == "missing"


def test_wrong_settings_are_said_and_hide_nothing_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "xunjian.toml").write_text("wokers = 1\n", "utf-8")
    code, found = rows(run, tmp_path)
    assert code == 5
    assert "wokers" in found["设置"]["detail"]
    assert found["磁盘"]["standing"] != "missing"


def test_a_running_inspection_is_told(run: Run, tmp_path: Path) -> None:
    with alone(tmp_path / "data" / "xunjian.lock"):
        assert rows(run, tmp_path)[1]["运行锁"]["standing"] == "poor"
    assert rows(run, tmp_path)[1]["运行锁"]["standing"] == "fine"


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ("Mon, 06 Jun 2022 12:00:30 GMT", Standing.FINE),
        ("Mon, 06 Jun 2022 12:09:59 GMT", Standing.FINE),
        ("Mon, 06 Jun 2022 12:11:00 GMT", Standing.POOR),
        ("Mon, 06 Jun 2022 11:49:00 GMT", Standing.POOR),
        ("Tue, 07 Jun 2022 00:01:00 GMT", Standing.MISSING),
        ("Thu, 06 Jun 2024 12:00:00 GMT", Standing.MISSING),
    ],
)
def test_our_clock_is_held_beside_a_servers(told: str, standing: Standing) -> None:
    (finding,) = clock(told, NOON)
    assert finding.standing is standing


@pytest.mark.parametrize("told", [None, "", "yesterday", "Mon, 06 Jun 2022 12:00:30 -0000"])
def test_a_date_that_says_nothing_accuses_no_clock(told: str | None) -> None:
    assert list[Finding](clock(told, NOON)) == []


def test_pins_are_names_and_versions_without_markers() -> None:
    lines = ("# a", "scrapy==2.19.0 \\", "    --hash=sha256:00", "brotli==1 ; x", "    # via x==9")
    text = "\n".join((*lines, "typer==0.29"))
    assert list(pins(text)) == [("scrapy", "2.19.0"), ("typer", "0.29")]
