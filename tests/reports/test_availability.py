"""The weeks of samples as rows: every running site, its share, its verdict, and the causes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.main import main
from storage.engine import transaction
from storage.models import SampleDay

SITE = "甲区政府网"
FIRST, LAST = date(2022, 5, 30), date(2022, 6, 19)  # the weeks before 6, 13 and 20 June


def write_days(engine: Engine, fails: Callable[[date], int]) -> None:
    """Three weeks of 24 samples a day, of which so many failed."""
    with transaction(engine) as session:
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            causes = {"timeout": fails(day)} if fails(day) else {}
            session.add(SampleDay(site=SITE, day=day, n=24, left_out=1, dropped=2, causes=causes))


@pytest.fixture
def rows(
    workspace: Path, june: Engine, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[dict[str, object]]]:
    """The rows that a command line prints, over three weeks of which the second was bad."""
    write_days(june, lambda day: 2 if date(2022, 6, 6) <= day < date(2022, 6, 13) else 0)

    def run(*arguments: str) -> list[dict[str, object]]:
        command = ["--workspace", str(workspace), "availability", "--format", "json", *arguments]
        assert main(command) == 0
        found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
        return found

    return run


def test_a_month_has_a_row_for_the_week_before_each_check_day(
    rows: Callable[..., list[dict[str, object]]],
) -> None:
    found = rows("--month", "2022-06", "--as-of", "2022-06-20")
    assert [(row["since"], row["until"], row["availability"]) for row in found] == [
        ("2022-05-30", "2022-06-05", "ok"),
        ("2022-06-06", "2022-06-12", "veto"),
        ("2022-06-13", "2022-06-19", "ok"),
    ]
    assert found[1] == {
        "site": SITE,
        "unit": "甲区政府",
        "since": "2022-06-06",
        "until": "2022-06-12",
        "samples": 168,
        "fails": 14,
        "share": 0.0833,
        "availability": "veto",
        "doubt": None,
        "causes": {"timeout": 14},
        "left_out": 7,
        "dropped": 14,
        "least_a_day": 24,
    }


def test_the_last_days_are_whole_days_before_today(
    rows: Callable[..., list[dict[str, object]]],
) -> None:
    [row] = rows("--as-of", "2022-06-13")
    assert (row["since"], row["until"], row["availability"]) == (
        "2022-06-06",
        "2022-06-12",
        "veto",
    )
    [row] = rows("--days", "6", "--as-of", "2022-06-13")
    assert (row["availability"], row["doubt"]) == ("unknown", "too_short")
    [row] = rows("--days", "21", "--as-of", "2022-06-20")
    assert (row["samples"], row["availability"]) == (504, "ok")


def test_a_week_without_samples_is_unknown_and_another_site_is_not_asked_for(
    rows: Callable[..., list[dict[str, object]]],
) -> None:
    [row] = rows("--as-of", "2022-08-01")
    assert (row["samples"], row["share"], row["availability"]) == (0, None, "unknown")
    assert rows("--site", "乙局网", "--as-of", "2022-06-13") == []


def test_month_and_days_together_are_wrong_use(
    workspace: Path, june: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--workspace", str(workspace), "availability", "--month", "2022-06", "--days", "7"]
    assert main(command) == 2
    assert capsys.readouterr().out == ""


def test_the_table_says_everything_in_words(
    workspace: Path, june: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    write_days(june, lambda _: 2)
    assert main(["--workspace", str(workspace), "availability", "--as-of", "2022-06-13"]) == 0
    shown = capsys.readouterr().out
    assert "15 秒内没有完整响应 14" in shown
    assert "达到 5%" in shown
    assert "veto" not in shown
