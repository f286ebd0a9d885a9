"""What a database may do to us, in one clear line each: a table from its signs to our words.

Only trouble of the environment is translated. A broken constraint or a wrong statement is a bug
of ours and passes through as it is.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, exc

from rules.errors import EnvironmentTrouble
from rules.words import say

# SQLite's primary result code -> the catalogue's key under `database`.
SQLITE_SIGNS = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "no_access",
    sqlite3.SQLITE_CANTOPEN: "no_access",
    sqlite3.SQLITE_AUTH: "no_access",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_IOERR: "disk_error",
}

# PostgreSQL's SQLSTATE, or the class it begins with -> the same keys; the first row that fits wins.
POSTGRES_SIGNS = {
    "53100": "disk_full",
    "55P03": "locked",
    "57014": "locked",
    "40P01": "locked",
    "25006": "read_only",
    "3D000": "no_such_database",
    "42501": "no_access",
    "28": "no_access",
    "53": "overloaded",
    "08": "unreachable",
    "57P": "unreachable",
    "58": "disk_error",
    "XX": "damaged",
}


@contextmanager
def plain_trouble(url: URL) -> Iterator[None]:
    """Turn trouble of the database at `url` into one line; its password never stands in it.

    Raises EnvironmentTrouble for what stands in the tables above, anything else unchanged.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise _trouble("overloaded", url, str(error)) from error
    except exc.DBAPIError as error:
        key = _key_of(error)
        if key is None:
            raise
        raise _trouble(key, url, str(error.orig)) from error


def _key_of(error: exc.DBAPIError) -> str | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return SQLITE_SIGNS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if "psycopg" in sys.modules:  # whoever has never loaded it has no error of it
        import psycopg

        if isinstance(cause, psycopg.Error):
            return _postgres_key(cause.sqlstate, isinstance(error, exc.OperationalError))
    return None


def _postgres_key(state: str | None, operational: bool) -> str | None:
    """A failure to connect has no SQLSTATE at all, only a kind."""
    if state is None:
        return "unreachable" if operational else None
    return next((key for sign, key in POSTGRES_SIGNS.items() if state.startswith(sign)), None)


def _trouble(key: str, url: URL, detail: str) -> EnvironmentTrouble:
    where = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
    return EnvironmentTrouble(say(f"database.{key}", where=where, detail=" ".join(detail.split())))
