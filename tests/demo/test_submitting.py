"""What units hand in, and the pieces that the portal publishes of it."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

import pytest

from demo.data import published_file
from demo.founding import city_of
from demo.listing import row_of
from demo.submitting import MONTH, HandedIn, handed_in, pieces, submission_file

SEEDS = (0, 3, 7)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_portal_publishes_in_june_what_was_adopted_and_no_more(seed: int) -> None:
    for group in ("county", "department"):
        june = [one for one in pieces(seed, group) if MONTH[0] <= one.day <= MONTH[1]]
        senders = [one for one in handed_in(seed) if one.body.group == group]
        assert len(june) == sum(one.adopted for one in senders)
        names = {one.body.unit: {one.name, one.body.unit, one.body.full_name} for one in senders}
        counted = Counter(
            unit
            for piece in june
            for unit, known in names.items()
            if piece.source in known | set(_aliases(senders, unit))
        )
        assert counted == {one.body.unit: one.adopted for one in senders if one.adopted}


def _aliases(senders: list[HandedIn], unit: str) -> tuple[str, ...]:
    return next(one.body.aliases for one in senders if one.body.unit == unit)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_has_more_adopted_than_handed_in_and_one_office_hands_in_nothing(seed: int) -> None:
    found = handed_in(seed)
    assert len(found) == 43
    assert all(0 <= one.adopted <= one.submitted for one in found)


def test_the_default_city_has_the_published_numbers() -> None:
    figures = published_file()["figures"]
    assert sum(one.submitted for one in handed_in(0)) == figures["submitted"]
    assert sum(one.adopted for one in handed_in(0)) == figures["adopted"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_offices_file_leaves_what_was_adopted_to_the_portal(seed: int) -> None:
    rows = list(csv.DictReader(StringIO(submission_file(seed))))
    assert "采用信息" not in rows[0]
    assert [row["单位"] for row in rows if row["加减分"]] != []
    assert {row["加减分"] for row in rows} == {"", "30"}


def test_every_title_of_the_pieces_is_its_own() -> None:
    city = city_of(0)
    site = city.sites[0]
    for column in (one for one in site.columns if one.collects):
        serials = range(len(column.days))
        titles = {row_of(city.names, site, column, serial).title for serial in serials}
        assert len(titles) == len(column.days)
