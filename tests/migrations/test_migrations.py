"""What the migrations make is what the models say, on both databases, however often they run."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from rules.errors import EnvironmentTrouble, Exit
from storage.engine import open_database
from storage.models import Base
from storage.upgrading import MIGRATIONS, known_revisions, migration_config

ROOT = Path(__file__).resolve().parents[2]


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "render_as_batch": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def schema(engine: Engine) -> dict[str, object]:
    """Every table with its columns, keys and indices, comparable."""
    found = inspect(engine)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
            sorted(str(key) for key in found.get_foreign_keys(table)),
            sorted(str(index) for index in found.get_indexes(table)),
        )
        for table in found.get_table_names()
        for columns in [found.get_columns(table)]
    }


def test_migrations_make_exactly_what_the_models_say(empty_url: str) -> None:
    engine = open_database(empty_url)
    with engine.connect() as connection:
        assert differences(connection) == []
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    engine.dispose()


def test_the_comparison_would_see_a_missing_column(empty_url: str) -> None:
    engine = open_database(empty_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE due DROP COLUMN crashes"))
        assert len(differences(connection)) == 1
    engine.dispose()


def test_opening_twice_changes_nothing(empty_url: str) -> None:
    first = open_database(empty_url)
    before = schema(first)
    first.dispose()
    second = open_database(empty_url)
    assert schema(second) == before
    second.dispose()


def test_down_and_up_again_gives_the_same_tables(empty_url: str) -> None:
    engine = open_database(empty_url)
    before = schema(engine)
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    again = open_database(empty_url)
    assert schema(again) == before
    again.dispose()


def test_a_newer_database_is_refused_with_one_line_naming_both_revisions(empty_url: str) -> None:
    engine = open_database(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(EnvironmentTrouble) as caught:
        open_database(empty_url)
    assert caught.value.exit_code == Exit.ENVIRONMENT
    line = str(caught.value)
    assert "9999" in line
    assert known_revisions()[-1] in line
    assert "\n" not in line


def test_tables_of_ours_that_no_migration_made_are_not_touched(empty_url: str) -> None:
    plain = create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:"))
    if plain.url.database and plain.dialect.name == "sqlite":
        Path(plain.url.database).parent.mkdir(parents=True)
    with plain.begin() as connection:
        connection.execute(text("CREATE TABLE violation (note VARCHAR)"))
    with pytest.raises(EnvironmentTrouble, match="violation"):
        open_database(empty_url)
    assert inspect(plain).get_table_names() == ["violation"]
    plain.dispose()


OPENER = """
import sys
from storage.engine import open_database
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1]).dispose()
"""


def test_several_processes_may_open_an_empty_database_at_once(empty_url: str) -> None:
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate(timeout=60)
    assert [opener.returncode for opener in openers] == [0, 0, 0]
    engine = open_database(empty_url)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_any_working_folder_will_do(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_database(sqlite_url).dispose()


def test_the_program_and_alembic_agree_on_the_revisions() -> None:
    script = ScriptDirectory.from_config(migration_config())
    assert script.get_heads() == [known_revisions()[-1]]
    assert {revision.revision for revision in script.walk_revisions()} == set(known_revisions())


def test_alembic_is_declared_and_its_folder_hides_no_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in project["dependencies"]}
    assert "alembic" in names
    assert list(MIGRATIONS.rglob("__init__.py")) == []
    assert not Path(command.__file__).is_relative_to(ROOT / "alembic")
