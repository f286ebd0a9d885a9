"""The false-accusation figure: what people decided, what was none, and what does not count."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from rules.figures import ALL, Decided, figures
from rules.reviewing import Decision, Dismissal
from storage.engine import transaction
from storage.proposals import replace_proposals
from tests.reports.months_by_hand import Office2022, book
from tests.reports.test_commands import Captured, run
from tests.storage.test_proposals import RECORD


def test_the_share_is_of_what_was_decided_and_leaves_out_what_was_so() -> None:
    yes, no = Decision.CONFIRMED, Decision.DISMISSED
    found = (
        Decided("2022-06", "P01", yes),
        Decided("2022-06", "P01", no, Dismissal.MISREAD),
        Decided("2022-06", "P01", no, Dismissal.UPDATED, was_so=True),
        Decided("2022-06", "P07", no, Dismissal.APPEAL),
        Decided("2022-05", "P07", yes),
    )
    told = [(one.month, one.rule, one.decided, one.dismissed, one.false) for one in figures(found)]
    assert told == [
        ("2022-05", ALL, 1, 0, 0),
        ("2022-05", "P07", 1, 0, 0),
        ("2022-06", ALL, 4, 3, 2),
        ("2022-06", "P01", 3, 2, 1),
        ("2022-06", "P07", 1, 1, 1),
    ]


def table(workspace: Path, capsysbinary: Captured) -> list[dict[str, object]]:
    out, _ = run(workspace, capsysbinary, "review", "--figures", "--format", "json")
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_reviews_and_appeals_make_the_figure_and_the_notice_tells_its_maker(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    with transaction(june) as session:
        replace_proposals(session, "2022-06", [replace(RECORD)])
    assert table(workspace, capsysbinary) == []
    run(workspace, capsysbinary, "review", "confirm", "V1", "P1", "--by", "张三")
    dismissed = ("review", "dismiss", "V2", "--reason", "misread", "--by", "张三")
    run(workspace, capsysbinary, *dismissed)
    run(workspace, capsysbinary, "appeal", "V1", "--text", "已更新", "--by", "甲区政府")
    reduce = ("--decide", "核减", "--reason", "属实", "--by", "王五")
    run(workspace, capsysbinary, "appeal", "V1", *reduce)
    whole = table(workspace, capsysbinary)[0]
    assert (whole["decided"], whole["confirmed"], whole["false_ones"]) == (3, 1, 2)
    assert (whole["share_false"], whole["dismissed_appeal"]) == ("66.6%", 1)
    _, err = run(workspace, capsysbinary, "notice", "--month", "2022-06", "--format", "txt")
    assert "误报率 66.6%" in err


def test_what_the_setting_confirmed_was_decided_by_nobody(
    workspace: Path, june: Engine, capsysbinary: Captured
) -> None:
    (workspace / "xunjian.toml").write_text('confirm = ["stale"]\n', "utf-8")
    assert table(workspace, capsysbinary) == []


def test_an_update_after_the_check_day_made_no_false_accusation(
    engine: Engine, workspace: Path, capsysbinary: Captured, tmp_path: Path
) -> None:
    days = (date(2022, 7, 6), date(2022, 7, 13))
    office = Office2022(engine, tmp_path, book(tmp_path))
    office.inspect(days[0], jia=True, yi=True)
    office.inspect(days[1], jia=False, yi=True)
    for number in ("V3", "V4"):
        told = ("--reason", "updated", "--by", "张三")
        run(workspace, capsysbinary, "review", "dismiss", number, *told)
    whole = next(row for row in table(workspace, capsysbinary) if row["month"] == "2022-07")
    assert (whole["decided"], whole["dismissed_updated"], whole["false_ones"]) == (2, 2, 1)
