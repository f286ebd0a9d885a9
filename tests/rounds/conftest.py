"""The databases, for the tests of this room."""

from tests.databases import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
