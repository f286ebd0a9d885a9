"""The second client, what it proves, and what is remembered between rounds.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Rows of older rounds were all looked at over HTTP, to read.
    for table, columns in (("due", ("client", "purpose")), ("fetch", ("purpose",))):
        with op.batch_alter_table(table) as batch:
            for name in columns:
                default = "http" if name == "client" else "read"
                batch.add_column(
                    sa.Column(name, sa.String(), nullable=False, server_default=default)
                )
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.alter_column(name, server_default=None)
    with op.batch_alter_table("sample") as batch:
        batch.add_column(sa.Column("site", sa.String()))
        batch.create_index(op.f("ix_sample_site_at"), ["site", "at"])

    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("printed", sa.Date()),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("path", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("target", "key", name=op.f("uq_item_target_key")),
    )
    op.create_table(
        "endpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("recipe", JSON, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("rounds_since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endpoint")),
        sa.UniqueConstraint("target", name=op.f("uq_endpoint_target")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_evidence_due_id_due")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "due_id", "kind", "sha256", name=op.f("uq_evidence_due_id_kind_sha256")
        ),
    )
    op.create_table(
        "manual_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("newest", sa.Date()),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("screenshot", sa.String(64)),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_check")),
        sa.UniqueConstraint("target", "checked_on", name=op.f("uq_manual_check_target_checked_on")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("site", sa.String()),
        sa.Column("account", sa.String()),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("column", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("platform", sa.String()),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("signs", JSON, nullable=False),
        sa.Column("rounds", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("month", "target", "rule", name=op.f("uq_proposal_month_target_rule")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposal_month"), "proposal", ["month"])


def downgrade() -> None:
    for table in ("proposal", "manual_check", "evidence", "endpoint", "item"):
        op.drop_table(table)
    with op.batch_alter_table("sample") as batch:
        batch.drop_index(op.f("ix_sample_site_at"))
        batch.drop_column("site")
    for table, columns in (("due", ("client", "purpose")), ("fetch", ("purpose",))):
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.drop_column(name)
