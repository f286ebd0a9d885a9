"""Alembic's entry: migrates on the connection that storage.upgrading hands over.

From a shell (`alembic revision`, `alembic check`), where nobody hands one over, the database is
the one that `alembic.ini` or `-x url=` names.
"""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine

from storage.models import Base, Instant, Json, Words


def run(connection: Connection) -> None:
    """Migrate within the caller's transaction, if there is one, else in one of our own."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        render_item=render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in the database: a migration outlives our classes."""
    if kind != "type":
        return False
    if isinstance(item, Words):
        return f"sa.String({item.impl.length or ''})"  # type: ignore[attr-defined]
    if isinstance(item, Instant):
        return "sa.DateTime()"
    if isinstance(item, type(Json)):
        return "JSON"
    return False


def shell_url() -> str:
    """The database's URL as a shell names it."""
    named = context.get_x_argument(as_dictionary=True).get("url")
    return named or str(context.config.get_main_option("sqlalchemy.url"))


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(shell_url())
    with engine.connect() as own:
        run(own)
    engine.dispose()
