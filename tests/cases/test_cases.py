"""Saved cases: what people called misread is not called so again; and how a case is saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.cases import replay
from rules.facts import Truth
from storage.bodies import BodyStore
from tests.cases.misread import DAY, write_misread
from tests.databases import engine, postgres_server, sqlite_at_head
from tests.reports.test_commands import Captured, run

__all__ = ["engine", "postgres_server", "sqlite_at_head"]

SAVED = sorted(path.parent for path in (Path(__file__).parent / "saved").glob("*/case.json"))


@pytest.mark.parametrize("folder", SAVED, ids=lambda folder: folder.name)
def test_a_saved_case_is_judged_as_the_person_said(folder: Path) -> None:
    found = replay(folder)
    assert found.rounds
    if found.must_not_accuse:
        accused = [one.check_date for one in found.rounds if one.verdict.truth is Truth.VIOLATION]
        assert accused == []


def test_there_is_a_case_to_replay() -> None:
    assert SAVED


@pytest.fixture
def workspace(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XUNJIAN_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    (tmp_path / "rules.yaml").write_text("city: 示例市\n", "utf-8")
    write_misread(engine, tmp_path / "data" / "evidence")
    return tmp_path


def test_an_exported_case_holds_what_was_seen_and_is_judged_again(
    workspace: Path, capsysbinary: Captured
) -> None:
    _, err = run(workspace, capsysbinary, "export-case", "V1")
    assert "个人信息" in err
    folder = workspace / "out" / "cases" / "V1"
    told = json.loads((folder / "case.json").read_text("utf-8"))
    assert (told["decision"], told["reason"], told["note"]) == ("dismissed", "misread", "置顶")
    found = replay(folder)
    (one,) = found.rounds
    assert found.must_not_accuse
    assert (one.check_date, one.then["truth"], one.verdict.truth) == (DAY, "violation", Truth.OK)
    assert len(one.sights) == 2


def test_a_body_that_was_changed_is_no_case(workspace: Path, capsysbinary: Captured) -> None:
    run(workspace, capsysbinary, "export-case", "V1", "--out", str(workspace / "case"))
    (body,) = (workspace / "case" / "bodies").iterdir()
    body.write_bytes(b"other")
    with pytest.raises(ValueError, match="changed"):
        replay(workspace / "case")


def test_a_failure_without_a_page_stands_as_it_was_seen(
    workspace: Path, capsysbinary: Captured
) -> None:
    run(workspace, capsysbinary, "export-case", "V1", "--out", str(workspace / "case"))
    (body,) = (workspace / "case" / "bodies").iterdir()
    body.unlink()
    (one,) = replay(workspace / "case").rounds
    assert one.verdict.truth is Truth.VIOLATION


def test_an_exported_case_overwrites_nothing(workspace: Path, capsysbinary: Captured) -> None:
    run(workspace, capsysbinary, "export-case", "V1")
    _, err = run(workspace, capsysbinary, "export-case", "V1", code=2)
    assert "不覆盖" in err


def test_what_was_not_dismissed_needs_to_be_forced(workspace: Path, capsysbinary: Captured) -> None:
    run(workspace, capsysbinary, "review", "confirm", "V1", "--by", "张三")
    _, err = run(workspace, capsysbinary, "export-case", "V1", code=2)
    assert (err.count("\n"), "--force" in err) == (1, True)
    run(workspace, capsysbinary, "export-case", "V1", "--force")
    assert not replay(workspace / "out" / "cases" / "V1").must_not_accuse


def test_pages_that_have_gone_are_told_in_one_line(workspace: Path, capsysbinary: Captured) -> None:
    store = BodyStore(workspace / "data" / "evidence")
    for name in list(store.names()):
        store._path(name).unlink()
    _, err = run(workspace, capsysbinary, "export-case", "V1", code=2)
    assert (err.count("\n"), "保存期限" in err) == (1, True)
    assert not (workspace / "out").exists()


def test_an_id_that_nobody_has_is_refused(workspace: Path, capsysbinary: Captured) -> None:
    for number in ("V9", "P9", "x"):
        _, err = run(workspace, capsysbinary, "export-case", number, code=2)
        assert err.count("\n") == 1
