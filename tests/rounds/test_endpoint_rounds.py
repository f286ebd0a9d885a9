"""Rounds over columns that scripts fill: rendered once, then asked for directly, never believed
where they surprise."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

from crawler.browser.finding import find_browser
from crawler.endpoints.lessons import verify_after
from tests.rounds.city import COMMAND, PROFILE, query
from tests.rounds.filled import SYSTEMS, Filled, filled_city

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(400)]
DAYS = (date(2022, 6, 6), date(2022, 6, 13), date(2022, 6, 20))
STALE = "get_stale"
COLUMNS = (*SYSTEMS, STALE)
LIAR, CHANGED = "post", "json"


def write(folder: Path, city: Filled) -> None:
    columns = [{"name": name, "url": f"/{name}", "kind": "news"} for name in COLUMNS]
    site = {
        "name": "测试网",
        "unit": "市测试局",
        "role": "department",
        "url": city.url(""),
        "columns": columns,
    }
    register = {
        "city": "测试市",
        "profile": PROFILE["name"],
        "controls": [city.url("control")],
        "units": [{"name": "市测试局"}],
        "sites": [site],
    }
    (folder / "profiles").mkdir()
    (folder / "rules.yaml").write_text(yaml.safe_dump(register, allow_unicode=True), "utf-8")
    profile = folder / "profiles" / f"{PROFILE['name']}.yaml"
    profile.write_text(yaml.safe_dump(dict(PROFILE)), "utf-8")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--workspace", str(folder), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, env=os.environ
    )


def inspect(folder: Path, city: Filled, day: date) -> None:
    city.day = day
    done = run(folder, "crawl", "--date", str(day), "--as-of", str(day), "--recheck-after", "1s,2s")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Filled]]:
    """Three rounds; in the last one call lies, another is asked by other words."""
    if find_browser() is None:
        pytest.skip("no browser")
    folder = tmp_path_factory.mktemp("filled")
    with filled_city() as city:
        city.newest[STALE] = date(2022, 4, 22)
        write(folder, city)
        for day in DAYS[:2]:
            inspect(folder, city, day)
        city.renewed = {LIAR, CHANGED}
        city.lies = {LIAR}
        inspect(folder, city, DAYS[2])
        yield folder, city


def rows(folder: Path, sql: str, day: date) -> list[Any]:
    return query(folder, f"{sql} and r.check_date = '{day}' order by 1, 2")


FETCHES = (
    "select replace(d.target, '测试网/', ''), f.look, f.client, f.purpose, f.outcome, f.newest,"
    " f.signs"
    " from fetch f join due d on d.id = f.due_id join round r on r.id = d.round_id where 1"
)
RENDERED = (
    "select replace(d.target, '测试网/', ''), f.look from fetch f join due d on d.id = f.due_id"
    " join round r on r.id = d.round_id where f.client = 'browser' and f.purpose = 'read'"
)
VERDICTS = (
    "select replace(v.target, '测试网/', ''), v.truth, v.newest from verdict v"
    " join round r on r.id = v.round_id where 1"
)


def test_the_first_round_renders_every_page_and_the_second_none(
    inspected: tuple[Path, Filled],
) -> None:
    folder, _ = inspected
    assert {name for name, _ in rows(folder, RENDERED, DAYS[0])} == set(COLUMNS)
    assert rows(folder, RENDERED, DAYS[1]) == []


@pytest.mark.parametrize("day", DAYS)
def test_the_dates_are_right_in_every_round(inspected: tuple[Path, Filled], day: date) -> None:
    folder, city = inspected
    expected = [
        (
            name,
            "violation" if name == STALE else "ok",
            str(city.newest.get(name, day - timedelta(days=1))),
        )
        for name in sorted(COLUMNS)
    ]
    assert rows(folder, VERDICTS, day) == expected


def test_the_reports_say_how_many_were_read_so(inspected: tuple[Path, Filled]) -> None:
    folder, _ = inspected
    reports = [
        json.loads(text)
        for (text,) in query(folder, "select report from round order by check_date")
    ]
    assert [one["endpoints"] for one in reports] == [0, len(COLUMNS), len(COLUMNS) - 2]
    again = {LIAR, CHANGED} | to_be_verified()
    assert [one["rendered"]["to_read"] for one in reports] == [len(COLUMNS), 0, len(again)]


def test_what_is_accused_was_shown_by_the_browser_too(inspected: tuple[Path, Filled]) -> None:
    folder, _ = inspected
    looks = [row for row in rows(folder, FETCHES, DAYS[1]) if row[0] == STALE]
    assert [(client, purpose) for _, _, client, purpose, *_ in looks] == [
        ("http", "read"),
        ("http", "prove"),
        ("browser", "prove"),
    ]
    assert ["endpoint" in signs for *_, signs in looks] == [True, True, False]
    assert len({newest for *_, newest, _ in looks}) == 1


def to_be_verified() -> set[str]:
    """The columns whose calls, learned in the first round, are compared with their page in the
    third; what was accused in the second was compared there."""
    fresh = (name for name in COLUMNS if name != STALE)
    return {name for name in fresh if verify_after(f"测试网/{name}", anew=True) == 2}


def test_a_call_that_lies_or_changed_is_forgotten_and_the_browser_reads(
    inspected: tuple[Path, Filled],
) -> None:
    folder, _ = inspected
    rendered = {name for name, _ in rows(folder, RENDERED, DAYS[2])}
    assert rendered == {LIAR, CHANGED} | to_be_verified()
    for name in (LIAR, CHANGED):
        first, second = (row for row in rows(folder, FETCHES, DAYS[2]) if row[0] == name)
        assert first[4] == "script_shell"
        assert "endpoint_distrusted" in first[-1]
        assert second[2:5] == ("browser", "read", "read")


def test_only_the_stale_column_is_accused(inspected: tuple[Path, Filled]) -> None:
    folder, _ = inspected
    assert query(folder, 'select "column" from violation') == [(STALE,)]


def test_the_calls_are_known_by_the_round_that_learned_them(
    inspected: tuple[Path, Filled],
) -> None:
    folder, _ = inspected
    known = dict(
        query(folder, "select replace(target, '测试网/', ''), learned_on from endpoint order by 1")
    )
    assert known == {name: str(DAYS[2] if name in (LIAR, CHANGED) else DAYS[0]) for name in COLUMNS}


def test_the_first_sights_of_entries_are_the_same_by_either_path(
    inspected: tuple[Path, Filled],
) -> None:
    folder, _ = inspected
    found = query(folder, "select count(*), count(distinct title), count(distinct path) from item")
    entries, titles, paths = found[0]
    assert (entries, paths) == (titles, 2)


def test_the_bundle_holds_the_call_as_it_was_asked_by_both_clients(
    inspected: tuple[Path, Filled],
) -> None:
    folder, _ = inspected
    ((paths,),) = query(folder, "select evidence from violation")
    (warc,) = (
        path for path in json.loads(paths) if path.startswith(f"{DAYS[1]}/") and "warc" in path
    )
    with (folder / "data" / "evidence" / "cases" / warc).open("rb") as stream:
        asked = [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        ]
    calls = [url for url in asked if f"/data/{STALE}/" in url]
    assert len(calls) == 3
    assert len(set(calls)) == 3, "each carries the instant at which it was asked"
