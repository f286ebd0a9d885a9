"""docs/indicators.zh-CN.md is what the table says, and every test that it names is there."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from reports.indicators_page import PAGE, page
from rules.indicators import indicators
from tests.conftest import ROOT


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / PAGE).read_text("utf-8") == page(), "python -m reports.indicators_page"


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests that a file holds and that pytest collects."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("code", [one.code for one in indicators()])
def test_every_indicator_has_its_row_and_a_test_that_shows_it(code: str) -> None:
    (one,) = [one for one in indicators() if one.code == code]
    path, name = one.test.split("::")
    assert path.startswith("tests/")
    assert name in names_in(path)
    rows = [row for row in page().splitlines() if row.startswith(f"| {code} |")]
    assert len(rows) == 1
    assert one.rule in rows[0]
    assert one.test in rows[0]
