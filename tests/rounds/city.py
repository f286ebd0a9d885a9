"""A small workspace over the misbehaving server, and the installed command run in it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.misbehaving import TODAY, Misbehaving

COMMAND = [sys.executable, "-m", "cli.main"]
PROFILE = {
    "name": "quick",
    "extends": "national",
    "independent_after": "1s",
    "answer_within": "3s",
    "host_delay": "0s",
}

# Everything a rerun must bring back as it was. Instants, ids and durations are left out, and
# whether a control had answered lately, which a look that is plainly ok does not ask.
LEDGER = {
    "due": "select target, state, looks from due order by target",
    "fetch": "select d.target, f.look, f.outcome, f.newest, f.item_count, f.signs"
    " from fetch f join due d on d.id = f.due_id order by d.target, f.look",
    "observation": "select target, outcome, newest, item_count, items_digest, confidence, signs"
    " from observation order by target",
    "item": "select target, key, title, printed, seen_on, since, path from item"
    " order by target, key",
    "verdict": "select target, truth, reason, rule, wording, newest, days, warn from verdict"
    " order by target",
    "violation": 'select target, family, problem, newest, days, "limit", rounds, status'
    " from violation order by target",
}


def write_city(
    folder: Path,
    server: Misbehaving,
    columns: Sequence[Mapping[str, Any]],
    *,
    profile: Mapping[str, Any] = PROFILE,
    controls: Sequence[str] = ("control",),
    browser: str = "off",
    at: Callable[[str], str] | None = None,
) -> None:
    """A workspace with one site of these columns; the controls are pages of the same server.

    Rounds run over plain HTTP alone unless `browser` is empty: then with the machine's own. `at`
    gives the address of a page where it is not the server's own.
    """
    at = at or server.url
    register = {
        "city": "测试市",
        "profile": profile["name"],
        "controls": [at(name) for name in controls],
        "units": [{"name": "市测试局"}],
        "sites": [
            {
                "name": "测试网",
                "unit": "市测试局",
                "role": "department",
                "url": at(""),
                "columns": list(columns),
            }
        ],
    }
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "xunjian.toml").write_text(f'browser = "{browser}"\n', encoding="utf-8")
    for path, value in (
        ("rules.yaml", register),
        (f"profiles/{profile['name']}.yaml", dict(profile)),
    ):
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        (folder / path).write_text(text, encoding="utf-8")


def column(name: str, path: str, **more: Any) -> dict[str, Any]:
    """A news column at a path of the server."""
    return {"name": name, "url": f"/{path}", "kind": "news", **more}


def crawl_command(folder: Path, *more: str) -> list[str]:
    """The command line of one round over a workspace, as of the server's day."""
    day = TODAY.isoformat()
    command = [*COMMAND, "--workspace", str(folder), "crawl", "--date", day, "--as-of", day]
    return [*command, "--recheck-after", "1s,2s", *more]


def crawl(
    folder: Path, *more: str, seconds: float = 120, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run one round to its end."""
    return subprocess.run(
        crawl_command(folder, *more),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
        env=os.environ | environment,
    )


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the workspace's database, by plain SQL."""
    with sqlite3.connect(folder / "data" / "xunjian.db") as database:
        return database.execute(sql).fetchall()


def ledger(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a rerun must bring back as it was."""
    return {name: query(folder, sql) for name, sql in LEDGER.items()}
