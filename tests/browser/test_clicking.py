"""Tabs: a fresh list behind one of them clears the page, and nothing else is touched."""

from __future__ import annotations

from datetime import date

import pytest

from rules.facts import Outcome, Purpose
from rules.marks import BEHIND_CLICK
from tests.browser.conftest import Looker

pytestmark = pytest.mark.browser
FRESH, OLD = date(2022, 6, 17), date(2021, 6, 17)


@pytest.mark.parametrize("path", ["/tabs", "/tabs-call"])
def test_a_fresher_list_behind_a_tab_is_what_a_proof_shows(look: Looker, path: str) -> None:
    found = look(path, purpose=Purpose.PROVE)
    assert found.reading.newest == FRESH
    assert BEHIND_CLICK in found.reading.signs
    assert [shot.what for shot in found.shots] == ["page"]


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.PROVE])
def test_an_empty_first_tab_is_no_empty_column(look: Looker, purpose: Purpose) -> None:
    found = look("/tabs-empty", purpose=purpose)
    assert (found.outcome, found.reading.newest) == (Outcome.READ, FRESH)


def test_what_is_older_or_empty_behind_a_tab_changes_nothing(look: Looker) -> None:
    found = look("/tabs-old", purpose=Purpose.PROVE)
    assert found.reading.newest == OLD
    assert BEHIND_CLICK not in found.reading.signs


def test_a_tab_that_leads_away_does_not_take_us_along(
    look: Looker, site: tuple[str, list[str]]
) -> None:
    found = look("/tabs-away", purpose=Purpose.PROVE)
    assert found.reading.newest == OLD
    assert found.answer.final_url.endswith("/tabs-away")


def test_what_stands_in_a_form_is_not_touched(look: Looker, site: tuple[str, list[str]]) -> None:
    look("/tabs", purpose=Purpose.PROVE)
    assert "/pressed" not in site[1]


def test_a_dated_list_is_read_without_a_click(look: Looker) -> None:
    assert look("/tabs").reading.newest == OLD
