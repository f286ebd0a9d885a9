"""The databases, for the tests of this room."""

from tests.databases import engine, postgres_server, sqlite_at_head

__all__ = ["engine", "postgres_server", "sqlite_at_head"]
