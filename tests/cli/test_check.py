"""`check`: what each site owes, what may not be meant, and every mistake of every file at once."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import REGISTER, Run


def test_a_right_register_is_counted_by_site(run: Run, workspace: Path) -> None:
    ran = run("--workspace", workspace, "check", "--format", "json")
    assert ran.code == 0
    (site,) = json.loads(ran.out)
    assert (site["site"], site["columns"], site["due"], site["no_limit"]) == ("甲网", 3, 3, 1)
    assert site["limits"] == {"14": 1, "184": 1}
    assert "领导信息" in ran.err  # a column without a limit is named


def test_a_suspended_site_has_nothing_due(run: Run, workspace: Path) -> None:
    text = REGISTER.replace("unit: 甲局\n", "unit: 甲局\n    status: suspended\n")
    (workspace / "rules.yaml").write_text(text, "utf-8")
    (site,) = json.loads(run("--workspace", workspace, "check", "--format", "json").out)
    assert (site["columns"], site["due"]) == (3, 0)


def test_mistakes_of_all_files_come_at_once(run: Run, workspace: Path) -> None:
    text = REGISTER.replace("kind: news", "kind: nws").replace("url: /gg/", "url: 'a b'")
    (workspace / "rules.yaml").write_text(text, "utf-8")
    (workspace / "xunjian.toml").write_text("wokers = 2\n", "utf-8")
    (workspace / "profiles").mkdir()
    (workspace / "profiles" / "own.yaml").write_text("name: other\nextends: national\n", "utf-8")
    ran = run("--workspace", workspace, "check")
    assert (ran.code, ran.out) == (2, "")
    files = [line.split(":")[0].rsplit("/")[-1] for line in ran.err.splitlines()]
    assert files == ["rules.yaml", "rules.yaml", "own.yaml", "xunjian.toml"]


def test_a_missing_register_is_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("--workspace", tmp_path, "check")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_what_may_not_be_meant_is_said_and_is_no_mistake(run: Run, workspace: Path) -> None:
    text = REGISTER.replace("controls: [http://control.test/]\n", "").replace("/gg/", "/dt/")
    (workspace / "rules.yaml").write_text(text, "utf-8")
    ran = run("--workspace", workspace, "check")
    assert ran.code == 0
    assert "controls" in ran.err
    assert "甲网/工作动态、甲网/通知公告" in ran.err


def test_platforms_without_control_accounts_are_told(run: Run, workspace: Path) -> None:
    accounts = """
accounts:
  - {name: 甲县发布, unit: 甲局, platform: weibo, id: "1"}
  - {name: 甲县文旅, unit: 甲局, platform: douyin, id: MS4}
control_accounts:
  - {platform: douyin, id: MS5, name: 对照}
"""
    (workspace / "rules.yaml").write_text(REGISTER + accounts, "utf-8")
    ran = run("--workspace", workspace, "check")
    assert ran.code == 0
    (told,) = [line for line in ran.err.splitlines() if "对照账号" in line]
    assert "新浪微博 1" in told
    assert "抖音" not in told
