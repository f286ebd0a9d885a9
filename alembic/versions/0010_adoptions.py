"""What the portal itself published of what units handed in, counted from its own pages.

Revision 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("submission") as batch:
        batch.alter_column("adopted", existing_type=sa.Integer(), nullable=True)
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("month", "site", "url", name=op.f("uq_adoption_month_site_url")),
    )
    op.create_index(op.f("ix_adoption_month"), "adoption", ["month"])


def downgrade() -> None:
    op.drop_table("adoption")
    op.execute("UPDATE submission SET adopted = 0 WHERE adopted IS NULL")
    with op.batch_alter_table("submission") as batch:
        batch.alter_column("adopted", existing_type=sa.Integer(), nullable=False)
