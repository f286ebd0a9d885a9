"""The page of the monthly survey names every further check, with the bounds that the code keeps."""

from __future__ import annotations

import re

from spiders.survey import check_guides, check_hidden, check_letters, check_report, check_search
from spiders.survey.further_rows import FURTHER
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "survey.md").read_text("utf-8")
ROWS = {
    code: cells[3]
    for cells in (line.split("|") for line in PAGE.splitlines() if line.startswith("| `"))
    for code in re.findall(r"\w+", cells[1])
}


def numbers(code: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", ROWS[code])]


def test_every_further_check_has_its_line() -> None:
    assert [code for row in FURTHER for code in row.codes if code not in ROWS] == []


def test_the_bounds_are_those_of_the_code() -> None:
    assert numbers("hidden_link") == [check_hidden.MOST_LISTS, check_hidden.MOST_EACH]
    assert numbers("lapsed_domain") == [check_hidden.MOST_HOSTS]
    assert numbers("search") == [check_search.MOST_TITLES]
    assert numbers("guide") == [check_guides.MOST_COLUMNS, check_guides.MOST_GUIDES]
    assert numbers("letters") == [
        check_letters.MOST_COLUMNS,
        check_letters.MOST_PAGES,
        check_letters.MOST_LETTERS,
    ]
    assert numbers("letter_parts") == [check_letters.MOST_PARTS]
    assert numbers("site_report") == [check_report.MOST_COLUMNS, check_report.MOST_LINKS]
