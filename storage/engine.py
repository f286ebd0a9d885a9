"""Opening the database, for every room that remembers: one URL in, an engine at head out.

SQLite needs nothing installed and serves one machine; PostgreSQL comes by URL. Sessions are
short: `transaction` to write, `reading` to look. Nothing here knows what the tables mean.

Durability: SQLite runs in WAL with synchronous FULL. A kill -9 loses no commit under NORMAL
either, but a power cut would take back every commit since the last checkpoint, looks and (later)
people's reviews among them. FULL costs one fsync a commit (0.4 ms on the machine measured, some
10 ms on a turning disk), which vanishes beside a polite request a second and host.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from rules.errors import EnvironmentTrouble, XunjianError
from rules.words import say
from storage.models import storable
from storage.troubles import plain_trouble
from storage.upgrading import bring_to_head

BUSY_SECONDS = 30
CONNECT_SECONDS = 10
DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


def database_url(root: Path) -> str:
    """The URL of a workspace's own SQLite database, data/xunjian.db under `root`.

    Characters that mean something in a URL (`?`, `%`) are quoted.
    """
    url = URL.create("sqlite", database=str(root.absolute() / "data" / "xunjian.db"))
    return url.render_as_string(hide_password=False)


def open_database(url: str) -> Engine:
    """An engine for the database at `url`, which is made or migrated to head where needed.

    `url` is `sqlite:///PATH` or `postgresql://…`; psycopg 3 is the only PostgreSQL driver. Raises
    XunjianError for a URL that is none of these, EnvironmentTrouble where the database is newer
    than the program, locked, full, read-only, unreachable or not a database at all.
    """
    parsed = _parse(url)
    _make_folder(parsed)
    engine = _engine(parsed)
    try:
        with plain_trouble(parsed):
            bring_to_head(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One short writing transaction: committed at the end, rolled back on any exception.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE), waiting up to `BUSY_SECONDS`: a
    transaction that reads first and writes later would fail without waiting. Raises
    EnvironmentTrouble for trouble of the disk or server, IntegrityError as it is.
    """
    writing = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
    short = Session(writing, expire_on_commit=False)
    with plain_trouble(engine.url), short as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent snapshot to read from; never waits for writers, and writes nothing."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    snapshot = engine.execution_options(**options)
    with plain_trouble(engine.url), Session(snapshot, expire_on_commit=False) as session:
        yield session


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        driver = DRIVERS[parsed.get_backend_name()]
    except (ArgumentError, NoSuchModuleError, KeyError, ValueError) as error:
        raise XunjianError(say("database.wrong_url")) from error
    return parsed.set(drivername=driver)


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def _make_folder(url: URL) -> None:
    """SQLite makes the file, but not the folder it lies in."""
    if not _is_file(url) or "uri" in url.query:
        return
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = say("database.no_folder", where=folder, detail=error.strerror)
        raise EnvironmentTrouble(words) from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        arguments = {"connect_timeout": CONNECT_SECONDS, "client_encoding": "utf8"}
        return create_engine(
            url, json_serializer=write_json, connect_args=arguments, pool_pre_ping=True
        )
    engine = create_engine(url, json_serializer=write_json, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def write_json(value: Any) -> str:
    """JSON that any of the databases keeps, with Chinese as itself. At module level: psycopg keeps
    one dumper a function."""
    return json.dumps(_storable(value), ensure_ascii=False, default=str)


def _storable(value: Any) -> Any:
    """A JSON value whose texts any database keeps."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner) for inner in value]
    return value


def _on_sqlite_connect(connection: DBAPIConnection, _record: object) -> None:
    """Settings that SQLite forgets with each connection; WAL alone it remembers in the file."""
    # The driver must not begin transactions of its own: it would begin them late, and without lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
