"""The register that the city's office keeps: whole, well formed, and innocent of the truth."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.data import default_seed
from demo.founding import city_of
from demo.register import register_text, write_register
from demo.truth import expected

SEEDS = (default_seed(), 3, 2022)
COLUMN_KEYS = {"name", "url", "kind", "level", "limit", "exempt"}


@cache
def text_of(seed: int) -> str:
    return register_text(city_of(seed))


@cache
def register(seed: int) -> Any:
    return yaml.load(text_of(seed), yaml.CSafeLoader)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_has_45_running_sites_one_closed_some_900_columns_and_311_accounts(seed: int) -> None:
    found = register(seed)
    running = [site for site in found["sites"] if site["status"] == "running"]
    assert len(running) == 45
    assert [site["status"] for site in found["sites"] if site not in running] == ["closed"]
    assert 860 <= sum(len(site["columns"]) for site in running) <= 940
    assert len(found["accounts"]) == 311
    assert len({(account["platform"], account["id"]) for account in found["accounts"]}) == 311


@pytest.mark.parametrize("seed", SEEDS)
def test_names_are_unique_and_every_unit_is_known(seed: int) -> None:
    found = register(seed)
    names = [unit["name"] for unit in found["units"]]
    others = [
        word
        for unit in found["units"]
        for word in (*unit.get("aliases", ()), *filter(None, [unit.get("full_name")]))
        if word != unit["name"]
    ]
    assert len({*names, *others}) == len(names) + len(others)
    for entry in (*found["sites"], *found["accounts"]):
        assert entry["unit"] in names
    for site in found["sites"]:
        assert len({column["name"] for column in site["columns"]}) == len(site["columns"])


@pytest.mark.parametrize("seed", SEEDS)
def test_two_columns_of_a_site_may_share_an_address(seed: int) -> None:
    shared = [
        site["name"]
        for site in register(seed)["sites"]
        if len({column["url"] for column in site["columns"]}) < len(site["columns"])
    ]
    assert len(shared) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_the_truth_stands_in_it(seed: int) -> None:
    text, found = text_of(seed), register(seed)
    for fault in expected(seed).faults:
        assert fault.problem not in text
        assert fault.newest is None or fault.newest.isoformat() not in text
    for site in found["sites"]:
        for column in site["columns"]:
            assert set(column) <= COLUMN_KEYS
    faulty = {(fault.site, fault.column) for fault in expected(seed).faults}
    with_limit = {
        (site["name"], column["name"])
        for site in found["sites"]
        for column in site["columns"]
        if "limit" in column or "exempt" in column
    }
    assert len(with_limit - faulty) > 3 * len(with_limit & faulty)


def test_writing_it_makes_what_the_office_keeps_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write_register(city_of(default_seed()), folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    sessions = {name for name in files if name.startswith("data/sessions/")}
    handed_in = {f"posts/2022-06-{day}.csv" for day in ("06", "13", "20", "27")}
    kept = {"profiles/demo.yaml", "rules.yaml", "submissions.csv", "tokens.toml", "xunjian.toml"}
    assert files == sessions | handed_in | kept
    profile = yaml.safe_load((folder / "profiles/demo.yaml").read_text("utf-8"))
    assert profile["extends"] == "kaifeng-2022"
    assert profile["independent_after"] == "1s"
    assert register(default_seed())["profile"] == profile["name"]


def test_sessions_and_tokens_are_for_their_owners_eyes_alone(tmp_path: Path) -> None:
    write_register(city_of(default_seed()), tmp_path)
    secret = [tmp_path / "tokens.toml", *(tmp_path / "data/sessions").iterdir()]
    assert {path.stat().st_mode & 0o777 for path in secret} == {0o600}
    assert (tmp_path / "data/sessions").stat().st_mode & 0o777 == 0o700
