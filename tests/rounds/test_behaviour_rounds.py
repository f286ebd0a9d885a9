"""A whole round with both clients over every behaviour whose verdict says something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from crawler.browser.finding import find_browser
from tests.misbehaving import BEHAVIOURS, PUBLIC, Misbehaving, Row, misbehaving_server
from tests.rounds.city import PROFILE, column, crawl, query, write_city

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(1200)]
LENIENT = PROFILE | {"unknown_budget": 1}


def telling(table: Mapping[str, Row]) -> dict[str, tuple[str, str | None]]:
    return {name: row.verdict for name, row in table.items() if row.verdict is not None}


OWN, BY_NAME = telling(BEHAVIOURS), telling(PUBLIC)


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    if find_browser() is None:
        pytest.skip("no browser")
    with misbehaving_server() as running:
        yield running


@pytest.fixture(scope="module")
def inspected(server: Misbehaving, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    columns = [column(name, name, url=server.spread_url(name)) for name in OWN]
    write_city(folder, server, columns, profile=LENIENT, browser="")
    done = crawl(folder, seconds=1000)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def inspected_by_name(server: Misbehaving, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    at = server.public_url
    columns = [column(name, name, url=at(name)) for name in BY_NAME]
    write_city(folder, server, columns, profile=LENIENT, controls=["stays"], browser="", at=at)
    done = crawl(folder, "--proxy", server.proxy, seconds=1000)
    assert done.returncode == 0, done.stderr
    return folder


def verdict_of(folder: Path, name: str) -> tuple[str, str | None]:
    found = f"select truth, coalesce(reason, wording) from verdict where target = '测试网/{name}'"
    [(truth, words)] = query(folder, found)
    return truth, words


@pytest.mark.parametrize("name", OWN)
def test_every_column_ends_as_two_clients_see_it(inspected: Path, name: str) -> None:
    assert verdict_of(inspected, name) == OWN[name]


@pytest.mark.parametrize("name", BY_NAME)
def test_where_a_public_site_leads_is_unknown_if_it_is_elsewhere(
    inspected_by_name: Path, name: str
) -> None:
    assert verdict_of(inspected_by_name, name) == BY_NAME[name]


def test_nobody_was_led_inside_in_a_whole_round(
    inspected_by_name: Path, server: Misbehaving
) -> None:
    assert server.caught == 0
    assert query(inspected_by_name, "select count(*) from fetch") > [(len(BY_NAME),)]


def guilty(table: Mapping[str, tuple[str, str | None]]) -> set[str]:
    return {name for name, (truth, _) in table.items() if truth == "violation"}


def test_nothing_is_accused_of_what_is_not_its_row(inspected: Path) -> None:
    accused = query(inspected, 'select "column" from violation')
    assert {name for (name,) in accused} == guilty(OWN)


def test_nobody_by_name_is_accused_of_what_is_not_its_row(inspected_by_name: Path) -> None:
    accused = query(inspected_by_name, 'select "column" from violation')
    assert {name for (name,) in accused} == guilty(BY_NAME)


def test_a_soft_404_keeps_what_it_was_compared_with(inspected_by_name: Path) -> None:
    kept = query(
        inspected_by_name,
        "select count(*) from exchange e join fetch f on f.id = e.fetch_id join due d"
        " on d.id = f.due_id where d.target = '测试网/soft_for_any_path'",
    )
    assert kept >= [(4,)]  # the random path and the front page, at two looks over plain HTTP
