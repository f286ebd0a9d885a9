"""`xunjian endpoints`: what was learned, under names, and how one is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.probe import known_register, learned_calls
from cli.workspace import Workspace
from reports.endpoints import FIELDS
from storage.endpoints import Call, learn
from storage.engine import transaction
from tests.months import DAYS, NEWS
from tests.reports.conftest import RULES
from tests.reports.test_commands import Captured, run

CALL = Call("POST", "http://jia.example.test/api?t={clock}", {"version": 1}, 15)


@pytest.fixture
def learned(june: Engine, workspace: Path) -> Path:
    with transaction(june) as session:
        learn(session, NEWS, CALL, DAYS[0])
        learn(session, "旧网站/动态", CALL, DAYS[1])
    return workspace


def test_the_calls_are_listed_under_the_names_of_their_columns(
    learned: Path, capsysbinary: Captured
) -> None:
    out, _ = run(learned, capsysbinary, "endpoints", "--format", "json")
    gone, known = json.loads(out)
    assert tuple(known) == FIELDS
    assert known == {
        "target": NEWS,
        "site": "甲区政府网",
        "unit": "甲区政府",
        "column": "基层动态",
        "method": "POST",
        "call": CALL.url,
        "carried": 15,
        "learned_on": "2022-06-06",
        "verified_on": "2022-06-06",
        "rounds_since": 0,
    }
    assert (gone["target"], gone["site"]) == ("旧网站/动态", None)


def test_one_site_is_listed_alone(learned: Path, capsysbinary: Captured) -> None:
    out, _ = run(learned, capsysbinary, "endpoints", "--site", "甲区政府网", "--format", "json")
    assert [row["target"] for row in json.loads(out)] == [NEWS]


def test_a_call_is_forgotten_once(learned: Path, capsysbinary: Captured) -> None:
    out, said = run(learned, capsysbinary, "endpoints", "forget", NEWS)
    assert out == b""
    assert NEWS in said
    _, said = run(learned, capsysbinary, "endpoints", "forget", NEWS, code=2)
    assert NEWS in said


@pytest.mark.parametrize("words", [("forget",), ("lose", NEWS), ("list", NEWS)])
def test_other_words_are_wrong_use(
    learned: Path, capsysbinary: Captured, words: tuple[str, ...]
) -> None:
    run(learned, capsysbinary, "endpoints", *words, code=2)


def test_the_probe_knows_the_call_of_a_registered_address(june: Engine, learned: Path) -> None:
    workspace = Workspace(learned)
    known = known_register(workspace)
    column = known.sites[0].columns[0]
    with transaction(june) as session:
        learn(session, column.id, CALL, DAYS[2])
    found = learned_calls(workspace, known, [column.url, "http://elsewhere.test/"])
    assert {url: one.call for url, one in found.items()} == {column.url: CALL}


def test_a_workspace_without_a_database_has_no_calls_and_gets_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XUNJIAN_DATABASE_URL", raising=False)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    known = known_register(Workspace(tmp_path))
    url = known.sites[0].columns[0].url
    assert learned_calls(Workspace(tmp_path), known, [url]) == {}
    assert not (tmp_path / "data").exists()
