"""The command line's frame: one line a mistake, the exit codes of the table, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import structlog
import typer

from cli import main as frame
from rules.errors import (
    EnvironmentTrouble,
    Mistake,
    RoundBlind,
    RoundIncomplete,
    WrongFile,
    XunjianError,
)
from tests.cli.conftest import Run

TWO_MISTAKES = WrongFile(
    (Mistake("rules.yaml", 3, 5, "甲", "乙"), Mistake("rules.yaml", 9, 1, "丙", "丁"))
)


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the command `rounds` end in an error."""

    def rounds(ctx: typer.Context) -> None:
        raise error

    monkeypatch.setattr("cli.rounds.rounds", rounds)


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (XunjianError("用法不对"), 2, ["用法不对"]),
        (TWO_MISTAKES, 2, ["rules.yaml:3:5: 甲；乙", "rules.yaml:9:1: 丙；丁"]),
        (RoundIncomplete("未完成"), 3, ["未完成"]),
        (RoundBlind("无效"), 4, ["无效"]),
        (EnvironmentTrouble("磁盘已满"), 5, ["磁盘已满"]),
    ],
)
def test_an_error_of_ours_is_its_lines_and_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: XunjianError, code: int, lines: list[str]
) -> None:
    raising(monkeypatch, error)
    ran = run("rounds")
    assert (ran.code, ran.out, ran.err.splitlines()) == (code, "", lines)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), 5),
        (RuntimeError("a bug"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_an_error_of_others_is_one_line_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    raising(monkeypatch, error)
    ran = run("rounds")
    assert ran.code == code
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_the_traceback_is_there_for_whoever_asks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, RuntimeError("a bug"))
    monkeypatch.setenv("XUNJIAN_DEBUG", "1")
    ran = run("rounds")
    assert ran.code == 1
    assert "Traceback" in ran.err


def test_the_code_that_a_command_returns_is_the_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rounds(ctx: typer.Context) -> int:
        return 3

    monkeypatch.setattr("cli.rounds.rounds", rounds)
    assert run("rounds").code == 3


@pytest.mark.parametrize(("level", "lines"), [("info", 2), ("warning", 1), ("wrong", 2)])
def test_the_log_goes_to_stderr_at_the_level_of_the_settings(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, level: str, lines: int
) -> None:
    def rounds(ctx: typer.Context) -> None:
        structlog.get_logger().info("told")
        structlog.get_logger().warning("warned")

    monkeypatch.setattr("cli.rounds.rounds", rounds)
    (workspace / "xunjian.toml").write_text(f'log_level = "{level}"\n', "utf-8")
    ran = run("--workspace", workspace, "rounds")
    assert (ran.code, ran.out) == (0, "")
    assert len(ran.err.splitlines()) == lines


@pytest.mark.parametrize(
    "arguments", [["roundz"], ["--wrong"], ["rounds", "--wrong"], ["rounds", "extra"], ["read"]]
)
def test_wrong_use_is_one_line_and_exit_code_2(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_mistyped_command_is_told_the_nearest(run: Run) -> None:
    assert "rounds" in run("roundz").err


def test_a_workspace_that_is_not_there_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    ran = run("--workspace", tmp_path / "nowhere", "rounds")
    assert ran.code == 2
    assert str(tmp_path / "nowhere") in ran.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", frame.COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert f"xunjian {name}" in ran.out


def test_help_names_every_command(run: Run) -> None:
    out = run("--help").out
    assert [name for name in frame.COMMANDS if f" {name} " not in out] == []


def loaded_after(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after `code`."""
    script = f"{code}\nimport sys\nprint('loaded', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_no_command() -> None:
    loaded = loaded_after("from cli.main import main\nmain(['--help'])")
    assert loaded.isdisjoint({"sqlalchemy", "pydantic", "scrapy", "twisted", "lxml"})


@pytest.mark.parametrize("module", ["cli.crawl", "cli.schedule", "scheduler"])
def test_whoever_supervises_never_loads_scrapy(module: str) -> None:
    # structlog loads twisted's log by itself where there is one; a reactor would be the harm.
    assert loaded_after(f"import {module}").isdisjoint({"scrapy", "twisted.internet.reactor"})
