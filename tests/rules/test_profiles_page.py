"""docs/profiles.md against the code: every key, default, wording, limit and source."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.durations import write_duration
from rules.kinds import ColumnKind
from rules.problems import PROBLEMS, Problem
from rules.profiles.forms import KEYS
from tests.rules.sights import KAIFENG, NATIONAL

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table whose first heading is this, by the word in their first cell."""
    lines = PAGE.split(f"\n| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [line.replace("\\|", "\0").strip("| ").split(" | ") for line in lines]
    return {
        row[0].strip("`"): [cell.strip(" `").replace("\0", "|") for cell in row] for row in cells
    }


def test_every_key_is_told_of_and_no_other() -> None:
    assert set(rows("key")) == set(KEYS)
    assert all(len(row) == 4 and all(row) for row in rows("key").values())


@pytest.mark.parametrize(
    ("key", "default"),
    [
        ("title", NATIONAL.title),
        ("basis", NATIONAL.basis),
        ("independent_after", write_duration(NATIONAL.independent_after)),
        ("unknown_budget", str(NATIONAL.unknown_budget)),
        ("answer_within", write_duration(NATIONAL.answer_within)),
        ("host_delay", write_duration(NATIONAL.host_delay)),
        ("host_concurrency", str(NATIONAL.host_concurrency)),
        ("confidence_floor", str(NATIONAL.confidence_floor)),
        ("month_rule", NATIONAL.month_rule.value),
        ("list_twice", str(NATIONAL.list_twice).lower()),
        ("account_days", str(NATIONAL.account_days)),
        ("account_second_after", write_duration(NATIONAL.account_second_after)),
        ("account_pace", str(NATIONAL.account_pace)),
        ("long_days", str(NATIONAL.long_days)),
        ("scored", NATIONAL.scored.value),
        ("pass_mark", str(NATIONAL.pass_mark)),
        ("warn_at", ", ".join(f"{limit}: {day}" for limit, day in NATIONAL.warn_at.items())),
        ("warn_share", str(NATIONAL.warn_share)),
    ],
)
def test_the_default_of_a_key(key: str, default: str) -> None:
    assert rows("key")[key][1] == default


@pytest.mark.parametrize("problem", Problem)
def test_the_wording_of_a_problem(problem: Problem) -> None:
    steps = {step: str(days) for days, step in NATIONAL.ladder}
    row = PROBLEMS[problem]
    found = (*rows("key of `wording`")[problem.value], "")[1:5]
    assert found == (NATIONAL.wording[problem], row.rule, row.family.value, steps.get(problem, ""))


@pytest.mark.parametrize("kind", ColumnKind)
def test_the_row_of_a_kind(kind: ColumnKind) -> None:
    national, local = NATIONAL.kinds[kind], KAIFENG.kinds[kind]
    found = rows("kind | 中文")[kind.value]
    assert found[1:8] == [
        national.label,
        str(national.limit),
        str(local.limit),
        national.level.value,
        national.decides.value,
        national.blank.value,
        national.pattern or "",
    ]
    assert national.source in found[8]
    assert local.source in found[8]
    assert found[9] == ", ".join(dict.fromkeys((national.firmness, local.firmness)))


def test_the_order_of_the_kinds_is_that_of_their_patterns() -> None:
    assert list(rows("kind | 中文")) == [kind.value for kind in NATIONAL.kinds]


def test_the_yearly_deadlines() -> None:
    told = {kind: (row[1], row[2]) for kind, row in rows("kind | portal").items()}
    assert told == {
        kind.value: tuple(f"{month:02}-{day:02}" for month, day in days.values())
        for kind, days in NATIONAL.deadlines.items()
    }


def test_the_labels_of_a_disclosure_platform() -> None:
    told = {
        name: (row.label, row.short, "、".join(row.also))
        for name, row in NATIONAL.disclosure_labels.items()
    }
    assert {name: tuple(row[1:]) for name, row in rows("section").items()} == told
