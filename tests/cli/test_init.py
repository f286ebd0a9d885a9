"""`init`: a workspace that is right as it stands, and nothing overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.init import sample_rules
from rules.register import load_register
from tests.cli.conftest import Run


def test_a_new_workspace_passes_the_check(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "city"
    assert run("--workspace", folder, "init").code == 0
    assert {path.name for path in folder.iterdir()} == {"rules.yaml", "xunjian.toml"}
    assert run("--workspace", folder, "check").code == 0


@pytest.mark.parametrize("name", ["rules.yaml", "xunjian.toml"])
def test_nothing_is_overwritten(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    ran = run("--workspace", tmp_path, "init")
    assert ran.code == 2
    assert name in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_the_sample_is_right_with_its_comments_taken_off(tmp_path: Path) -> None:
    live = re.sub(r"^( *)# (?=- \{|[a-z_]+:)", r"\1", sample_rules(), flags=re.MULTILINE)
    (tmp_path / "rules.yaml").write_text(live, "utf-8")
    (site,) = load_register(tmp_path / "rules.yaml").sites
    assert site.robots_ignored
    assert site.hosted_on
    assert [column.name for column in site.columns if column.limit or column.exempt]


def test_a_folder_of_registers_counts_as_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text("city: 市\n", "utf-8")
    assert run("--workspace", tmp_path, "init").code == 2
