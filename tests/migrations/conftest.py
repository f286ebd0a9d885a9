"""The databases, for the tests of migrations."""

from tests.databases import empty_url, postgres_server, postgres_url, sqlite_url

__all__ = ["empty_url", "postgres_server", "postgres_url", "sqlite_url"]
