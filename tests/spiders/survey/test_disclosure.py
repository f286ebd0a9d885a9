"""The survey of disclosure platforms, asked of the pretend city's pages: what comes out of them."""

from __future__ import annotations

import asyncio
from dataclasses import astuple, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crawler.look import Answer, Look, look_at, look_failed
from demo.data import default_seed
from demo.disclosure import Platform, platforms_of
from demo.disclosure_truth import expected_rows
from demo.founding import city_of
from demo.register import write_register
from rules.disclosure import Built, Row
from rules.disclosure_proving import ENTRY, PLATFORM, Why, conclude, row_of
from rules.facts import Truth
from rules.profiles import Profile, load_profile
from rules.register import Register, load_register
from rules.words import say
from spiders.survey import disclosure
from spiders.survey.disclosure import Passes
from spiders.survey.errand import Errand
from tests.spiders.survey.city_asker import CityAsker

SEED, DAY = default_seed(), date(2022, 6, 27)
DIGIT = {Truth.OK: 1, Truth.VIOLATION: 0, Truth.UNKNOWN: None}


@cache
def office(seed: int) -> tuple[Register, Profile]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_register(city_of(seed), folder)
        return load_register(folder / "rules.yaml"), load_profile("demo", folder / "profiles")


def errand(seed: int, place: int, minute: int = 0) -> Errand:
    register, profile = office(seed)
    entry = register.disclosure[place]
    at = datetime(2022, 6, 27, 2, minute, tzinfo=UTC)
    site = next(site for site in register.sites if site.name == entry.site)
    return Errand("disclosure", entry.target, "2022-06", 0, DAY, at, register, profile, site)


def surveyed(seed: int, place: int, *, sees: bool = True) -> tuple[Row, Passes]:
    """The row of one platform after as many passes as it needs."""
    ask = CityAsker(city_of(seed), DAY, sees=sees).as_asker()
    passes = asyncio.run(disclosure.survey(errand(seed, place), ask, None))
    if disclosure.needs_again(passes):
        passes = asyncio.run(disclosure.survey(errand(seed, place, 30), ask, passes))
    register, profile = office(seed)
    found = conclude(passes, profile.independent_after)
    name = register.full_name(register.disclosure[place].unit)
    return row_of(name, found, profile.disclosure_labels), passes


def told(row: Row) -> tuple[Any, ...]:
    built = None if row.built is None else say(f"disclosure.built_{row.built}")
    cells = (DIGIT[row.search], DIGIT[row.browse], DIGIT[row.updated])
    return (row.unit, DIGIT[row.home_entry], built, *cells, row.remark)


def one_each(seed: int) -> dict[str, int]:
    """The first platform of each sort: layout, entry, oddity, fault."""
    found: dict[str, int] = {}
    for place, one in enumerate(platforms_of(seed)):
        for sort in sorts_of(one):
            found.setdefault(sort, place)
    return found


def sorts_of(one: Platform) -> list[str]:
    flags = ("entry", "search", "opens", "report", "built", "walled")
    odd = [f"{flag}={getattr(one, flag)}" for flag in flags]
    return [one.shape, one.way, str(one.oddity), f"lacks {','.join(one.lacks)}", *odd]


CASES = [
    pytest.param(seed, place, id=f"{seed}-{sort}")
    for seed in (SEED, 7)
    for place, sort in {place: sort for sort, place in one_each(seed).items()}.items()
]


@pytest.mark.parametrize(("seed", "place"), CASES)
def test_a_platform_of_every_sort_comes_out_as_it_is(seed: int, place: int) -> None:
    row, _ = surveyed(seed, place)
    assert told(row) == astuple(expected_rows(seed)[place])


@pytest.mark.parametrize("sort", ["lacks policy", "entry=False", "search=False", "drawn"])
def test_without_a_browser_nothing_is_missing_from_any_page(sort: str) -> None:
    row, _ = surveyed(SEED, one_each(SEED)[sort], sees=False)
    assert not row.accuses
    assert row.unverified or row.built is None


def test_a_whole_platform_needs_one_pass_only() -> None:
    place = next(n for n, one in enumerate(platforms_of(SEED)) if one.is_whole and not one.oddity)
    row, passes = surveyed(SEED, place)
    assert (row.built, row.remark, len(passes)) == (Built.CONFORMING, "", 1)


class Refusing(CityAsker):
    """Gets one answer to everything."""

    def __init__(self, how: str) -> None:
        super().__init__(city_of(SEED), DAY)
        self._how = how

    async def get(self, url: str) -> Look:
        at = datetime(2022, 6, 27, 2, tzinfo=UTC)
        if self._how == "timeout":
            return look_failed(Answer(at, 5, url, url), TimeoutError())
        status = int(self._how)
        body = b"<html><title>x</title><body>x</body></html>"
        return look_at(Answer(at, 5, url, url, (), status, {}, body), today=DAY, hint=None)


@pytest.mark.parametrize("how", ["timeout", "403", "412", "429", "500", "503", "521"])
def test_a_site_that_answers_nobody_is_not_verified_and_never_zero(how: str) -> None:
    ask = Refusing(how).as_asker()
    first = asyncio.run(disclosure.survey(errand(SEED, 1), ask, None))
    passes = asyncio.run(disclosure.survey(errand(SEED, 1, 30), ask, first))
    _, profile = office(SEED)
    row = row_of("某局", conclude(passes, profile.independent_after), profile.disclosure_labels)
    assert not row.accuses
    assert (row.built, len(row.unverified)) == (None, 4)


def test_a_platform_nobody_registered_an_address_for_is_found_or_unknown() -> None:
    register, profile = office(SEED)
    place = one_each(SEED)["entry=False"]
    bare = replace(register.disclosure[place], url=None)
    others = [one for one in register.disclosure if one.target != bare.target]
    told_of = replace(errand(SEED, place), register=replace(register, disclosure=(*others, bare)))
    ask = CityAsker(city_of(SEED), DAY).as_asker()
    passes = asyncio.run(disclosure.survey(told_of, ask, None))
    found = conclude(passes, profile.independent_after)
    assert (found[PLATFORM].truth, found[PLATFORM].why) == (Truth.UNKNOWN, Why.UNSEEN)
    assert found[ENTRY].truth is Truth.UNKNOWN  # one pass proves nothing


def test_passes_are_kept_as_they_are() -> None:
    _, passes = surveyed(SEED, 1)
    plain = disclosure.SURVEYOR.write(passes)
    assert disclosure.SURVEYOR.read(plain) == passes
    assert len(passes) == 2
