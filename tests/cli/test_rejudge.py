"""`rejudge`: past rounds under another profile, beside their own verdicts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from cli.workspace import Workspace
from rules.profiles import load_profile
from rules.register import load_register
from storage.engine import open_database, reading
from storage.models import VerdictRow, Violation
from tests.cli.conftest import Run
from tests.rounds_by_hand import write_round
from tests.rules.sights import twice

DAY = date(2022, 6, 20)
RULES = """
city: 示例市
profile: kaifeng-2022
sites:
  - name: 甲网
    unit: 甲局
    url: http://jia.test/
    columns:
      - {name: 要闻, url: /yw/, kind: news}
      - {name: 信件统计, url: /tj/, kind: mail_stats}
"""
LOOSE = "name: loose\nextends: kaifeng-2022\nlimits: {news: 31}\n"


def judged_month(tmp_path: Path) -> Path:
    """A round in which 要闻 is 20 days old and 信件统计 200."""
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "loose.yaml").write_text(LOOSE, encoding="utf-8")
    workspace = Workspace(tmp_path)
    register = load_register(workspace.rules_path)
    engine = open_database(workspace.database_url)
    seen = {}
    for target, age in (("甲网/要闻", 20), ("甲网/信件统计", 200)):
        old = DAY - timedelta(days=age)
        seen[target] = twice(old)
    write_round(engine, tmp_path, DAY, register, seen, load_profile("kaifeng-2022", None))
    engine.dispose()
    return tmp_path


def stored(folder: Path) -> tuple[int, list[tuple[str, str]]]:
    engine = open_database(Workspace(folder).database_url)
    with reading(engine) as session:
        count = session.scalar(select(func.count()).select_from(VerdictRow)) or 0
        rows = session.execute(select(Violation.target, Violation.problem).order_by(Violation.id))
        return count, [(target, problem) for target, problem in rows]


def test_what_another_profile_makes_of_a_month_is_told_and_nothing_else_changes(
    run: Run, tmp_path: Path
) -> None:
    folder = judged_month(tmp_path)
    before = stored(folder)
    assert before[0] == 2
    assert len(before[1]) == 2
    done = run("--workspace", folder, "rejudge", "--month", "2022-06", "--profile", "loose",
               "--format", "json")  # fmt: skip
    assert done.code == 0, done.err
    (row,) = json.loads(done.out)
    assert (row["target"], row["before"], row["after"]) == ("甲网/要闻", "violation", "ok")
    assert (row["limit_before"], row["limit"], row["days"]) == (14, 31, 20)
    assert stored(folder) == (4, before[1])  # beside the old ones; the violations stand
    again = run("--workspace", folder, "rejudge", "--month", "2022-06", "--profile", "loose")
    assert again.code == 0
    assert stored(folder) == (4, before[1])


def test_the_same_profile_changes_nothing(run: Run, tmp_path: Path) -> None:
    folder = judged_month(tmp_path)
    before = stored(folder)
    done = run("--workspace", folder, "rejudge", "--month", "2022-06", "--profile", "kaifeng-2022",
               "--format", "json")  # fmt: skip
    assert (done.code, json.loads(done.out)) == (0, [])
    assert stored(folder) == before


def test_a_month_without_rounds_and_an_unknown_profile_are_refused(
    run: Run, tmp_path: Path
) -> None:
    folder = judged_month(tmp_path)
    for month, profile in (("2022-05", "loose"), ("2022-06", "nobody")):
        done = run("--workspace", folder, "rejudge", "--month", month, "--profile", profile)
        assert done.code == 2
        assert len(done.err.strip().splitlines()) <= 2
