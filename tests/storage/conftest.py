"""The databases, for the tests of this room."""

from tests.databases import (
    empty_url,
    engine,
    postgres_server,
    postgres_url,
    sqlite_at_head,
    sqlite_url,
)

__all__ = [
    "empty_url",
    "engine",
    "postgres_server",
    "postgres_url",
    "sqlite_at_head",
    "sqlite_url",
]
