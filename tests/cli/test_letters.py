"""`unknowns --letter`: one letter a blocked site, with everything the office knows filled in."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.workspace import Workspace
from rules.facts import SHANGHAI, Outcome
from rules.register import load_register
from storage.engine import open_database
from tests.cli.conftest import Run
from tests.rounds_by_hand import write_round
from tests.rules.sights import CHECK_DAY, read, saw

BLOCKED = (saw(Outcome.CHALLENGE), saw(Outcome.CHALLENGE, minute=120))
REGISTER = """\
city: 试验市
controls: [http://control.test/]
units:
  - {name: 甲局, full_name: 试验市甲局}
sites:
  - name: 甲/网
    unit: 甲局
    url: http://jia.test/
    columns:
      - {name: "工作{动态}", url: /dt/, kind: news}
      - {name: 通知公告, url: /gg/, kind: notice}
      - {name: 领导信息, url: /ld/, kind: leaders}
  - name: 乙网
    unit: 乙局
    url: http://yi.test/
    columns: [{name: 动态, url: /dt/, kind: news}]
  - name: 丙网
    unit: 丙局
    url: http://bing.test/
    columns: [{name: 动态, url: /dt/, kind: news}]
"""
SEEN = {
    "甲/网/工作{动态}": BLOCKED,
    "甲/网/通知公告": BLOCKED,
    "甲/网/领导信息": (read(),),
    "乙网/动态": BLOCKED,
    "丙网/动态": (saw(Outcome.LOGIN), saw(Outcome.LOGIN, minute=120)),
}


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A workspace whose last round found two sites blocked and a third behind a log-in."""
    (tmp_path / "rules.yaml").write_text(REGISTER, "utf-8")
    (tmp_path / "xunjian.toml").write_text(
        'contact = "check@city.test"\naddresses = ["203.0.113.7", "203.0.113.8"]\n', "utf-8"
    )
    place = Workspace(tmp_path)
    engine = open_database(place.database_url)
    write_round(engine, place.evidence_folder, CHECK_DAY, load_register(place.rules_path), SEEN)
    engine.dispose()
    return tmp_path


def test_each_blocked_site_gets_a_letter_with_its_own_columns(run: Run, judged: Path) -> None:
    ran = run("--workspace", judged, "unknowns", "--letter", judged / "letters")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [
        str(judged / "letters" / name) for name in ("函-甲_网.md", "函-乙网.md")
    ]
    text = (judged / "letters" / "函-甲_网.md").read_text("utf-8")
    for words in (
        "试验市甲局：",
        "“甲/网”（http://jia.test/）",
        "- 工作{动态}　<http://jia.test/dt/>",
        "- 通知公告　<http://jia.test/gg/>",
        "2022 年 6 月 20 日",
        "xunjian/",
        "(+check@city.test)",
        "203.0.113.7、203.0.113.8",
        "每月 6、13、20、27 日 08:00 起",
        "每月约 980 次",  # five looks in each of four rounds, and the samples of the home page
        "国办秘函〔2019〕19号",
    ):
        assert words in text, words
    assert "领导信息" not in text
    assert "letter:" in ran.err


def test_what_nobody_has_told_is_left_to_be_filled_in(run: Run, judged: Path) -> None:
    (judged / "xunjian.toml").write_text("sampling = false\n", "utf-8")
    run("--workspace", judged, "unknowns", "--letter", judged / "letters", "--site", "乙网")
    [path] = (judged / "letters").iterdir()
    text = path.read_text("utf-8")
    assert text.count("请填写") == 2
    assert "乙局：" in text
    assert "采样" not in text


def test_a_letter_that_is_there_is_not_overwritten(run: Run, judged: Path) -> None:
    run("--workspace", judged, "unknowns", "--letter", judged)
    (judged / "函-乙网.md").write_text("已填写", "utf-8")
    ran = run("--workspace", judged, "unknowns", "--letter", judged)
    assert (ran.code, ran.out) == (0, "")
    assert (judged / "函-乙网.md").read_text("utf-8") == "已填写"
    assert ran.err.count("不覆盖") == 2


def test_a_site_that_has_been_asked_is_left_until_its_time_is_up(run: Run, judged: Path) -> None:
    today = datetime.now(SHANGHAI).date()
    until = f"letter: {{sent: {today - timedelta(days=9)}, until: {today + timedelta(days=9)}}}"
    text = REGISTER.replace("unit: 乙局\n", f"unit: 乙局\n    {until}\n")
    (judged / "rules.yaml").write_text(text, "utf-8")
    ran = run("--workspace", judged, "unknowns", "--letter", judged / "letters")
    assert [path.name for path in (judged / "letters").iterdir()] == ["函-甲_网.md"]
    assert "乙网" in ran.err


def test_no_block_means_no_letter(run: Run, judged: Path) -> None:
    ran = run("--workspace", judged, "unknowns", "--letter", judged / "x", "--site", "丙网")
    assert (ran.code, ran.out, (judged / "x").exists()) == (0, "", False)
    assert ran.err


def test_before_any_round_there_is_nothing_to_write(run: Run, workspace: Path) -> None:
    ran = run("--workspace", workspace, "unknowns", "--letter", workspace / "x")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
