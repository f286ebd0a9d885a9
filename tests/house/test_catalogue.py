"""The catalogue: every word that code asks for is there, and every code has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

from cli.examining import PARTS, Standing
from cli.main import COMMANDS
from rules import availability
from rules.facts import Outcome, PageState, Truth, UnknownReason
from rules.kinds import ColumnKind
from rules.platforms import Platform
from rules.posts import FetchOutcome, FetchReason
from rules.words import catalogue
from storage.models import RoundStatus
from tests.conftest import ROOT
from tests.house.test_rooms import sources


def asked() -> Iterator[tuple[Path, int, str, set[str] | None]]:
    """Every `say("…")` with a literal key: where it stands, the key, the names of its values."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"):
                continue
            if isinstance(node.args[0], ast.Constant):
                names = {word.arg for word in node.keywords}
                given = None if None in names else {name for name in names if name is not None}
                yield path.relative_to(ROOT), node.lineno, str(node.args[0].value), given


def test_every_word_that_is_asked_for_is_there() -> None:
    assert [(path, line, key) for path, line, key, _ in asked() if key not in catalogue()] == []


def test_every_name_in_the_words_is_given_its_value() -> None:
    short = []
    for path, line, key, given in asked():
        fields = Formatter().parse(catalogue().get(key, ""))
        wanted = {name.split(".")[0] for _, name, _, _ in fields if name}
        if given is not None and not wanted <= given:
            short.append((path, line, key, wanted - given))
    assert short == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("reason", UnknownReason),
        ("outcome", Outcome),
        ("fetch_outcome", FetchOutcome),
        ("fetch_reason", FetchReason),
        ("state", PageState),
        ("kind", ColumnKind),
        ("platform", Platform),
        ("round_status", RoundStatus),
        ("part_standing", Standing),
        ("truth", Truth),
        ("availability", availability.Standing),
        ("doubt", availability.Doubt),
    ],
)
def test_every_code_has_its_words(table: str, codes: type[StrEnum]) -> None:
    assert [code for code in codes if f"{table}.{code.value}" not in catalogue()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_words_and_panel(name: str) -> None:
    assert f"command.{name}" in catalogue()
    assert f"panel.{COMMANDS[name]}" in catalogue()


def test_every_part_of_the_machine_has_its_words() -> None:
    named = {part.__name__.strip("_") for part in PARTS} | {"clock"}
    assert [name for name in named if f"part.{name}" not in catalogue()] == []
