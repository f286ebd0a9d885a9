"""Bringing a database to the revision this program knows, whoever opens it first.

The usual case, a database at head, costs one small query and does not load Alembic. Two processes
that open an empty database at once are put in line by a lock: beside the file for SQLite, in
the server for PostgreSQL. A migration is one transaction: a crash leaves the old revision whole.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from rules.errors import EnvironmentTrouble
from rules.words import say
from storage.models import Base

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[1] / "alembic"
LOCK_KEY = 0x78756E6A69616E  # "xunjian": the advisory lock of this program in a PostgreSQL server


@cache
def known_revisions() -> tuple[str, ...]:
    """The revisions this program knows, oldest first.

    A file of alembic/versions is named REVISION_what_it_does.py, REVISION counting up from 0001.
    """
    return tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))


def bring_to_head(engine: Engine) -> None:
    """Migrate the database to head, or leave it alone if it is there already.

    Raises EnvironmentTrouble if it is newer than the program, or holds tables of ours that no
    migration made.
    """
    if _is_at_head(engine):
        return
    with _alone(engine), _ddl_connection(engine) as connection:
        if _revision_checked(connection) != known_revisions()[-1]:
            _upgrade(connection)


def migration_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without its ini file, so that the current folder does not matter."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(migration_config(connection), "head")
    if connection.dialect.name == "sqlite":
        _check_foreign_keys(connection)


def _is_at_head(engine: Engine) -> bool:
    with engine.connect() as connection:
        at_head = _revision_checked(connection) == known_revisions()[-1]
        if engine.dialect.name != "sqlite":
            return at_head
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        return at_head and mode in ("wal", "memory")


def _revision_checked(connection: Connection) -> str | None:
    """The database's revision, None for an empty one."""
    revision = _revision(connection)
    where = connection.engine.url.render_as_string()
    if revision is None:
        found = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
        if found:
            words = say("database.foreign", where=where, tables="、".join(sorted(found)))
            raise EnvironmentTrouble(words)
    elif revision not in known_revisions():
        head = known_revisions()[-1]
        raise EnvironmentTrouble(say("database.newer", where=where, theirs=revision, ours=head))
    return revision


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return revision


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Hold the lock that puts several openers of a SQLite file in line, and see to WAL under it.

    SQLite's own lock does not do: two connections that switch a new file to WAL at once get
    "database is locked" without waiting.
    """
    path = engine.url.database
    in_file = engine.dialect.name == "sqlite" and path not in (None, "", ":memory:")
    with _file_lock(Path(f"{path}-lock")) if in_file else nullcontext():
        if in_file:
            with engine.connect() as connection:
                raw = connection.connection.driver_connection
                raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
        yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    """An exclusive lock that the system drops with its process, however that ends."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        words = say("database.no_folder", where=path.parent, detail=error.strerror)
        raise EnvironmentTrouble(words) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _ddl_connection(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction for all of a migration, alone with the schema.

    SQLite's foreign keys are off meanwhile (a batch migration drops and copies tables), which
    can only be said outside a transaction.
    """
    with engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").connect() as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY}
                    )
                yield connection
        finally:
            connection.invalidate()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = "、".join(sorted({str(row[0]) for row in broken}))
        where = connection.engine.url.render_as_string()
        raise EnvironmentTrouble(say("database.broken_links", where=where, tables=tables))
